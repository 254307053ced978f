//! The chain that this one was forked from, where its accounts and tables are taken over when they
//! are first needed.
//!
//! Such a fork begins with nothing of the other chain. What is here and what may still be elsewhere
//! is decided by the state alone, so that executing a transaction stays deterministic:
//!
//! | what is looked up | is here | else |
//! |---|---|---|
//! | an account | in `State::accounts` | known not to exist if it is in `State::foreign_accounts`, otherwise missing |
//! | a table in one scope | in `State::tables` | empty if its contract is an account of this chain or the table is in `State::foreign_tables`, otherwise missing |
//!
//! A lookup answers as if what is missing did not exist, and notes it ([`missing_during`]). Whoever
//! executes or reads looks at the notes afterwards: with any, the result is not one of the whole
//! state and must be thrown away. A transaction does so by itself and fails
//! ([`TransactionContext::execute`](crate::transaction::TransactionContext::execute)). What was
//! noted is then fetched and written by [`State::take_over`], and the work is done again.
//!
//! Notes belong to the thread and not to the state: lookups have a shared reference, and most of
//! them have no way to return an error. Work on one state is never spread over threads.

mod fetched;

pub use fetched::{
    Fetched, FetchedAccount, FetchedIndex, FetchedKeys, FetchedParameters, FetchedPermission,
    FetchedRow, FetchedTable,
};

use super::{Account, State, TableInfo, TableKey};
use crate::stored::stored_struct;
use antelope_types::{ChainError, Checksum256, Decode, Encode, ErrorKind, Name, TimePoint};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

/// The bits of a table's name that have the number of an index: see [`State::indexed`].
const NUMBER: u64 = 0xf;

/// How the message of [`not_here`] ends.
const NOT_HERE: &str = "is on the chain that this one was forked from, and not here";

stored_struct! {
    /// The chain that this one was forked from, as it was then.
    #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
    pub struct Origin {
        /// Where a node of it answers.
        pub url: String,
        /// Its id. The fork has another, so that no signature is valid on both.
        pub chain_id: Checksum256,
        /// Its newest block.
        pub head_block_num: u32,
        /// The id of that block.
        pub head_block_id: Checksum256,
        /// The time of that block.
        pub head_block_time: TimePoint,
        /// The sum of the NET weights of all its accounts, of which each has its share.
        pub total_net_weight: u64,
        /// The same for CPU.
        pub total_cpu_weight: u64,
    }
}

/// Something that may be on the other chain and is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// An account, with its permissions, links, code, ABI and resources.
    Account(Name),
    /// A table in one scope, with its secondary indexes. The lowest four bits of its name are 0.
    Table(TableKey),
}

/// An account as its name; a table as contract, scope and name with slashes between.
impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(name) => write!(f, "account {name}"),
            Self::Table(key) => {
                write!(f, "table {}/{}/{}", key.code, key.scope_text(), key.table)
            }
        }
    }
}

thread_local! {
    /// What lookups on this thread have missed since the notes were last taken.
    static NOTES: RefCell<BTreeSet<Missing>> = const { RefCell::new(BTreeSet::new()) };
}

/// Does something, and returns what lookups have missed meanwhile on this thread: never anything where
/// no state is a fork.
pub fn missing_during<R>(act: impl FnOnce() -> R) -> (R, BTreeSet<Missing>) {
    let notes = Notes::begin();
    let result = act();
    let missing = take();
    drop(notes);
    (result, missing)
}

/// The notes, which are empty then.
fn take() -> BTreeSet<Missing> {
    NOTES.with(|notes| std::mem::take(&mut *notes.borrow_mut()))
}

/// Notes what a lookup has missed.
fn note(missing: Missing) {
    NOTES.with(|notes| notes.borrow_mut().insert(missing));
}

/// What is missed from here on, apart from what was before. Put back together by dropping it.
pub(crate) struct Notes {
    before: BTreeSet<Missing>,
}

impl Notes {
    /// Begins.
    pub(crate) fn begin() -> Self {
        Self { before: take() }
    }

    /// Fails if anything was missed since the beginning.
    ///
    /// # Errors
    /// `exception` (0), with what is missing. It is not an error of the transaction, which is to be
    /// executed again when that is here.
    pub(crate) fn check(&self) -> Result<(), ChainError> {
        NOTES.with(|notes| match notes.borrow().first() {
            None => Ok(()),
            Some(first) => Err(not_here(first)),
        })
    }
}

impl Drop for Notes {
    fn drop(&mut self) {
        NOTES.with(|notes| notes.borrow_mut().append(&mut self.before));
    }
}

/// The error for what has to be fetched before anything can be said.
pub fn not_here(missing: &Missing) -> ChainError {
    ChainError::new(ErrorKind::Unspecified, format!("{missing} {NOT_HERE}"))
}

/// Whether this is the error of [`not_here`].
pub fn is_not_here(error: &ChainError) -> bool {
    error.is(ErrorKind::Unspecified) && error.message().ends_with(NOT_HERE)
}

impl TableKey {
    /// The table that this one is an index of: without the number in the lowest four bits.
    #[must_use]
    pub fn without_number(self) -> Self {
        Self {
            table: Name::from_raw(self.table.raw() & !NUMBER),
            ..self
        }
    }
}

impl State {
    /// The account, if it is here. In a fork, one that may be on the other chain is noted.
    pub fn find_account(&self, name: Name) -> Option<&Account> {
        let found = self.accounts.get(&name);
        if found.is_none() {
            self.miss_account(name);
        }
        found
    }

    /// The table or index, if it is here. In a fork, one that may be on the other chain is noted.
    pub fn find_table(&self, key: TableKey) -> Option<&TableInfo> {
        let found = self.tables.get(&key);
        if found.is_none() && self.global.origin.is_some() {
            match self.foreign_accounts.get(&key.code) {
                Some(true) if !self.foreign_tables.contains_key(&key.without_number()) => {
                    note(Missing::Table(key.without_number()));
                }
                Some(_) => {}
                None => _ = self.find_account(key.code),
            }
        }
        found
    }

    /// Whether the account was taken over, so that its tables are on the other chain.
    pub fn is_foreign(&self, name: Name) -> bool {
        self.foreign_accounts.get(&name) == Some(&true)
    }

    /// Notes an account that is not here, unless it is known not to exist.
    pub(super) fn miss_account(&self, name: Name) {
        let is_fork = self.global.origin.is_some();
        if is_fork && !name.is_empty() && !self.foreign_accounts.contains_key(&name) {
            note(Missing::Account(name));
        }
    }
}

#[cfg(test)]
mod tests;
