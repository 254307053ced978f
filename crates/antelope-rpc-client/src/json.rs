//! Small readers for the freedoms nodes take in their JSON.

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;

/// Reads an unsigned number that may come as text: nodes quote numbers above 2^32.
pub(crate) fn u64_or_text<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
    input.deserialize_any(Number).and_then(|n| {
        u64::try_from(n)
            .map_err(|_| D::Error::custom(format_args!("{n} is not an unsigned 64-bit number")))
    })
}

/// Like [`u64_or_text`], `null` meaning absent.
pub(crate) fn optional_u64<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u64>, D::Error> {
    match input.deserialize_any(Nullable)? {
        None => Ok(None),
        Some(n) => u64::try_from(n)
            .map(Some)
            .map_err(|_| D::Error::custom(format_args!("{n} is not an unsigned 64-bit number"))),
    }
}

/// Reads a signed number that may come as text.
pub(crate) fn i64_or_text<'de, D: Deserializer<'de>>(input: D) -> Result<i64, D::Error> {
    input.deserialize_any(Number).and_then(|n| {
        i64::try_from(n)
            .map_err(|_| D::Error::custom(format_args!("{n} is not a signed 64-bit number")))
    })
}

/// Reads bytes written as hexadecimal text.
pub(crate) fn hex<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<u8>, D::Error> {
    let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(input)?;
    from_hex(&text)
        .ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &"hexadecimal text"))
}

/// Bytes of hexadecimal text; `None` when it is not.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |c: u8| (c as char).to_digit(16).map(|d| d as u8);
    digits
        .chunks_exact(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

/// Hexadecimal text of bytes, lower case.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)] as char);
        out.push(DIGITS[usize::from(byte & 15)] as char);
    }
    out
}

struct Number;

impl Visitor<'_> for Number {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, possibly as text")
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<i128, E> {
        Ok(n.into())
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<i128, E> {
        Ok(n.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i128, E> {
        text.parse()
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

struct Nullable;

impl<'de> Visitor<'de> for Nullable {
    type Value = Option<i128>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, possibly as text, or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Self::Value, E> {
        Number.visit_u64(n).map(Some)
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<Self::Value, E> {
        Number.visit_i64(n).map(Some)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Number.visit_str(text).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_both_ways() {
        assert_eq!(from_hex("00ffA1"), Some(vec![0, 255, 161]));
        assert_eq!(to_hex(&[0, 255, 161]), "00ffa1");
        assert_eq!(from_hex("0"), None);
        assert_eq!(from_hex("zz"), None);
        assert_eq!(from_hex("é"), None);
    }

    #[test]
    fn numbers_quoted_or_not() {
        #[derive(serde::Deserialize)]
        struct Row {
            #[serde(deserialize_with = "u64_or_text")]
            a: u64,
            #[serde(default, deserialize_with = "optional_u64")]
            b: Option<u64>,
            #[serde(deserialize_with = "i64_or_text")]
            c: i64,
        }
        let row: Row =
            serde_json::from_str(r#"{"a":"18446744073709551615","b":null,"c":"-5"}"#).unwrap();
        assert_eq!((row.a, row.b, row.c), (u64::MAX, None, -5));
        let row: Row = serde_json::from_str(r#"{"a":7,"b":"8","c":-1}"#).unwrap();
        assert_eq!((row.a, row.b, row.c), (7, Some(8), -1));
        assert!(serde_json::from_str::<Row>(r#"{"a":-1,"c":0}"#).is_err());
        assert!(serde_json::from_str::<Row>(r#"{"a":"x","c":0}"#).is_err());
    }
}
