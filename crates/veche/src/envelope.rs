//! The form of `--json`: one object on the stream of results, whatever happened.

use serde::Serialize;

/// Grows when a field changes its meaning or goes.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// One object with the result or with what prevented it; a run that stopped half-way has both.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope<'a, T> {
    pub(crate) schema_version: u32,
    pub(crate) success: bool,
    pub(crate) data: Option<&'a T>,
    pub(crate) errors: Vec<Message>,
}

/// What went wrong.
#[derive(Debug, Serialize)]
pub(crate) struct Message {
    /// A stable name for programs.
    pub(crate) code: &'static str,
    /// The field of the input that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
    /// What is wrong, in words.
    pub(crate) message: String,
}

impl<'a, T: Serialize> Envelope<'a, T> {
    pub(crate) fn new(data: Option<&'a T>, errors: Vec<Message>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            success: errors.is_empty(),
            data,
            errors,
        }
    }

    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string_pretty(self)
            .map(|text| text + "\n")
            .unwrap_or_default()
    }
}
