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

    /// A body that is a list of requests.
    pub(super) fn list(body: &[u8]) -> Result<Vec<Self>, Refusal> {
        let items: Vec<Map<String, Value>> = serde_json::from_slice(body)
            .map_err(|error| Refusal::field(format!("expected a list of JSON objects: {error}")))?;
        Ok(items.into_iter().map(Self).collect())
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

    /// Fields that are a part of another request.
    pub(super) fn of(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// A field as it came, also one that is nothing.
    pub(super) fn field(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// A field as it came; none where it is not there or nothing.
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
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Bool(flag)) => Ok(flag.to_string()),
            Some(Value::Number(number)) => Ok(match number.as_f64() {
                Some(float) if number.is_f64() => decimals(float),
                _ => number.to_string(),
            }),
            Some(_) => Err(Refusal::field(format!("`{field}`: expected text"))),
        }
    }

    /// Text that may be left out.
    pub(super) fn optional_text(&self, field: &str) -> Result<Option<String>, Refusal> {
        self.value(field).map(|_| self.text(field)).transpose()
    }

    /// A name, empty where there is none.
    pub(super) fn name(&self, field: &str) -> Result<Name, Refusal> {
        let text = match self.0.get(field) {
            None => return Ok(Name::default()),
            Some(Value::String(text)) => text,
            Some(_) => return Err(Refusal::field(format!("`{field}`: expected a name"))),
        };
        Name::parse(text).map_err(|error| Refusal::field(format!("`{field}`: `{text}`: {error}")))
    }

    /// A number of 32 bits: what is larger or below zero loses its upper bits.
    pub(super) fn number(&self, field: &str, default: u32) -> Result<u32, Refusal> {
        let wrong = || Refusal::field(format!("`{field}`: expected a number"));
        let wide = match self.0.get(field) {
            None => return Ok(default),
            Some(Value::Null) => 0,
            Some(Value::Bool(flag)) => u64::from(*flag),
            Some(Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => number,
                (None, Some(number)) => number as u64,
                (None, None) => truncated(number.as_f64().unwrap_or_default()),
            },
            Some(Value::String(text)) => wrapping(text).ok_or_else(wrong)?,
            Some(_) => return Err(wrong()),
        };
        Ok(wide as u32)
    }

    /// Yes or no: a number is no where it is 0, and text says `true` or `false`.
    pub(super) fn flag(&self, field: &str, default: bool) -> Result<bool, Refusal> {
        let wrong = || Refusal::field(format!("`{field}`: expected true or false"));
        match self.0.get(field) {
            None => Ok(default),
            Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(Value::Number(number)) => Ok(number.as_f64() != Some(0.0)),
            Some(Value::String(text)) => text.parse().map_err(|_| wrong()),
            Some(_) => Err(wrong()),
        }
    }
}

/// As nodes write floats.
pub(super) fn decimals(number: f64) -> String {
    format!("{number:.17}")
}

/// A number of 64 bits, by which `-1` is the greatest: `boost::lexical_cast`.
pub(super) fn wrapping(text: &str) -> Option<u64> {
    match text.strip_prefix('-') {
        // A second sign is none.
        Some(digits) if digits.starts_with('+') => None,
        Some(digits) => digits.parse().ok().map(u64::wrapping_neg),
        None => text.parse().ok(),
    }
}

/// A float without its fraction, as the processor converts it.
fn truncated(number: f64) -> u64 {
    const HALF: f64 = (1u64 << 63) as f64;
    match number < HALF {
        true => number as i64 as u64,
        false => number as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn request(value: Value) -> Request {
        Request::read(json!({ "it": value }).to_string().as_bytes()).unwrap()
    }

    #[test]
    fn numbers_are_what_a_node_makes_of_them() {
        let number = |value: Value| request(value).number("it", 10).ok();
        for (value, expected) in [
            (json!(-1), Some(u32::MAX)),
            (json!(2.0), Some(2)),
            (json!(-1.5), Some(u32::MAX)),
            (json!(true), Some(1)),
            (json!(1u64 << 32), Some(0)),
            (json!("-1"), Some(u32::MAX)),
            (json!("7"), Some(7)),
            (json!(null), Some(0)),
            (json!("7 "), None),
            (json!([]), None),
        ] {
            assert_eq!(number(value.clone()), expected, "{value}");
        }
        assert_eq!(request(json!(1)).number("other", 10).ok(), Some(10));
    }

    #[test]
    fn text_says_yes_by_a_word_alone() {
        let flag = |value: Value| request(value).flag("it", false).ok();
        assert_eq!(flag(json!("true")), Some(true));
        assert_eq!(flag(json!("1")), None);
        assert_eq!(flag(json!(0.5)), Some(true));
        assert_eq!(flag(json!(0)), Some(false));
    }
}
