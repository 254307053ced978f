//! What a contract can ask of the chain: authority, accounts, time, and the transaction it is in.

use super::ApplyContext;
use crate::authority::{Provided, check_actions, check_permission};
use crate::reading::read;
use antelope_types::{
    ChainError, Checksum256, Decode, Encode, ErrorKind, Name, PermissionLevel, PublicKey,
    TimePoint, TimePointSec, Transaction, ensure,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes that the actions of one transaction can print. Nodes have no such limit: there, printing
/// ends when the time of the transaction does.
pub(super) const CONSOLE: usize = 1 << 20;

/// The code of an account, as `get_code_hash` tells of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeHash {
    /// How often it was set.
    pub sequence: u64,
    /// Its SHA-256; zeros for none.
    pub hash: Checksum256,
}

impl ApplyContext<'_> {
    /// Fails unless the account has authorized the action.
    ///
    /// # Errors
    /// `missing_auth_exception`.
    pub fn require_auth(&self, account: Name) -> Result<(), ChainError> {
        ensure!(
            self.has_auth(account),
            MissingAuth,
            "missing authority of {account}"
        );
        Ok(())
    }

    /// Fails unless the action declares this permission.
    ///
    /// # Errors
    /// `missing_auth_exception`.
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

    /// Whether the account has authorized the action.
    pub fn has_auth(&self, account: Name) -> bool {
        let mut actors = self.act.authorization.iter().map(|level| level.actor);
        actors.any(|actor| actor == account)
    }

    /// Whether there is such an account.
    pub fn is_account(&self, account: Name) -> bool {
        self.state().accounts.contains_key(&account)
    }

    /// Whether the contract that runs may do what only the system may.
    pub fn is_privileged(&self) -> bool {
        self.privileged
    }

    /// Whether the action may not see the state.
    pub fn is_context_free(&self) -> bool {
        self.context_free
    }

    /// Whether the transaction must change nothing.
    pub fn is_read_only(&self) -> bool {
        self.transaction.is_read_only()
    }

    /// The contract that sent the action or notified; none for actions of the transaction.
    pub fn sender(&self) -> Option<Name> {
        let creator = self.transaction.action(self.ordinal).creator_action_ordinal;
        (creator > 0).then(|| self.transaction.action(creator).receiver)
    }

    /// The code of an account; for one that is not there, as for one without code.
    pub fn code_hash(&self, account: Name) -> CodeHash {
        match self.state().accounts.get(&account) {
            Some(account) => CodeHash {
                sequence: account.code_sequence,
                hash: account.code_hash,
            },
            None => CodeHash::default(),
        }
    }

    /// When the account was created.
    ///
    /// # Errors
    /// Where there is none.
    pub fn account_creation_time(&self, account: Name) -> Result<TimePoint, ChainError> {
        let found = self.state().accounts.get(&account).ok_or_else(|| {
            ChainError::new(
                ErrorKind::ActionValidate,
                format!("account '{account}' does not exist"),
            )
        })?;
        Ok(TimePoint::from(found.created))
    }

    /// When a transaction was last made under the permission.
    ///
    /// # Errors
    /// Where there is none.
    pub fn permission_last_used(&self, level: PermissionLevel) -> Result<TimePoint, ChainError> {
        Ok(self.state().permission(level)?.last_used)
    }

    /// Whether keys and permissions, encoded lists, satisfy all that an encoded transaction declares.
    ///
    /// # Errors
    /// Where the bytes are none of these, or an account or permission is not there.
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

    /// Whether keys and permissions, encoded lists, satisfy a permission after a delay in microseconds.
    ///
    /// # Errors
    /// Where the bytes are none of these, or the delay is beyond all time.
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

    /// The transaction, encoded.
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

    /// Four bytes of the id of the block that the transaction refers to.
    pub fn tapos_block_prefix(&self) -> u32 {
        self.transaction
            .input
            .transaction
            .transaction
            .header
            .ref_block_prefix
    }

    /// An action of the transaction, encoded: of kind 0 the context-free ones, of kind 1 the others.
    ///
    /// # Errors
    /// For any other kind.
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

    /// Data for a context-free action.
    pub fn context_free_data(&self, index: u32) -> Option<&[u8]> {
        let data = &self.transaction.input.transaction.context_free_data;
        data.get(index as usize).map(Vec::as_slice)
    }

    /// Appends to what the action prints: see [`print_bytes`](Self::print_bytes).
    pub fn print(&mut self, text: &str) {
        self.print_bytes(text.as_bytes());
    }

    /// Appends bytes to what the action prints; those that are not UTF-8 are left out of the trace.
    ///
    /// The actions of one transaction print `CONSOLE` bytes at most. The rest is dropped, and
    /// `...` stands where it began.
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

    /// Sets what the action returns.
    ///
    /// # Errors
    /// Where it is too long; a read-only transaction may return as much as it likes.
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

    /// The code of the contract that runs, if it has any.
    pub fn code(&self) -> Option<&Arc<[u8]>> {
        let hash = self.state().accounts.get(&self.receiver)?.code_hash;
        self.state().code(&hash)
    }
}

/// What the caller says there is to satisfy authorities with; no bytes for empty lists.
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

fn list<T: for<'a> Decode<'a>>(bytes: &[u8]) -> Result<Vec<T>, ChainError> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    read(bytes)
}

/// Errors of authority mean «no»; others are errors.
fn satisfied(result: Result<(), ChainError>) -> Result<bool, ChainError> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.code() / 10_000 == 309 => Ok(false),
        Err(error) => Err(error),
    }
}
