//! How a command ends when it does not end well.

use antelope_build::BuildError;
use antelope_envelope::{Exit, Message};
use serde_json::Value;

/// A failure with everything the user is told about it.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) details: Value,
    pub(crate) exit: Exit,
    /// What was found all the same; goes to stdout as the result of a success would.
    pub(crate) result: Option<(Value, String)>,
}

impl Failure {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            hint: None,
            details: Value::Null,
            exit: Exit::Failure,
            result: None,
        }
    }

    /// The thing was made and is not what was expected.
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

    /// What the user is told.
    pub(crate) fn to_message(&self) -> Message {
        let mut message = Message::new(self.code.clone(), self.message.clone());
        message.hint.clone_from(&self.hint);
        message.details(self.details.clone())
    }
}

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
