//! What a contract can ask of the chain: authority, accounts, time, and the transaction that it is
//! in; and what it says, by printing and returning values.
//!
//! Each method is the host function of the same name or a close one; nodes have them in
//! `libraries/chain/webassembly/` (`authorization.cpp`, `permission.cpp`, `system.cpp`,
//! `transaction.cpp`, `cf_transaction.cpp`, `console.cpp`, `action.cpp`).

use super::ApplyContext;
use crate::authority::{Provided, check_actions, check_permission};
use crate::reading::read;
use antelope_types::{
    ChainError, Checksum256, Decode, Encode, ErrorKind, Name, PermissionLevel, PublicKey,
    TimePoint, TimePointSec, Transaction, ensure,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many bytes the actions of one transaction can print: 1 MiB. Nodes have no such limit; there
/// printing ends when the time of the transaction does.
pub(super) const CONSOLE: usize = 1 << 20;

/// The code of an account, as the host function `get_code_hash` reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeHash {
    /// How many times the code was set.
    pub sequence: u64,
    /// Its SHA-256; zeros for no code.
    pub hash: Checksum256,
}

impl ApplyContext<'_> {
    /// Checks that the account has authorized the action, by any of its permissions.
    ///
    /// # Errors
    /// `missing_auth_exception` (3090004).
    pub fn require_auth(&self, account: Name) -> Result<(), ChainError> {
        ensure!(
            self.has_auth(account),
            MissingAuth,
            "missing authority of {account}"
        );
        Ok(())
    }

    /// Checks that the action declares exactly this permission; one above it does not count.
    ///
    /// # Errors
    /// `missing_auth_exception` (3090004).
    pub fn require_permission(&self, level: PermissionLevel) -> Result<(), ChainError> {
        ensure!(
            self.act.authorization.contains(&level),
            MissingAuth,
            "missing authority of {}/{}",
            level.actor,
            level.permission
        );
        Ok(())
    }

    /// Whether the account has authorized the action, by any of its permissions.
    pub fn has_auth(&self, account: Name) -> bool {
        let mut actors = self.act.authorization.iter().map(|level| level.actor);
        actors.any(|actor| actor == account)
    }

    /// Whether the account exists.
    pub fn is_account(&self, account: Name) -> bool {
        self.state().find_account(account).is_some()
    }

    /// Whether the account whose code runs may call privileged host functions.
    pub fn is_privileged(&self) -> bool {
        self.privileged
    }

    /// Whether the action is context-free: then it may not read the state, and may read
    /// context-free data.
    pub fn is_context_free(&self) -> bool {
        self.context_free
    }

    /// Whether the transaction must not change the state.
    pub fn is_read_only(&self) -> bool {
        self.transaction.is_read_only()
    }

    /// The account whose code sent the action or notified; `None` for actions of the transaction.
    pub fn sender(&self) -> Option<Name> {
        let creator = self.transaction.action(self.ordinal).creator_action_ordinal;
        (creator > 0).then(|| self.transaction.action(creator).receiver)
    }

    /// The code of an account; zeros if it does not exist.
    pub fn code_hash(&self, account: Name) -> CodeHash {
        match self.state().find_account(account) {
            Some(account) => CodeHash {
                sequence: account.code_sequence,
                hash: account.code_hash,
            },
            None => CodeHash::default(),
        }
    }

    /// The time of the block in which the account was created.
    ///
    /// # Errors
    /// `action_validate_exception` (3050000) if it does not exist.
    pub fn account_creation_time(&self, account: Name) -> Result<TimePoint, ChainError> {
        let found = self.state().find_account(account).ok_or_else(|| {
            ChainError::new(
                ErrorKind::ActionValidate,
                format!("account '{account}' does not exist"),
            )
        })?;
        Ok(TimePoint::from(found.created))
    }

    /// The time of the block in which a transaction was last authorized by the permission.
    ///
    /// # Errors
    /// As [`State::permission`](crate::State::permission).
    pub fn permission_last_used(&self, level: PermissionLevel) -> Result<TimePoint, ChainError> {
        Ok(self.state().permission(level)?.last_used)
    }

    /// Whether these keys and permissions, packed lists, would satisfy everything that a packed
    /// transaction declares. Empty input is an empty list.
    ///
    /// # Errors
    /// As [`read`] if the bytes cannot be decoded. Errors of authority (309xxxx) mean `false`; any
    /// other error of [`check_actions`] is passed on.
    pub fn check_transaction_authorization(
        &self,
        transaction: &[u8],
        keys: &[u8],
        permissions: &[u8],
    ) -> Result<bool, ChainError> {
        let transaction: Transaction = read(transaction)?;
        let delay = i64::from(transaction.header.delay_sec.0) * 1_000_000;
        let provided = provided(keys, permissions, delay)?;
        satisfied(check_actions(
            self.state(),
            &transaction.actions,
            &provided,
            false,
        ))
    }

    /// Whether these keys and permissions, packed lists, would satisfy the permission after a delay
    /// in microseconds.
    ///
    /// # Errors
    /// As [`read`] if the bytes cannot be decoded, and `action_validate_exception` (3050000) for a
    /// delay above 2⁶³ - 1.
    pub fn check_permission_authorization(
        &self,
        level: PermissionLevel,
        keys: &[u8],
        permissions: &[u8],
        delay: u64,
    ) -> Result<bool, ChainError> {
        let delay = i64::try_from(delay).map_err(|_| {
            ChainError::new(ErrorKind::ActionValidate, "provided delay is too large")
        })?;
        let provided = provided(keys, permissions, delay)?;
        satisfied(check_permission(self.state(), level, &provided, false))
    }

    /// The number of the block that is being made.
    pub fn block_num(&self) -> u32 {
        self.transaction.environment.block_num
    }

    /// The transaction, packed, without signatures.
    pub fn packed_transaction(&self) -> Vec<u8> {
        self.transaction.input.transaction.transaction.to_bytes()
    }

    /// When the transaction expires.
    pub fn expiration(&self) -> TimePointSec {
        self.transaction
            .input
            .transaction
            .transaction
            .header
            .expiration
    }

    /// The low 16 bits of the number of the block that the transaction refers to.
    pub fn tapos_block_num(&self) -> u16 {
        self.transaction
            .input
            .transaction
            .transaction
            .header
            .ref_block_num
    }

    /// Bytes 8 to 11 of the id of the block that the transaction refers to, as a little-endian
    /// number.
    pub fn tapos_block_prefix(&self) -> u32 {
        self.transaction
            .input
            .transaction
            .transaction
            .header
            .ref_block_prefix
    }

    /// An action of the transaction, packed: of type 0 the context-free ones, of type 1 the others.
    /// `None` if the index is too large.
    ///
    /// # Errors
    /// `action_not_found_exception` (3050005) for any other type.
    pub fn packed_action(&self, kind: u32, index: u32) -> Result<Option<Vec<u8>>, ChainError> {
        let transaction = &self.transaction.input.transaction.transaction;
        let actions = match kind {
            0 => &transaction.context_free_actions,
            1 => &transaction.actions,
            _ => {
                return Err(ChainError::new(
                    ErrorKind::ActionNotFound,
                    "action is not found",
                ));
            }
        };
        Ok(actions.get(index as usize).map(Encode::to_bytes))
    }

    /// The context-free data with this index; `None` if the transaction has fewer.
    pub fn context_free_data(&self, index: u32) -> Option<&[u8]> {
        let data = &self.transaction.input.transaction.context_free_data;
        data.get(index as usize).map(Vec::as_slice)
    }

    /// Appends text to the console; see [`print_bytes`](Self::print_bytes).
    pub fn print(&mut self, text: &str) {
        self.print_bytes(text.as_bytes());
    }

    /// Appends bytes to the console of the action. Sequences that are not UTF-8 are left out of the
    /// trace.
    ///
    /// All actions of a transaction together can print 1 MiB. What goes beyond it is dropped, once
    /// with `...` in its place.
    pub fn print_bytes(&mut self, bytes: &[u8]) {
        let Some(room) = self.transaction.console_room else {
            return;
        };
        let kept = bytes.len().min(room);
        self.console.extend_from_slice(&bytes[..kept]);
        self.transaction.console_room = if kept < bytes.len() {
            self.console.extend_from_slice(b"...");
            None
        } else {
            Some(room - kept)
        };
    }

    /// How many more bytes the transaction can print before the rest is dropped.
    pub fn console_room(&self) -> usize {
        self.transaction.console_room.unwrap_or(0)
    }

    /// Sets the return value of the action; a later call replaces it.
    ///
    /// # Errors
    /// `action_return_value_exception` (3050014) if it is longer than the chain's
    /// `max_action_return_value_size`. Read-only transactions have no limit.
    pub fn set_return_value(&mut self, value: &[u8]) -> Result<(), ChainError> {
        let max = self.state().global.max_return_value as usize;
        ensure!(
            value.len() <= max || self.is_read_only(),
            ActionReturnValue,
            "action return value size must be less or equal to {max} bytes"
        );
        self.return_value = value.to_vec();
        Ok(())
    }

    /// The code of the account whose code runs, if it has any.
    pub fn code(&self) -> Option<&Arc<[u8]>> {
        let hash = self.state().accounts.get(&self.receiver)?.code_hash;
        self.state().code(&hash)
    }
}

/// Keys, permissions and a delay that a contract passes in, to be checked against authorities.
fn provided(keys: &[u8], permissions: &[u8], delay: i64) -> Result<Provided, ChainError> {
    let keys: Vec<PublicKey> = list(keys)?;
    let permissions: Vec<PermissionLevel> = list(permissions)?;
    Ok(Provided {
        keys: BTreeSet::from_iter(keys),
        permissions: BTreeSet::from_iter(permissions),
        delay,
        ..Provided::default()
    })
}

/// Decodes a packed list; no bytes at all are an empty list.
fn list<T: for<'a> Decode<'a>>(bytes: &[u8]) -> Result<Vec<T>, ChainError> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    read(bytes)
}

/// Turns errors of authority, those with codes 3090000 to 3099999, into `false`.
fn satisfied(result: Result<(), ChainError>) -> Result<bool, ChainError> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.code() / 10_000 == 309 => Ok(false),
        Err(error) => Err(error),
    }
}
