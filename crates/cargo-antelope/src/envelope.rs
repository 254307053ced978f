//! The form of `--json`.

use serde::Serialize;
use serde_json::Value;

/// Version of the envelope. It grows when a field changes its meaning or goes.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// One object on stdout, whatever happened.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope {
    pub(crate) schema_version: u32,
    pub(crate) success: bool,
    pub(crate) data: Value,
    pub(crate) errors: Vec<Message>,
    pub(crate) warnings: Vec<Message>,
}

/// An error or a warning.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Message {
    pub(crate) code: String,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hint: Option<String>,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(crate) details: Value,
}
