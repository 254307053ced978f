//! Rows of tables, which contracts read and write by iterators: the `db_…_i64` host functions.
//!
//! Mirrors `db_store_i64` to `db_end_i64` in `libraries/chain/apply_context.cpp` of a node. A
//! contract may read any table, and write only those of the account that it runs for. RAM is billed
//! to the payer that the contract names.
//!
//! Lookups return an [iterator](super::iterators::Iterators): a row, the end of a table, or -1 for
//! a table that does not exist.

use super::ApplyContext;
use super::iterators::NONE;
use crate::state::{Row, TableId, TableInfo, TableKey, ram};
use antelope_types::{ChainError, ErrorKind, Name, ensure};
use std::sync::Arc;

impl ApplyContext<'_> {
    /// Adds a row to a table of the receiver, billed to `payer`, and returns its iterator. The
    /// table is created with its first row.
    ///
    /// # Errors
    /// - `table_operation_not_permitted` (3160005) in a read-only transaction.
    /// - `invalid_table_payer` (3160001) if the payer is empty.
    /// - `std::logic_error` of the database (`std_exception`, 13) if there is a row with this
    ///   primary key.
    /// - Errors of billing RAM.
    pub fn db_store(
        &mut self,
        scope: Name,
        table: Name,
        payer: Name,
        primary: u64,
        value: &[u8],
    ) -> Result<i32, ChainError> {
        self.require_writable("store")?;
        let (key, id) = self.find_or_create_table(scope, table, payer)?;
        ensure!(
            payer != Name::default(),
            InvalidTablePayer,
            "must specify a valid account to pay for new record"
        );
        ensure_new(!self.state().rows.contains_key(&(id, primary)))?;
        let row = Row {
            number: self.state_mut().number_object(),
            payer,
            value: value.into(),
        };
        self.state_mut().rows.insert((id, primary), row);
        self.count_table(key, 1)?;
        self.add_row_ram(payer, ram::ROW + value.len() as i64)?;
        self.rows.end(id, key);
        Ok(self.rows.add((id, primary)))
    }

    /// Replaces the bytes of a row, and its payer unless `payer` is empty. Only the difference is
    /// billed if the payer stays.
    ///
    /// # Errors
    /// - `table_operation_not_permitted` (3160005) in a read-only transaction, and if the iterator
    ///   is an end or its row was removed.
    /// - `invalid_table_iterator` (3160003) if the iterator was never given.
    /// - `table_access_violation` (3160002) if the table belongs to another contract.
    /// - Errors of billing RAM.
    pub fn db_update(
        &mut self,
        iterator: i32,
        payer: Name,
        value: &[u8],
    ) -> Result<(), ChainError> {
        self.require_writable("update")?;
        let row = self.rows.get(iterator)?;
        self.require_own(self.rows.table(row.0)?.0)?;
        let (number, old_payer, old_size) = {
            let row = self.row(row)?;
            (row.number, row.payer, ram::ROW + row.value.len() as i64)
        };
        let payer = if payer == Name::default() {
            old_payer
        } else {
            payer
        };
        let size = ram::ROW + value.len() as i64;
        if payer != old_payer {
            self.add_row_ram(old_payer, -old_size)?;
            self.add_row_ram(payer, size)?;
        } else if size != old_size {
            self.add_row_ram(payer, size - old_size)?;
        }
        let value = value.into();
        let new = Row {
            number,
            payer,
            value,
        };
        self.state_mut().rows.insert(row, new);
        Ok(())
    }

    /// Removes a row, and gives its RAM back to its payer. The table is removed with its last row.
    ///
    /// # Errors
    /// As [`db_update`](Self::db_update).
    pub fn db_remove(&mut self, iterator: i32) -> Result<(), ChainError> {
        self.require_writable("remove")?;
        let row = self.rows.get(iterator)?;
        let (key, _) = self.rows.table(row.0)?;
        self.require_own(key)?;
        let (payer, size) = {
            let row = self.row(row)?;
            (row.payer, ram::ROW + row.value.len() as i64)
        };
        self.add_row_ram(payer, -size)?;
        self.state_mut().rows.remove(&row);
        self.count_table(key, -1)?;
        self.rows.remove(iterator);
        Ok(())
    }

    /// The bytes of a row.
    ///
    /// # Errors
    /// `invalid_table_iterator` (3160003) if the iterator was never given, and
    /// `table_operation_not_permitted` (3160005) if it is an end or its row was removed.
    pub fn db_get(&self, iterator: i32) -> Result<Arc<[u8]>, ChainError> {
        Ok(Arc::clone(&self.row(self.rows.get(iterator)?)?.value))
    }

    /// The row after this one, with its primary key; the end after the last row, and -1 after an
    /// end.
    ///
    /// # Errors
    /// `invalid_table_iterator` (3160003) for -1 and for an iterator that was never given, and
    /// `table_operation_not_permitted` (3160005) if the row was removed.
    pub fn db_next(&mut self, iterator: i32) -> Result<(i32, Option<u64>), ChainError> {
        if iterator < NONE {
            return Ok((NONE, None));
        }
        let (id, primary) = self.rows.get(iterator)?;
        let next = match primary.checked_add(1) {
            Some(from) => self.first_row(id, from),
            None => None,
        };
        Ok(match next {
            Some(primary) => (self.rows.add((id, primary)), Some(primary)),
            None => (self.rows.table(id)?.1, None),
        })
    }

    /// The row before this one, or the last row before an end, with its primary key; -1 before the
    /// first.
    ///
    /// # Errors
    /// As [`db_next`](Self::db_next).
    pub fn db_previous(&mut self, iterator: i32) -> Result<(i32, Option<u64>), ChainError> {
        let (id, previous) = if iterator < NONE {
            let id = self.rows.table_of_end(iterator)?;
            (id, self.last_row(id, (id, u64::MAX), true))
        } else {
            let row = self.rows.get(iterator)?;
            (row.0, self.last_row(row.0, row, false))
        };
        Ok(match previous {
            Some(primary) => (self.rows.add((id, primary)), Some(primary)),
            None => (NONE, None),
        })
    }

    /// The row with this primary key; the end of the table if there is none; -1 if there is no
    /// table.
    pub fn db_find(&mut self, code: Name, scope: Name, table: Name, primary: u64) -> i32 {
        let Some((id, end)) = self.seen_table(code, scope, table) else {
            return NONE;
        };
        if self.state().rows.contains_key(&(id, primary)) {
            self.rows.add((id, primary))
        } else {
            end
        }
    }

    /// The first row whose primary key is not less than this one; the end of the table if there is
    /// none; -1 if there is no table.
    pub fn db_lower_bound(&mut self, code: Name, scope: Name, table: Name, primary: u64) -> i32 {
        let Some((id, end)) = self.seen_table(code, scope, table) else {
            return NONE;
        };
        match self.first_row(id, primary) {
            Some(primary) => self.rows.add((id, primary)),
            None => end,
        }
    }

    /// The first row whose primary key is greater than this one; the end of the table if there is
    /// none; -1 if there is no table.
    pub fn db_upper_bound(&mut self, code: Name, scope: Name, table: Name, primary: u64) -> i32 {
        let Some((id, end)) = self.seen_table(code, scope, table) else {
            return NONE;
        };
        let first = primary
            .checked_add(1)
            .and_then(|from| self.first_row(id, from));
        match first {
            Some(primary) => self.rows.add((id, primary)),
            None => end,
        }
    }

    /// The end of the table; -1 if there is no table.
    pub fn db_end(&mut self, code: Name, scope: Name, table: Name) -> i32 {
        self.seen_table(code, scope, table)
            .map_or(NONE, |(_, end)| end)
    }

    /// The primary key of the first row at or after `from`.
    fn first_row(&self, id: TableId, from: u64) -> Option<u64> {
        let mut rows = self.state().rows.range((id, from)..=(id, u64::MAX));
        rows.next().map(|((_, primary), _)| *primary)
    }

    /// The primary key of the last row before this one, or at it if `inclusive`.
    fn last_row(&self, id: TableId, before: (TableId, u64), inclusive: bool) -> Option<u64> {
        let rows = &self.state().rows;
        let last = if inclusive {
            rows.range((id, 0)..=before).next_back()
        } else {
            rows.range((id, 0)..before).next_back()
        };
        last.map(|((_, primary), _)| *primary)
    }

    /// The row, if it was not removed through another iterator.
    fn row(&self, row: (TableId, u64)) -> Result<&Row, ChainError> {
        self.state().rows.get(&row).ok_or_else(|| {
            ChainError::new(
                ErrorKind::TableOperationNotPermitted,
                "dereference of deleted object",
            )
        })
    }

    /// The number and the end of a table, which is given a number if it has none: nodes number
    /// tables in the order in which they are looked at.
    fn seen_table(&mut self, code: Name, scope: Name, table: Name) -> Option<(TableId, i32)> {
        let key = TableKey { code, scope, table };
        let id = self.find_table(key)?.id;
        Some((id, self.rows.end(id, key)))
    }

    /// The table, if it exists.
    pub(super) fn find_table(&self, key: TableKey) -> Option<&TableInfo> {
        self.state().find_table(key)
    }

    /// The receiver's table, which is created and billed to `payer` if it does not exist.
    ///
    /// # Errors
    /// Errors of billing RAM.
    pub(super) fn find_or_create_table(
        &mut self,
        scope: Name,
        table: Name,
        payer: Name,
    ) -> Result<(TableKey, TableId), ChainError> {
        let code = self.receiver;
        let key = TableKey { code, scope, table };
        if let Some(info) = self.find_table(key) {
            return Ok((key, info.id));
        }
        self.add_row_ram(payer, ram::TABLE)?;
        Ok((key, self.state_mut().create_table(key, payer).id))
    }

    /// Changes the count of rows and index entries of a table, and removes the table when none is
    /// left; its RAM is given back to whoever created it.
    pub(super) fn count_table(&mut self, key: TableKey, change: i32) -> Result<(), ChainError> {
        let Some(info) = self.state_mut().tables.get_mut(&key) else {
            return Ok(());
        };
        info.count = info.count.saturating_add_signed(change);
        if info.count > 0 {
            return Ok(());
        }
        let payer = info.payer;
        self.state_mut().remove_table(key);
        self.add_row_ram(payer, -ram::TABLE)
    }

    /// Checks that the transaction may change the state; `what` completes the message.
    ///
    /// # Errors
    /// `table_operation_not_permitted` (3160005) in a read-only transaction.
    pub(super) fn require_writable(&self, what: &str) -> Result<(), ChainError> {
        ensure!(
            !self.transaction.is_read_only(),
            TableOperationNotPermitted,
            "cannot {what} a db record when executing a readonly transaction"
        );
        Ok(())
    }

    /// Checks that the table belongs to the receiver.
    ///
    /// # Errors
    /// `table_access_violation` (3160002).
    pub(super) fn require_own(&self, key: TableKey) -> Result<(), ChainError> {
        ensure!(
            key.code == self.receiver,
            TableAccessViolation,
            "db access violation"
        );
        Ok(())
    }
}

/// The error of a node's database for a second row with the same key.
pub(super) fn ensure_new(new: bool) -> Result<(), ChainError> {
    if !new {
        return Err(ChainError::database(
            "could not insert object, most likely a uniqueness constraint was violated",
        ));
    }
    Ok(())
}
