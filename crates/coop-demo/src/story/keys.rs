//! Keys for everybody in the story: fresh ones, or those of development.

use super::{StoryError, papers::sha256};
use crate::input::KeyKind;
use antelope_rpc_client::{Signer, SigningError, WebAuthnKey, signing};
use antelope_types::{Action, Name, PrivateKey, PublicKey, UserPresence};
use std::{collections::BTreeMap, sync::Arc};

/// The name passkeys of the story are bound to.
const RELYING_PARTY: &str = "veche.localhost";

/// The key that an account of the sample cooperative has. Anybody can compute it, so that it protects
/// nothing; every wallet can import it.
pub fn development_key(account: Name) -> PrivateKey {
    PrivateKey::K1(sha256(format!("development key of {account}").as_bytes()).0)
}

/// Who signs with what.
#[derive(Default)]
pub(super) struct Keyring {
    keys: BTreeMap<Name, Arc<dyn Signer>>,
    /// Whether keys are those of [`development_key`] instead of fresh ones.
    is_known: bool,
}

impl Keyring {
    /// Gives out keys that everybody knows.
    pub(super) fn development() -> Self {
        Self {
            is_known: true,
            ..Self::default()
        }
    }

    /// Makes a key for an account: a fresh one, unless keys are known.
    pub(super) fn make(&mut self, account: Name, kind: KeyKind) -> Result<PublicKey, SigningError> {
        let key: Arc<dyn Signer> = match kind {
            _ if self.is_known => Arc::new(development_key(account)),
            KeyKind::K1 => Arc::new(signing::generate_k1()?),
            KeyKind::R1 => Arc::new(signing::generate_r1()?),
            KeyKind::WebAuthn => Arc::new(WebAuthnKey::generate(
                RELYING_PARTY,
                UserPresence::VERIFIED,
            )?),
        };
        let public = key.public_key();
        self.keys.insert(account, key);
        Ok(public)
    }

    /// Gives an account a key that is there already.
    pub(super) fn give(&mut self, account: Name, key: Arc<dyn Signer>) {
        self.keys.insert(account, key);
    }

    /// The key of an account.
    pub(super) fn of(&self, account: Name) -> Result<&dyn Signer, StoryError> {
        self.keys
            .get(&account)
            .map(AsRef::as_ref)
            .ok_or(StoryError::NoKey { account })
    }

    /// The keys that a transaction of these actions needs, each once.
    pub(super) fn for_actions(&self, actions: &[Action]) -> Result<Vec<&dyn Signer>, StoryError> {
        let mut accounts: Vec<Name> = actions
            .iter()
            .flat_map(|action| &action.authorization)
            .map(|level| level.actor)
            .collect();
        accounts.sort_unstable();
        accounts.dedup();
        let mut keys: Vec<&dyn Signer> = Vec::new();
        for account in accounts {
            let key = self.of(account)?;
            if keys
                .iter()
                .all(|known| known.public_key() != key.public_key())
            {
                keys.push(key);
            }
        }
        Ok(keys)
    }
}
