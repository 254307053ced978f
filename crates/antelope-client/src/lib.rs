//! A client for any Antelope node.
