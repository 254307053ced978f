//! Who makes the blocks: schedules of producers, in both of their encodings.
//!
//! | | before `WTMSIG_BLOCK_SIGNATURES` | since |
//! |---|---|---|
//! | type | [`LegacySchedule`] | [`Schedule`] |
//! | what signs | one key | weighted keys and a threshold |
//! | where a header tells it | `new_producers` | a header extension |

use crate::{Decode, Encode, KeyWeight, Name, PublicKey};
use alloc::vec;
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

/// A producer and the key it signs blocks with, as schedules listed them at first.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct ProducerKey {
    /// The producer.
    pub producer_name: Name,
    /// Its key.
    pub block_signing_key: PublicKey,
}

/// The schedule in a block's header before `WTMSIG_BLOCK_SIGNATURES`.
///
/// On the wire it is the version (4 bytes) and a list of names and keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct LegacySchedule {
    /// Counts schedules, from 0.
    /// A schedule takes effect once the block that announces it is irreversible.
    pub version: u32,
    /// The producers, in the order of their turns.
    pub producers: Vec<ProducerKey>,
}

/// What signs the blocks of a producer.
///
/// On the wire the tag of the alternative, 0, comes first; in JSON it is a pair of the tag and an object.
///
/// ```
/// use antelope_types::{PublicKey, SigningAuthority};
/// let authority = SigningAuthority::from_key(PublicKey::default());
/// let json = serde_json::to_value(&authority).unwrap();
/// assert_eq!((&json[0], &json[1]["threshold"]), (&0.into(), &1.into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum SigningAuthority {
    /// Weighted keys: `block_signing_authority_v0`.
    V0 {
        /// The weight that signatures need together.
        threshold: u32,
        /// The keys.
        keys: Vec<KeyWeight>,
    },
}

impl SigningAuthority {
    /// One key.
    ///
    /// The key has the weight 1, and so has the threshold.
    pub fn from_key(key: PublicKey) -> Self {
        let keys = vec![KeyWeight { key, weight: 1 }];
        Self::V0 { threshold: 1, keys }
    }

    /// The keys.
    pub fn keys(&self) -> &[KeyWeight] {
        let Self::V0 { keys, .. } = self;
        keys
    }
}

impl Serialize for SigningAuthority {
    /// As nodes show a variant: its number, and its content.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Content<'a> {
            threshold: u32,
            keys: &'a [KeyWeight],
        }
        let Self::V0 { threshold, keys } = self;
        let content = Content {
            threshold: *threshold,
            keys,
        };
        (0, content).serialize(serializer)
    }
}

/// A producer and what signs its blocks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct Producer {
    /// The producer.
    pub producer_name: Name,
    /// What signs its blocks.
    pub authority: SigningAuthority,
}

impl Producer {
    /// The key that signs its blocks, where that is one.
    ///
    /// Its weight must be the threshold: an authority that it exceeds has no legacy form.
    pub fn only_key(&self) -> Option<&PublicKey> {
        let SigningAuthority::V0 { threshold, keys } = &self.authority;
        match &keys[..] {
            [only] if u32::from(only.weight) == *threshold => Some(&only.key),
            _ => None,
        }
    }
}

/// The producers of blocks, in the order of their turns: each makes twelve blocks in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct Schedule {
    /// Counts schedules, from 0.
    pub version: u32,
    /// The producers.
    pub producers: Vec<Producer>,
}

impl Schedule {
    /// The schedule as headers told it at first; `None` where a producer has more than one key.
    ///
    /// The version and the order stay.
    pub fn to_legacy(&self) -> Option<LegacySchedule> {
        let key = |producer: &Producer| {
            Some(ProducerKey {
                producer_name: producer.producer_name,
                block_signing_key: producer.only_key()?.clone(),
            })
        };
        Some(LegacySchedule {
            version: self.version,
            producers: self.producers.iter().map(key).collect::<Option<_>>()?,
        })
    }
}

impl From<ProducerKey> for Producer {
    fn from(legacy: ProducerKey) -> Self {
        Self {
            producer_name: legacy.producer_name,
            authority: SigningAuthority::from_key(legacy.block_signing_key),
        }
    }
}
