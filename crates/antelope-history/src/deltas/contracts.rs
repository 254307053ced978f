//! Tables of contracts, their rows, and their secondary indexes.
//!
//! A row is told by code, scope and table, and not by the number of its table; the tables of the
//! state that the row is of have them.

use super::table::{Blocks, Output, Table, put};
use crate::version::Version;
use antelope_ledger::state::{
    Float64, FloatBits128, IndexEntry, IndexKey, Map, Row, State, TableId, TableInfo, TableKey,
};
use antelope_types::{Encode, Name};
use std::marker::PhantomData;

/// Appends the tables of this module.
pub(super) fn write(blocks: Blocks<'_>, out: &mut Output) {
    out.table::<Tables>(blocks);
    out.table::<Contents>(blocks);
    out.table::<Entries<u64>>(blocks);
    out.table::<Entries<u128>>(blocks);
    out.table::<Entries<[u128; 2]>>(blocks);
    out.table::<Entries<Float64>>(blocks);
    out.table::<Entries<FloatBits128>>(blocks);
}

/// The fields that identify a table, with which rows of this module begin.
#[derive(Encode)]
struct TableFields {
    /// The contract.
    code: Name,
    /// The scope.
    scope: Name,
    /// The name; of an index, the last four bits are its number.
    table: Name,
}

impl From<TableKey> for TableFields {
    fn from(TableKey { code, scope, table }: TableKey) -> Self {
        Self { code, scope, table }
    }
}

/// The place of the table with this number, which exists while it has rows.
fn place(state: &State, table: TableId) -> TableFields {
    let empty = TableKey {
        code: Name::default(),
        scope: Name::default(),
        table: Name::default(),
    };
    TableFields::from(state.table_keys.get(&table).copied().unwrap_or(empty))
}

/// The table `contract_table`.
struct Tables;

/// `contract_table_v0`.
#[derive(Encode)]
struct TableRow {
    /// Which table it is.
    place: TableFields,
    /// Who stored its first row, and pays for the table.
    payer: Name,
}

impl Table for Tables {
    const NAME: &'static str = "contract_table";
    type Key = TableKey;
    type Value = TableInfo;

    fn map(state: &State) -> &Map<TableKey, TableInfo> {
        &state.tables
    }

    fn number(_: &State, _: &TableKey, info: &TableInfo) -> u64 {
        info.id
    }

    fn differs(old: &TableInfo, new: &TableInfo) -> bool {
        // The count of rows is not in it.
        old.payer != new.payer
    }

    fn row(_: &State, key: &TableKey, info: &TableInfo, out: &mut Vec<u8>) {
        let row = TableRow {
            place: TableFields::from(*key),
            payer: info.payer,
        };
        put(&Version::<0, _>(row), out);
    }
}

/// The table `contract_row`.
struct Contents;

/// `contract_row_v0`.
#[derive(Encode)]
struct ContentRow<'a> {
    /// The table.
    place: TableFields,
    /// The primary key.
    primary_key: u64,
    /// Who pays for the row.
    payer: Name,
    /// Its bytes, as the contract has encoded them.
    value: &'a [u8],
}

impl Table for Contents {
    const NAME: &'static str = "contract_row";
    type Key = (TableId, u64);
    type Value = Row;

    fn map(state: &State) -> &Map<(TableId, u64), Row> {
        &state.rows
    }

    fn number(_: &State, _: &(TableId, u64), row: &Row) -> u64 {
        row.number
    }

    fn differs(_: &Row, _: &Row) -> bool {
        // Rows that are not the same write are unequal.
        true
    }

    fn row(state: &State, (table, primary): &(TableId, u64), row: &Row, out: &mut Vec<u8>) {
        let row = ContentRow {
            place: place(state, *table),
            primary_key: *primary,
            payer: row.payer,
            value: &row.value,
        };
        put(&Version::<0, _>(row), out);
    }
}

/// The entries of all indexes with keys of one type.
struct Entries<K>(PhantomData<K>);

/// `contract_index64_v0` and the others: they differ in the type of the key.
#[derive(Encode)]
struct EntryRow<K> {
    /// The table of the index.
    place: TableFields,
    /// The primary key of the row that it leads to.
    primary_key: u64,
    /// Who pays for the entry.
    payer: Name,
    /// The key by which the index sorts.
    secondary_key: K,
}

/// A key type with its table and its encoding in rows.
trait Key: IndexKey {
    /// The name of the table.
    const TABLE: &'static str;
    /// What is encoded.
    type Wire: Encode;
    /// The key as it is encoded.
    fn wire(self) -> Self::Wire;
}

impl<K: Key> Table for Entries<K> {
    const NAME: &'static str = K::TABLE;
    const REWRITES: bool = true;
    type Key = (TableId, u64);
    type Value = IndexEntry<K>;

    fn map(state: &State) -> &Map<(TableId, u64), IndexEntry<K>> {
        &K::indexes(state).by_primary
    }

    fn number(_: &State, _: &(TableId, u64), entry: &IndexEntry<K>) -> u64 {
        entry.number
    }

    fn differs(_: &IndexEntry<K>, _: &IndexEntry<K>) -> bool {
        true
    }

    fn row(
        state: &State,
        (table, primary): &(TableId, u64),
        entry: &IndexEntry<K>,
        out: &mut Vec<u8>,
    ) {
        let row = EntryRow {
            place: place(state, *table),
            primary_key: *primary,
            payer: entry.payer,
            secondary_key: entry.key.wire(),
        };
        put(&Version::<0, _>(row), out);
    }
}

/// Implements [`Key`]: the key type, its table, its encoding, and how one becomes the other.
macro_rules! key {
    ($type:ty, $table:literal, $wire:ty, |$key:ident| $to:expr) => {
        impl Key for $type {
            const TABLE: &'static str = $table;
            type Wire = $wire;
            fn wire(self) -> $wire {
                let $key = self;
                $to
            }
        }
    };
}

key!(u64, "contract_index64", u64, |key| key);
key!(u128, "contract_index128", u128, |key| key);
// The bytes of a checksum, whose first word is the more significant one.
key!([u128; 2], "contract_index256", [[u8; 16]; 2], |key| key
    .map(u128::to_be_bytes));
key!(Float64, "contract_index_double", u64, |key| key.0);
key!(FloatBits128, "contract_index_long_double", u128, |key| key
    .0);
