//! Accounts.

use super::State;
use crate::error::ChainError;
use antelope_types::{BlockTimestamp, Checksum256, Name, TimePoint};
use std::sync::Arc;

/// An account: what a node keeps as the account and its metadata.
#[derive(Clone, Debug)]
pub struct Account {
    /// When it was created.
    pub created: BlockTimestamp,
    /// The ABI, as `setabi` gave it; empty for none.
    pub abi: Arc<[u8]>,
    /// How many actions it has received.
    pub recv_sequence: u64,
    /// How many actions it has authorized.
    pub auth_sequence: u64,
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
    pub(crate) fn new(created: BlockTimestamp, privileged: bool) -> Self {
        Self {
            created,
            abi: Arc::new([]),
            recv_sequence: 0,
            auth_sequence: 0,
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

impl State {
    /// An account.
    ///
    /// # Errors
    /// Where there is none.
    pub fn account(&self, name: Name) -> Result<&Account, ChainError> {
        self.accounts.get(&name).ok_or_else(|| unknown_key(name))
    }

    pub(crate) fn account_mut(&mut self, name: Name) -> Result<&mut Account, ChainError> {
        self.accounts
            .get_mut(&name)
            .ok_or_else(|| unknown_key(name))
    }
}

/// What the database of a node says of a key that it does not have.
fn unknown_key(name: Name) -> ChainError {
    ChainError::unknown_key("eosio::chain::name", name)
}
