//! Reading the rows of contracts from outside, typed.
//!
//! These read the state directly: no transaction runs, nothing is billed, and any account's tables
//! can be read, as through `get_table_rows`. Scopes and primary keys may be anything that is 64
//! bits: numbers, names, symbols.

use super::Chain;
use antelope_ledger::state::{Float64, FloatBits128, IndexKey, Row, TableKey};
use antelope_types::{
    Checksum256, Decode, DecodeError, Float128, Name, NamedTable, PrimaryKey, Symbol, SymbolCode,
};
use std::fmt;
use std::ops::RangeBounds;

/// A row whose bytes are not of the expected type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Contract, scope and table.
    pub table: TableKey,
    /// The row's primary key.
    pub primary: u64,
    /// What is wrong with the bytes, and where.
    pub error: DecodeError,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TableKey { code, scope, table } = self.table;
        write!(
            f,
            "row {} of {code}, {scope}, {table}: {}",
            self.primary, self.error
        )
    }
}

impl std::error::Error for RowError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// A type that can be the key of a secondary index, as in the SDK's tables.
///
/// | type | stored as |
/// |---|---|
/// | `u64`, [`Name`], [`Symbol`], [`SymbolCode`] | 64 bits |
/// | `u128` | 128 bits |
/// | [`Checksum256`] | two 128-bit words |
/// | `f64` | 64-bit float |
/// | [`Float128`] | 128-bit float |
pub trait IndexedBy {
    /// The key as it is stored: one of the five index types.
    type Raw: IndexKey;

    /// The key as it is stored.
    fn raw(&self) -> Self::Raw;
}

/// Implements [`IndexedBy`]: the type, the stored type, and the conversion.
macro_rules! indexed_by {
    ($($ty:ty => $raw:ty: $key:ident => $value:expr;)+) => {$(
        impl IndexedBy for $ty {
            type Raw = $raw;

            fn raw(&self) -> $raw {
                let $key = *self;
                $value
            }
        }
    )+};
}

indexed_by! {
    u64 => u64: key => key;
    Name => u64: key => key.raw();
    Symbol => u64: key => key.raw();
    SymbolCode => u64: key => key.raw();
    u128 => u128: key => key;
    Checksum256 => [u128; 2]: key => words(key.0);
    f64 => Float64: key => Float64(key.to_bits());
    Float128 => FloatBits128: key => FloatBits128(key.to_bits());
}

/// A 256-bit key as two words, the more significant one first: the order in which CDT stores
/// `checksum256`.
fn words(bytes: [u8; 32]) -> [u128; 2] {
    let (halves, _) = bytes.as_chunks::<16>();
    [
        u128::from_be_bytes(halves[0]),
        u128::from_be_bytes(halves[1]),
    ]
}

impl Chain {
    /// The rows of a contract's table in one scope, ascending by primary key. The type names the
    /// table: the SDK's `#[table]` implements [`NamedTable`].
    ///
    /// # Errors
    /// [`RowError`] for the first row that is not a `T`.
    pub fn rows<T>(&self, code: Name, scope: impl PrimaryKey) -> Result<Vec<T>, RowError>
    where
        T: NamedTable + for<'a> Decode<'a>,
    {
        self.rows_of(code, scope, T::TABLE)
    }

    /// As [`rows`](Self::rows), for a type that does not name its table.
    ///
    /// # Errors
    /// [`RowError`] for the first row that is not a `T`.
    ///
    /// ```
    /// use antelope_chain::{Chain, Genesis, NoContracts};
    /// use antelope_types::{Asset, name};
    /// use std::sync::Arc;
    ///
    /// let chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
    /// let (token, alice) = (name!("eosio.token"), name!("alice"));
    /// let balances: Vec<Asset> = chain.rows_of(token, alice, name!("accounts"))?;
    /// assert!(balances.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows_of<T>(
        &self,
        code: Name,
        scope: impl PrimaryKey,
        table: Name,
    ) -> Result<Vec<T>, RowError>
    where
        T: for<'a> Decode<'a>,
    {
        let key = key(code, scope, table);
        let rows = self.state().rows(key);
        rows.map(|(primary, row)| decode(key, primary, row))
            .collect()
    }

    /// The row with this primary key, if it exists.
    ///
    /// # Errors
    /// [`RowError`] where it is not a `T`.
    pub fn row<T>(
        &self,
        code: Name,
        scope: impl PrimaryKey,
        primary: impl PrimaryKey,
    ) -> Result<Option<T>, RowError>
    where
        T: NamedTable + for<'a> Decode<'a>,
    {
        self.row_of(code, scope, T::TABLE, primary)
    }

    /// As [`row`](Self::row), for a type that does not name its table.
    ///
    /// # Errors
    /// [`RowError`] where it is not a `T`.
    pub fn row_of<T>(
        &self,
        code: Name,
        scope: impl PrimaryKey,
        table: Name,
        primary: impl PrimaryKey,
    ) -> Result<Option<T>, RowError>
    where
        T: for<'a> Decode<'a>,
    {
        let (key, primary) = (key(code, scope, table), primary.raw());
        let row = self.state().row(key, primary);
        row.map(|row| decode(key, primary, row)).transpose()
    }

    /// A contract's singleton: the one row of a table, in the scope of the contract, with the
    /// table's name as its primary key.
    ///
    /// # Errors
    /// [`RowError`] where it is not a `T`.
    pub fn singleton<T>(&self, code: Name) -> Result<Option<T>, RowError>
    where
        T: NamedTable + for<'a> Decode<'a>,
    {
        self.row(code, code, T::TABLE)
    }

    /// The rows whose secondary keys are in a range, ascending by key. Indexes are numbered from 0
    /// in the order of their declaration (in `get_table_rows` they begin with 2).
    ///
    /// # Errors
    /// [`RowError`] for the first row that is not a `T`.
    pub fn rows_by<T, K>(
        &self,
        code: Name,
        scope: impl PrimaryKey,
        index: u8,
        keys: impl RangeBounds<K>,
    ) -> Result<Vec<T>, RowError>
    where
        T: NamedTable + for<'a> Decode<'a>,
        K: IndexedBy,
    {
        let table = key(code, scope, T::TABLE);
        let bounds = (
            keys.start_bound().map(IndexedBy::raw),
            keys.end_bound().map(IndexedBy::raw),
        );
        let found = self.state().indexed(table, index, bounds);
        found
            .map(|(primary, row)| decode(table, primary, row))
            .collect()
    }
}

/// The key of a table.
fn key(code: Name, scope: impl PrimaryKey, table: Name) -> TableKey {
    let scope = Name::from_raw(scope.raw());
    TableKey { code, scope, table }
}

/// A row as `T`.
fn decode<T>(table: TableKey, primary: u64, row: &Row) -> Result<T, RowError>
where
    T: for<'a> Decode<'a>,
{
    T::from_bytes(&row.value).map_err(|error| RowError {
        table,
        primary,
        error,
    })
}
