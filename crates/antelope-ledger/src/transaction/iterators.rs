//! Iterators: the numbers by which a contract refers to rows and to the ends of tables.
//!
//! Mirrors `iterator_cache` in `libraries/chain/include/eosio/chain/apply_context.hpp` of a node.
//! The numbers are visible to contracts, so they must be given in the same order.

use crate::state::{TableId, TableKey};
use antelope_types::{ChainError, ErrorKind, ensure};
use std::collections::HashMap;

/// The iterators that an action has been given over rows, or over entries with one type of key.
///
/// | number | meaning |
/// |---|---|
/// | 0 and above | a row, numbered in the order in which rows were first found |
/// | -1 | nothing: the table does not exist |
/// | -2 and below | the end of a table, in the order in which tables were first looked at |
///
/// A row keeps its number until it is removed through it; stored again it gets a new one.
#[derive(Default)]
pub struct Iterators {
    /// The rows by number; `None` for one that was removed.
    rows: Vec<Option<(TableId, u64)>>,
    /// The number of each row.
    numbers: HashMap<(TableId, u64), i32>,
    /// The tables whose ends have numbers, in order.
    tables: Vec<(TableId, TableKey)>,
}

/// The iterator that refers to nothing.
pub(super) const NONE: i32 = -1;

impl Iterators {
    /// The end of a table, which is given a number if it has none.
    pub(super) fn end(&mut self, id: TableId, key: TableKey) -> i32 {
        // An action rarely sees more than a handful of tables, so a list is searched fastest.
        let known = self.tables.iter().position(|(known, _)| *known == id);
        let index = known.unwrap_or_else(|| {
            self.tables.push((id, key));
            self.tables.len() - 1
        });
        -(index as i32 + 2)
    }

    /// The key and the end of a table whose end has a number.
    ///
    /// # Errors
    /// `table_not_in_cache` (3160004) otherwise; every row found has its table registered, so this
    /// does not happen.
    pub(super) fn table(&self, id: TableId) -> Result<(TableKey, i32), ChainError> {
        let index = self.tables.iter().position(|(known, _)| *known == id);
        let index = index.ok_or_else(|| {
            ChainError::new(
                ErrorKind::TableNotInCache,
                "an invariant was broken, table should be in cache",
            )
        })?;
        Ok((self.tables[index].1, -(index as i32 + 2)))
    }

    /// The table that this number is the end of.
    ///
    /// # Errors
    /// `invalid_table_iterator` (3160003) if the number was never given.
    pub(super) fn table_of_end(&self, end: i32) -> Result<TableId, ChainError> {
        let index = usize::try_from(-(i64::from(end) + 2)).unwrap_or(usize::MAX);
        match self.tables.get(index) {
            Some((id, _)) => Ok(*id),
            None => Err(ChainError::new(
                ErrorKind::InvalidTableIterator,
                "not a valid end iterator",
            )),
        }
    }

    /// The number of a row, which is given one if it has none.
    pub(super) fn add(&mut self, row: (TableId, u64)) -> i32 {
        *self.numbers.entry(row).or_insert_with(|| {
            self.rows.push(Some(row));
            self.rows.len() as i32 - 1
        })
    }

    /// The row with this number.
    ///
    /// # Errors
    /// - `invalid_table_iterator` (3160003) for -1 and for a number that was never given.
    /// - `table_operation_not_permitted` (3160005) for the end of a table and for a row that was
    ///   removed.
    pub(super) fn get(&self, iterator: i32) -> Result<(TableId, u64), ChainError> {
        ensure!(iterator != NONE, InvalidTableIterator, "invalid iterator");
        ensure!(
            iterator >= 0,
            TableOperationNotPermitted,
            "dereference of end iterator"
        );
        let row = self.rows.get(iterator as usize).ok_or_else(|| {
            ChainError::new(ErrorKind::InvalidTableIterator, "iterator out of range")
        })?;
        row.ok_or_else(|| {
            ChainError::new(
                ErrorKind::TableOperationNotPermitted,
                "dereference of deleted object",
            )
        })
    }

    /// The rows that have numbers, in order.
    pub(super) fn open(&self) -> impl Iterator<Item = (TableKey, u64)> {
        self.rows.iter().flatten().filter_map(|(id, primary)| {
            let table = self.tables.iter().find(|(known, _)| known == id)?;
            Some((table.1, *primary))
        })
    }

    /// Forgets the row with this number, which was removed.
    pub(super) fn remove(&mut self, iterator: i32) {
        let row = usize::try_from(iterator).ok();
        let row = row.and_then(|index| self.rows.get_mut(index));
        if let Some(row) = row.and_then(Option::take) {
            self.numbers.remove(&row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{Name, name};

    fn key(scope: u64) -> TableKey {
        TableKey {
            code: name!("token"),
            scope: Name::from_raw(scope),
            table: name!("accounts"),
        }
    }

    #[test]
    fn numbers_are_given_in_order_and_kept() {
        let mut iterators = Iterators::default();
        assert_eq!(iterators.end(7, key(1)), -2);
        assert_eq!(iterators.end(9, key(2)), -3);
        assert_eq!(iterators.end(7, key(1)), -2);
        assert_eq!(iterators.add((7, 100)), 0);
        assert_eq!(iterators.add((7, 50)), 1);
        assert_eq!(iterators.add((7, 100)), 0);
        assert_eq!(iterators.table_of_end(-3).unwrap(), 9);
    }

    #[test]
    fn a_removed_row_gets_a_new_number() {
        let mut iterators = Iterators::default();
        let first = iterators.add((7, 100));
        iterators.remove(first);
        assert_eq!(
            iterators.get(first).unwrap_err().message(),
            "dereference of deleted object"
        );
        assert_eq!(iterators.add((7, 100)), 1);
    }

    #[test]
    fn what_is_no_row_is_told_apart() {
        let mut iterators = Iterators::default();
        iterators.end(7, key(1));
        for (iterator, kind, message) in [
            (-1, ErrorKind::InvalidTableIterator, "invalid iterator"),
            (
                -2,
                ErrorKind::TableOperationNotPermitted,
                "dereference of end iterator",
            ),
            (0, ErrorKind::InvalidTableIterator, "iterator out of range"),
        ] {
            let error = iterators.get(iterator).unwrap_err();
            assert_eq!(
                (error.kind(), error.message()),
                (kind, message),
                "{iterator}"
            );
        }
        assert!(iterators.table_of_end(-3).is_err());
        assert!(iterators.table_of_end(i32::MIN).is_err());
    }
}
