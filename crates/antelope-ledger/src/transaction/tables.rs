//! Rows of tables, as contracts read and write them by iterators.

use super::ApplyContext;
use super::iterators::NONE;
use crate::state::{Row, TableId, TableInfo, TableKey, ram};
use antelope_types::{ChainError, ErrorKind, Name, ensure};
use std::sync::Arc;

impl ApplyContext<'_> {
    /// Adds a row to a table of the receiver; its iterator.
    ///
    /// # Errors
    /// Where nobody pays, or there is a row with this key.
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
            payer,
            value: value.into(),
        };
        self.state_mut().rows.insert((id, primary), row);
        self.count_table(key, 1)?;
        self.add_row_ram(payer, ram::ROW + value.len() as i64)?;
        self.rows.end(id, key);
        Ok(self.rows.add((id, primary)))
    }

    /// Replaces the bytes of a row, and who pays for it unless the payer is empty.
    ///
    /// # Errors
    /// Where the iterator is no row of the receiver.
    pub fn db_update(
        &mut self,
        iterator: i32,
        payer: Name,
        value: &[u8],
    ) -> Result<(), ChainError> {
        self.require_writable("update")?;
        let row = self.rows.get(iterator)?;
        self.require_own(self.rows.table(row.0)?.0)?;
        let (old_payer, old_size) = {
            let row = self.row(row)?;
            (row.payer, ram::ROW + row.value.len() as i64)
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
        self.state_mut().rows.insert(row, Row { payer, value });
        Ok(())
    }

    /// Removes a row.
    ///
    /// # Errors
    /// Where the iterator is no row of the receiver.
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
    /// Where the iterator is no row.
    pub fn db_get(&self, iterator: i32) -> Result<Arc<[u8]>, ChainError> {
        Ok(Arc::clone(&self.row(self.rows.get(iterator)?)?.value))
    }

    /// The row after this one, with its key; the end of the table after the last.
    ///
    /// # Errors
    /// Where the iterator is neither a row nor an end.
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

    /// The row before this one or the last before an end, with its key.
    ///
    /// # Errors
    /// Where the iterator is neither a row nor an end.
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

    /// The row with this key, the end of the table, or -1 where there is no table.
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

    /// The first row from this key on, the end of the table, or -1 where there is no table.
    pub fn db_lower_bound(&mut self, code: Name, scope: Name, table: Name, primary: u64) -> i32 {
        let Some((id, end)) = self.seen_table(code, scope, table) else {
            return NONE;
        };
        match self.first_row(id, primary) {
            Some(primary) => self.rows.add((id, primary)),
            None => end,
        }
    }

    /// The first row after this key, the end of the table, or -1 where there is no table.
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

    /// The end of the table, or -1 where there is none.
    pub fn db_end(&mut self, code: Name, scope: Name, table: Name) -> i32 {
        self.seen_table(code, scope, table)
            .map_or(NONE, |(_, end)| end)
    }

    fn first_row(&self, id: TableId, from: u64) -> Option<u64> {
        let mut rows = self.state().rows.range((id, from)..=(id, u64::MAX));
        rows.next().map(|((_, primary), _)| *primary)
    }

    fn last_row(&self, id: TableId, before: (TableId, u64), inclusive: bool) -> Option<u64> {
        let rows = &self.state().rows;
        let last = if inclusive {
            rows.range((id, 0)..=before).next_back()
        } else {
            rows.range((id, 0)..before).next_back()
        };
        last.map(|((_, primary), _)| *primary)
    }

    fn row(&self, row: (TableId, u64)) -> Result<&Row, ChainError> {
        self.state().rows.get(&row).ok_or_else(|| {
            ChainError::new(
                ErrorKind::TableOperationNotPermitted,
                "dereference of deleted object",
            )
        })
    }

    fn seen_table(&mut self, code: Name, scope: Name, table: Name) -> Option<(TableId, i32)> {
        let key = TableKey { code, scope, table };
        let id = self.find_table(key)?.id;
        Some((id, self.rows.end(id, key)))
    }

    pub(super) fn find_table(&self, key: TableKey) -> Option<&TableInfo> {
        self.state().tables.get(&key)
    }

    /// The receiver's table, for which the payer pays if it is new.
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

    /// Counts rows and entries of indexes; a table without any is no more.
    pub(super) fn count_table(&mut self, key: TableKey, change: i32) -> Result<(), ChainError> {
        let Some(info) = self.state_mut().tables.get_mut(&key) else {
            return Ok(());
        };
        info.count = info.count.saturating_add_signed(change);
        if info.count > 0 {
            return Ok(());
        }
        let payer = info.payer;
        self.state_mut().tables.remove(&key);
        self.add_row_ram(payer, -ram::TABLE)
    }

    /// Fails where the transaction must change nothing.
    pub(super) fn require_writable(&self, what: &str) -> Result<(), ChainError> {
        ensure!(
            !self.transaction.is_read_only(),
            TableOperationNotPermitted,
            "cannot {what} a db record when executing a readonly transaction"
        );
        Ok(())
    }

    pub(super) fn require_own(&self, key: TableKey) -> Result<(), ChainError> {
        ensure!(
            key.code == self.receiver,
            TableAccessViolation,
            "db access violation"
        );
        Ok(())
    }
}

/// What the database of a node says of a second row with the same key.
pub(super) fn ensure_new(new: bool) -> Result<(), ChainError> {
    if !new {
        return Err(ChainError::database(
            "could not insert object, most likely a uniqueness constraint was violated",
        ));
    }
    Ok(())
}
