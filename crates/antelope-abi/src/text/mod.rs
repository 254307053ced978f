//! The text forms of values in JSON, as nodes read and write them.

pub(crate) mod amount;
pub(crate) mod hex;
pub(crate) mod key;
pub(crate) mod number;
pub(crate) mod time;
