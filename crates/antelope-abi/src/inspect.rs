//! What bytes hold by an ABI, told field by field, also where they do not fit to the end.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;
use serde_json::Value;

/// What bytes hold, as far as they are a value of the type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// The type that they should be.
    #[serde(rename = "type")]
    pub ty: String,
    /// The values of built-in types that they hold, in order.
    pub fields: Vec<Field>,
    /// Where they stop fitting; none if they are a value of the type to the last byte.
    pub misfit: Option<Misfit>,
}

/// A value of a built-in type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// The way to it, such as `orders[2].price`.
    pub path: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Bytes before it.
    pub offset: usize,
    /// Its JSON; null where there is none, as for text that is not UTF-8.
    pub value: Value,
}

/// Where bytes stop being what they should, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misfit {
    /// The way to the field; empty for the value itself.
    pub path: String,
    /// Bytes before the value that does not fit.
    pub offset: usize,
    /// What is wrong with it.
    pub problem: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.problem)
    }
}
