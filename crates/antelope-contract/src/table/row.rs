//! A row of a table of this contract, and the ways to change it.

use super::{PrimaryKey, TableRow, store};
use crate::{check, raw, types::Name};
use core::ops::Deref;

/// Who pays for the RAM of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// The present payer.
    Same,
    /// This account from now on. It must have authorized the action, unless it is the contract
    /// itself.
    Account(Name),
}

impl Payer {
    /// The payer as the host function takes it: 0 keeps the present one.
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

/// A row of a table of this contract. It dereferences to its value; to change it, call
/// [`update`](Self::update).
#[derive(Debug)]
pub struct Row<T> {
    /// The host's iterator, valid during this action.
    iterator: i32,
    /// The scope of the table.
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

/// Fails if a value does not have this primary key.
#[inline]
pub(super) fn keeps_key<T: TableRow>(primary: u64, value: &T) {
    check!(
        primary == value.primary_key().raw(),
        "updater cannot change primary key when modifying an object"
    );
}

impl<T: TableRow> Row<T> {
    /// Changes the row and writes it to the state; returns the changed row.
    ///
    /// Only secondary indexes whose keys have changed are updated. A change of the primary key
    /// fails the action: `updater cannot change primary key when modifying an object`.
    #[inline]
    pub fn update(mut self, payer: impl Into<Payer>, change: impl FnOnce(&mut T)) -> Self {
        let primary = self.value.primary_key().raw();
        let keys = self.value.secondary_keys();
        change(&mut self.value);
        self.store(primary, &keys, payer.into().raw());
        self
    }

    /// Writes the change. Not inlined into [`update`](Self::update), so that a contract contains it
    /// once for each table and not for each update.
    fn store(&self, primary: u64, keys: &T::Keys, payer: u64) {
        keeps_key(primary, &self.value);
        store::replace(self.iterator, payer, &self.value);
        self.value.reindex(keys, self.scope, payer, primary);
    }

    /// Removes the row from the state; returns its last value.
    #[inline]
    pub fn remove(self) -> T {
        raw::db_remove_i64(self.iterator);
        T::unindex(self.scope, self.value.primary_key().raw());
        self.value
    }
}
