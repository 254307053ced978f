//! Accounts.

use super::State;
use antelope_types::{BlockTimestamp, ChainError, Checksum256, Name, TimePoint};
use std::sync::Arc;

/// An account: what a node keeps as the account and its metadata.
#[derive(Clone, Debug)]
pub struct Account {
    /// When it was created.
    pub created: BlockTimestamp,
    /// The ABI, as `setabi` gave it; empty for none.
    pub abi: Arc<[u8]>,
    /// How often its code was set.
    pub code_sequence: u64,
    /// How often its ABI was set.
    pub abi_sequence: u64,
    /// The SHA-256 of its code; zeros for none.
    pub code_hash: Checksum256,
    /// When its code was set.
    pub last_code_update: TimePoint,
    /// Whether its contract may do what only the system may.
    pub privileged: bool,
}

impl Account {
    pub fn new(created: BlockTimestamp, privileged: bool) -> Self {
        Self {
            created,
            abi: Arc::new([]),
            code_sequence: 0,
            abi_sequence: 0,
            code_hash: Checksum256::ZERO,
            last_code_update: TimePoint::default(),
            privileged,
        }
    }

    /// Whether it has a contract.
    pub fn has_code(&self) -> bool {
        self.code_hash != Checksum256::ZERO
    }
}

/// What is counted of an account with every action, apart from it, which seldom changes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sequences {
    /// How many actions it has received.
    pub received: u64,
    /// How many actions it has authorized.
    pub authorized: u64,
}

impl State {
    /// An account.
    ///
    /// # Errors
    /// Where there is none.
    pub fn account(&self, name: Name) -> Result<&Account, ChainError> {
        self.accounts.get(&name).ok_or_else(|| unknown_key(name))
    }

    /// One action more for an account that there is; how many it has received with it.
    pub fn count_received(&mut self, name: Name) -> u64 {
        let mut sequences = self.sequences(name);
        sequences.received += 1;
        self.sequences.insert(name, sequences);
        sequences.received
    }

    /// One action more that the account has authorized; how many with it.
    pub fn count_authorized(&mut self, name: Name) -> Result<u64, ChainError> {
        self.account(name)?;
        let mut sequences = self.sequences(name);
        sequences.authorized += 1;
        self.sequences.insert(name, sequences);
        Ok(sequences.authorized)
    }

    fn sequences(&self, name: Name) -> Sequences {
        self.sequences.get(&name).copied().unwrap_or_default()
    }

    pub fn account_mut(&mut self, name: Name) -> Result<&mut Account, ChainError> {
        self.accounts
            .get_mut(&name)
            .ok_or_else(|| unknown_key(name))
    }
}

/// What the database of a node says of a key that it does not have.
fn unknown_key(name: Name) -> ChainError {
    ChainError::unknown_key("eosio::chain::name", name)
}
