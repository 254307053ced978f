//! Reading rows from another node.
//!
//! Nodes tell the contents of rows and not their primary keys. A contract may compute a key from the
//! row in any way, so that it cannot be taken from the contents either. But each page says with which
//! key the next one begins: a page without rows (`limit` 0) tells the first key, and a page of one row
//! the key after it. That is a request for each row.
//!
//! The table may change meanwhile. A row that was removed between two requests is noticed, and rows
//! that were changed or added are not.

use super::super::import::{Row, Table};
use super::super::input::invalid;
use antelope_chain::TableKey;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::{ChainError, ErrorKind, Name, Symbol, SymbolCode};
use serde::Deserialize;
use serde_json::{Value, json};

/// Another node, and how many rows of a table it is asked for.
pub(super) struct Remote {
    /// The way to it; a call takes 30 seconds at most.
    pub(super) client: Client,
    /// Rows of one table.
    pub(super) most: usize,
}

/// A page of `get_table_rows`.
#[derive(Deserialize)]
pub(super) struct Page {
    /// The rows, ascending by the key that was asked for.
    pub(super) rows: Vec<Paid>,
    /// Whether there are more.
    pub(super) more: bool,
    /// The key of the next row, in the form of a bound.
    #[serde(default)]
    pub(super) next_key: String,
}

/// A row with the account that pays for it.
#[derive(Deserialize)]
pub(super) struct Paid {
    /// Hexadecimal.
    pub(super) data: String,
    /// Who pays for its RAM.
    pub(super) payer: Name,
}

impl Page {
    /// The key of the first row that is not in it.
    pub(super) fn next(self) -> Option<String> {
        self.more.then_some(self.next_key)
    }
}

impl Remote {
    /// Calls the other node.
    ///
    /// # Errors
    /// Where it cannot be reached or refuses, with its reason.
    pub(super) fn call<A: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        request: &Value,
    ) -> Result<A, ChainError> {
        self.client.call(path, request).map_err(failed)
    }

    /// A page of a table: `fields` are added to the request, such as bounds and the index.
    ///
    /// # Errors
    /// As for [`call`](Self::call).
    pub(super) fn page(
        &self,
        key: TableKey,
        scope: &str,
        fields: Value,
    ) -> Result<Page, ChainError> {
        let mut request = json!({
            "code": key.code,
            "scope": scope,
            "table": key.table,
            "json": false,
            "show_payer": true,
        });
        if let (Some(request), Value::Object(fields)) = (request.as_object_mut(), fields) {
            request.extend(fields);
        }
        self.call("/v1/chain/get_table_rows", &request)
    }

    /// All rows of a table with its indexes.
    ///
    /// # Errors
    /// Where there are more than were allowed, or the table is seen to change meanwhile.
    pub(super) fn table(&self, key: TableKey, scope: &str) -> Result<Table, ChainError> {
        let mut rows = Vec::new();
        // A page of no rows tells the first key, and a page of one row the next.
        let mut next = self.page(key, scope, json!({ "limit": 0 }))?.next();
        while let Some(text) = next {
            if rows.len() == self.most {
                return Err(too_many(key, self.most));
            }
            let primary: u64 = text.parse().map_err(|_| {
                other(format!(
                    "the other node tells {text:?} as a primary key: expected a number"
                ))
            })?;
            let page = self.page(key, scope, json!({ "limit": 1, "lower_bound": text }))?;
            let Some(row) = page.rows.first() else {
                return Err(changed(key));
            };
            rows.push(Row {
                primary,
                payer: row.payer,
                data: bytes(&row.data)?,
            });
            next = page.next();
        }
        let indexes = self.indexes(key, scope, &rows)?;
        Ok(Table { key, rows, indexes })
    }
}

/// A scope, read as nodes read it: a number, a name, a symbol or its code, the first that fits.
///
/// # Errors
/// For text that is none of them.
pub(super) fn scope(text: &str) -> Result<Name, ChainError> {
    let text = text.trim();
    let number = text.parse().ok();
    let name = || Name::parse(text).ok().map(Name::raw);
    let symbol = || text.parse::<Symbol>().ok().map(|symbol| symbol.raw());
    let code = || text.parse::<SymbolCode>().ok().map(|code| code.raw());
    let raw = number.or_else(name).or_else(symbol).or_else(code);
    let raw = raw.ok_or_else(|| {
        invalid(format!(
            "`scope` is {text:?}: expected a name, a number or a symbol"
        ))
    })?;
    Ok(Name::from_raw(raw))
}

/// Hexadecimal digits.
///
/// # Errors
/// For other characters and half bytes.
pub(super) fn bytes(text: &str) -> Result<Vec<u8>, ChainError> {
    let digits = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair)
            .ok()
            .filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    };
    let bytes: Option<Vec<u8>> = digits.map(byte).collect();
    bytes.ok_or_else(|| other("the other node tells a row that is not hexadecimal".to_owned()))
}

/// An error of the other node, or of the way to it.
pub(super) fn failed(error: ClientError) -> ChainError {
    other(format!("the other node: {error}"))
}

/// What is wrong with what the other node tells.
pub(super) fn other(problem: String) -> ChainError {
    ChainError::new(ErrorKind::Unspecified, problem)
}

/// A table that is not the same from one request to the next.
pub(super) fn changed(key: TableKey) -> ChainError {
    other(format!(
        "table {key:?} has changed while it was read: ask again"
    ))
}

fn too_many(key: TableKey, most: usize) -> ChainError {
    invalid(format!(
        "table {key:?} has more than {most} rows: raise `max_rows`"
    ))
}
