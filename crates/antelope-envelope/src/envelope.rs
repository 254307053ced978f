//! The object itself.

use crate::{exit::Exit, message::Message};
use serde::Serialize;

/// The version of the shape. It grows when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// One object with the result or with what prevented it; a run that stopped half-way has both.
#[derive(Clone, Debug, Serialize)]
pub struct Envelope<T> {
    schema_version: u32,
    success: bool,
    data: Option<T>,
    errors: Vec<Message>,
    warnings: Vec<Message>,
    #[serde(skip)]
    exit: Exit,
}

impl<T: Serialize> Envelope<T> {
    /// A command that did what it was asked to do.
    pub fn success(data: T) -> Self {
        Self::new(Some(data), Exit::Success, Vec::new())
    }

    /// A command that did not; `exit` says in which way.
    pub fn failure(exit: Exit, errors: Vec<Message>) -> Self {
        Self::new(None, exit, errors)
    }

    /// A result with what is wrong with it: a run that stopped half-way, or a comparison that failed.
    pub fn partial(data: T, exit: Exit, errors: Vec<Message>) -> Self {
        Self::new(Some(data), exit, errors)
    }

    fn new(data: Option<T>, exit: Exit, errors: Vec<Message>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            success: exit == Exit::Success,
            data,
            errors,
            warnings: Vec::new(),
            exit,
        }
    }

    /// Adds what should be looked at.
    #[must_use]
    pub fn with_warnings(mut self, warnings: Vec<Message>) -> Self {
        self.warnings.extend(warnings);
        self
    }

    /// The code that the command ends with.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The object as text for people and programs, indented, without a line end after it.
    ///
    /// Data that JSON has no form for, such as a map whose keys are not texts, is a fault of the
    /// command: the object then has the error `unserializable` in place of the data.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_else(|error| {
            serde_json::to_string_pretty(&unserializable(&error)).unwrap_or_default()
        })
    }

    /// The object on one line, without a line end after it: for commands with one result after
    /// another. Otherwise as [`Envelope::to_json`].
    pub fn to_json_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|error| {
            serde_json::to_string(&unserializable(&error)).unwrap_or_default()
        })
    }
}

/// What stands in the place of a result that has no form in JSON.
fn unserializable(error: &serde_json::Error) -> Envelope<()> {
    let error = Message::new("unserializable", format!("the result is not JSON: {error}"));
    Envelope::failure(Exit::Failure, vec![error])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn all_fields_are_always_there() {
        let expected = r#"{
  "schema_version": 1,
  "success": true,
  "data": 7,
  "errors": [],
  "warnings": []
}"#;
        assert_eq!(Envelope::success(7).to_json(), expected);
    }

    #[test]
    fn a_run_that_stopped_half_way_has_data_and_errors() {
        let errors = vec![Message::new("refused", "step 3 was refused")];
        let envelope = Envelope::partial("steps", Exit::Failure, errors)
            .with_warnings(vec![Message::new("old", "the node is old")]);
        let expected = r#"{
  "schema_version": 1,
  "success": false,
  "data": "steps",
  "errors": [
    {
      "code": "refused",
      "message": "step 3 was refused"
    }
  ],
  "warnings": [
    {
      "code": "old",
      "message": "the node is old"
    }
  ]
}"#;
        assert_eq!(envelope.to_json(), expected);
        assert_eq!(envelope.exit(), Exit::Failure);
        let nothing = Envelope::<()>::failure(Exit::WrongUse, Vec::new()).to_json();
        assert!(nothing.contains("\"data\": null"), "{nothing}");
    }

    #[test]
    fn what_is_not_json_is_an_error_in_the_object() {
        let data = BTreeMap::from([((1, 2), 3)]);
        let text = Envelope::success(data.clone()).to_json();
        assert!(text.contains("\"unserializable\"") && text.contains("\"success\": false"));
        let line = Envelope::success(data).to_json_line();
        assert!(line.contains("\"unserializable\"") && !line.contains('\n'));
    }

    #[test]
    fn one_of_many_is_a_line() {
        let line = r#"{"schema_version":1,"success":true,"data":7,"errors":[],"warnings":[]}"#;
        assert_eq!(Envelope::success(7).to_json_line(), line);
    }
}
