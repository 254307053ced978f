//! Entries of secondary indexes, which contracts read and write by iterators: the `db_idx…` host
//! functions.
//!
//! Mirrors `generic_index` in `libraries/chain/include/eosio/chain/apply_context.hpp` of a node.
//! One set of generic methods serves all key types; the executor has a host function for each.
//!
//! An index is a table of its own to the chain: its name is that of the table of rows with the
//! number of the index in the lowest four bits, and its entries have the primary keys of the rows.
//! Nothing links the two: the contract stores, updates and removes entries along with rows, and
//! other contracts may see whatever it left inconsistent.
//!
//! The chain reports positions as an [`IndexCursor`]: the iterator, and the key and row if it is an entry.

use super::ApplyContext;
use super::apply::Iterated;
use super::iterators::{Iterators, NONE};
use super::tables::ensure_new;
use crate::state::{IndexEntry, SecondaryIndex, TableId, TableKey};
use antelope_types::{ChainError, ErrorKind, Name, ensure};

/// A position in an index: its iterator, and the secondary and primary key if it is an entry.
pub type IndexCursor<K> = (i32, Option<(K, u64)>);

impl ApplyContext<'_> {
    /// Adds the entry of a row to an index of the receiver, billed to `payer`, and returns its
    /// iterator.
    ///
    /// # Errors
    /// - `table_operation_not_permitted` (3160005) in a read-only transaction.
    /// - `invalid_table_payer` (3160001) if the payer is empty.
    /// - `std::logic_error` of the database (`std_exception`, 13) if the row has an entry already.
    /// - Errors of billing RAM.
    pub fn index_store<K: Iterated>(
        &mut self,
        scope: Name,
        table: Name,
        payer: Name,
        primary: u64,
        key: K,
    ) -> Result<i32, ChainError> {
        self.require_writable("store")?;
        // Unlike for rows, the payer is checked before the table is created.
        ensure!(
            payer != Name::default(),
            InvalidTablePayer,
            "must specify a valid account to pay for new record"
        );
        let (table, id) = self.find_or_create_table(scope, table, payer)?;
        ensure_new(self.index::<K>().get(id, primary).is_none())?;
        let number = self.state_mut().number_object();
        let entry = IndexEntry { number, key, payer };
        K::indexes_mut(self.state_mut()).set(id, primary, entry);
        self.count_table(table, 1)?;
        self.add_row_ram(payer, K::RAM)?;
        self.places::<K>().end(id, table);
        Ok(self.places::<K>().add((id, primary)))
    }

    /// Replaces the key of an entry, and its payer unless `payer` is empty.
    ///
    /// # Errors
    /// - `table_operation_not_permitted` (3160005) in a read-only transaction, and if the iterator
    ///   is an end or its entry was removed.
    /// - `invalid_table_iterator` (3160003) if the iterator was never given.
    /// - `table_access_violation` (3160002) if the index belongs to another contract.
    /// - Errors of billing RAM.
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
        let old = self.entry::<K>(id, primary)?;
        let (number, old_payer) = (old.number, old.payer);
        let payer = if payer == Name::default() {
            old_payer
        } else {
            payer
        };
        // The size of an entry depends on the type of its key only, so nothing is billed if the
        // payer stays.
        if payer != old_payer {
            self.add_row_ram(old_payer, -K::RAM)?;
            self.add_row_ram(payer, K::RAM)?;
        }
        let entry = IndexEntry { number, key, payer };
        K::indexes_mut(self.state_mut()).set(id, primary, entry);
        Ok(())
    }

    /// Removes an entry, and gives its RAM back to its payer.
    ///
    /// # Errors
    /// As [`index_update`](Self::index_update).
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

    /// The first entry with exactly this key; the end of the index if there is none; -1 if the
    /// index does not exist.
    pub fn index_find<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        key: K,
    ) -> IndexCursor<K> {
        self.place(code, scope, table, |index, id| index.find(id, key))
    }

    /// The entry of the row with this primary key; the end if it has none; -1 if the index does not
    /// exist.
    pub fn index_find_primary<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        primary: u64,
    ) -> IndexCursor<K> {
        self.place(code, scope, table, |index, id| {
            index.get(id, primary).map(|_| primary)
        })
    }

    /// The first entry whose key is not less than this one; the end if there is none; -1 if the
    /// index does not exist.
    pub fn index_lower_bound<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        key: K,
    ) -> IndexCursor<K> {
        self.place(code, scope, table, |index, id| index.first_from(id, key, 0))
    }

    /// The first entry whose key is greater than this one; the end if there is none; -1 if the
    /// index does not exist.
    pub fn index_upper_bound<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        key: K,
    ) -> IndexCursor<K> {
        self.place(code, scope, table, |index, id| {
            index.first_after(id, key, u64::MAX)
        })
    }

    /// The end of the index; -1 if it does not exist.
    pub fn index_end<K: Iterated>(&mut self, code: Name, scope: Name, table: Name) -> i32 {
        self.place::<K>(code, scope, table, |_, _| None).0
    }

    /// The entry after this one, with its primary key; the end after the last entry, and -1 after
    /// an end.
    ///
    /// # Errors
    /// `invalid_table_iterator` (3160003) for -1 and for an iterator that was never given, and
    /// `table_operation_not_permitted` (3160005) if the entry was removed.
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

    /// The entry before this one, or the last entry before an end, with its primary key; -1 before
    /// the first.
    ///
    /// # Errors
    /// As [`index_next`](Self::index_next).
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

    /// The indexes with keys of this type.
    fn index<K: Iterated>(&self) -> &SecondaryIndex<K> {
        K::indexes(self.state())
    }

    /// The iterators over entries with keys of this type.
    fn places<K: Iterated>(&mut self) -> &mut Iterators {
        K::iterators(&mut self.iterators)
    }

    /// The entry of a row.
    ///
    /// # Errors
    /// `table_operation_not_permitted` (3160005) if it was removed, possibly through another
    /// iterator.
    fn entry<K: Iterated>(&self, id: TableId, primary: u64) -> Result<IndexEntry<K>, ChainError> {
        self.index::<K>().get(id, primary).copied().ok_or_else(|| {
            ChainError::new(
                ErrorKind::TableOperationNotPermitted,
                "dereference of deleted object",
            )
        })
    }

    /// Looks up a position: `find` returns the primary key of the entry, or `None` for the end. Any
    /// lookup gives the end an iterator, as on a node, which numbers later ends.
    fn place<K: Iterated>(
        &mut self,
        code: Name,
        scope: Name,
        table: Name,
        find: impl FnOnce(&SecondaryIndex<K>, TableId) -> Option<u64>,
    ) -> IndexCursor<K> {
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
