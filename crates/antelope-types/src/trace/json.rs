//! The JSON forms of traces that are not those of their types.
//!
//! nodeos writes maps as lists: of objects for RAM, of pairs for sequence numbers. 64-bit numbers are
//! text where they are above 2³² − 1, as everywhere in its JSON.

use super::{AccountDelta, ActionTrace, DecodedAction};
use crate::{Action, Name, PermissionLevel, json};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A number of 64 bits for places where `#[serde(with = …)]` cannot be written, such as inside a pair.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Number(#[serde(with = "json::uint64")] u64);

/// A number that may be missing.
///
/// It is `null` or missing then.
pub(super) mod optional_uint64 {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(value: &Option<u64>, out: S) -> Result<S::Ok, S::Error> {
        value.map(Number).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
        Ok(Option::<Number>::deserialize(from)?.map(|number| number.0))
    }
}

/// Changes of RAM, a list of accounts and numbers.
///
/// Each is an object `{"account": "alice", "delta": 368}`.
pub(super) mod ram_deltas {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(
        deltas: &BTreeMap<Name, i64>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        let deltas = deltas.iter();
        out.collect_seq(deltas.map(|(&account, &delta)| AccountDelta { account, delta }))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<Name, i64>, D::Error> {
        let deltas = Vec::<AccountDelta>::deserialize(from)?;
        Ok(deltas
            .into_iter()
            .map(|it| (it.account, it.delta))
            .collect())
    }
}

/// Sequence numbers of authorizers, a list of pairs.
///
/// A pair is an account and its number: `["alice", 7]`.
pub(super) mod auth_sequence {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(
        sequences: &BTreeMap<Name, u64>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_seq(
            sequences
                .iter()
                .map(|(name, number)| (name, Number(*number))),
        )
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<Name, u64>, D::Error> {
        let pairs = Vec::<(Name, Number)>::deserialize(from)?;
        Ok(pairs
            .into_iter()
            .map(|(name, number)| (name, number.0))
            .collect())
    }
}

/// An action with those below it, as in the answer of `push_transaction`. The other calls that send
/// a transaction leave `inline_traces` out.
#[derive(Deserialize)]
struct Branch {
    #[serde(flatten)]
    trace: ActionTrace,
    #[serde(default)]
    inline_traces: Vec<Branch>,
}

/// The actions of a transaction, from a list or a tree. Those of a tree are in the order of execution:
/// an action, and then, one after another, each that it notified or sent with all below that.
pub(super) fn actions<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ActionTrace>, D::Error> {
    fn add(branches: Vec<Branch>, all: &mut Vec<ActionTrace>) {
        for branch in branches {
            all.push(branch.trace);
            add(branch.inline_traces, all);
        }
    }
    let mut all = Vec::new();
    add(Vec::deserialize(from)?, &mut all);
    Ok(all)
}

/// Bytes in hexadecimal, for a field that is written by hand.
struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        json::bytes::serialize(self.0, out)
    }
}

/// Writes `data` by the ABI and `hex_data`, or the same hexadecimal text for both.
impl Serialize for DecodedAction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = Bytes(&self.data);
        let mut out = serializer.serialize_struct("action", 5)?;
        out.serialize_field("account", &self.account)?;
        out.serialize_field("name", &self.name)?;
        out.serialize_field("authorization", &self.authorization)?;
        match &self.json {
            Some(arguments) => out.serialize_field("data", arguments)?,
            None => out.serialize_field("data", &bytes)?,
        }
        out.serialize_field("hex_data", &bytes)?;
        out.end()
    }
}

/// Reads the bytes from `hex_data`, and from `data` where that is text alone.
///
/// Bytes that cannot be read are empty, so that one odd action does not make the whole trace unreadable.
impl<'de> Deserialize<'de> for DecodedAction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Told {
            account: Name,
            name: Name,
            authorization: Vec<PermissionLevel>,
            #[serde(default)]
            data: Value,
            #[serde(default)]
            hex_data: Option<String>,
        }
        let told = Told::deserialize(deserializer)?;
        // Without an ABI `data` is the hexadecimal text, and without `hex_data` on old nodes.
        let (hex, json) = match (told.data, told.hex_data) {
            (Value::String(data), None) => (data, None),
            (Value::String(data), Some(hex)) if data == hex => (hex, None),
            (Value::Null, hex) => (hex.unwrap_or_default(), None),
            (data, hex) => (hex.unwrap_or_default(), Some(data)),
        };
        let action = Action {
            account: told.account,
            name: told.name,
            authorization: told.authorization,
            data: json::bytes::parse(&hex).unwrap_or_default(),
        };
        Ok(Self {
            json,
            ..action.into()
        })
    }
}
