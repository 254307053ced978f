//! One table: which of its rows differ, in which order they are listed, and the bytes of all that.

use antelope_ledger::state::{Map, State};
use antelope_types::{Encode, Encoder, VarUint32};
use imbl::ordmap::DiffItem;
use std::collections::BTreeMap;

/// The states that are compared.
#[derive(Clone, Copy)]
pub(super) struct Blocks<'a> {
    /// Before the block; `None` if the whole state is wanted.
    pub(super) before: Option<&'a State>,
    /// After the block.
    pub(super) after: &'a State,
}

/// A table whose rows are the entries of a map of the state.
///
/// Where one map is the source of two tables, each has an implementation of its own.
pub(super) trait Table {
    /// Its name.
    const NAME: &'static str;
    /// The key of the map.
    type Key: Ord + Clone;
    /// The value of the map.
    type Value: PartialEq + Clone;

    /// The map.
    fn map(state: &State) -> &Map<Self::Key, Self::Value>;

    /// The number of the object, which grows with each one that is made. An entry whose number has
    /// changed is another object under the same key.
    fn number(state: &State, key: &Self::Key, value: &Self::Value) -> u64;

    /// Whether a change of the value is a change of the row: values have fields that rows have not.
    fn differs(old: &Self::Value, new: &Self::Value) -> bool;

    /// Whether writing the value that is there already is a change to a node.
    const REWRITES: bool = false;

    /// Writes the row. `state` is the one that the entry is of.
    fn row(state: &State, key: &Self::Key, value: &Self::Value, out: &mut Vec<u8>);
}

/// The rows of a table that differ, each with what it is sorted by.
///
/// Changed and removed rows have their place in the order of the changes, or their number if nobody
/// has watched that; new rows have their number.
#[derive(Default)]
pub(super) struct Rows {
    changed: Vec<(u64, Vec<u8>)>,
    removed: Vec<(u64, Vec<u8>)>,
    added: Vec<(u64, Vec<u8>)>,
}

impl Rows {
    /// The rows of a table that has only one.
    pub(super) fn one(blocks: Blocks<'_>, differs: impl Fn(&State) -> bool, row: Vec<u8>) -> Self {
        let mut rows = Self::default();
        match blocks.before {
            None => rows.added.push((0, row)),
            Some(before) if differs(before) => rows.changed.push((0, row)),
            Some(_) => {}
        }
        rows
    }

    /// Adds a new row with this number.
    pub(super) fn add(&mut self, number: u64, row: Vec<u8>) {
        self.added.push((number, row));
    }

    /// The rows of a table that differ between the two states.
    pub(super) fn of<T: Table>(blocks: Blocks<'_>) -> Self {
        let mut rows = Self::default();
        let after = blocks.after;
        let numbered = |state: &State, key: &T::Key, value: &T::Value| {
            let mut bytes = Vec::new();
            T::row(state, key, value, &mut bytes);
            (T::number(state, key, value), bytes)
        };
        let Some(before) = blocks.before else {
            let all = T::map(after).iter();
            rows.added = all
                .map(|(key, value)| numbered(after, key, value))
                .collect();
            return rows;
        };
        let order = Order::of(T::map(after));
        let changed = |key: &T::Key, value: &T::Value| {
            let (number, row) = numbered(after, key, value);
            (order.changed(key).unwrap_or(number), row)
        };
        let removed = |key: &T::Key, value: &T::Value| {
            let (number, row) = numbered(before, key, value);
            (order.removed(key).unwrap_or(number), row)
        };
        for item in T::map(before).diff(T::map(after)) {
            match item {
                DiffItem::Add(key, value) => rows.added.push(numbered(after, key, value)),
                DiffItem::Remove(key, value) => rows.removed.push(removed(key, value)),
                DiffItem::Update {
                    old: (key, old),
                    new: (_, new),
                } => {
                    if T::number(before, key, old) != T::number(after, key, new) {
                        rows.removed.push(removed(key, old));
                        rows.added.push(numbered(after, key, new));
                    } else if T::differs(old, new) {
                        rows.changed.push(changed(key, new));
                    }
                }
            }
        }
        if T::REWRITES {
            for key in order.first.keys().copied() {
                let (old, new) = (T::map(before).get(key), T::map(after).get(key));
                if let (Some(old), Some(new)) = (old, new)
                    && old == new
                {
                    rows.changed.push(changed(key, new));
                }
            }
        }
        rows
    }

    /// How many rows there are.
    fn count(&self) -> usize {
        self.changed.len() + self.removed.len() + self.added.len()
    }
}

/// The order in which the keys of a map were written; empty for a map that was not watched.
struct Order<'a, K> {
    /// The place of the first write of each key.
    first: BTreeMap<&'a K, u64>,
    /// The place of the first removal of each key.
    removed: BTreeMap<&'a K, u64>,
}

impl<'a, K: Ord + Clone> Order<'a, K> {
    fn of<V: Clone>(map: &'a Map<K, V>) -> Self {
        let mut order = Self {
            first: BTreeMap::new(),
            removed: BTreeMap::new(),
        };
        for (place, write) in map.written().into_iter().flatten().enumerate() {
            order.first.entry(&write.key).or_insert(place as u64);
            if write.removed {
                order.removed.entry(&write.key).or_insert(place as u64);
            }
        }
        order
    }

    fn changed(&self, key: &K) -> Option<u64> {
        self.first.get(key).copied()
    }

    fn removed(&self, key: &K) -> Option<u64> {
        self.removed.get(key).copied()
    }
}

/// The bytes of the tables so far.
#[derive(Default)]
pub(super) struct Output {
    tables: u32,
    bytes: Vec<u8>,
}

impl Output {
    /// Appends a table that is a map of the state, if it has changed.
    pub(super) fn table<T: Table>(&mut self, blocks: Blocks<'_>) {
        self.rows(T::NAME, Rows::of::<T>(blocks));
    }

    /// Appends a table with these rows, if there are any.
    pub(super) fn rows(&mut self, name: &str, mut rows: Rows) {
        if rows.count() == 0 {
            return;
        }
        self.tables += 1;
        // The tag of `table_delta_v0`.
        put(&VarUint32(0), &mut self.bytes);
        put(name, &mut self.bytes);
        put(&VarUint32(rows.count() as u32), &mut self.bytes);
        rows.changed
            .sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        rows.removed
            .sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        rows.added.sort_by_key(|(number, _)| *number);
        // What a node has changed last comes first.
        for (present, rows) in [
            (true, rows.changed),
            (false, rows.removed),
            (true, rows.added),
        ] {
            for (_, row) in rows {
                put(&present, &mut self.bytes);
                put(&row[..], &mut self.bytes);
            }
        }
    }

    /// The encoding of all tables.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(5 + self.bytes.len());
        put(&VarUint32(self.tables), &mut bytes);
        bytes.extend(self.bytes);
        bytes
    }
}

/// Appends the encoding of a value.
pub(super) fn put<T: Encode + ?Sized>(value: &T, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + value.encoded_len(), 0);
    value.encode(&mut Encoder::new(&mut out[start..]));
}
