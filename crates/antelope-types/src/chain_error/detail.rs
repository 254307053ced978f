//! A message of an error, and where in the node it is from.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One entry of the log behind an error.
///
/// In the answer to a failed call it has these fields; in a trace it is a format with its values, and the
/// place is in `context`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDetail {
    /// What happened.
    pub message: String,
    /// Source file of the node; empty where the embedded chain speaks.
    /// Only its name, such as `apply_context.cpp`.
    #[serde(default)]
    pub file: String,
    /// Line in it.
    #[serde(default)]
    pub line_number: u64,
    /// Function in it.
    #[serde(default)]
    pub method: String,
}

impl ErrorDetail {
    /// A message alone.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }
}

/// The form of an entry inside a trace: a format and its values, not yet put together.
///
/// Whatever is missing is empty.
#[derive(Deserialize)]
pub(super) struct StackEntry {
    #[serde(default)]
    context: Value,
    #[serde(default)]
    format: String,
    #[serde(default)]
    data: Value,
}

impl From<StackEntry> for ErrorDetail {
    fn from(entry: StackEntry) -> Self {
        let text = |key: &str| entry.context[key].as_str().unwrap_or_default().to_owned();
        Self {
            message: fill(&entry.format, &entry.data),
            file: text("file"),
            line_number: entry.context["line"].as_u64().unwrap_or_default(),
            method: text("method"),
        }
    }
}

/// Puts `data`'s values in the `${places}` of a log format, as the node's logger does.
///
/// A place without a value stays as it stands; a value that is no text is written as JSON.
fn fill(format: &str, data: &Value) -> String {
    let mut out = String::with_capacity(format.len());
    let mut rest = format;
    while let Some(start) = rest.find("${") {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = from.find('}') else {
            rest = from;
            break;
        };
        match data.get(&from[2..end]) {
            Some(Value::String(text)) => out.push_str(text),
            Some(value) => out.push_str(&value.to_string()),
            None => out.push_str(&from[..=end]),
        }
        rest = &from[end + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn log_formats_are_filled_as_the_node_does() {
        let data = json!({ "a": "x", "n": 5 });
        assert_eq!(fill("${a} and ${n}", &data), "x and 5");
        assert_eq!(fill("${missing}, ${", &data), "${missing}, ${");
        assert_eq!(fill("plain", &data), "plain");
    }
}
