//! Bytes, which are hexadecimal.

use crate::text::hex::{self, HexError};
use crate::{Extension, Float128};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes with a text before them, whose `Display` is hexadecimal.
struct Hex<'a>(&'a str, &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        hex::write(self.1, f)
    }
}

/// Bytes: hexadecimal, in lower case; capitals are read too.
///
/// ```
/// use antelope_types::json;
/// let text = json::bytes::serialize(&[0xbe, 0xef], serde_json::value::Serializer)?;
/// assert_eq!(text, "beef");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub mod bytes {
    use super::*;

    /// Reads them from their text.
    ///
    /// # Errors
    /// [`HexError`].
    /// [`HexError::Length`] for an odd number of digits, [`HexError::BadDigit`] with the place of the first
    /// wrong one. The empty text is no bytes.
    pub fn parse(text: &str) -> Result<Vec<u8>, HexError> {
        if !text.len().is_multiple_of(2) {
            return Err(HexError::Length {
                expected: None,
                found: text.len(),
            });
        }
        let mut bytes = vec![0; text.len() / 2];
        hex::read(text, &mut bytes)?;
        Ok(bytes)
    }

    /// Their text: two digits for each byte.
    ///
    /// ```
    /// use antelope_types::json::bytes;
    /// assert_eq!(bytes::text(&[0, 0xAB]), "00ab");
    /// assert_eq!(bytes::parse("00aB"), Ok(vec![0, 0xAB]));
    /// assert!(bytes::parse("+1").is_err());
    /// ```
    #[must_use]
    pub fn text(bytes: &[u8]) -> String {
        Hex("", bytes).to_string()
    }

    /// Writes them.
    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Hex("", bytes))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).map_err(D::Error::custom)
    }
}

/// A list of bytes: hexadecimal, in lower case.
///
/// Empty bytes are an empty text.
pub mod bytes_list {
    use super::*;

    /// Bytes within a list.
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Item(#[serde(with = "bytes")] Vec<u8>);

    /// Writes them.
    pub fn serialize<S: Serializer>(list: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
        struct Borrowed<'a>(&'a [u8]);

        impl Serialize for Borrowed<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                bytes::serialize(self.0, serializer)
            }
        }

        serializer.collect_seq(list.iter().map(|item| Borrowed(item)))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Vec<u8>>, D::Error> {
        let items = Vec::<Item>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|item| item.0).collect())
    }
}

/// `0x` and 32 digits, in the order of the wire.
impl Serialize for Float128 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Hex("0x", &self.0))
    }
}

impl<'de> Deserialize<'de> for Float128 {
    /// Reads hexadecimal digits with or without `0x`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut value = Self::default();
        hex::read(text.strip_prefix("0x").unwrap_or(&text), &mut value.0)
            .map_err(D::Error::custom)?;
        Ok(value)
    }
}

/// An extension is a pair of its kind and its data.
impl Serialize for Extension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Pair<'a>(u16, #[serde(serialize_with = "bytes::serialize")] &'a [u8]);

        Pair(self.kind, &self.data).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Extension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Pair(u16, #[serde(with = "bytes")] Vec<u8>);

        let Pair(kind, data) = Pair::deserialize(deserializer)?;
        Ok(Self { kind, data })
    }
}
