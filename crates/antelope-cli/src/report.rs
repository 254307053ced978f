//! What a command hands over: data for programs and text for people.

use serde::Serialize;
use serde_json::Value;

/// The result of a command, in both forms.
///
/// ```
/// use antelope_cli::Report;
///
/// let report = Report::new(&[1, 2], "two numbers");
/// assert_eq!(report.data, serde_json::json!([1, 2]));
/// assert_eq!(report.text, "two numbers");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What `--json` prints as `data`.
    pub data: Value,
    /// What a terminal shows; a line end is added.
    pub text: String,
}

impl Report {
    /// Data with its text. Data that has no form in JSON becomes null.
    pub fn new(data: impl Serialize, text: impl Into<String>) -> Self {
        Self {
            data: serde_json::to_value(data).unwrap_or_default(),
            text: text.into(),
        }
    }

    /// Data whose text is the JSON itself, indented: for answers of a node that have no other form.
    #[must_use]
    pub fn json(data: Value) -> Self {
        let text = format!("{data:#}");
        Self { data, text }
    }
}
