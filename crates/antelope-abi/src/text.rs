//! The text forms of values in JSON, as nodes read and write them.
//!
//! Careful readers use the parsers of `antelope-types`, which are strict. What is here are the lenient
//! ones of nodes with their oddities: Boost's `lexical_cast` and `date_time`, `fc::time`, `asset` and
//! `symbol`. Each was written from the C++ and swept against a running node.

pub(crate) mod amount;
pub(crate) mod hex;
pub(crate) mod key;
pub(crate) mod number;
pub(crate) mod time;
