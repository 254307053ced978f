//! A key as a node writes it.

use crate::PublicKey;
use alloc::string::{String, ToString};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A public key in an answer, with the text that the node wrote.
///
/// Chains other than those of Antelope write legacy keys with a prefix of their own, such as `FIO…`,
/// and later versions may have kinds of keys that are not known here. Both stay in the text that the
/// answer has, so that an answer that is written again says the same.
///
/// ```
/// use antelope_types::{PublicKey, rpc::KeyText};
/// let base58 = "6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin";
/// let key: PublicKey = format!("EOS{base58}").parse().unwrap();
///
/// let foreign = KeyText::new(format!("FIO{base58}"));
/// assert_eq!(foreign.key(), Some(&key));
/// assert_eq!(foreign.to_string(), format!("FIO{base58}"));
/// assert_eq!(KeyText::new("PUB_XX_8".into()).key(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyText {
    /// As it came.
    text: String,
    /// The key, if the text is of a known kind.
    key: Option<PublicKey>,
}

impl KeyText {
    /// Reads the text of a key of any chain. Text that is not a key is kept.
    pub fn new(text: String) -> Self {
        let key = PublicKey::parse_of_any_chain(&text).ok();
        Self { text, key }
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The key; `None` if the text is of a kind that is not known here, or mistyped.
    pub fn key(&self) -> Option<&PublicKey> {
        self.key.as_ref()
    }
}

/// The key in the text that nodes of Antelope write: `EOS…`, `PUB_R1_…`, `PUB_WA_…`.
impl From<PublicKey> for KeyText {
    fn from(key: PublicKey) -> Self {
        let text = key.to_string();
        let key = Some(key);
        Self { text, key }
    }
}

impl PartialEq<PublicKey> for KeyText {
    fn eq(&self, other: &PublicKey) -> bool {
        self.key.as_ref() == Some(other)
    }
}

impl fmt::Display for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for KeyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for KeyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
