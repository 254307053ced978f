//! Tables of contracts.

use super::{IndexKey, State};
use antelope_types::{Name, SymbolCode};
use serde::Serialize;
use std::ops::Bound;
use std::sync::Arc;

/// A number that no other table has had.
pub type TableId = u64;

/// The contract, the scope and the name of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TableKey {
    /// The contract.
    pub code: Name,
    /// The scope.
    pub scope: Name,
    /// The name.
    pub table: Name,
}

impl TableKey {
    /// The scope as people write it: where it can be no name, but a symbol's code, as that code.
    pub fn scope_text(&self) -> String {
        let code = SymbolCode::from_raw(self.scope.raw());
        match code.is_valid() {
            true => code.to_string(),
            false => self.scope.to_string(),
        }
    }
}

/// A table in one scope.
#[derive(Clone, Copy, Debug)]
pub struct TableInfo {
    pub id: TableId,
    /// Who pays for the table itself.
    pub payer: Name,
    /// How many rows and entries of indexes it has.
    pub count: u32,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who pays for it.
    pub payer: Name,
    /// Its encoding.
    pub value: Arc<[u8]>,
}

impl State {
    /// Adds an empty table.
    pub fn create_table(&mut self, key: TableKey, payer: Name) -> TableInfo {
        let id = self.global.next_table;
        self.global.next_table += 1;
        let info = TableInfo {
            id,
            payer,
            count: 0,
        };
        self.tables.insert(key, info);
        info
    }

    /// The rows of a table with their primary keys, ascending.
    pub fn rows(&self, key: TableKey) -> impl DoubleEndedIterator<Item = (u64, &Row)> {
        let id = self.tables.get(&key).map(|info| info.id);
        let rows = id.map(|id| self.rows.range((id, 0)..=(id, u64::MAX)));
        rows.into_iter()
            .flatten()
            .map(|((_, primary), row)| (*primary, row))
    }

    /// One row.
    pub fn row(&self, key: TableKey, primary: u64) -> Option<&Row> {
        let id = self.tables.get(&key)?.id;
        self.rows.get(&(id, primary))
    }

    /// The rows of a table whose keys in the index with this number are in a range, with their
    /// primary keys, ascending by key.
    pub fn indexed<K: IndexKey>(
        &self,
        key: TableKey,
        index: u8,
        keys: (Bound<K>, Bound<K>),
    ) -> impl Iterator<Item = (u64, &Row)> {
        // The last four bits of a table's name are the number of the index.
        let table = Name::from_raw(key.table.raw() & !0xf | u64::from(index) & 0xf);
        let entries = self.tables.get(&TableKey { table, ..key }).map(|info| {
            let index = K::indexes(self);
            index.range(info.id, keys.0, keys.1)
        });
        let rows = entries.into_iter().flatten();
        rows.filter_map(move |primary| Some((primary, self.row(key, primary)?)))
    }

    /// The scopes of a contract's table, ascending, with what is known of each.
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
