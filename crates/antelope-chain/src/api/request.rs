//! Bodies of requests, read with the freedoms that nodes leave: a number may be text and text a
//! number, and what is not there has a default.

use super::answer::Refusal;
use antelope_types::Name;
use serde_json::{Map, Value};

/// The fields of a request.
pub(super) struct Request(Map<String, Value>);

impl Request {
    /// A body that must be there.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let fields = Self::optional(body)?;
        if fields.0.is_empty() {
            return Err(Refusal::request("A Request body is required"));
        }
        Ok(fields)
    }

    /// A body that may be empty.
    pub(super) fn optional(body: &[u8]) -> Result<Self, Refusal> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(Refusal::field("expected a JSON object")),
            Err(error) => Err(Refusal::field(format!("expected a JSON object: {error}"))),
        }
    }

    /// A body that must be empty.
    pub(super) fn none(body: &[u8]) -> Result<(), Refusal> {
        match Self::optional(body)?.0.is_empty() {
            true => Ok(()),
            false => Err(Refusal::field("no parameter should be given")),
        }
    }

    /// A field as it came.
    pub(super) fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field).filter(|value| !value.is_null())
    }

    /// The whole body.
    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    /// The whole body.
    pub(super) fn to_value(&self) -> Value {
        Value::Object(self.0.clone())
    }

    /// Text, empty where there is none.
    pub(super) fn text(&self, field: &str) -> Result<String, Refusal> {
        Ok(self.optional_text(field)?.unwrap_or_default())
    }

    pub(super) fn optional_text(&self, field: &str) -> Result<Option<String>, Refusal> {
        match self.value(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(Some(value.to_string())),
            Some(_) => Err(Refusal::field(format!("`{field}`: expected text"))),
        }
    }

    /// A name, empty where there is none.
    pub(super) fn name(&self, field: &str) -> Result<Name, Refusal> {
        let text = self.text(field)?;
        Name::parse(&text).map_err(|error| Refusal::field(format!("`{field}`: `{text}`: {error}")))
    }

    pub(super) fn number(&self, field: &str, default: u32) -> Result<u32, Refusal> {
        let wrong = || Refusal::field(format!("`{field}`: expected a number of 32 bits"));
        match self.optional_text(field)? {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| wrong()),
        }
    }

    pub(super) fn flag(&self, field: &str, default: bool) -> Result<bool, Refusal> {
        match self.optional_text(field)?.as_deref() {
            None => Ok(default),
            Some("true" | "1") => Ok(true),
            Some("false" | "0") => Ok(false),
            Some(_) => Err(Refusal::field(format!("`{field}`: expected true or false"))),
        }
    }
}
