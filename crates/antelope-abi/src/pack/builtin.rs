//! Values of built-in types.
//!
//! For each there is a careful reader and a node's. They agree on what nodes show, and the careful one
//! never gives other bytes than the node's: where it cannot agree it refuses. The test
//! `careful_readers_agree_with_the_node` sweeps that.

use super::{kind, node};
use crate::builtin::Builtin;
use crate::limits::MAX_BYTES;
use crate::style::Style;
use crate::text::{amount, hex, number, time};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use antelope_types::{
    Asset, BlockTimestamp, Encode, Name, PublicKey, Signature, Symbol, SymbolCode, TimePoint,
    TimePointSec,
};
use core::fmt::Display;
use core::str::FromStr;
use serde_json::Value;

/// Writes a value behind what is there.
///
/// # Errors
/// What it is, and what was expected.
pub(super) fn write(
    builtin: Builtin,
    json: &Value,
    style: Style,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    let mut put = |bytes: &[u8]| out.extend_from_slice(bytes);
    let unsigned = |bits| unsigned(json, bits, style);
    let signed = |bits| signed(json, bits, style);
    match builtin {
        Builtin::Bool => put(&[boolean(json, style)?]),
        Builtin::Uint8 => put(&[unsigned(8)? as u8]),
        Builtin::Int8 => put(&[signed(8)? as u8]),
        Builtin::Uint16 => put(&(unsigned(16)? as u16).to_le_bytes()),
        Builtin::Int16 => put(&(signed(16)? as i16).to_le_bytes()),
        Builtin::Uint32 => put(&(unsigned(32)? as u32).to_le_bytes()),
        Builtin::Int32 => put(&(signed(32)? as i32).to_le_bytes()),
        Builtin::Uint64 => put(&unsigned(64)?.to_le_bytes()),
        Builtin::Int64 => put(&signed(64)?.to_le_bytes()),
        Builtin::VarUint32 => put_varint(unsigned(32)? as u32, out),
        Builtin::VarInt32 => {
            let value = signed(32)? as i32;
            put_varint(((value << 1) ^ (value >> 31)) as u32, out);
        }
        Builtin::Uint128 | Builtin::Int128 => put(&wide(builtin, json, style)?.to_le_bytes()),
        Builtin::Float32 => put(&(float(json, style)? as f32).to_le_bytes()),
        Builtin::Float64 => put(&float(json, style)?.to_le_bytes()),
        Builtin::Float128 => put(&float128(json, style)?),
        Builtin::TimePoint => put(&moment(json, style)?.to_le_bytes()),
        Builtin::TimePointSec => put(&seconds(json, style)?.to_le_bytes()),
        Builtin::BlockTimestamp => put(&slot(json, style)?.to_le_bytes()),
        Builtin::Name => {
            let expected = "a name of at most 13 characters a-z, 1-5 and dots";
            let name = parsed::<Name>(string(json, expected)?, expected)?;
            put(&name.raw().to_le_bytes());
        }
        Builtin::String => put_bytes(text(json, "text", style)?.as_bytes(), out)?,
        Builtin::Bytes => put_bytes(&digits(json, "hexadecimal digits")?, out)?,
        Builtin::Checksum160 => put(&checksum::<20>(json, style)?),
        Builtin::Checksum256 => put(&checksum::<32>(json, style)?),
        Builtin::Checksum512 => put(&checksum::<64>(json, style)?),
        Builtin::PublicKey => {
            let expected = "a public key";
            put(&parsed::<PublicKey>(&text(json, expected, style)?, expected)?.to_bytes());
        }
        Builtin::Signature => {
            let expected = "a signature";
            put(&parsed::<Signature>(&text(json, expected, style)?, expected)?.to_bytes());
        }
        Builtin::Symbol => put(&symbol(json, style)?.raw().to_le_bytes()),
        Builtin::SymbolCode => put(&code(json, style)?.raw().to_le_bytes()),
        Builtin::Asset => put_asset(asset(json, style)?, out),
        Builtin::ExtendedAsset => {
            let (quantity, contract) = extended_asset(json, style)?;
            put_asset(asset(quantity, style)?, out);
            write(Builtin::Name, contract, style, out)?;
        }
    }
    Ok(())
}

/// Something else than what was expected. Text and numbers are quoted, larger values only named.
fn unlike(json: &Value, expected: &str) -> String {
    match json {
        Value::String(text) => format!("`{text}`, expected {expected}"),
        Value::Number(number) => format!("{number}, expected {expected}"),
        _ => format!("{}, expected {expected}", kind(json)),
    }
}

/// Text, from which both readers go on in their own ways.
fn string<'a>(json: &'a Value, expected: &str) -> Result<&'a str, String> {
    json.as_str()
        .ok_or_else(|| format!("{}, expected {expected}", kind(json)))
}

/// Text; a node takes a number for its digits.
fn text<'a>(json: &'a Value, expected: &str, style: Style) -> Result<Cow<'a, str>, String> {
    let wrong = || format!("{}, expected {expected}", kind(json));
    match style {
        Style::Careful => json.as_str().map(Cow::from).ok_or_else(wrong),
        Style::Node => node::text(json).ok_or_else(wrong),
    }
}

/// Text by one of the strict parsers of `antelope-types`, whose words say what is wrong with it.
fn parsed<T: FromStr<Err: Display>>(text: &str, expected: &str) -> Result<T, String> {
    explained(text.parse(), text, expected)
}

fn explained<T>(result: Result<T, impl Display>, text: &str, expected: &str) -> Result<T, String> {
    result.map_err(|error| format!("`{text}`: {error}, expected {expected}"))
}

/// What a node reads of text; it does not say why not.
fn by_node<T>(
    json: &Value,
    expected: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, String> {
    read(string(json, expected)?).ok_or_else(|| unlike(json, expected))
}

/// A `bool`: its byte. Nodes take any number and keep the lowest byte.
fn boolean(json: &Value, style: Style) -> Result<u8, String> {
    if let (Style::Careful, Value::Bool(flag)) = (style, json) {
        return Ok((*flag).into());
    }
    let number = match style {
        // A byte that is neither 0 nor 1 is shown as a number, and so it is read.
        Style::Careful => unsigned(json, 8, style).ok(),
        Style::Node => node::unsigned(json),
    };
    let wrong = || match json {
        Value::String(text) => format!("`{text}`, expected true or false"),
        _ => format!("{}, expected true or false", kind(json)),
    };
    number.map(|number| number as u8).ok_or_else(wrong)
}

/// A whole number, if JSON is one, as a number or as its digits.
fn whole(json: &Value) -> Option<i128> {
    match json {
        Value::Number(number) => {
            let unsigned = number.as_u64().map(i128::from);
            unsigned.or_else(|| number.as_i64().map(i128::from))
        }
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// An unsigned integer of so many bits; a node's may have more, of which the caller takes the lowest.
fn unsigned(json: &Value, bits: u32, style: Style) -> Result<u64, String> {
    let most = u64::MAX >> (64 - bits);
    let found = match style {
        Style::Careful => {
            let number = whole(json).and_then(|number| u64::try_from(number).ok());
            number.filter(|number| *number <= most)
        }
        Style::Node => node::unsigned(json),
    };
    found.ok_or_else(|| unlike(json, &format!("a whole number from 0 to {most}")))
}

/// A signed integer of so many bits, as [`unsigned`].
fn signed(json: &Value, bits: u32, style: Style) -> Result<i64, String> {
    let most = i64::MAX >> (64 - bits);
    let found = match style {
        Style::Careful => {
            let number = whole(json).and_then(|number| i64::try_from(number).ok());
            number.filter(|number| (!most..=most).contains(number))
        }
        Style::Node => node::signed(json),
    };
    found.ok_or_else(|| unlike(json, &format!("a whole number from {} to {most}", !most)))
}

/// A number of 128 bits. The careful reader does not take `010`, which is eight for nodes.
fn wide(builtin: Builtin, json: &Value, style: Style) -> Result<u128, String> {
    let is_signed = builtin == Builtin::Int128;
    let found = match (style, json) {
        (Style::Node, Value::String(text)) => number::read_wide(text, is_signed),
        // A node has two kinds of integers in JSON, and takes those without a sign for unsigned.
        (Style::Node, Value::Number(number)) if is_signed => number
            .as_i64()
            .filter(|number| *number < 0)
            .map(|number| i128::from(number) as u128),
        (Style::Node, Value::Number(number)) => number.as_u64().map(u128::from),
        (Style::Node, _) => None,
        (Style::Careful, Value::String(text)) => {
            let octal = text.trim_start_matches('-');
            let octal = octal.len() > 1 && octal.starts_with('0');
            match (text.strip_prefix("0x"), is_signed) {
                (Some(digits), _) => u128::from_str_radix(digits, 16).ok(),
                (None, _) if octal => None,
                (None, true) => text.parse::<i128>().ok().map(|number| number as u128),
                (None, false) => text.parse().ok(),
            }
        }
        (Style::Careful, _) => {
            let number = whole(json).filter(|number| is_signed || *number >= 0);
            number.map(|number| number as u128)
        }
    };
    let expected = match is_signed {
        true => "a signed whole number of 128 bits",
        false => "a whole number of 128 bits",
    };
    found.ok_or_else(|| unlike(json, expected))
}

/// A floating-point number. JSON has none that is infinite; text has, and `nan`.
fn float(json: &Value, style: Style) -> Result<f64, String> {
    let found = match (style, json) {
        (Style::Careful, Value::Null | Value::Bool(_)) => None,
        _ => node::float(json),
    };
    found.ok_or_else(|| unlike(json, "a number"))
}

/// The sixteen bytes of a `float128`, which nobody computes with.
fn float128(json: &Value, style: Style) -> Result<[u8; 16], String> {
    let expected = "0x and 32 hexadecimal digits";
    let text = string(json, expected)?;
    let digits = match (text.strip_prefix("0x"), style) {
        (Some(digits), _) => Some(digits),
        (None, Style::Careful) => Some(text),
        (None, Style::Node) => None,
    };
    let bytes = digits.and_then(hex::read);
    let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| unlike(json, expected))
}

/// Microseconds since 1970. What nodes write for times before that is read too.
fn moment(json: &Value, style: Style) -> Result<i64, String> {
    let expected = "a time like `2024-01-01T00:00:00.000`";
    if style == Style::Node {
        return by_node(json, expected, time::read_as_node);
    }
    let text = string(json, expected)?;
    if let Some(micros) = time::read_before_epoch(text) {
        return Ok(micros);
    }
    Ok(parsed::<TimePoint>(text, expected)?.micros())
}

/// Seconds since 1970; of careful readers until 2106.
fn seconds(json: &Value, style: Style) -> Result<u32, String> {
    let expected = "a time like `2024-01-01T00:00:00`";
    if style == Style::Node {
        return by_node(json, expected, time::read_seconds_as_node);
    }
    Ok(parsed::<TimePointSec>(string(json, expected)?, expected)?.seconds())
}

/// Half seconds since 2000; of careful readers from then until 2068.
fn slot(json: &Value, style: Style) -> Result<u32, String> {
    let expected = "a time like `2024-01-01T00:00:00.500`";
    if style == Style::Node {
        return by_node(json, expected, time::read_as_node).map(time::slot_as_node);
    }
    Ok(parsed::<BlockTimestamp>(string(json, expected)?, expected)?.slot())
}

/// Bytes as hexadecimal digits, of any number that is even.
fn digits(json: &Value, expected: &str) -> Result<Vec<u8>, String> {
    hex::read(string(json, expected)?).ok_or_else(|| unlike(json, expected))
}

/// A node fills up what is too short with zeros, and cuts what is too long.
fn checksum<const N: usize>(json: &Value, style: Style) -> Result<[u8; N], String> {
    let found = json.as_str().and_then(hex::read);
    let fits = |bytes: &Vec<u8>| style == Style::Node || bytes.len() == N;
    let Some(bytes) = found.filter(fits) else {
        return Err(unlike(json, &format!("{} hexadecimal digits", N * 2)));
    };
    let mut checksum = [0; N];
    let count = bytes.len().min(N);
    checksum[..count].copy_from_slice(&bytes[..count]);
    Ok(checksum)
}

fn symbol(json: &Value, style: Style) -> Result<Symbol, String> {
    let expected = "a symbol like `4,EOS`";
    if style == Style::Node {
        return by_node(json, expected, amount::symbol_as_node);
    }
    let text = string(json, expected)?;
    explained(amount::symbol(text), text, expected)
}

fn code(json: &Value, style: Style) -> Result<SymbolCode, String> {
    let expected = "a symbol code like `EOS`";
    if style == Style::Node {
        return by_node(json, expected, amount::code_as_node);
    }
    let text = string(json, expected)?;
    explained(amount::code(text), text, expected)
}

fn asset(json: &Value, style: Style) -> Result<Asset, String> {
    let expected = "an asset like `1.0000 EOS`";
    if style == Style::Node {
        return by_node(json, expected, amount::asset_as_node);
    }
    let text = string(json, expected)?;
    explained(amount::asset(text), text, expected)
}

/// The two parts, by name or in order.
fn extended_asset(json: &Value, style: Style) -> Result<(&Value, &Value), String> {
    let expected = "an object with `quantity` and `contract`";
    let parts = match json {
        Value::Array(parts) => parts.first().zip(parts.get(1)),
        Value::Object(parts) => parts.get("quantity").zip(parts.get("contract")),
        _ => None,
    };
    let count = match json {
        Value::Array(parts) => parts.len(),
        Value::Object(parts) => parts.len(),
        _ => 0,
    };
    let fits = style == Style::Node || count == 2;
    parts
        .filter(|_| fits)
        .ok_or_else(|| format!("{}, expected {expected}", kind(json)))
}

/// A varint behind what is there: seven bits a byte, lowest first.
pub(super) fn put_varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Amount and symbol, eight bytes each.
fn put_asset(asset: Asset, out: &mut Vec<u8>) {
    out.extend_from_slice(&asset.amount.to_le_bytes());
    out.extend_from_slice(&asset.symbol.raw().to_le_bytes());
}

/// Bytes behind their number; nodes would not read more than 20 MiB again.
fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
    if bytes.len() > MAX_BYTES {
        let length = bytes.len().to_string();
        return Err(format!("{length} bytes, expected at most {MAX_BYTES}"));
    }
    put_varint(bytes.len() as u32, out);
    out.extend_from_slice(bytes);
    Ok(())
}
