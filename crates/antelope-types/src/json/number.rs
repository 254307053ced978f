//! Numbers, which are strings where JavaScript would lose digits.
//!
//! | type | written | read |
//! |---|---|---|
//! | up to 32 bits, by serde itself | a number | a number |
//! | `VarUint32`, `VarInt32` | a number | a number or text |
//! | 64 bits | a number to 2³² − 1, text above | a number or text |
//! | 128 bits | text | a number or text |
//! | floats | text with seventeen decimals | a number or text |
//! | `bool` | 0 or 1 | also text and `true`, `false` |

use crate::{VarInt32, VarUint32};
use alloc::format;
use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Above this, nodeos writes an integer as a string.
///
/// nodeos decides by `> 0xffffffff`, for signed numbers by their magnitude.
const MAX_PLAIN: u64 = 0xffff_ffff;

/// Reads an integer from a number or a string of digits; holds what it says was expected.
struct Integer<T>(&'static str, PhantomData<T>);

impl<T: FromStr + TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Integer<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as a number or a string", self.0)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse()
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// A signed 64-bit integer: a number up to ±(2³² − 1), a string beyond.
///
/// ```
/// use antelope_types::json;
/// let text = json::int64::serialize(&-5_000_000_000, serde_json::value::Serializer)?;
/// assert_eq!(text, "-5000000000");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub mod int64 {
    use super::*;

    /// Writes it.
    pub fn serialize<S: Serializer>(value: &i64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.unsigned_abs() > MAX_PLAIN {
            serializer.collect_str(value)
        } else {
            serializer.serialize_i64(*value)
        }
    }

    /// Reads it from a number or a string.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
        deserializer.deserialize_any(Integer("a signed 64-bit integer", PhantomData))
    }
}

/// An unsigned 64-bit integer: a number up to 2³² − 1, a string beyond.
///
/// ```
/// use antelope_types::json;
/// use serde_json::value::Serializer;
/// assert_eq!(json::uint64::serialize(&4_294_967_295, Serializer)?, 4_294_967_295u32);
/// assert_eq!(json::uint64::serialize(&4_294_967_296, Serializer)?, "4294967296");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub mod uint64 {
    use super::*;

    /// Writes it.
    pub fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        if *value > MAX_PLAIN {
            serializer.collect_str(value)
        } else {
            serializer.serialize_u64(*value)
        }
    }

    /// Reads it from a number or a string.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_any(Integer("an unsigned 64-bit integer", PhantomData))
    }
}

/// A signed 128-bit integer: always a string.
///
/// Of numbers in JSON, those of 64 bits are read.
pub mod int128 {
    use super::*;

    /// Writes it.
    pub fn serialize<S: Serializer>(value: &i128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    /// Reads it from a string or a number.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i128, D::Error> {
        deserializer.deserialize_any(Integer("a signed 128-bit integer", PhantomData))
    }
}

/// An unsigned 128-bit integer: always a string.
///
/// Of numbers in JSON, those of 64 bits are read.
pub mod uint128 {
    use super::*;

    /// Writes it.
    pub fn serialize<S: Serializer>(value: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    /// Reads it from a string or a number.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        deserializer.deserialize_any(Integer("an unsigned 128-bit integer", PhantomData))
    }
}

/// A 32-bit floating-point number: a string with seventeen decimals.
///
/// It is written as the 64-bit number of the same value.
pub mod float32 {
    use super::*;

    /// Writes it.
    pub fn serialize<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
        float64::serialize(&f64::from(*value), serializer)
    }

    /// Reads it from a string or a number.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
        // By way of 64 bits, as nodeos does it.
        float64::deserialize(deserializer).map(|value| value as f32)
    }
}

/// A 64-bit floating-point number: a string with seventeen decimals.
///
/// Infinities are `inf` and `-inf`; what is no number is `nan` or `-nan`, by its sign.
///
/// ```
/// use antelope_types::json;
/// let text = json::float64::serialize(&0.1, serde_json::value::Serializer)?;
/// assert_eq!(text, "0.10000000000000001");
/// assert_eq!(json::float64::deserialize(&text)?, 0.1);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub mod float64 {
    use super::*;

    /// Writes it.
    pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_nan() {
            let text = if value.is_sign_negative() {
                "-nan"
            } else {
                "nan"
            };
            return serializer.serialize_str(text);
        }
        serializer.collect_str(&format_args!("{value:.17}"))
    }

    /// Reads it from a string or a number.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        deserializer.deserialize_any(Float)
    }

    /// Reads from an integer, a float or text.
    struct Float;

    impl Visitor<'_> for Float {
        type Value = f64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a floating-point number as a number or a string")
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
            Ok(value as f64)
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
            Ok(value as f64)
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
            Ok(value)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
            if text == "-nan" {
                return Ok(-f64::NAN);
            }
            text.parse()
                .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
        }
    }
}

/// A truth value: 0 or 1; `true` and `false` are read too.
///
/// ```
/// use antelope_types::json;
/// assert_eq!(json::boolean::serialize(&true, serde_json::value::Serializer)?, 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub mod boolean {
    use super::*;

    /// Writes it.
    pub fn serialize<S: Serializer>(value: &bool, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8((*value).into())
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(Bool)
    }

    /// Reads from a truth value, a number or text.
    struct Bool;

    impl Visitor<'_> for Bool {
        type Value = bool;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("0, 1, true or false")
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
            Ok(value)
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
            match value {
                0 => Ok(false),
                1 => Ok(true),
                _ => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
            }
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
            match text {
                "0" => Ok(false),
                "1" => Ok(true),
                _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
            }
        }
    }
}

/// Numbers of 32 bits in JSON, by the module of 64 bits that reads them and a check of their range.
macro_rules! varint {
    ($type:ident, $inner:ty, $helper:ident, $expected:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let wide = $helper::deserialize(deserializer)?;
                <$inner>::try_from(wide)
                    .map(Self)
                    .map_err(|_| D::Error::custom(format!("{wide} is not {}", $expected)))
            }
        }
    };
}

varint!(VarUint32, u32, uint64, "an unsigned 32-bit integer");
varint!(VarInt32, i32, int64, "a signed 32-bit integer");
