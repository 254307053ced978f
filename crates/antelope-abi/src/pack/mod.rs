//! From JSON to bytes.

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
