//! Rows of contracts, to look at from outside.

use super::Chain;
use crate::state::TableKey;
use antelope_types::{Decode, DecodeError, Name};

impl Chain {
    /// The rows of a contract's table in one scope, ascending by primary key.
    ///
    /// # Errors
    /// Where a row is no `T`.
    pub fn rows<T>(&self, code: Name, scope: Name, table: Name) -> Result<Vec<T>, DecodeError>
    where
        T: for<'a> Decode<'a>,
    {
        let key = TableKey { code, scope, table };
        let rows = self.state().rows(key);
        rows.map(|(_, row)| T::from_bytes(&row.value)).collect()
    }

    /// One row of a contract's table, if it is there.
    ///
    /// # Errors
    /// Where the row is no `T`.
    pub fn row<T>(
        &self,
        code: Name,
        scope: Name,
        table: Name,
        primary: u64,
    ) -> Result<Option<T>, DecodeError>
    where
        T: for<'a> Decode<'a>,
    {
        let key = TableKey { code, scope, table };
        let row = self.state().row(key, primary);
        row.map(|row| T::from_bytes(&row.value)).transpose()
    }
}
