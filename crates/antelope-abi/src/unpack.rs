//! From bytes to JSON: one walk along the types.
//!
//! | file | part |
//! |---|---|
//! | `walk` | follows structs, lists, optionals and variants; nesting and memory are bounded here |
//! | `builtin` | takes the bytes of a built-in type and shows the value |
//! | `output` | what shown values become: a tree of values, or text at once |
//! | `failure` | where the bytes stop being a value |
//!
//! The counterpart in nodes is `abi_serializer::_binary_to_variant`, with one function for structs and
//! one for everything else. [`inspect`](crate::Abi::inspect) is the same walk with somebody watching.

mod builtin;
mod failure;
mod output;
mod walk;

pub(crate) use output::{Text, Values};
pub(crate) use walk::Unpacker;
