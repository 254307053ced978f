//! Bodies of requests. Unlike nodes these calls refuse fields that they do not know, so that a typo
//! does not pass as a default.
//!
//! | getter | of the JSON | missing or `null` |
//! |---|---|---|
//! | [`number`](Input::number) | a whole number within its bound; text is refused | none |
//! | [`text`](Input::text) | a string; numbers are refused | none |
//! | [`list`](Input::list) | an array | empty |
//! | [`flag`](Input::flag) | true or false | false |
//!
//! All errors are `invalid_http_request` (3200006), with the field, what it was, and what was expected.

use antelope_types::{ChainError, ErrorKind};
use serde_json::{Map, Value};

/// The fields of a request.
#[derive(Default)]
pub(super) struct Input(Map<String, Value>);

impl Input {
    /// A body that is empty or a JSON object.
    ///
    /// # Errors
    /// For anything else, with the place where the JSON ends to be valid.
    pub(super) fn read(body: &[u8]) -> Result<Self, ChainError> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(invalid("expected a JSON object")),
            Err(error) => Err(invalid(format!("expected a JSON object: {error}"))),
        }
    }

    /// Refuses fields other than these. Each call begins with it.
    ///
    /// # Errors
    /// For the first unknown field, with those that there are.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ChainError> {
        match self.0.keys().find(|field| !known.contains(&&***field)) {
            None => Ok(()),
            Some(field) if known.is_empty() => {
                Err(invalid(format!("unknown field `{field}`: expected none")))
            }
            Some(field) => Err(invalid(format!(
                "unknown field `{field}`: expected {}",
                known.join(", ")
            ))),
        }
    }

    /// A field, if it is there and not `null`.
    pub(super) fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field).filter(|value| !value.is_null())
    }

    /// A whole number up to `most`, if it is there.
    ///
    /// # Errors
    /// For a number that is negative, too large or has a fraction, and for what is no number.
    pub(super) fn number(&self, field: &str, most: u64) -> Result<Option<u64>, ChainError> {
        let Some(value) = self.get(field) else {
            return Ok(None);
        };
        let number = value.as_u64().filter(|number| *number <= most);
        let number = number.ok_or_else(|| {
            invalid(format!(
                "`{field}` is {value}: expected a whole number from 0 to {most}"
            ))
        })?;
        Ok(Some(number))
    }

    /// A text, if it is there.
    ///
    /// # Errors
    /// For what is not text.
    pub(super) fn text(&self, field: &str) -> Result<Option<&str>, ChainError> {
        let Some(value) = self.get(field) else {
            return Ok(None);
        };
        let text = value.as_str();
        text.map(Some)
            .ok_or_else(|| invalid(format!("`{field}` is {value}: expected text")))
    }

    /// A flag; false if it is not there.
    ///
    /// # Errors
    /// For what is neither true nor false.
    pub(super) fn flag(&self, field: &str) -> Result<bool, ChainError> {
        let Some(value) = self.get(field) else {
            return Ok(false);
        };
        let flag = value.as_bool();
        flag.ok_or_else(|| invalid(format!("`{field}` is {value}: expected true or false")))
    }

    /// A list; empty if it is not there.
    ///
    /// # Errors
    /// For what is not a list.
    pub(super) fn list(&self, field: &str) -> Result<&[Value], ChainError> {
        let Some(value) = self.get(field) else {
            return Ok(&[]);
        };
        let list = value.as_array();
        list.map(Vec::as_slice)
            .ok_or_else(|| invalid(format!("`{field}` is {value}: expected a list")))
    }
}

/// The error for a request that does not make sense.
pub(super) fn invalid(problem: impl Into<String>) -> ChainError {
    ChainError::new(ErrorKind::InvalidHttpRequest, problem)
}
