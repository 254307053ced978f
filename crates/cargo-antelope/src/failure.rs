//! How a command ends when it does not end well.
//!
//! Every failure has a code for programs, which stays the same when the text changes. Its first part
//! says where it comes from: `usage` is an argument that the command cannot use, `keys` the keys to
//! sign with, `node` no usable answer from the node, `chain` a refusal by the chain; the others are
//! named after their command. Those of builds are `antelope_build`'s.

use antelope_build::BuildError;
use antelope_envelope::{Exit, Message};
use serde_json::Value;

/// A failure with everything the user is told about it. Commands return it in a box, since it is much
/// larger than a result.
#[derive(Debug)]
pub(crate) struct Failure {
    /// A name for programs, such as `deploy.account`.
    pub(crate) code: String,
    /// What was wrong and what was expected, in one sentence without a full stop.
    pub(crate) message: String,
    /// What to do about it; each line is a step or a possibility.
    pub(crate) hint: Option<String>,
    /// Data for programs, of a shape that depends on the code; null for none. People do not see it.
    pub(crate) details: Value,
    /// The exit code.
    pub(crate) exit: Exit,
    /// What was found all the same, such as the tests that failed or the differences: data and text.
    /// It goes to stdout as the result of a success would.
    pub(crate) result: Option<(Value, String)>,
}

impl Failure {
    /// A failure without a result, which ends with 2 if its code begins with `usage.` and with 1
    /// otherwise. Callers add a hint by struct update.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        let exit = if code.starts_with("usage.") {
            Exit::WrongUse
        } else {
            Exit::Failure
        };
        Self {
            code: code.to_owned(),
            message: message.into(),
            hint: None,
            details: Value::Null,
            exit,
            result: None,
        }
    }

    /// The thing was made and is not what was expected: ends with 8, and shows the thing as the result.
    pub(crate) fn mismatch(
        code: &str,
        message: impl Into<String>,
        data: Value,
        text: String,
    ) -> Self {
        Self {
            exit: Exit::Mismatch,
            result: Some((data, text)),
            ..Self::new(code, message)
        }
    }

    /// What the user is told on stderr, and programs find under `errors`.
    pub(crate) fn to_message(&self) -> Message {
        let mut message = Message::new(self.code.clone(), self.message.clone());
        message.hint.clone_from(&self.hint);
        message.details(self.details.clone())
    }
}

/// A command line that clap does not understand: its message and, as a hint, what follows it.
impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        let text = error.render().to_string();
        let text = text.trim().trim_start_matches("error: ");
        let (message, rest) = text.split_once('\n').unwrap_or((text, ""));
        // A message that ends with a colon is about the lines that follow.
        let (message, rest) = match (message.strip_suffix(':'), rest.split_once("\n\n")) {
            (Some(_), Some((listed, rest))) => (format!("{message}\n{listed}"), rest),
            _ => (message.to_owned(), rest),
        };
        let lines = rest.lines().map(str::trim).filter(|line| !line.is_empty());
        let hint = lines.collect::<Vec<_>>().join("\n");
        Self {
            hint: (!hint.is_empty()).then_some(hint),
            ..Self::new("usage.arguments", message)
        }
    }
}

/// A failed build keeps the code and the hint of its error. A module that a node would refuse lists the
/// reasons as `details`, an object with `code`, `message`, `place` and `hint` for each.
impl From<BuildError> for Box<Failure> {
    fn from(error: BuildError) -> Self {
        let details = match &error {
            BuildError::Refused { refusals, .. } => refusals
                .0
                .iter()
                .map(|refusal| {
                    serde_json::json!({
                        "code": refusal.reason.code(),
                        "message": refusal.reason.to_string(),
                        "place": refusal.place,
                        "hint": refusal.reason.hint(),
                    })
                })
                .collect(),
            _ => Value::Null,
        };
        Box::new(Failure {
            hint: error.hint(),
            details,
            ..Failure::new(error.code(), error.to_string())
        })
    }
}
