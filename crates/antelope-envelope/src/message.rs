//! What went wrong, or nearly so, and what to do about it.

use serde::Serialize;
use serde_json::Value;
use std::{borrow::Cow, fmt};

/// An error or a warning.
///
/// Its text is for a terminal: the message, then a line for what was expected and one for what to do.
///
/// ```
/// # use antelope_envelope::Message;
/// let message = Message::new("too_long", "the memo has 300 bytes")
///     .expected("at most 256")
///     .hint("shorten it");
/// assert_eq!(
///     message.to_string(),
///     "the memo has 300 bytes\nexpected: at most 256\nhelp: shorten it"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// A name for programs, which stays the same when the text changes: `not_account`.
    pub code: Cow<'static, str>,
    /// Which part of the input is wrong, as a path from its top: `council[2].account`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong: lower case, without a full stop.
    pub message: String,
    /// What was expected instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What to do about it; each line is a step or a possibility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Data for programs, of a shape that depends on the code; `null` is left out.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub details: Value,
}

impl Message {
    /// What is wrong, under a name for programs.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            field: None,
            message: message.into(),
            expected: None,
            hint: None,
            details: Value::Null,
        }
    }

    /// Names the part of the input that is wrong.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Says what was expected instead.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds data for programs.
    #[must_use]
    pub fn details(mut self, details: impl Into<Value>) -> Self {
        self.details = details.into();
        self
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        f.write_str(&self.message)?;
        for (label, text) in [("expected", &self.expected), ("help", &self.hint)] {
            for line in text.iter().flat_map(|text| text.split('\n')) {
                write!(f, "\n{label}: {line}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_hint_is_marked_as_help() {
        let message = Message::new("missing", "no wasm-opt")
            .field("tools")
            .hint("install it\nor go on without");
        let expected = "tools: no wasm-opt\nhelp: install it\nhelp: or go on without";
        assert_eq!(message.to_string(), expected);
    }

    #[test]
    fn what_is_not_said_is_not_written() {
        let json = |message: &Message| serde_json::to_string(message).unwrap();
        let short = Message::new("keep", "no");
        assert_eq!(json(&short), r#"{"code":"keep","message":"no"}"#);
        let long = short.field("a").expected("b").hint("c").details(1);
        assert_eq!(
            json(&long),
            r#"{"code":"keep","field":"a","message":"no","expected":"b","hint":"c","details":1}"#
        );
    }
}
