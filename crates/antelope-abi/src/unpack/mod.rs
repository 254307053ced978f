//! From bytes to JSON: one walk along the types, which [`inspect`](crate::Abi::inspect) watches.

mod builtin;
mod failure;
mod output;
mod walk;

pub(crate) use output::{Text, Values};
pub(crate) use walk::Unpacker;
