//! Accounts: their metadata, and the counters that every executed action moves.
//!
//! A node keeps one account in two database objects, `account_object` (creation time and ABI) and
//! `account_metadata_object` (code, sequences, the privileged flag), both declared in
//! `libraries/chain/include/eosio/chain/account_object.hpp`. Here both are one [`Account`], except
//! for the two counters that change with every action: those are in [`Sequences`], a map of their
//! own, so that a transfer does not copy the metadata of the accounts that it touches.
//!
//! `newaccount` creates accounts, `setcode` and `setabi` change them. There is no way to delete
//! one.

use super::State;
use crate::stored::stored_struct;
use antelope_types::{BlockTimestamp, ChainError, Checksum256, Name, TimePoint};
use std::sync::Arc;

stored_struct! {
    /// An account: the fields of a node's `account_object` and `account_metadata_object`.
    ///
    /// Permissions, resource limits and code bytes are stored apart, in maps of [`State`] that are
    /// keyed by the account's name or by the hash of the code.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Account {
        /// When the account was created: the time of the block, in slots of 500 ms.
        pub created: BlockTimestamp,
        /// The ABI as `setabi` received it: packed bytes that the chain never interprets. Empty for
        /// an account without an ABI. Each byte is billed as one byte of RAM.
        pub abi: Arc<[u8]>,
        /// How many times `setcode` has succeeded, clearing the code included. Receipts report the
        /// low 32 bits.
        pub code_sequence: u64,
        /// How many times `setabi` has succeeded. Receipts report the low 32 bits.
        pub abi_sequence: u64,
        /// The SHA-256 of the code, a key of `State::codes`; 32 zero bytes for an account without
        /// code.
        pub code_hash: Checksum256,
        /// The time of the block in which `setcode` last succeeded; the epoch, 1970, if it never
        /// did.
        pub last_code_update: TimePoint,
        /// Whether the account's contract may call the privileged host functions (`set_privileged`,
        /// `set_resource_limits`, …) and send inline actions without an authority check.
        pub privileged: bool,
    }
}

impl Account {
    /// An account without code and ABI, as `newaccount` creates it.
    ///
    /// Only `eosio` starts out privileged, in genesis; others become so by the host function
    /// `set_privileged`.
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

    /// Whether the account has a contract, that is, whether actions sent to it run any code.
    pub fn has_code(&self) -> bool {
        self.code_hash != Checksum256::ZERO
    }
}

stored_struct! {
    /// The two counters of an account that grow with every action: the `recv_sequence` and
    /// `auth_sequence` of receipts.
    ///
    /// They are kept apart from [`Account`], which changes seldom. An account that has neither
    /// received nor authorized anything has no entry.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct Sequences {
        /// How many actions and notifications have run for the account, read-only transactions
        /// excepted.
        pub received: u64,
        /// How many times the account was named in the `authorization` of an executed action or of
        /// one of its notifications. Two permissions of one account in one action count twice.
        pub authorized: u64,
    }
}

impl State {
    /// The account with this name.
    ///
    /// # Errors
    /// `std::out_of_range` of the node's database (`std_exception`, 13), with the text `unknown key
    /// (eosio::chain::name): NAME`, if there is no such account.
    pub fn account(&self, name: Name) -> Result<&Account, ChainError> {
        self.find_account(name).ok_or_else(|| unknown_key(name))
    }

    /// Counts one more action that ran for the account, and returns the new count: the
    /// `recv_sequence` of the receipt (`apply_context::next_recv_sequence` of a node). The caller
    /// has made sure that the account exists.
    pub fn count_received(&mut self, name: Name) -> u64 {
        let mut sequences = self.sequences(name);
        sequences.received += 1;
        self.sequences.insert(name, sequences);
        sequences.received
    }

    /// Counts one more action that the account has authorized, and returns the new count: an entry
    /// of the `auth_sequence` of the receipt (`apply_context::next_auth_sequence` of a node).
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub fn count_authorized(&mut self, name: Name) -> Result<u64, ChainError> {
        self.account(name)?;
        let mut sequences = self.sequences(name);
        sequences.authorized += 1;
        self.sequences.insert(name, sequences);
        Ok(sequences.authorized)
    }

    /// The counters of an account; zeros for one without an entry.
    fn sequences(&self, name: Name) -> Sequences {
        self.sequences.get(&name).copied().unwrap_or_default()
    }

    /// The account with this name, to be changed. The old value is remembered for an undo.
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub fn account_mut(&mut self, name: Name) -> Result<&mut Account, ChainError> {
        self.accounts
            .get_mut(&name)
            .ok_or_else(|| unknown_key(name))
    }
}

/// The error of a node's database for an account that it does not have.
fn unknown_key(name: Name) -> ChainError {
    ChainError::unknown_key("eosio::chain::name", name)
}
