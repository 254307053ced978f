//! Values of built-in types between a node's JSON and that of the packing library.
//!
//! The library takes `1.0000EOS` for an asset and drops characters from names, which are more
//! likely mistakes than wishes; and it spells some types in a way of its own.

use crate::abi_walk::kind;
use antelope_types::{
    Asset, BlockTimestamp, Name, PublicKey, Symbol, SymbolCode, TimePoint, TimePointSec,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::Serializer;
use std::fmt::Display;
use std::str::FromStr;

/// Makes a value fit for the library; says what is wrong with it.
pub(crate) fn to_library(ty: &str, value: &mut Value) -> Result<(), String> {
    match ty {
        "name" => text::<Name>(value, "a name of at most 13 characters a-z, 1-5 and dots"),
        "asset" => text::<Asset>(value, "an asset like `1.0000 EOS`"),
        "symbol" => text::<Symbol>(value, "a symbol like `4,EOS`"),
        "symbol_code" => text::<SymbolCode>(value, "a symbol code like `EOS`"),
        "bool" if !value.is_boolean() => Err(format!("{}, expected true or false", kind(value))),
        "string" if !value.is_string() => Err(format!("{}, expected text", kind(value))),
        "float128" => {
            if let Some(digits) = value.as_str().and_then(|text| text.strip_prefix("0x")) {
                *value = digits.into();
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Gives a value of the library the node's spelling.
pub(crate) fn to_node(ty: &str, value: &mut Value) -> Result<(), String> {
    match ty {
        "int64" | "uint64" => shorten_number(value),
        "float32" | "float64" => decimals(value),
        "bytes" | "checksum160" | "checksum256" | "checksum512" => change_text(value, lower_case),
        "float128" => change_text(value, |digits| format!("0x{}", lower_case(digits))),
        "public_key" => respell::<PublicKey>(value),
        "time_point" => respell::<TimePoint>(value),
        "time_point_sec" => respell::<TimePointSec>(value),
        "block_timestamp_type" => respell::<BlockTimestamp>(value),
        _ => {}
    }
    Ok(())
}

/// Makes of a value what a node shows in its answers; fails where a node shows the bytes.
pub(crate) fn shown_by_node(ty: &str, value: &mut Value) -> Result<(), String> {
    match ty {
        "bool" => {
            if let Some(flag) = value.as_bool() {
                *value = u8::from(flag).into();
            }
            Ok(())
        }
        "asset" if !value.as_str().is_some_and(is_shown_asset) => {
            Err("an asset out of range".to_owned())
        }
        "symbol" => text::<Symbol>(value, "a symbol like `4,EOS`"),
        // The calendar of nodes is that of the years 1400 to 9999.
        "time_point" => match value.as_str() {
            Some(text) if text.as_bytes().get(4) == Some(&b'-') && text >= "1400" => Ok(()),
            _ => Err("a time out of range".to_owned()),
        },
        _ => Ok(()),
    }
}

/// Whether nodes show an asset: its amount has 62 bits, its precision 18 digits, its symbol capitals
/// or nothing.
fn is_shown_asset(text: &str) -> bool {
    let Some((amount, code)) = text.split_once(' ') else {
        return false;
    };
    let precision = amount
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let digits = amount.replace('.', "");
    let in_range = |amount: i64| amount.unsigned_abs() < 1 << 62;
    precision <= 18
        && digits.parse().is_ok_and(in_range)
        && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn lower_case(text: &str) -> String {
    text.to_ascii_lowercase()
}

fn change_text(value: &mut Value, change: impl Fn(&str) -> String) {
    if let Value::String(text) = value {
        *text = change(text);
    }
}

/// Nodes quote a 64-bit number only when it does not fit 32 bits.
fn shorten_number(value: &mut Value) {
    const SHORT: i64 = 0xffff_ffff;
    let number = value.as_str().and_then(|text| text.parse::<i64>().ok());
    if let Some(number) = number.filter(|n| (-SHORT..=SHORT).contains(n)) {
        *value = number.into();
    }
}

/// Nodes write floats as text with seventeen decimals.
fn decimals(value: &mut Value) {
    let number = match &*value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    };
    let text = number.map(|n| antelope_types::json::float64::serialize(&n, Serializer));
    if let Some(Ok(text)) = text {
        *value = text;
    }
}

/// Reads a value and writes it again in the form of the chain types.
fn respell<T: DeserializeOwned + Serialize>(value: &mut Value) {
    let read = T::deserialize(&*value).ok();
    if let Some(written) = read.and_then(|v| serde_json::to_value(v).ok()) {
        *value = written;
    }
}

fn text<T: FromStr>(value: &Value, expected: &str) -> Result<(), String>
where
    T::Err: Display,
{
    let Value::String(text) = value else {
        return Err(format!("{}, expected {expected}", kind(value)));
    };
    match text.parse::<T>() {
        Ok(_) => Ok(()),
        Err(e) => Err(format!("`{text}`: {e}, expected {expected}")),
    }
}

/// Whether there is a struct without fields anywhere in a value: nodes refuse to unpack one.
pub(crate) fn has_empty_struct(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.is_empty() || fields.values().any(has_empty_struct),
        Value::Array(items) => items.iter().any(has_empty_struct),
        _ => false,
    }
}
