//! Types whose JSON is their text.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Asset, BlockTimestamp, Checksum160, Checksum256, Checksum512, Name, PublicKey, Signature,
    Symbol, SymbolCode, TimePoint, TimePointSec,
};

struct Text<T>(&'static str, PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse()
            .map_err(|error| E::custom(format_args!("{text:?} is not {}: {error}", self.0)))
    }
}

macro_rules! text {
    ($($type:ident: $expected:literal),+ $(,)?) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text($expected, PhantomData))
            }
        }
    )+};
}

text!(
    Asset: "an asset like \"1.0000 EOS\"",
    BlockTimestamp: "a time like \"2024-01-01T00:00:00.500\"",
    Checksum160: "40 hexadecimal digits",
    Checksum256: "64 hexadecimal digits",
    Checksum512: "128 hexadecimal digits",
    Name: "a name",
    PublicKey: "a public key",
    Signature: "a signature",
    Symbol: "a symbol like \"4,EOS\"",
    SymbolCode: "a symbol code like \"EOS\"",
    TimePoint: "a time like \"2024-01-01T00:00:00.000\"",
    TimePointSec: "a time like \"2024-01-01T00:00:00\"",
);
