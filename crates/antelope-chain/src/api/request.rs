//! Bodies of requests, read as leniently as nodes read them.
//!
//! Nodes convert a JSON body through `fc::variant`, which turns numbers into text and text into
//! numbers, takes `null` for zero, and wraps what is too large. Clients rely on it: eosjs sends
//! numbers beyond 32 bits as strings, cleos sends `-1` for "the last". Each getter here is the
//! conversion to one C++ type.
//!
//! | | missing | `null` | number | string | bool |
//! |---|---|---|---|---|---|
//! | [`text`](Request::text) | empty | empty | decimal | itself | `true`, `false` |
//! | [`name`](Request::name) | empty | error | error | parsed | error |
//! | [`number`](Request::number) | default | 0 | modulo 2^32 | parsed, modulo 2^32 | 0, 1 |
//! | [`flag`](Request::flag) | default | false | not 0 | `true`, `false` | itself |
//!
//! Errors are `invalid_http_request` (3200006, status 400).
//!
//! Examples for a number: `10`, `"10"`, `10.9` and `4294967306` are all 10; `-1`, `"-1"` and
//! `4294967295` are the greatest; `"ten"`, `[10]` and `"1.5"` are errors.

use super::answer::Refusal;
use super::fault::{cast, no_delimiter, no_name, quoted_cast};
use super::json;
use antelope_types::{Name, PublicKey};
use serde_json::{Map, Value};

/// The fields of a request.
pub(super) struct Request(Map<String, Value>);

impl Request {
    /// A body that must have fields.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        if is_empty(body) {
            return Err(Refusal::request("A Request body is required"));
        }
        Self::optional(body)
    }

    /// A body that is a list of objects.
    pub(super) fn list(body: &[u8]) -> Result<Vec<Self>, Refusal> {
        if is_empty(body) {
            return Err(Refusal::request("A Request body is required"));
        }
        let items = match json::read(body).map_err(Refusal::fields)? {
            Value::Array(items) => items,
            other => return Err(Refusal::field(cast(&other, "Array"))),
        };
        items.into_iter().map(Self::of_value).collect()
    }

    /// A body that may be empty.
    pub(super) fn optional(body: &[u8]) -> Result<Self, Refusal> {
        if is_empty(body) {
            return Ok(Self(Map::new()));
        }
        Self::of_value(json::read(body).map_err(Refusal::fields)?)
    }

    /// A body that must be empty or an empty object.
    pub(super) fn none(body: &[u8]) -> Result<(), Refusal> {
        match is_empty(body) {
            true => Ok(()),
            false => Err(Refusal::field("no parameter should be given")),
        }
    }

    /// A value that must be an object.
    fn of_value(value: Value) -> Result<Self, Refusal> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(Refusal::field(quoted_cast(&other, "Object"))),
        }
    }

    /// A request made of part of another.
    pub(super) fn of(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// A field as it was given, `null` included.
    pub(super) fn field(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// A field as it was given; `None` for `null` too.
    pub(super) fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field).filter(|value| !value.is_null())
    }

    /// Takes a field out; `null` where it is missing.
    pub(super) fn take(&mut self, field: &str) -> Value {
        self.0.remove(field).unwrap_or_default()
    }

    /// The whole body.
    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    /// A string.
    pub(super) fn text(&self, field: &str) -> Result<String, Refusal> {
        match self.0.get(field) {
            None => Ok(String::new()),
            Some(given) => text_of(given).ok_or_else(|| Refusal::field(cast(given, "string"))),
        }
    }

    /// A string that may be left out.
    pub(super) fn optional_text(&self, field: &str) -> Result<Option<String>, Refusal> {
        self.value(field).map(|_| self.text(field)).transpose()
    }

    /// A name.
    pub(super) fn name(&self, field: &str) -> Result<Name, Refusal> {
        let text = match self.0.get(field) {
            None => return Ok(Name::default()),
            Some(Value::String(text)) => text,
            Some(other) => return Err(Refusal::field(quoted_cast(other, "string"))),
        };
        Name::parse(text).map_err(|_| Refusal::field(no_name(text)))
    }

    /// A 32-bit number.
    pub(super) fn number(&self, field: &str, default: u32) -> Result<u32, Refusal> {
        // A level of a node that has nothing to say adds an empty message.
        let wrong = |problem: String| Refusal::fields([problem, String::new()]);
        let wide = match self.0.get(field) {
            None => return Ok(default),
            Some(Value::Null) => 0,
            Some(Value::Bool(flag)) => u64::from(*flag),
            Some(Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => number,
                (None, Some(number)) => number as u64,
                (None, None) => truncated(number.as_f64().unwrap_or_default()),
            },
            Some(Value::String(text)) => wrapping(text).ok_or_else(|| {
                let problem = "Couldn't parse uint64_t".to_owned();
                Refusal::fields([problem, String::new(), String::new()])
            })?,
            Some(other) => return Err(wrong(cast(other, "uint64"))),
        };
        Ok(wide as u32)
    }

    /// A list of public keys, empty where it is missing.
    pub(super) fn keys(&self, field: &str) -> Result<Vec<PublicKey>, Refusal> {
        let items = match self.0.get(field) {
            None => return Ok(Vec::new()),
            Some(Value::Array(items)) => items,
            Some(other) => return Err(Refusal::field(cast(other, "Array"))),
        };
        let keys = items.iter().map(|item| {
            let text = text_of(item).ok_or_else(|| Refusal::field(cast(item, "string")))?;
            text.parse().map_err(|error| {
                let has_type = text.contains('_') || text.starts_with("EOS");
                Refusal::field(match has_type {
                    true => format!("`{text}`: {error}"),
                    false => no_delimiter(&text, "data type"),
                })
            })
        });
        keys.collect()
    }

    /// A boolean.
    pub(super) fn flag(&self, field: &str, default: bool) -> Result<bool, Refusal> {
        let wrong = || {
            let only = "(only \"true\" or \"false\" can be converted)";
            Refusal::field(format!("Cannot convert string to bool {only}"))
        };
        match self.0.get(field) {
            None => Ok(default),
            Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(Value::Number(number)) => Ok(number.as_f64() != Some(0.0)),
            Some(Value::String(text)) => text.parse().map_err(|_| wrong()),
            Some(other) => Err(Refusal::field(cast(other, "bool"))),
        }
    }
}

/// Whether a body has nothing to parse: `is_empty_content` of `http_plugin.hpp`.
pub(super) fn is_empty(body: &[u8]) -> bool {
    let mut rest = body;
    while let [b' ', inner @ ..] | [inner @ .., b' '] = rest {
        rest = inner;
    }
    match rest {
        [b'{', inside @ .., b'}'] => inside.iter().all(|byte| matches!(byte, b' ' | b'\t')),
        other => other.is_empty(),
    }
}

/// The text that a node makes of a value; `None` for lists and objects.
pub(super) fn text_of(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => decimals(float),
            _ => number.to_string(),
        },
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// A float as nodes write it: 17 digits after the point.
pub(super) fn decimals(number: f64) -> String {
    format!("{number:.17}")
}

/// A 64-bit number as `boost::lexical_cast` reads an unsigned one: a minus sign is allowed and
/// wraps, so that `-1` is the greatest.
pub(super) fn wrapping(text: &str) -> Option<u64> {
    match text.strip_prefix('-') {
        // Rust would accept the plus sign of `-+1`, boost does not.
        Some(digits) if digits.starts_with('+') => None,
        Some(digits) => digits.parse().ok().map(u64::wrapping_neg),
        None => text.parse().ok(),
    }
}

/// A float without its fraction as x86-64 converts it to an unsigned integer: negative ones wrap.
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
