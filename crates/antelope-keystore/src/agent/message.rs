//! What is said between an agent and its clients.

use crate::error::KeystoreError;
use serde::{Deserialize, Serialize};

/// Most bytes of a request: a line of JSON and a passphrase.
pub(super) const MOST_REQUEST: usize = 4096;
/// Most bytes of an answer that a client reads.
pub(super) const MOST_ANSWER: u64 = 1 << 20;
/// The code with which an agent refuses while it answers as many requests as it takes.
pub(super) const BUSY: &str = "keys.agent-busy";

/// The first line of a request. Those without fields have braces, so that fields are refused.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Request {
    /// The keys that are held.
    List {},
    /// Unlock a key with the passphrase that follows the line.
    Unlock {
        /// The key.
        name: String,
    },
    /// Sign a digest.
    Sign {
        /// The public key.
        key: String,
        /// The digest, in hexadecimal.
        digest: String,
    },
    /// Forget all keys.
    Lock {},
    /// Forget all keys and end.
    Stop {},
}

/// An answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Answer {
    /// The keys that are held now.
    Keys(Vec<Key>),
    /// A signature.
    Signature(String),
    /// The request is refused.
    Refused(Refusal),
}

/// A key that is held.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) public_key: String,
    pub(super) seconds_left: u64,
}

/// Why a request is refused.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Request {
    /// The line, with its end.
    pub(super) fn to_line(&self) -> Vec<u8> {
        // Texts are always JSON.
        let mut line = serde_json::to_vec(self).unwrap_or_default();
        line.push(b'\n');
        line
    }
}

impl Answer {
    /// A refusal in the agent's own words.
    pub(super) fn refused(code: &str, message: &str) -> Self {
        Self::Refused(Refusal {
            code: code.to_owned(),
            message: message.to_owned(),
            hint: None,
        })
    }

    /// The line, with its end.
    pub(super) fn to_line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).unwrap_or_default();
        line.push(b'\n');
        line
    }
}

impl From<KeystoreError> for Answer {
    fn from(error: KeystoreError) -> Self {
        Self::Refused(Refusal {
            code: error.code().to_owned(),
            message: error.to_string(),
            hint: error.hint(),
        })
    }
}
