//! What a node makes of JSON where it wants something else: the conversions of `fc::variant`
//! (`libraries/libfc/src/variant.cpp`).
//!
//! Objects and arrays are never converted. `None` is a `bad_cast_exception` or what `lexical_cast`
//! throws.

use crate::text::number;
use alloc::borrow::Cow;
use alloc::string::ToString;
use serde_json::Value;

/// `as_uint64`: nothing is 0, truth is 1, fractions are cut, negative numbers wrap.
pub(super) fn unsigned(json: &Value) -> Option<u64> {
    match json {
        Value::Null => Some(0),
        Value::Bool(flag) => Some((*flag).into()),
        Value::String(text) => number::read_unsigned(text),
        Value::Number(it) => Some(match (it.as_u64(), it.as_i64()) {
            (Some(value), _) => value,
            (_, Some(value)) => value as u64,
            _ => cut_unsigned(it.as_f64()?),
        }),
        _ => None,
    }
}

/// `as_int64`: as [`unsigned`] but for text, which may have a sign, and fractions, cut toward zero.
pub(super) fn signed(json: &Value) -> Option<i64> {
    match json {
        Value::String(text) => number::read_signed(text),
        Value::Number(it) => Some(match (it.as_u64(), it.as_i64()) {
            (Some(value), _) => value as i64,
            (_, Some(value)) => value,
            _ => cut_signed(it.as_f64()?),
        }),
        _ => unsigned(json).map(|value| value as i64),
    }
}

/// `as_double`: nothing is 0, truth is 1, text may be `nan` or `inf`.
pub(super) fn float(json: &Value) -> Option<f64> {
    match json {
        Value::String(text) => number::read_float(text),
        Value::Number(it) => it.as_f64(),
        Value::Null => Some(0.0),
        Value::Bool(flag) => Some(u8::from(*flag).into()),
        _ => None,
    }
}

/// `as_string`: nothing is empty text, numbers are their digits, fractions have 17 decimals.
pub(super) fn text(json: &Value) -> Option<Cow<'_, str>> {
    Some(match json {
        Value::Null => "".into(),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        Value::String(text) => text.as_str().into(),
        Value::Number(it) if it.is_f64() => number::write_float(it.as_f64()?).into(),
        Value::Number(it) => it.to_string().into(),
        _ => return None,
    })
}

/// As `cvttsd2si` does it: what does not fit is the smallest number.
fn cut_signed(value: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    match (-LIMIT..LIMIT).contains(&value) {
        true => value as i64,
        false => i64::MIN,
    }
}

/// As compilers build it from `cvttsd2si`: numbers from 2⁶³ on are shifted down and back.
fn cut_unsigned(value: f64) -> u64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    match value < LIMIT {
        true => cut_signed(value) as u64,
        false => cut_signed(value - LIMIT) as u64 ^ 1 << 63,
    }
}
