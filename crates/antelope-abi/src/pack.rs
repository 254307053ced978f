//! From JSON to bytes.
//!
//! | file | part |
//! |---|---|
//! | `walk` | follows the type and the JSON at once; nesting and size are bounded here |
//! | `structure` | structs: objects by name, arrays in order, what may be left out |
//! | `builtin` | values of built-in types, careful and as a node |
//! | `node` | the conversions of `fc::variant` that a node applies first |
//!
//! The counterpart in nodes is `abi_serializer::_variant_to_binary`. Bytes are appended to one buffer;
//! after a failure it is dropped, so that there is never half a value.

mod builtin;
mod node;
mod structure;
mod walk;

use alloc::string::String;
use serde_json::Value;

pub(crate) use walk::Packer;

/// What is wrong with JSON, with the way to it.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exception: crate::AbiException,
    pub(crate) problem: String,
}

/// What a JSON value is, in words.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
