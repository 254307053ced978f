//! Forms in which nodes write numbers and flags.

use serde::{Deserialize, Deserializer};

/// Nodes write numbers of 64 bits as text when they are large.
pub(crate) fn number<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Number(u64),
        Text(String),
    }
    match Form::deserialize(input)? {
        Form::Number(number) => Ok(number),
        Form::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}

/// Nodes write a `bool` as a number.
pub(crate) fn flag<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Bool(bool),
        Number(u8),
    }
    Ok(match Form::deserialize(input)? {
        Form::Bool(flag) => flag,
        Form::Number(number) => number != 0,
    })
}
