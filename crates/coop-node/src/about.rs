//! What a node's chain began with: the file `node.json` of its folder.

use crate::beginning::Boot;
use antelope_types::Name;
use serde::{Deserialize, Serialize};

/// What a chain began with. It is written once, when the chain is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// How it was booted.
    pub boot: Boot,
    /// The accounts that it began with.
    pub accounts: Vec<KnownAccount>,
    /// The numbers of questions that were put on the agenda of the sample cooperative.
    #[serde(default)]
    pub questions: Vec<u64>,
}

/// An account that a chain began with. Its keys may have been changed since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAccount {
    /// Its name.
    pub account: Name,
    /// What it is, in words: `contract`, `chairman`.
    pub role: String,
    /// The name of the person or the cooperative; empty where there is none.
    pub title: String,
    /// The public key of its permissions.
    pub key: String,
    /// Whether the private key is one that everybody knows, see [`private_key`](Self::private_key).
    pub is_development: bool,
}

impl KnownAccount {
    /// The private key as text, where everybody knows it.
    pub fn private_key(&self) -> Option<String> {
        let known = [
            antelope_chain::DEVELOPMENT_KEY,
            coop_demo::development_key(self.account),
        ];
        let mut known = known.into_iter().filter(|key| {
            let public = antelope_rpc_client::signing::public_key(key);
            public.is_ok_and(|public| public.to_string() == self.key)
        });
        let known = known.next()?;
        // The form that every wallet takes.
        Some(known.to_legacy_text().unwrap_or_else(|| known.to_text()))
    }
}
