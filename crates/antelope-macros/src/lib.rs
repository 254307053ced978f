//! Attributes and derives for Antelope contracts.
