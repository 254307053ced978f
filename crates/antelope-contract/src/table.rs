//! Tables: rows in the state of the chain, with one primary and up to sixteen secondary keys.
//!
//! `#[table("name")]` on a struct makes it a [`TableRow`]. A contract writes its own tables through
//! [`Table`] and reads everybody's through [`View`], which cannot write. Bytes and keys are those
//! that CDT's `multi_index` writes, so that contracts and tools of both kinds read each other.
//!
//! ```no_run
//! # use antelope_contract::prelude::*;
//! #[table("orders", index(by_price: u128 = price_key))]
//! pub struct Order {
//!     #[primary]
//!     pub id: u64,
//!     #[index]
//!     pub owner: Name,
//!     pub price: u64,
//! }
//!
//! impl Order {
//!     fn price_key(&self) -> u128 {
//!         u128::from(self.price) << 64 | u128::from(self.id)
//!     }
//! }
//!
//! #[contract(tables(Order))]
//! mod shop {
//!     use super::*;
//!
//!     #[action]
//!     pub fn raise(owner: Name, by: u64) {
//!         require_auth(owner);
//!         let orders = Order::table(receiver());
//!         for order in orders.by_owner().range(owner..=owner) {
//!             order.update(Payer::Same, |order| order.price += by);
//!         }
//!     }
//! }
//! # fn main() {}
//! ```

mod cursor;
mod foreign;
mod index;
mod key;
mod row;
mod singleton;
mod store;

pub use cursor::Rows;
pub use foreign::ForeignTable;
pub use index::Index;
#[doc(hidden)]
pub use index::{index_row, reindex_row, unindex_row};
pub use key::{IndexKey, RawIndexKey};
pub use row::{Payer, Row};
pub use singleton::{Singleton, SingletonRow, SingletonView};

/// A primary key or a scope.
pub use crate::types::PrimaryKey;
use crate::{
    OrFail, raw,
    types::{Decode, Encode, Name, schema::Record},
};
use core::ops::RangeBounds;
use cursor::Primary;

/// The rows of a table: a struct with `#[table("name")]`.
pub trait TableRow: Encode + for<'a> Decode<'a> {
    /// The table's name.
    const NAME: Name;

    /// The type of the primary key.
    type Key: PrimaryKey;

    /// The secondary keys, in the order of their indexes.
    type Keys;

    /// A type whose methods are the secondary indexes.
    type Indexes<A: Access>;

    /// The primary key of this row.
    fn primary_key(&self) -> Self::Key;

    /// The secondary keys of this row.
    fn secondary_keys(&self) -> Self::Keys;

    /// Adds the row to its secondary indexes.
    #[doc(hidden)]
    fn index(&self, scope: u64, payer: u64, primary: u64);

    /// Updates the secondary indexes whose keys have changed.
    #[doc(hidden)]
    fn reindex(&self, before: &Self::Keys, scope: u64, payer: u64, primary: u64);

    /// Removes the row from its secondary indexes.
    #[doc(hidden)]
    fn unindex(scope: u64, primary: u64);

    /// The secondary indexes of a table.
    #[doc(hidden)]
    fn indexes<A: Access>(code: u64, scope: u64) -> Self::Indexes<A>;
}

/// A table that a contract declares as its own: `#[contract(tables(…))]`. Only those can be
/// written, since the host functions for writing take no account: they write to the contract's own
/// tables.
#[diagnostic::on_unimplemented(
    message = "table `{Self}` is not one of this contract",
    note = "list it where the contract is declared: #[contract(tables({Self}))]"
)]
pub trait Owned {}

/// What a table adds to the ABI of the contract that owns it.
#[doc(hidden)]
pub trait Described {
    /// The record of the table.
    const RECORD: Record;
}

/// Ways to get a table; every [`TableRow`] has them.
pub trait TableExt: TableRow {
    /// The table of this contract in a scope: an account, a symbol code, a number.
    #[inline]
    fn table(scope: impl PrimaryKey) -> Table<Self>
    where
        Self: Owned,
    {
        Scoped::new(raw::current_receiver(), scope.raw())
    }

    /// The table of any contract in a scope, read-only.
    #[inline]
    fn view(code: Name, scope: impl PrimaryKey) -> View<Self> {
        Scoped::new(code.raw(), scope.raw())
    }
}

impl<T: TableRow> TableExt for T {}

/// Whether rows of a table can be changed.
pub trait Access {
    /// What a row is: [`Row`] or a plain value.
    type Item<T: TableRow>;

    /// The row at an iterator.
    #[doc(hidden)]
    fn item<T: TableRow>(iterator: i32, scope: u64, value: T) -> Self::Item<T>;
}

/// Access to this contract's tables: rows can be changed.
#[derive(Debug)]
pub enum Write {}

/// Access to any contract's tables: rows are plain values.
#[derive(Debug)]
pub enum Read {}

impl Access for Write {
    type Item<T: TableRow> = Row<T>;

    #[inline(always)]
    fn item<T: TableRow>(iterator: i32, scope: u64, value: T) -> Row<T> {
        Row::new(iterator, scope, value)
    }
}

impl Access for Read {
    type Item<T: TableRow> = T;

    #[inline(always)]
    fn item<T: TableRow>(_: i32, _: u64, value: T) -> T {
        value
    }
}

/// A table of this contract in one scope.
pub type Table<T> = Scoped<T, Write>;

/// A table of any contract in one scope, read-only.
pub type View<T> = Scoped<T, Read>;

/// A table in one scope. Each secondary index is a method generated by `#[table]`, `by_<name>()`.
pub struct Scoped<T: TableRow, A: Access> {
    /// The contract.
    code: u64,
    /// The scope.
    scope: u64,
    indexes: T::Indexes<A>,
}

impl<T: TableRow, A: Access> core::ops::Deref for Scoped<T, A> {
    type Target = T::Indexes<A>;

    #[inline(always)]
    fn deref(&self) -> &T::Indexes<A> {
        &self.indexes
    }
}

impl<T: TableRow, A: Access> Scoped<T, A> {
    /// Only numbers are stored; nothing is read before a row is asked for.
    #[inline(always)]
    fn new(code: u64, scope: u64) -> Self {
        Self {
            code,
            scope,
            indexes: T::indexes(code, scope),
        }
    }

    /// The row with this primary key.
    #[inline]
    pub fn get(&self, key: T::Key) -> Option<A::Item<T>> {
        let iterator = self.find(key);
        (iterator >= 0).then(|| store::load::<T, A>(iterator, self.scope))
    }

    /// Whether there is a row with this primary key.
    #[inline]
    pub fn contains(&self, key: T::Key) -> bool {
        self.find(key) >= 0
    }

    /// The host's iterator of a row; negative where there is none.
    #[inline]
    fn find(&self, key: T::Key) -> i32 {
        raw::db_find_i64(self.code, self.scope, T::NAME.raw(), key.raw())
    }

    /// All rows, ascending by primary key.
    #[inline]
    pub fn iter(&self) -> Rows<T, A, Primary> {
        self.range(..)
    }

    /// The rows whose primary keys are in a range; can be iterated from both ends.
    #[inline]
    pub fn range(&self, keys: impl RangeBounds<T::Key>) -> Rows<T, A, Primary> {
        Rows::new(
            self.code,
            self.scope,
            T::NAME.raw(),
            keys.start_bound().map(|key| key.raw()),
            keys.end_bound().map(|key| key.raw()),
        )
    }

    /// The row with the least primary key.
    #[inline]
    pub fn first(&self) -> Option<A::Item<T>> {
        Rows::<T, A, Primary>::first(self.code, self.scope, T::NAME.raw())
    }

    /// The row with the greatest primary key.
    #[inline]
    pub fn last(&self) -> Option<A::Item<T>> {
        self.iter().next_back()
    }

    /// Whether the table has no rows.
    #[inline]
    pub fn is_empty(&self) -> bool {
        raw::db_end_i64(self.code, self.scope, T::NAME.raw()) == -1
    }

    /// One more than the greatest primary key; 0 for an empty table. After the last row was removed
    /// its number is used again.
    ///
    /// Fails where there is none: `next primary key in table is at autoincrement limit`.
    pub fn next_id(&self) -> u64 {
        store::next_id(self.code, self.scope, T::NAME.raw())
            .or_fail("next primary key in table is at autoincrement limit")
    }
}

impl<T: TableRow> Table<T> {
    /// Adds a row whose RAM `payer` pays for. The chain fails the action where the primary key
    /// exists, or `payer` has not authorized the action and is not this contract.
    #[inline]
    pub fn insert(&self, payer: Name, value: &T) {
        store::insert(self.scope, payer.raw(), value);
    }

    /// Adds a row, or replaces the one with its primary key; `payer` pays for the RAM in either
    /// case.
    ///
    /// ```no_run
    /// # use antelope_contract::prelude::*;
    /// # #[table("prices", shared)]
    /// # pub struct Price { #[primary] pub of: SymbolCode, pub cents: u64 }
    /// # fn example(of: SymbolCode) {
    /// Price::table(receiver()).upsert(receiver(), &Price { of, cents: 250 });
    /// # }
    /// ```
    pub fn upsert(&self, payer: Name, value: &T) {
        let primary = value.primary_key().raw();
        let iterator = raw::db_find_i64(self.code, self.scope, T::NAME.raw(), primary);
        if iterator < 0 {
            return self.insert(payer, value);
        }
        let before = store::value::<T>(iterator).secondary_keys();
        store::replace(iterator, payer.raw(), value);
        value.reindex(&before, self.scope, payer.raw(), primary);
    }

    /// Changes the row with this primary key; if there is none, adds `new()` with the change
    /// applied. Returns the row as it is then.
    ///
    /// `payer` pays for a new row; the payer of an existing one stays. The key of `new()` must be
    /// `key`: `updater cannot change primary key when modifying an object`.
    ///
    /// ```no_run
    /// # use antelope_contract::prelude::*;
    /// # #[table("greetings", shared)]
    /// # pub struct Greeting { #[primary] pub who: Name, pub count: u64 }
    /// # fn example(who: Name) {
    /// let greeting = Greeting::table(receiver()).update_or_insert(
    ///     who,
    ///     who,
    ///     || Greeting { who, count: 0 },
    ///     |greeting| greeting.count += 1,
    /// );
    /// check!(greeting.count <= 3, "three times are enough");
    /// # }
    /// ```
    pub fn update_or_insert(
        &self,
        key: T::Key,
        payer: Name,
        new: impl FnOnce() -> T,
        change: impl FnOnce(&mut T),
    ) -> T {
        let primary = key.raw();
        match self.get(key) {
            Some(row) => row.update(Payer::Same, change).into_inner(),
            None => {
                let mut value = new();
                change(&mut value);
                row::keeps_key(primary, &value);
                self.insert(payer, &value);
                value
            }
        }
    }
}

impl<T: TableRow, A: Access> IntoIterator for &Scoped<T, A> {
    type Item = A::Item<T>;
    type IntoIter = Rows<T, A, Primary>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
