//! Values of built-in types: first their bytes are taken, then they are shown.

use crate::builtin::Builtin;
use crate::cursor::Cursor;
use crate::limits::MAX_BYTES;
use crate::style::Style;
use crate::text::{amount, hex, key, number, time};
use alloc::format;
use alloc::string::{String, ToString};
use antelope_types::{
    Asset, BlockTimestamp, Name, PublicKey, Signature, Symbol, SymbolCode, TimePoint, TimePointSec,
};
use serde_json::{Value, json};

/// The bytes of a value, which is one of its type as far as its length goes.
pub(super) enum Raw<'a> {
    /// All of them, or those behind their number.
    Bytes(&'a [u8]),
    /// Those of a varint.
    Varint(i64),
    PublicKey(PublicKey),
    Signature(Signature),
}

/// Takes the bytes of a value.
///
/// # Errors
/// What is wrong; the cursor may be anywhere then.
pub(super) fn take<'a>(builtin: Builtin, input: &mut Cursor<'a>) -> Result<Raw<'a>, String> {
    if let Some(size) = builtin.size() {
        let left = input.left();
        let name = builtin.name();
        let taken = input.take(size).map(Raw::Bytes);
        return taken.ok_or_else(|| format!("expected {size} bytes of `{name}`, {left} left"));
    }
    let raw = match builtin {
        Builtin::VarInt32 => varint(input.signed().map(i64::from)),
        Builtin::VarUint32 => varint(input.unsigned().map(i64::from)),
        Builtin::PublicKey => key::public_key(input).map(Raw::PublicKey),
        Builtin::Signature => key::signature(input).map(Raw::Signature),
        _ => key::bytes(input, MAX_BYTES).map(Raw::Bytes),
    };
    raw.map_err(|problem| format!("`{}`: {problem}", builtin.name()))
}

fn varint<'a>(value: Option<i64>) -> Result<Raw<'a>, &'static str> {
    value.map(Raw::Varint).ok_or(key::ENDED)
}

/// The JSON of a value.
///
/// # Errors
/// Why there is none.
pub(super) fn show(builtin: Builtin, raw: Raw<'_>, style: Style) -> Result<Value, String> {
    let bytes = match raw {
        Raw::Varint(value) => return Ok(value.into()),
        Raw::PublicKey(key) => return Ok(key.to_string().into()),
        Raw::Signature(signature) => return Ok(signature.to_string().into()),
        Raw::Bytes(bytes) => bytes,
    };
    Ok(match builtin {
        Builtin::Bool => match (style, bytes[0]) {
            (Style::Careful, flag @ (0 | 1)) => (flag == 1).into(),
            (_, flag) => flag.into(),
        },
        Builtin::Uint8 => bytes[0].into(),
        Builtin::Int8 => (bytes[0] as i8).into(),
        Builtin::Int16 => i16::from_le_bytes(array(bytes)).into(),
        Builtin::Uint16 => u16::from_le_bytes(array(bytes)).into(),
        Builtin::Int32 => i32::from_le_bytes(array(bytes)).into(),
        Builtin::Uint32 => u32::from_le_bytes(array(bytes)).into(),
        Builtin::Int64 => number::write_signed(i64::from_le_bytes(array(bytes))),
        Builtin::Uint64 => number::write_unsigned(u64::from_le_bytes(array(bytes))),
        Builtin::Int128 => i128::from_le_bytes(array(bytes)).to_string().into(),
        Builtin::Uint128 => u128::from_le_bytes(array(bytes)).to_string().into(),
        Builtin::Float32 => number::write_float(f32::from_le_bytes(array(bytes)).into()).into(),
        Builtin::Float64 => number::write_float(f64::from_le_bytes(array(bytes))).into(),
        Builtin::Float128 => hex::with_prefix("0x", bytes).into(),
        Builtin::TimePoint => moment(i64::from_le_bytes(array(bytes)), style)?.into(),
        Builtin::TimePointSec => TimePointSec::from_seconds(u32::from_le_bytes(array(bytes)))
            .to_string()
            .into(),
        Builtin::BlockTimestamp => BlockTimestamp::from_slot(u32::from_le_bytes(array(bytes)))
            .to_string()
            .into(),
        Builtin::Name => name(bytes).into(),
        Builtin::String => text(bytes, style)?.into(),
        Builtin::Symbol => {
            let symbol = Symbol::from_raw(u64::from_le_bytes(array(bytes)));
            shown(symbol, style)?;
            symbol.write_str(&mut [0; Symbol::MAX_TEXT]).into()
        }
        Builtin::SymbolCode => {
            let code = SymbolCode::from_raw(u64::from_le_bytes(array(bytes)));
            // A node makes a symbol of it.
            shown(Symbol::new(code, 0), style)?;
            code.write_str(&mut [0; SymbolCode::MAX_TEXT]).into()
        }
        Builtin::Asset => asset(bytes, style)?.into(),
        Builtin::ExtendedAsset => {
            json!({ "quantity": asset(&bytes[..16], style)?, "contract": name(&bytes[16..]) })
        }
        // `bytes` and checksums.
        _ => hex::write(bytes).into(),
    })
}

/// Bytes of which there are as many as the type says.
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap_or([0; N])
}

fn name(bytes: &[u8]) -> String {
    let name = Name::from_raw(u64::from_le_bytes(array(bytes)));
    name.write_str(&mut [0; Name::MAX_TEXT]).into()
}

fn moment(micros: i64, style: Style) -> Result<String, String> {
    match style {
        Style::Careful => Ok(TimePoint::from_micros(micros).to_string()),
        Style::Node => time::write_as_node(micros).ok_or_else(|| "a time after 9999".into()),
    }
}

/// A node leaves out what is not UTF-8.
fn text(bytes: &[u8], style: Style) -> Result<String, String> {
    match style {
        Style::Careful => {
            let text = core::str::from_utf8(bytes).map_err(|_| "`string`: text is not utf-8")?;
            Ok(text.into())
        }
        Style::Node => Ok(bytes.utf8_chunks().map(|chunk| chunk.valid()).collect()),
    }
}

fn asset(bytes: &[u8], style: Style) -> Result<String, String> {
    let amount = i64::from_le_bytes(array(&bytes[..8]));
    let symbol = Symbol::from_raw(u64::from_le_bytes(array(&bytes[8..])));
    let asset = Asset::from_raw(amount, symbol);
    shown(symbol, style)?;
    match style == Style::Careful || asset.is_amount_within_range() {
        true => Ok(asset.write_str(&mut [0; Asset::MAX_TEXT]).into()),
        false => Err("an amount out of range".into()),
    }
}

fn shown(symbol: Symbol, style: Style) -> Result<(), String> {
    match style == Style::Careful || amount::is_shown(symbol) {
        true => Ok(()),
        false => Err("an invalid symbol".into()),
    }
}
