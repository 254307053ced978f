//! Secondary indexes of tables: one set of maps for each of the five kinds of key.
//!
//! A contract sees five families of host functions, `db_idx64_*` to `db_idx_long_double_*`, each
//! with a key type of its own. The kinds and their sizes are those of a node's `index64_object` to
//! `index_long_double_object` (`libraries/chain/include/eosio/chain/contract_table_objects.hpp`).
//!
//! Each kind has two maps, [`by_primary`](SecondaryIndex::by_primary) and
//! [`by_key`](SecondaryIndex::by_key). Only the first is stored in files; the second is the same
//! entries in the order of keys. All tables share them: the number of the table is the first part
//! of every key, so one table is one contiguous range.
//!
//! Floating-point keys are ordered by integers that sort like the floats (see `float_order!`),
//! because maps need a total order and `f64` has none. Contracts cannot store a NaN: the host
//! functions refuse it before it gets here.

use super::{Map, Set, State, TableId, ram};
use crate::stored::stored_struct;
use antelope_types::Name;
use std::fmt::Debug;
use std::ops::Bound;

/// A key type of secondary indexes.
///
/// The key is kept as the contract gave it, and [`order`](Self::order) decides where it sorts and
/// which keys are equal: both zeros of a float are one key, but each reads back with its own sign.
pub trait IndexKey: Copy + Debug + PartialEq + 'static {
    /// The value that entries are sorted by.
    type Order: Ord + Clone + Debug + Send + Sync;
    /// The least value of [`Order`](Self::Order).
    const FIRST: Self::Order;
    /// The greatest value of [`Order`](Self::Order).
    const LAST: Self::Order;
    /// The RAM that one entry is billed for, in bytes: 128 for keys of 8 bytes, 144 for 16, 160 for
    /// 32.
    const RAM: i64;

    /// The value that this key is sorted by.
    fn order(self) -> Self::Order;
    /// The indexes of all tables with keys of this type.
    fn indexes(state: &State) -> &SecondaryIndex<Self>
    where
        Self: Sized;
    /// The indexes of all tables with keys of this type, to be changed.
    fn indexes_mut(state: &mut State) -> &mut SecondaryIndex<Self>
    where
        Self: Sized;
}

/// The bits of a `double`, IEEE 754 binary64. Never a NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Float64(pub u64);

/// The bits of a `long double`, IEEE 754 binary128, which Rust has no stable type for. Never a NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloatBits128(pub u128);

/// Maps the bits of a float to an unsigned integer that sorts as the floats do, for any width.
///
/// Positive floats sort as their bits already; setting the top bit puts them above all negative
/// ones, whose bits are inverted because a larger magnitude means a smaller number. `-0.0` is first
/// turned into `0.0`, so that both are the same key, as they are for the node, which compares
/// numbers.
macro_rules! float_order {
    ($bits:expr, $type:ty) => {{
        const SIGN: $type = 1 << (<$type>::BITS - 1);
        let bits = if $bits == SIGN { 0 } else { $bits };
        if bits & SIGN == 0 { bits | SIGN } else { !bits }
    }};
}

/// Implements [`IndexKey`]: the key type, its order with the least and the greatest value, the
/// bytes of the key for billing, the field of [`Indexes`], and how a key becomes its order.
macro_rules! index_key {
    ($type:ty, $order:ty, $first:expr, $last:expr, $bytes:literal, $field:ident, |$key:ident| $by:expr) => {
        impl IndexKey for $type {
            type Order = $order;
            const FIRST: $order = $first;
            const LAST: $order = $last;
            const RAM: i64 = ram::index_entry($bytes);

            fn order(self) -> Self::Order {
                let $key = self;
                $by
            }

            fn indexes(state: &State) -> &SecondaryIndex<Self> {
                &state.indexes.$field
            }

            fn indexes_mut(state: &mut State) -> &mut SecondaryIndex<Self> {
                &mut state.indexes.$field
            }
        }
    };
}

// A `checksum256` key is two 128-bit words, compared word by word from the first.
index_key!(u64, u64, 0, u64::MAX, 8, u64, |key| key);
index_key!(u128, u128, 0, u128::MAX, 16, u128, |key| key);
index_key!(
    [u128; 2],
    [u128; 2],
    [0; 2],
    [u128::MAX; 2],
    32,
    u256,
    |key| key
);
index_key!(Float64, u64, 0, u64::MAX, 8, f64, |key| float_order!(
    key.0, u64
));
index_key!(
    FloatBits128,
    u128,
    0,
    u128::MAX,
    16,
    f128,
    |key| float_order!(key.0, u128)
);

/// The secondary key of one row in one index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexEntry<K> {
    /// A number that grows with each entry stored and stays when it is updated: see
    /// `Global::next_object`.
    pub number: u64,
    /// The key, as the contract stored it.
    pub key: K,
    /// The account that is billed for the entry; it may differ from the payer of the row.
    pub payer: Name,
}

/// The indexes of one key type, of all tables of all contracts.
///
/// Invariant: both maps hold the same entries. Change them only by [`set`](Self::set) and
/// [`remove`](Self::remove).
#[derive(Clone, Debug)]
pub struct SecondaryIndex<K: IndexKey> {
    /// The entries by table and primary key.
    pub by_primary: Map<(TableId, u64), IndexEntry<K>>,
    /// The same entries by table, secondary key and primary key: rows with equal keys are ordered
    /// by their primary keys.
    pub by_key: Set<(TableId, K::Order, u64)>,
}

impl<K: IndexKey> Default for SecondaryIndex<K> {
    /// No entries.
    fn default() -> Self {
        Self {
            by_primary: Map::default(),
            by_key: Set::default(),
        }
    }
}

impl<K: IndexKey> SecondaryIndex<K> {
    /// The entry of the row with this primary key.
    pub fn get(&self, table: TableId, primary: u64) -> Option<&IndexEntry<K>> {
        self.by_primary.get(&(table, primary))
    }

    /// The table and the payer of every entry, for the RAM report.
    pub fn payers(&self) -> impl Iterator<Item = (TableId, Name)> {
        let entries = self.by_primary.iter();
        entries.map(|((table, _), entry)| (*table, entry.payer))
    }

    /// Adds the entry of a row, or replaces the one that it has.
    pub fn set(&mut self, table: TableId, primary: u64, entry: IndexEntry<K>) {
        if let Some(old) = self.by_primary.insert((table, primary), entry) {
            self.by_key.remove(&(table, old.key.order(), primary));
        }
        self.by_key.insert((table, entry.key.order(), primary));
    }

    /// Removes the entry of a row; does nothing if it has none.
    pub fn remove(&mut self, table: TableId, primary: u64) {
        if let Some(old) = self.by_primary.remove(&(table, primary)) {
            self.by_key.remove(&(table, old.key.order(), primary));
        }
    }

    /// The primary key of the first entry at or after this key and primary key, in the order of
    /// keys.
    pub fn first_from(&self, table: TableId, key: K, primary: u64) -> Option<u64> {
        let from = (table, key.order(), primary);
        let (found, _, primary) = self.by_key.range(from..).next()?;
        (*found == table).then_some(*primary)
    }

    /// The primary key of the first entry after this key and primary key, in the order of keys.
    pub fn first_after(&self, table: TableId, key: K, primary: u64) -> Option<u64> {
        let after = Bound::Excluded((table, key.order(), primary));
        let (found, _, primary) = self.by_key.range((after, Bound::Unbounded)).next()?;
        (*found == table).then_some(*primary)
    }

    /// The primary key of the last entry before this key and primary key, in the order of keys.
    pub fn last_before(&self, table: TableId, key: K, primary: u64) -> Option<u64> {
        let before = (table, key.order(), primary);
        let (found, _, primary) = self.by_key.range(..before).next_back()?;
        (*found == table).then_some(*primary)
    }

    /// The primary keys of the entries whose keys are within these bounds, in the order of keys.
    ///
    /// The lower bound is looked up in the map, in logarithmic time; the upper one is tested entry
    /// by entry. A lower bound above the upper one gives no entries.
    pub fn range(&self, table: TableId, from: Bound<K>, to: Bound<K>) -> impl Iterator<Item = u64> {
        let from = match from {
            Bound::Included(key) => Bound::Included((table, key.order(), 0)),
            Bound::Excluded(key) => Bound::Excluded((table, key.order(), u64::MAX)),
            Bound::Unbounded => Bound::Included((table, K::FIRST, 0)),
        };
        let to = match to {
            Bound::Included(key) => (key.order(), true),
            Bound::Excluded(key) => (key.order(), false),
            Bound::Unbounded => (K::LAST, true),
        };
        let entries = self.by_key.range((from, Bound::Unbounded));
        entries
            .take_while(move |(found, key, _)| {
                *found == table && (*key < to.0 || to.1 && *key == to.0)
            })
            .map(|(_, _, primary)| *primary)
    }

    /// The primary key of the first entry with exactly this key.
    pub fn find(&self, table: TableId, key: K) -> Option<u64> {
        let primary = self.first_from(table, key, 0)?;
        let entry = self.get(table, primary)?;
        (entry.key.order() == key.order()).then_some(primary)
    }

    /// The primary key of the last entry of the table, in the order of keys.
    pub fn last(&self, table: TableId) -> Option<u64> {
        let all = (table, K::FIRST, 0)..=(table, K::LAST, u64::MAX);
        let last = self.by_key.range(all).next_back();
        last.map(|(_, _, primary)| *primary)
    }
}

stored_struct! {
    /// The secondary indexes of the whole chain, one set for each key type.
    #[derive(Clone, Debug, Default)]
    pub struct Indexes {
        /// Keys of 64 bits: `db_idx64_*`.
        pub u64: SecondaryIndex<u64>,
        /// Keys of 128 bits: `db_idx128_*`.
        pub u128: SecondaryIndex<u128>,
        /// Keys of 256 bits, as two words of 128: `db_idx256_*`.
        pub u256: SecondaryIndex<[u128; 2]>,
        /// Keys of type `double`: `db_idx_double_*`.
        pub f64: SecondaryIndex<Float64>,
        /// Keys of type `long double`: `db_idx_long_double_*`.
        pub f128: SecondaryIndex<FloatBits128>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    fn filled(keys: &[f64]) -> SecondaryIndex<Float64> {
        let mut index = SecondaryIndex::default();
        for (primary, key) in keys.iter().enumerate() {
            let key = Float64(key.to_bits());
            let payer = name!("alice");
            let number = primary as u64;
            index.set(1, number, IndexEntry { number, key, payer });
        }
        index
    }

    #[test]
    fn floats_are_in_the_order_of_numbers_and_zeros_are_equal() {
        let index = filled(&[1.5, -2.0, 0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY]);
        let mut seen = vec![
            index
                .first_from(1, Float64(f64::NEG_INFINITY.to_bits()), 0)
                .unwrap(),
        ];
        while let Some(next) = {
            let last = *seen.last().unwrap();
            index.first_after(1, index.get(1, last).unwrap().key, last)
        } {
            seen.push(next);
        }
        assert_eq!(seen, [5, 1, 2, 3, 0, 4]);
        assert_eq!(index.find(1, Float64((-0.0f64).to_bits())), Some(2));
        assert_eq!(index.last(1), Some(4));
    }

    #[test]
    fn tables_do_not_see_each_other() {
        let index = filled(&[1.0, 2.0]);
        assert_eq!(index.last(0), None);
        assert_eq!(index.last(2), None);
        assert_eq!(index.first_from(0, Float64(0), 0), None);
        assert_eq!(index.last_before(1, Float64(1f64.to_bits()), 0), None);
    }

    #[test]
    fn an_entry_moves_with_its_key() {
        let mut index = filled(&[1.0, 2.0]);
        let (key, payer) = (Float64(3f64.to_bits()), name!("bob"));
        let number = 0;
        index.set(1, 0, IndexEntry { number, key, payer });
        assert_eq!(index.find(1, Float64(1f64.to_bits())), None);
        assert_eq!(index.last(1), Some(0));
        index.remove(1, 0);
        assert_eq!(index.last(1), Some(1));
    }
}
