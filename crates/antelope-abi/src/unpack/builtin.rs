//! Values of built-in types: first their bytes are taken, then they are shown.
//!
//! These are two steps because they fail differently. Bytes that are no value end everything. A value
//! that cannot be shown, such as text that is not UTF-8, is skipped by those who inspect. Nodes know
//! only failure for both: `fc::raw::unpack` or `fc::to_variant` throws.

use super::output::Output;
use crate::builtin::Builtin;
use crate::cursor::Cursor;
use crate::limits::MAX_BYTES;
use crate::style::Style;
use crate::text::number::MAX_PLAIN;
use crate::text::{amount, key, number, time};
use alloc::format;
use alloc::string::{String, ToString};
use antelope_types::{Asset, BlockTimestamp, Name, Symbol, SymbolCode, TimePoint, TimePointSec};
use serde_json::json;

/// Why there is no value.
pub(super) enum Wrong {
    /// The bytes are none of the type; the cursor may be anywhere.
    Bytes(String),
    /// They are, and were taken, but have no JSON.
    Hidden(String),
}

type Shown<T> = Result<T, Wrong>;

/// Takes the bytes of a value and shows it.
///
/// # Errors
/// What is wrong. Something may have been written to the output then.
pub(super) fn show<O: Output>(
    builtin: Builtin,
    input: &mut Cursor<'_>,
    style: Style,
    output: &mut O,
) -> Shown<O::Value> {
    let mut from = Source { builtin, input };
    Ok(match builtin {
        Builtin::Bool => match (style, u8::from_le_bytes(from.fixed()?)) {
            (Style::Careful, flag @ (0 | 1)) => output.boolean(flag == 1),
            (_, flag) => output.unsigned(flag.into()),
        },
        Builtin::Uint8 => output.unsigned(u8::from_le_bytes(from.fixed()?).into()),
        Builtin::Int8 => output.signed(i8::from_le_bytes(from.fixed()?).into()),
        Builtin::Int16 => output.signed(i16::from_le_bytes(from.fixed()?).into()),
        Builtin::Uint16 => output.unsigned(u16::from_le_bytes(from.fixed()?).into()),
        Builtin::Int32 => output.signed(i32::from_le_bytes(from.fixed()?).into()),
        Builtin::Uint32 => output.unsigned(u32::from_le_bytes(from.fixed()?).into()),
        Builtin::Int64 => {
            let value = i64::from_le_bytes(from.fixed()?);
            match value.unsigned_abs() > MAX_PLAIN {
                true => {
                    let is_negative = value < 0;
                    let magnitude = value.unsigned_abs();
                    output.text(number::digits(magnitude, is_negative, &mut [0; 20]))
                }
                false => output.signed(value),
            }
        }
        Builtin::Uint64 => {
            let value = u64::from_le_bytes(from.fixed()?);
            match value > MAX_PLAIN {
                true => output.text(number::digits(value, false, &mut [0; 20])),
                false => output.unsigned(value),
            }
        }
        Builtin::Int128 => output.text(&i128::from_le_bytes(from.fixed()?).to_string()),
        Builtin::Uint128 => output.text(&u128::from_le_bytes(from.fixed()?).to_string()),
        Builtin::VarInt32 => {
            let value = from.input.signed();
            output.signed(from.read(value.ok_or(key::ENDED))?.into())
        }
        Builtin::VarUint32 => {
            let value = from.input.unsigned();
            output.unsigned(from.read(value.ok_or(key::ENDED))?.into())
        }
        Builtin::Float32 => {
            let value = f32::from_le_bytes(from.fixed()?);
            output.text(&number::write_float(value.into()))
        }
        Builtin::Float64 => {
            let value = f64::from_le_bytes(from.fixed()?);
            output.text(&number::write_float(value))
        }
        Builtin::Float128 => output.hex("0x", &from.fixed::<16>()?),
        Builtin::TimePoint => {
            let micros = i64::from_le_bytes(from.fixed()?);
            output.text(&moment(micros, style)?)
        }
        Builtin::TimePointSec => {
            let seconds = u32::from_le_bytes(from.fixed()?);
            output.text(
                TimePointSec::from_seconds(seconds).write_str(&mut [0; TimePointSec::MAX_TEXT]),
            )
        }
        Builtin::BlockTimestamp => {
            let slot = u32::from_le_bytes(from.fixed()?);
            output
                .text(BlockTimestamp::from_slot(slot).write_str(&mut [0; BlockTimestamp::MAX_TEXT]))
        }
        Builtin::Name => {
            let name = Name::from_raw(u64::from_le_bytes(from.fixed()?));
            output.text(name.write_str(&mut [0; Name::MAX_TEXT]))
        }
        Builtin::Bytes => output.hex("", from.counted()?),
        Builtin::String => {
            let bytes = from.counted()?;
            match (style, core::str::from_utf8(bytes)) {
                (_, Ok(text)) => output.text(text),
                // A node leaves out what is not UTF-8.
                (Style::Node, Err(_)) => {
                    let text: String = bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
                    output.text(&text)
                }
                (Style::Careful, Err(_)) => {
                    return Err(Wrong::Hidden("`string`: text is not utf-8".into()));
                }
            }
        }
        Builtin::Checksum160 => output.hex("", &from.fixed::<20>()?),
        Builtin::Checksum256 => output.hex("", &from.fixed::<32>()?),
        Builtin::Checksum512 => output.hex("", &from.fixed::<64>()?),
        Builtin::PublicKey => {
            let key = key::public_key(from.input);
            output.text(&from.read(key)?.to_string())
        }
        Builtin::Signature => {
            let signature = key::signature(from.input);
            output.text(&from.read(signature)?.to_string())
        }
        Builtin::Symbol => {
            let symbol = Symbol::from_raw(u64::from_le_bytes(from.fixed()?));
            is_shown(symbol, style)?;
            output.text(symbol.write_str(&mut [0; Symbol::MAX_TEXT]))
        }
        Builtin::SymbolCode => {
            let code = SymbolCode::from_raw(u64::from_le_bytes(from.fixed()?));
            // A node makes a symbol of it.
            is_shown(Symbol::new(code, 0), style)?;
            output.text(code.write_str(&mut [0; SymbolCode::MAX_TEXT]))
        }
        Builtin::Asset => {
            let asset = asset(u128::from_le_bytes(from.fixed()?), style)?;
            output.text(asset.write_str(&mut [0; Asset::MAX_TEXT]))
        }
        Builtin::ExtendedAsset => {
            let bytes: [u8; 24] = from.fixed()?;
            let mut halves = Cursor::new(&bytes);
            let quantity = u128::from_le_bytes(halves.array().unwrap_or_default());
            let contract = u64::from_le_bytes(halves.array().unwrap_or_default());
            let quantity = asset(quantity, style)?.to_string();
            let contract = Name::from_raw(contract).to_string();
            output.value(json!({ "quantity": quantity, "contract": contract }))
        }
    })
}

/// Where the bytes of a value come from.
struct Source<'i, 'a> {
    builtin: Builtin,
    input: &'i mut Cursor<'a>,
}

impl<'a> Source<'_, 'a> {
    /// The bytes of a type of which every value has as many.
    fn fixed<const N: usize>(&mut self) -> Shown<[u8; N]> {
        let left = self.input.left();
        let name = self.builtin.name();
        let taken = self.input.array();
        taken.ok_or_else(|| Wrong::Bytes(format!("expected {N} bytes of `{name}`, {left} left")))
    }

    /// Bytes behind their number.
    fn counted(&mut self) -> Shown<&'a [u8]> {
        let bytes = key::bytes(self.input, MAX_BYTES);
        self.read(bytes)
    }

    /// A value, or what is wrong with the bytes of the type.
    fn read<T>(&self, value: Result<T, &'static str>) -> Shown<T> {
        let name = self.builtin.name();
        value.map_err(|problem| Wrong::Bytes(format!("`{name}`: {problem}")))
    }
}

/// A moment as text. Careful readers show years beyond 9999 and before 0 too.
fn moment(micros: i64, style: Style) -> Shown<String> {
    match style {
        Style::Careful => Ok(TimePoint::from_micros(micros).to_string()),
        Style::Node => {
            time::write_as_node(micros).ok_or_else(|| Wrong::Hidden("a time after 9999".into()))
        }
    }
}

/// An asset from its sixteen bytes; the amount is in the lower half. Nodes refuse amounts beyond
/// ±(2⁶² − 1) (`asset::is_amount_within_range`).
fn asset(raw: u128, style: Style) -> Shown<Asset> {
    let symbol = Symbol::from_raw((raw >> 64) as u64);
    let asset = Asset::from_raw(raw as i64, symbol);
    is_shown(symbol, style)?;
    match style == Style::Careful || asset.is_amount_within_range() {
        true => Ok(asset),
        false => Err(Wrong::Hidden("an amount out of range".into())),
    }
}

/// Nodes validate a symbol before they show it (`symbol::valid`).
fn is_shown(symbol: Symbol, style: Style) -> Shown<()> {
    match style == Style::Careful || amount::is_shown(symbol) {
        true => Ok(()),
        false => Err(Wrong::Hidden("an invalid symbol".into())),
    }
}
