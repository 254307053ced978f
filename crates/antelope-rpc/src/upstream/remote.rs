//! Requests to another node.

use antelope_chain::TableKey;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::rpc::Info;
use antelope_types::{ChainError, ErrorKind, Name, Symbol, SymbolCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Instant;

/// Another node, and how many rows of a table it is asked for.
pub(crate) struct Remote {
    /// The way to it; its options say how long a call takes at most.
    pub(crate) client: Client,
    /// Rows of one table.
    pub(crate) most: usize,
    /// When it is too late for another request; none for never.
    pub(crate) until: Option<Instant>,
}

/// The bits of a table's name that have the number of an index. Index 0 has the name of the table
/// itself.
const NUMBER: u64 = 0xf;

/// Rows, and tables of a scope, that are asked for at once at most: nodes tell no more.
pub(super) const MOST: usize = 1000;

/// How often a page is asked for that a node ends early.
const ATTEMPTS: usize = 3;

/// Why another node cannot be read.
#[derive(Debug)]
pub(crate) enum RemoteError {
    /// No answer came: whoever asks next would wait as long.
    Unreachable(ChainError),
    /// A table is not the same from one request to the next.
    Changed(TableKey),
    /// Anything else, such as a refusal.
    Other(ChainError),
}

impl RemoteError {
    /// Whether no answer came.
    pub(super) fn is_unreachable(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }
}

impl From<ChainError> for RemoteError {
    fn from(error: ChainError) -> Self {
        Self::Other(error)
    }
}

impl From<RemoteError> for ChainError {
    fn from(error: RemoteError) -> Self {
        match error {
            RemoteError::Unreachable(error) | RemoteError::Other(error) => error,
            RemoteError::Changed(key) => other(format!(
                "{} has changed while it was read: ask again",
                named(key)
            )),
        }
    }
}

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
    /// Sends the other node one request.
    ///
    /// # Errors
    /// Where it cannot be reached or refuses, with its reason, and where it is too late.
    pub(super) fn ask<A>(
        &self,
        request: impl FnOnce(&Client) -> Result<A, ClientError>,
    ) -> Result<A, RemoteError> {
        if self.until.is_some_and(|until| Instant::now() > until) {
            let problem = "the other node takes too long to be read: ask again, which goes on with what is not read \
                 yet, or fork a node that answers faster";
            return Err(other(problem.to_owned()).into());
        }
        request(&self.client).map_err(failed)
    }

    /// Calls the other node.
    ///
    /// # Errors
    /// As for [`ask`](Self::ask).
    pub(crate) fn call<A: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        request: &Value,
    ) -> Result<A, RemoteError> {
        self.ask(|client| client.call(path, request))
    }

    /// The other node's newest block.
    ///
    /// # Errors
    /// As for [`ask`](Self::ask).
    pub(super) fn info(&self) -> Result<Info, RemoteError> {
        self.ask(Client::get_info)
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
    ) -> Result<Page, RemoteError> {
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

    /// A page of a table that has as many rows as were asked for, or all that there are. A node may end
    /// a page early, where the time that it has for an answer is up.
    ///
    /// # Errors
    /// As for [`call`](Self::call), and where it ends each of them early.
    pub(super) fn whole_page(
        &self,
        key: TableKey,
        scope: &str,
        limit: usize,
        mut fields: Value,
    ) -> Result<Page, RemoteError> {
        fields["limit"] = json!(limit);
        for _ in 0..ATTEMPTS {
            let page = self.page(key, scope, fields.clone())?;
            if !page.more || page.rows.len() >= limit {
                return Ok(page);
            }
        }
        Err(ends_early(&named(key)))
    }

    /// Which parts of a table there are in its scope: the table and its indexes, without those that
    /// have nothing.
    ///
    /// # Errors
    /// As for [`call`](Self::call), for a scope with more tables than one answer has, and where the
    /// node does not tell all of them.
    pub(super) fn listed(&self, key: TableKey) -> Result<Vec<Listed>, RemoteError> {
        let scope = key.scope.raw().to_string();
        let mut request = json!({ "code": key.code, "limit": MOST });
        request["lower_bound"] = json!(scope);
        request["upper_bound"] = json!(scope);
        let mut left = ATTEMPTS;
        let tables = loop {
            left -= 1;
            let tables: Tables = self.call("/v1/chain/get_table_by_scope", &request)?;
            if tables.more.is_empty() {
                break tables;
            }
            if tables.rows.len() >= MOST {
                let problem = format!("{} has more than {MOST} tables in one scope", key.code);
                return Err(other(problem).into());
            }
            if left == 0 {
                let of = format!("the list of tables of {} in scope {scope}", key.code);
                return Err(ends_early(&of));
            }
        };
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
    antelope_types::json::bytes::parse(text)
        .map_err(|_| other("the other node tells a row that is not hexadecimal".to_owned()))
}

/// An error of the other node, or of the way to it.
fn failed(error: ClientError) -> RemoteError {
    let problem = other(format!("the other node: {error}"));
    match error {
        ClientError::Transport { .. } => RemoteError::Unreachable(problem),
        _ => RemoteError::Other(problem),
    }
}

/// An answer that stops before its end, each time that it is asked for.
fn ends_early(of: &str) -> RemoteError {
    let problem = format!(
        "{of}: the other node ends its answers before they are whole, as where the time is up that it \
         has for one (http-max-response-time-ms): ask again, or fork a node that takes more time"
    );
    other(problem).into()
}

/// What is wrong with what the other node tells.
pub(crate) fn other(problem: String) -> ChainError {
    ChainError::new(ErrorKind::Unspecified, problem)
}

/// A table in words.
pub(super) fn named(key: TableKey) -> String {
    let TableKey { code, table, .. } = key;
    format!("table {table} of {code} in scope {}", key.scope_text())
}

#[cfg(test)]
mod tests;
