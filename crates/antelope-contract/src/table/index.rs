//! Secondary indexes: rows by another key.

use super::{Access, IndexKey, RawIndexKey, Rows, TableRow, cursor::Secondary, store};
use crate::raw;
use core::{marker::PhantomData, ops::RangeBounds};

/// A secondary index of a table in one scope; `#[table]` generates a method for each.
///
/// Rows with equal keys are ordered by their primary keys. Each access looks the row up by its
/// primary key, so that it costs two host calls.
pub struct Index<T, A, K> {
    code: u64,
    scope: u64,
    table: u64,
    kind: PhantomData<(T, A, K)>,
}

impl<T: TableRow, A: Access, K: IndexKey> Index<T, A, K> {
    /// The index with this number, from 0 in the order of declaration.
    #[doc(hidden)]
    #[inline(always)]
    pub fn new(code: u64, scope: u64, number: u64) -> Self {
        Self {
            code,
            scope,
            table: table::<T>(number),
            kind: PhantomData,
        }
    }

    /// The first row with this key.
    #[inline]
    pub fn get(&self, key: &K) -> Option<A::Item<T>> {
        let (iterator, primary) = key.raw().find(self.code, self.scope, self.table);
        (iterator >= 0).then(|| {
            let iterator = raw::db_find_i64(self.code, self.scope, T::NAME.raw(), primary);
            store::load::<T, A>(iterator, self.scope)
        })
    }

    /// Whether there is a row with this key.
    #[inline]
    pub fn contains(&self, key: &K) -> bool {
        key.raw().find(self.code, self.scope, self.table).0 >= 0
    }

    /// All rows, by growing key.
    #[inline]
    pub fn iter(&self) -> Rows<T, A, Secondary<K::Raw>> {
        self.range(..)
    }

    /// The rows whose keys are in a range, from both ends.
    #[inline]
    pub fn range(&self, keys: impl RangeBounds<K>) -> Rows<T, A, Secondary<K::Raw>> {
        Rows::new(
            self.code,
            self.scope,
            self.table,
            keys.start_bound().map(|key| key.raw()),
            keys.end_bound().map(|key| key.raw()),
        )
    }

    /// The rows with this key, by growing primary key; [`get`](Self::get) is the first of them.
    #[inline]
    pub fn equal(&self, key: &K) -> Rows<T, A, Secondary<K::Raw>> {
        self.range(key..=key)
    }

    /// The row with the least key.
    #[inline]
    pub fn first(&self) -> Option<A::Item<T>> {
        Rows::<T, A, Secondary<K::Raw>>::first(self.code, self.scope, self.table)
    }

    /// The row with the greatest key.
    #[inline]
    pub fn last(&self) -> Option<A::Item<T>> {
        self.iter().next_back()
    }
}

/// The name under which the chain keeps an index: that of the table, with the number in its last
/// four bits.
#[inline(always)]
fn table<T: TableRow>(number: u64) -> u64 {
    T::NAME.raw() & !0xf | number & 0xf
}

/// Adds an entry to the index; `#[table]` generates a call for each index.
#[doc(hidden)]
#[inline]
pub fn index_row<T: TableRow, K: IndexKey>(
    number: u64,
    key: &K,
    scope: u64,
    payer: u64,
    primary: u64,
) {
    key.raw().store(scope, table::<T>(number), payer, primary);
}

/// Changes the key of an entry if it has changed.
#[doc(hidden)]
#[inline]
pub fn reindex_row<T: TableRow, K: IndexKey>(
    number: u64,
    before: &K,
    key: &K,
    scope: u64,
    payer: u64,
    primary: u64,
) {
    if !before.same(key) {
        let code = raw::current_receiver();
        let iterator = K::Raw::find_primary(code, scope, table::<T>(number), primary);
        key.raw().update(iterator, payer);
    }
}

/// Removes an entry, if there is one.
#[doc(hidden)]
#[inline]
pub fn unindex_row<T: TableRow, K: IndexKey>(number: u64, scope: u64, primary: u64) {
    let code = raw::current_receiver();
    let iterator = K::Raw::find_primary(code, scope, table::<T>(number), primary);
    if iterator >= 0 {
        K::Raw::remove(iterator);
    }
}
