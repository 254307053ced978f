//! The types of an Antelope chain, on chain and off.
