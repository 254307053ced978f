//! Requests to another node.

use antelope_chain::TableKey;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::{ChainError, ErrorKind, Name, Symbol, SymbolCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Instant;

/// Another node, and how many rows of a table it is asked for.
pub(crate) struct Remote {
    /// The way to it; a call takes 30 seconds at most.
    pub(crate) client: Client,
    /// Rows of one table.
    pub(crate) most: usize,
    /// When it is too late for another request; none for never.
    pub(crate) until: Option<Instant>,
}

/// The bits of a table's name that have the number of an index. Index 0 has the name of the table
/// itself.
const NUMBER: u64 = 0xf;

/// How the message of [`changed`] ends.
const CHANGED: &str = "has changed while it was read: ask again";

/// Tables of one scope.
#[derive(Deserialize)]
struct Tables {
    /// Tables and indexes with anything in them.
    rows: Vec<ListedTable>,
    /// Where the next page begins; empty where there is none.
    more: String,
}

/// A table or an index, as it is told.
#[derive(Deserialize)]
struct ListedTable {
    table: Name,
    payer: Name,
    count: u64,
}

/// The rows of a table, together with the entries of index 0, or those of another index.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// The number of the index.
    pub(super) number: u8,
    /// Who pays for it.
    pub(super) payer: Name,
    /// How many rows and entries there are; never 0.
    pub(super) count: u64,
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
#[derive(Debug, PartialEq, Deserialize)]
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
    /// Where it cannot be reached or refuses, with its reason, and where it is too late.
    pub(crate) fn call<A: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        request: &Value,
    ) -> Result<A, ChainError> {
        if self.until.is_some_and(|until| Instant::now() > until) {
            let problem = "the other node takes too long to be read: raise the time that a fork may take, or choose a \
                 node that is nearer";
            return Err(other(problem.to_owned()));
        }
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

    /// Which parts of a table there are in its scope: the table and its indexes, without those that
    /// have nothing.
    ///
    /// # Errors
    /// As for [`call`](Self::call), and for a scope with more tables than one answer has.
    pub(super) fn listed(&self, key: TableKey) -> Result<Vec<Listed>, ChainError> {
        let mut request = json!({ "code": key.code, "limit": 1000 });
        request["lower_bound"] = json!(key.scope.raw().to_string());
        request["upper_bound"] = json!(key.scope.raw().to_string());
        let tables: Tables = self.call("/v1/chain/get_table_by_scope", &request)?;
        if !tables.more.is_empty() {
            let problem = format!("{} has more than 1000 tables in one scope", key.code);
            return Err(other(problem));
        }
        let of_table = tables.rows.into_iter().filter(|listed| {
            let raw = listed.table.raw();
            raw & !NUMBER == key.table.raw() & !NUMBER && listed.count > 0
        });
        let listed = of_table.map(|listed| Listed {
            number: (listed.table.raw() & NUMBER) as u8,
            payer: listed.payer,
            count: listed.count,
        });
        Ok(listed.collect())
    }
}

/// A scope, read as nodes read it: a number, a name, a symbol or its code, the first that fits.
///
/// # Errors
/// For text that is none of them.
pub(crate) fn read_scope(text: &str) -> Result<Name, ChainError> {
    let text = text.trim();
    let number = text.parse().ok();
    let name = || Name::parse(text).ok().map(Name::raw);
    let symbol = || text.parse::<Symbol>().ok().map(|symbol| symbol.raw());
    let code = || text.parse::<SymbolCode>().ok().map(|code| code.raw());
    let raw = number.or_else(name).or_else(symbol).or_else(code);
    let raw = raw.ok_or_else(|| {
        ChainError::new(
            ErrorKind::InvalidHttpRequest,
            format!("`scope` is {text:?}: expected a name, a number or a symbol"),
        )
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
pub(crate) fn failed(error: ClientError) -> ChainError {
    other(format!("the other node: {error}"))
}

/// What is wrong with what the other node tells.
pub(crate) fn other(problem: String) -> ChainError {
    ChainError::new(ErrorKind::Unspecified, problem)
}

/// A table that is not the same from one request to the next.
pub(super) fn changed(key: TableKey) -> ChainError {
    other(format!("{} {CHANGED}", named(key)))
}

/// Whether this is the error of [`changed`].
pub(super) fn is_changed(error: &ChainError) -> bool {
    error.message().ends_with(CHANGED)
}

/// A table in words.
pub(super) fn named(key: TableKey) -> String {
    let TableKey { code, table, .. } = key;
    format!("table {table} of {code} in scope {}", key.scope_text())
}
