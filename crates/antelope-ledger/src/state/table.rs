//! Tables of contracts and their rows.
//!
//! A table is identified by contract, scope and name ([`TableKey`]). As in a node
//! (`table_id_object` and `key_value_object` in
//! `libraries/chain/include/eosio/chain/contract_table_objects.hpp`), each has a number, and rows
//! are keyed by that number and a 64-bit primary key. The chain does not look into rows: their
//! encoding is the contract's affair.
//!
//! A secondary index is found by a table name too: see [`State::indexed`]. A table exists from its
//! first row or index entry to its last, and its 112 bytes of RAM are billed to whoever stored the
//! first.

use super::{IndexKey, State};
use crate::stored::stored_struct;
use antelope_types::{Name, SymbolCode};
use serde::Serialize;
use std::ops::Bound;
use std::sync::Arc;

/// The number of a table. A table that is emptied and filled again gets a new one.
pub type TableId = u64;

stored_struct! {
    /// What identifies a table. The order is that of a node's index by code, scope and table.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
    pub struct TableKey {
        /// The account of the contract that owns the table; only this contract may write to it.
        pub code: Name,
        /// The scope, any 64-bit number: often an account's name, sometimes a symbol code.
        pub scope: Name,
        /// The name of the table.
        pub table: Name,
    }
}

impl TableKey {
    /// The scope as text: as a symbol code if its number is a valid one, otherwise as a name.
    ///
    /// The two cannot be confused when they are read: a number that is a symbol code has at most 56
    /// bits, so as a name it would begin with a dot.
    pub fn scope_text(&self) -> String {
        let code = SymbolCode::from_raw(self.scope.raw());
        match code.is_valid() {
            true => code.to_string(),
            false => self.scope.to_string(),
        }
    }
}

stored_struct! {
    /// What the chain keeps of a table in one scope, besides its rows.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct TableInfo {
        /// Its number, the first part of the keys of its rows and index entries.
        pub id: TableId,
        /// The account that is billed for the table itself: it paid for the first row.
        pub payer: Name,
        /// How many rows and index entries it has. The table is removed when this falls to 0.
        pub count: u32,
    }
}

stored_struct! {
    /// A row of a table.
    #[derive(Clone, Debug)]
    pub struct Row {
        /// A number that grows with each row stored and stays when it is updated: see
        /// `Global::next_object`.
        pub number: u64,
        /// The account that is billed for it.
        pub payer: Name,
        /// Its bytes, as the contract encoded them.
        pub value: Arc<[u8]>,
    }
}

/// Two rows are equal if they are the same write: a row that a contract has replaced by the same
/// bytes is another one, as it is a change in a node's state history.
impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        let same = Arc::ptr_eq(&self.value, &other.value);
        same && self.number == other.number && self.payer == other.payer
    }
}

impl State {
    /// Adds an empty table. RAM is billed by the caller, which must add a row: an empty table would
    /// stay.
    pub fn create_table(&mut self, key: TableKey, payer: Name) -> TableInfo {
        let id = self.global.next_table;
        self.global.next_table += 1;
        let info = TableInfo {
            id,
            payer,
            count: 0,
        };
        self.tables.insert(key, info);
        self.table_keys.insert(info.id, key);
        info
    }

    /// Removes a table. Its rows and entries must have been removed before.
    pub fn remove_table(&mut self, key: TableKey) {
        if let Some(info) = self.tables.remove(&key) {
            self.table_keys.remove(&info.id);
        }
    }

    /// The rows of a table with their primary keys, ascending; none if there is no such table.
    pub fn rows(&self, key: TableKey) -> impl DoubleEndedIterator<Item = (u64, &Row)> {
        let id = self.find_table(key).map(|info| info.id);
        let rows = id.map(|id| self.rows.range((id, 0)..=(id, u64::MAX)));
        rows.into_iter()
            .flatten()
            .map(|((_, primary), row)| (*primary, row))
    }

    /// The row of a table with this primary key.
    pub fn row(&self, key: TableKey, primary: u64) -> Option<&Row> {
        let id = self.find_table(key)?.id;
        self.rows.get(&(id, primary))
    }

    /// The rows of a table whose secondary keys are within bounds, with their primary keys,
    /// ascending by secondary key.
    ///
    /// `index` is the number of the index, from 0 to 15, in the order in which the contract
    /// declares them; `K` must be its key type. Index entries without a row are skipped.
    pub fn indexed<K: IndexKey>(
        &self,
        key: TableKey,
        index: u8,
        keys: (Bound<K>, Bound<K>),
    ) -> impl Iterator<Item = (u64, &Row)> {
        // The table of an index has the name of its rows' table, whose lowest four bits are always
        // 0 in a name of at most 12 characters, with the number of the index there. Index 0
        // therefore shares the table.
        let table = Name::from_raw(key.table.raw() & !0xf | u64::from(index) & 0xf);
        let entries = self.find_table(TableKey { table, ..key }).map(|info| {
            let index = K::indexes(self);
            index.range(info.id, keys.0, keys.1)
        });
        let rows = entries.into_iter().flatten();
        rows.filter_map(move |primary| Some((primary, self.row(key, primary)?)))
    }

    /// The scopes in which a contract's table exists, ascending, each with the table's payer and
    /// count.
    pub fn scopes(&self, code: Name, table: Name) -> impl Iterator<Item = (Name, &TableInfo)> {
        let first = TableKey {
            code,
            scope: Name::default(),
            table: Name::default(),
        };
        self.tables
            .range(first..)
            .take_while(move |(key, _)| key.code == code)
            .filter(move |(key, _)| key.table == table)
            .map(|(key, info)| (key.scope, info))
    }
}
