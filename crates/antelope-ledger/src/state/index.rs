//! Secondary indexes of tables, one set for each kind of key.

use super::{Map, Set, State, TableId, ram};
use antelope_types::Name;
use std::fmt::Debug;
use std::ops::Bound;

/// A key of a secondary index.
pub trait IndexKey: Copy + Debug + 'static {
    /// What it is ordered by.
    type Order: Ord + Clone + Debug + Send + Sync;
    /// The least of what it is ordered by.
    const FIRST: Self::Order;
    /// The greatest of what it is ordered by.
    const LAST: Self::Order;
    /// The RAM of an entry.
    const RAM: i64;

    /// What it is ordered by.
    fn order(self) -> Self::Order;
    /// The indexes with keys of this type.
    fn indexes(state: &State) -> &SecondaryIndex<Self>
    where
        Self: Sized;
    /// The indexes with keys of this type.
    fn indexes_mut(state: &mut State) -> &mut SecondaryIndex<Self>
    where
        Self: Sized;
}

/// The bits of a `double`. No NaN is ever stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Float64(pub u64);

/// The bits of a `long double`, in IEEE's 128. No NaN is ever stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloatBits128(pub u128);

/// Numbers that are ordered as the floats with these bits: zeros of both signs are equal.
macro_rules! float_order {
    ($bits:expr, $type:ty) => {{
        const SIGN: $type = 1 << (<$type>::BITS - 1);
        let bits = if $bits == SIGN { 0 } else { $bits };
        if bits & SIGN == 0 { bits | SIGN } else { !bits }
    }};
}

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

/// An entry of an index.
#[derive(Clone, Copy, Debug)]
pub struct IndexEntry<K> {
    pub key: K,
    pub payer: Name,
}

/// The indexes with keys of one type, of all tables.
#[derive(Clone, Debug)]
pub struct SecondaryIndex<K: IndexKey> {
    pub by_primary: Map<(TableId, u64), IndexEntry<K>>,
    pub by_key: Set<(TableId, K::Order, u64)>,
}

impl<K: IndexKey> Default for SecondaryIndex<K> {
    fn default() -> Self {
        Self {
            by_primary: Map::default(),
            by_key: Set::default(),
        }
    }
}

impl<K: IndexKey> SecondaryIndex<K> {
    pub fn get(&self, table: TableId, primary: u64) -> Option<&IndexEntry<K>> {
        self.by_primary.get(&(table, primary))
    }

    /// Who pays for the entries, and the tables they are of.
    pub fn payers(&self) -> impl Iterator<Item = (TableId, Name)> {
        let entries = self.by_primary.iter();
        entries.map(|((table, _), entry)| (*table, entry.payer))
    }

    /// Adds or replaces the entry of a row.
    pub fn set(&mut self, table: TableId, primary: u64, entry: IndexEntry<K>) {
        if let Some(old) = self.by_primary.insert((table, primary), entry) {
            self.by_key.remove(&(table, old.key.order(), primary));
        }
        self.by_key.insert((table, entry.key.order(), primary));
    }

    pub fn remove(&mut self, table: TableId, primary: u64) {
        if let Some(old) = self.by_primary.remove(&(table, primary)) {
            self.by_key.remove(&(table, old.key.order(), primary));
        }
    }

    /// The first row, in the order of keys, from this key and row on.
    pub fn first_from(&self, table: TableId, key: K, primary: u64) -> Option<u64> {
        let from = (table, key.order(), primary);
        let (found, _, primary) = self.by_key.range(from..).next()?;
        (*found == table).then_some(*primary)
    }

    /// The first row, in the order of keys, after this key and row.
    pub fn first_after(&self, table: TableId, key: K, primary: u64) -> Option<u64> {
        let after = Bound::Excluded((table, key.order(), primary));
        let (found, _, primary) = self.by_key.range((after, Bound::Unbounded)).next()?;
        (*found == table).then_some(*primary)
    }

    /// The last row, in the order of keys, before this key and row.
    pub fn last_before(&self, table: TableId, key: K, primary: u64) -> Option<u64> {
        let before = (table, key.order(), primary);
        let (found, _, primary) = self.by_key.range(..before).next_back()?;
        (*found == table).then_some(*primary)
    }

    /// The rows whose keys are in a range, in the order of keys.
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

    /// The row with this key that comes first.
    pub fn find(&self, table: TableId, key: K) -> Option<u64> {
        let primary = self.first_from(table, key, 0)?;
        let entry = self.get(table, primary)?;
        (entry.key.order() == key.order()).then_some(primary)
    }

    /// The last row of the table in the order of keys.
    pub fn last(&self, table: TableId) -> Option<u64> {
        let all = (table, K::FIRST, 0)..=(table, K::LAST, u64::MAX);
        let last = self.by_key.range(all).next_back();
        last.map(|(_, _, primary)| *primary)
    }
}

/// The indexes of all types.
#[derive(Clone, Debug, Default)]
pub struct Indexes {
    pub u64: SecondaryIndex<u64>,
    pub u128: SecondaryIndex<u128>,
    pub u256: SecondaryIndex<[u128; 2]>,
    pub f64: SecondaryIndex<Float64>,
    pub f128: SecondaryIndex<FloatBits128>,
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
            index.set(1, primary as u64, IndexEntry { key, payer });
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
        index.set(1, 0, IndexEntry { key, payer });
        assert_eq!(index.find(1, Float64(1f64.to_bits())), None);
        assert_eq!(index.last(1), Some(0));
        index.remove(1, 0);
        assert_eq!(index.last(1), Some(1));
    }
}
