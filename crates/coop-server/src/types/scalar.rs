//! Scalars: moments, JSON and the numbers of pages.

use antelope_types::TimePoint;
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// A moment as ISO 8601 text in UTC, such as `2026-01-20T12:00:00.000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateTime(pub(crate) TimePoint);

/// Any JSON value.
pub(crate) type Json = async_graphql::Json<serde_json::Value>;

/// A moment as text in UTC.
pub(crate) fn iso(moment: TimePoint) -> String {
    format!("{moment}Z")
}

/// The moment that a text in UTC names, with or without `Z` behind it.
pub(crate) fn moment(text: &str) -> Option<TimePoint> {
    text.strip_suffix('Z').unwrap_or(text).parse().ok()
}

/// A moment as ISO 8601 text in UTC, such as `2026-01-20T12:00:00.000Z`.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => match moment(text) {
                Some(found) => Ok(Self(found)),
                None => Err(InputValueError::custom(
                    "no moment, expected such as 2026-01-20T12:00:00.000Z",
                )),
            },
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(iso(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_utc_and_read_back() {
        let known = TimePoint::from_micros(1_767_225_600_500_000);
        assert_eq!(iso(known), "2026-01-01T00:00:00.500Z");
        assert_eq!(moment(&iso(known)), Some(known));
        assert_eq!(moment("2026-01-01T00:00:00.500"), Some(known));
        assert_eq!(moment("tomorrow"), None);
    }
}
