//! Entries of secondary indexes, as contracts read and write them by iterators.
//!
//! An index is a table of its own to the chain: it has the table's name, with its number in the
//! lowest bits, and the rows' primary keys.

use super::ApplyContext;
use super::apply::Iterated;
use super::iterators::{Iterators, NONE};
use super::tables::ensure_new;
use crate::state::{IndexEntry, SecondaryIndex, TableId, TableKey};
use antelope_types::{ChainError, ErrorKind, Name, ensure};

/// A place in an index: its iterator, and its key and row where it is an entry.
pub type Place<K> = (i32, Option<(K, u64)>);

impl ApplyContext<'_> {
    /// Adds the entry of a row to an index of the receiver; its iterator.
    ///
    /// # Errors
    /// Where nobody pays, or the row has an entry.
    pub fn index_store<K: Iterated>(
        &mut self,
        scope: Name,
        table: Name,
        payer: Name,
        primary: u64,
        key: K,
    ) -> Result<i32, ChainError> {
        self.require_writable("store")?;
        ensure!(
            payer != Name::default(),
            InvalidTablePayer,
            "must specify a valid account to pay for new record"
        );
        let (table, id) = self.find_or_create_table(scope, table, payer)?;
        ensure_new(self.index::<K>().get(id, primary).is_none())?;
        K::indexes_mut(self.state_mut()).set(id, primary, IndexEntry { key, payer });
        self.count_table(table, 1)?;
        self.add_row_ram(payer, K::RAM)?;
        self.places::<K>().end(id, table);
        Ok(self.places::<K>().add((id, primary)))
    }

    /// Replaces the key of an entry, and who pays for it unless the payer is empty.
    ///
    /// # Errors
    /// Where the iterator is no entry of the receiver.
    pub fn index_update<K: Iterated>(
        &mut self,
        iterator: i32,
        payer: Name,
        key: K,
    ) -> Result<(), ChainError> {
        self.require_writable("update")?;
        let (id, primary) = self.places::<K>().get(iterator)?;
        let table = self.places::<K>().table(id)?.0;
        self.require_own(table)?;
        let old_payer = self.entry::<K>(id, primary)?.payer;
        let payer = if payer == Name::default() {
            old_payer
        } else {
            payer
        };
        if payer != old_payer {
            self.add_row_ram(old_payer, -K::RAM)?;
            self.add_row_ram(payer, K::RAM)?;
        }
        K::indexes_mut(self.state_mut()).set(id, primary, IndexEntry { key, payer });
        Ok(())
    }

    /// Removes an entry.
    ///
    /// # Errors
    /// Where the iterator is no entry of the receiver.
    pub fn index_remove<K: Iterated>(&mut self, iterator: i32) -> Result<(), ChainError> {
        self.require_writable("remove")?;
        let (id, primary) = self.places::<K>().get(iterator)?;
        let table = self.places::<K>().table(id)?.0;
        self.require_own(table)?;
        let payer = self.entry::<K>(id, primary)?.payer;
        self.add_row_ram(payer, -K::RAM)?;
        K::indexes_mut(self.state_mut()).remove(id, primary);
        self.count_table(table, -1)?;
        self.places::<K>().remove(iterator);
        Ok(())
    }

    /// The first entry with exactly this key, the end of the index, or -1 where there is none.
    pub fn index_find<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        key: K,
    ) -> Place<K> {
        self.place(code, scope, table, |index, id| index.find(id, key))
    }

    /// The entry of a row, the end of the index, or -1 where there is none.
    pub fn index_find_primary<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        primary: u64,
    ) -> Place<K> {
        self.place(code, scope, table, |index, id| {
            index.get(id, primary).map(|_| primary)
        })
    }

    /// The first entry from this key on, the end of the index, or -1 where there is none.
    pub fn index_lower_bound<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        key: K,
    ) -> Place<K> {
        self.place(code, scope, table, |index, id| index.first_from(id, key, 0))
    }

    /// The first entry after this key, the end of the index, or -1 where there is none.
    pub fn index_upper_bound<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        key: K,
    ) -> Place<K> {
        self.place(code, scope, table, |index, id| {
            index.first_after(id, key, u64::MAX)
        })
    }

    /// The end of the index, or -1 where there is none.
    pub fn index_end<K: Iterated>(&mut self, code: Name, scope: Name, table: Name) -> i32 {
        self.place::<K>(code, scope, table, |_, _| None).0
    }

    /// The entry after this one, with its row; the end of the index after the last.
    ///
    /// # Errors
    /// Where the iterator is neither an entry nor an end.
    pub fn index_next<K: Iterated>(
        &mut self,
        iterator: i32,
    ) -> Result<(i32, Option<u64>), ChainError> {
        if iterator < NONE {
            return Ok((NONE, None));
        }
        let (id, primary) = self.places::<K>().get(iterator)?;
        let key = self.entry::<K>(id, primary)?.key;
        Ok(match self.index::<K>().first_after(id, key, primary) {
            Some(next) => (self.places::<K>().add((id, next)), Some(next)),
            None => (self.places::<K>().table(id)?.1, None),
        })
    }

    /// The entry before this one or the last before an end, with its row.
    ///
    /// # Errors
    /// Where the iterator is neither an entry nor an end.
    pub fn index_previous<K: Iterated>(
        &mut self,
        iterator: i32,
    ) -> Result<(i32, Option<u64>), ChainError> {
        let (id, previous) = if iterator < NONE {
            let id = self.places::<K>().table_of_end(iterator)?;
            (id, self.index::<K>().last(id))
        } else {
            let (id, primary) = self.places::<K>().get(iterator)?;
            let key = self.entry::<K>(id, primary)?.key;
            (id, self.index::<K>().last_before(id, key, primary))
        };
        Ok(match previous {
            Some(primary) => (self.places::<K>().add((id, primary)), Some(primary)),
            None => (NONE, None),
        })
    }

    fn index<K: Iterated>(&self) -> &SecondaryIndex<K> {
        K::indexes(self.state())
    }

    fn places<K: Iterated>(&mut self) -> &mut Iterators {
        K::iterators(&mut self.iterators)
    }

    fn entry<K: Iterated>(&self, id: TableId, primary: u64) -> Result<IndexEntry<K>, ChainError> {
        self.index::<K>().get(id, primary).copied().ok_or_else(|| {
            ChainError::new(
                ErrorKind::TableOperationNotPermitted,
                "dereference of deleted object",
            )
        })
    }

    fn place<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        find: impl FnOnce(&SecondaryIndex<K>, TableId) -> Option<u64>,
    ) -> Place<K> {
        let key = TableKey { code, scope, table };
        let Some(id) = self.find_table(key).map(|info| info.id) else {
            return (NONE, None);
        };
        let end = self.places::<K>().end(id, key);
        let found = find(self.index::<K>(), id);
        let found =
            found.and_then(|primary| Some((self.index::<K>().get(id, primary)?.key, primary)));
        match found {
            Some((key, primary)) => {
                let iterator = self.places::<K>().add((id, primary));
                (iterator, Some((key, primary)))
            }
            None => (end, None),
        }
    }
}
