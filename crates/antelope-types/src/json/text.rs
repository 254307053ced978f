//! Types whose JSON is their text.
//!
//! Text that is no such value is an error, which quotes it, says what was expected and why it is not that.

use crate::{
    Asset, AssetError, BlockTimestamp, Checksum160, Checksum256, Checksum512, Name, PublicKey,
    Signature, Symbol, SymbolCode, SymbolError, TimePoint, TimePointSec,
};
use alloc::format;
use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads a value from its text by `read`.
struct Text<T, E> {
    expected: &'static str,
    read: fn(&str) -> Result<T, E>,
    value: PhantomData<T>,
}

impl<T, F: fmt::Display> Visitor<'_> for Text<T, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text)
            .map_err(|error| E::custom(format_args!("{text:?} is not {}: {error}", self.expected)))
    }
}

/// Writes a type by its `Display`, and reads it by a function that takes text.
macro_rules! text {
    ($($type:ident by $read:expr, $expected:literal;)+) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text {
                    expected: $expected,
                    read: $read,
                    value: PhantomData,
                })
            }
        }
    )+};
}

text!(
    Asset by asset, "an asset like \"1.0000 EOS\"";
    BlockTimestamp by FromStr::from_str, "a time like \"2024-01-01T00:00:00.500\"";
    Checksum160 by FromStr::from_str, "40 hexadecimal digits";
    Checksum256 by FromStr::from_str, "64 hexadecimal digits";
    Checksum512 by FromStr::from_str, "128 hexadecimal digits";
    Name by FromStr::from_str, "a name";
    PublicKey by FromStr::from_str, "a public key";
    Signature by FromStr::from_str, "a signature";
    Symbol by symbol, "a symbol like \"4,EOS\"";
    SymbolCode by code, "a symbol code like \"EOS\"";
    TimePoint by FromStr::from_str, "a time like \"2024-01-01T00:00:00.000\"";
    TimePointSec by FromStr::from_str, "a time like \"2024-01-01T00:00:00\"";
);

// Rows of tables may hold default values, whose symbol has no letters. Nodes write these as "0 ",
// "0," and "": to read the rest, a letter is put there and taken away.

/// An asset, also one without a code, such as `0 `.
fn asset(text: &str) -> Result<Asset, AssetError> {
    if !text.ends_with(' ') {
        return text.parse();
    }
    let Asset { amount, symbol } = format!("{text}A").parse()?;
    let symbol = Symbol::new(SymbolCode::default(), symbol.precision());
    Ok(Asset::from_raw(amount, symbol))
}

/// A symbol, also one without a code, such as `0,`.
fn symbol(text: &str) -> Result<Symbol, SymbolError> {
    if !text.ends_with(',') {
        return text.parse();
    }
    let lettered: Symbol = format!("{text}A").parse()?;
    Ok(Symbol::new(SymbolCode::default(), lettered.precision()))
}

/// A code, also the empty one.
fn code(text: &str) -> Result<SymbolCode, SymbolError> {
    if text.is_empty() {
        return Ok(SymbolCode::default());
    }
    text.parse()
}
