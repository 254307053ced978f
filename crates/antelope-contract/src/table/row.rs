//! A row of an own table, and the ways to change it.

use core::ops::Deref;

use super::{PrimaryKey, TableRow, store};
use crate::{check, raw, types::Name};

/// Who pays the RAM of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// Whoever has paid so far.
    Same,
    /// This account from now on. It must have authorized the action, unless it is the contract.
    Account(Name),
}

impl Payer {
    /// The number that the chain takes: 0 keeps the payer.
    #[inline]
    pub(crate) fn raw(self) -> u64 {
        match self {
            Self::Same => 0,
            Self::Account(name) => name.raw(),
        }
    }
}

impl From<Name> for Payer {
    #[inline]
    fn from(account: Name) -> Self {
        Self::Account(account)
    }
}

/// A row of a table of this contract: its value, and its place.
#[derive(Debug)]
pub struct Row<T> {
    iterator: i32,
    scope: u64,
    value: T,
}

impl<T> Deref for Row<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Row<T> {
    #[inline(always)]
    pub(super) fn new(iterator: i32, scope: u64, value: T) -> Self {
        Self {
            iterator,
            scope,
            value,
        }
    }

    /// The value alone.
    #[inline]
    pub fn into_inner(self) -> T {
        self.value
    }
}

/// Fails unless a row has this primary key.
#[inline]
pub(super) fn keeps_key<T: TableRow>(primary: u64, value: &T) {
    check!(
        primary == value.primary_key().raw(),
        "updater cannot change primary key when modifying an object"
    );
}

impl<T: TableRow> Row<T> {
    /// Changes the row in the state; gives it back as it is then.
    ///
    /// Secondary indexes whose keys stay are left alone. Fails if the primary key changes:
    /// `updater cannot change primary key when modifying an object`.
    #[inline]
    pub fn update(mut self, payer: impl Into<Payer>, change: impl FnOnce(&mut T)) -> Self {
        let primary = self.value.primary_key().raw();
        let keys = self.value.secondary_keys();
        change(&mut self.value);
        self.store(primary, &keys, payer.into().raw());
        self
    }

    /// Stores what has changed: a function of its own, so that a contract has it once for each table
    /// and not for each update.
    fn store(&self, primary: u64, keys: &T::Keys, payer: u64) {
        keeps_key(primary, &self.value);
        store::replace(self.iterator, payer, &self.value);
        self.value.reindex(keys, self.scope, payer, primary);
    }

    /// Removes the row from the state; gives its last value.
    #[inline]
    pub fn remove(self) -> T {
        raw::db_remove_i64(self.iterator);
        T::unindex(self.scope, self.value.primary_key().raw());
        self.value
    }
}
