//! `fork`: accounts and tables of another node, fetched when they are asked for.
//!
//! ```json
//! {
//!   "url": "https://node.example",
//!   "accounts": ["eosio.token", "alice"],
//!   "tables": [{ "code": "eosio.token", "scope": "alice", "table": "accounts" }],
//!   "max_rows": 1000
//! }
//! ```
//!
//! is answered by what was written:
//!
//! ```json
//! {
//!   "accounts": ["alice", "eosio.token"],
//!   "existing": ["eosio"],
//!   "tables": [{ "code": "eosio.token", "scope": "alice", "table": "accounts", "rows": 1, "indexes": 0, "other_payers": 0 }]
//! }
//! ```
//!
//! Fetching is by request: a transaction that touches a table which was not fetched finds it empty.
//! With `"lazy": true` it is by need, see `lazy`.
//!
//! | what | how |
//! |---|---|
//! | an account | its permissions with their authorities and links, code and ABI. An account that is here already is left as it is and listed under `existing` |
//! | accounts that authorities refer to | the same without code, so that the authorities are valid; at most 100 in all |
//! | a table in one scope | all rows with their primary keys and payers, and the secondary indexes. It must be empty here |
//!
//! # What is not the same
//!
//! The chain's own id, time, block numbers and keys of `eosio` stay. Resource limits are not copied:
//! whoever needs them forks `eosio` too and sets them. Rows whose payer is not here are paid by the
//! contract; `other_payers` counts them. An index over floating-point numbers is refused where
//! one of its keys is not what its decimal digits say, since nodes tell no more of it. How rows are
//! read, and what it costs, is in `upstream`; `max_rows` bounds it.
//!
//! Everything is fetched first and then written by ordinary transactions, see `import`; if one of
//! them fails, the chain goes back to what it was.

mod accounts;
mod lazy;

use super::Dev;
use super::import::Import;
use super::input::{Input, invalid};
use crate::upstream::{Remote, read_scope};
use accounts::Accounts;
use antelope_chain::TableKey;
use antelope_rpc_client::Client;
use antelope_types::{ChainError, Name};
use serde_json::{Value, json};

/// Rows of a table that are fetched unless `max_rows` says otherwise, and the most it may say.
const ROWS: (u64, u64) = (1000, 100_000);

impl Dev {
    /// `fork`.
    ///
    /// # Errors
    /// Where the other node cannot be reached or does not have what was asked for, where a table is
    /// too large or not empty here, and where the chain refuses what is written. Nothing is changed
    /// then.
    pub(super) fn fork(&self, input: &Input) -> Result<Value, ChainError> {
        if input.flag("lazy")? {
            return self.fork_lazily(input);
        }
        input.only(&["url", "lazy", "accounts", "tables", "max_rows"])?;
        let url = url(input)?;
        if let Some(origin) = self.api.fork().origin() {
            let problem = format!(
                "this chain is a fork of {} that takes over what is needed: read or use it here instead",
                origin.url
            );
            return Err(invalid(problem));
        }
        let client = Client::new(url).map_err(|error| invalid(error.to_string()))?;
        let accounts = input.list("accounts")?.iter();
        let accounts: Vec<Name> = accounts
            .map(|it| name(it, "accounts"))
            .collect::<Result<_, _>>()?;
        let tables = input.list("tables")?.iter();
        let tables: Vec<_> = tables.map(table).collect::<Result<_, _>>()?;
        let most = input.number("max_rows", ROWS.1)?.unwrap_or(ROWS.0);
        let remote = Remote {
            client,
            most: usize::try_from(most).unwrap_or(usize::MAX),
            until: None,
        };
        let chain = self.api.fork();
        let mut import = Import::default();
        // The contracts of tables are needed for their rows.
        let codes = tables.iter().map(|(key, _)| key.code);
        let wanted = accounts.iter().copied().chain(codes);
        let existing = Accounts(&remote).add(&chain, wanted, &mut import)?;
        for (key, scope) in &tables {
            if chain.state().rows(*key).next().is_some() {
                let problem = format!("table {key:?} has rows here: expected an empty one");
                return Err(invalid(problem));
            }
            import.tables.push(remote.table(*key, scope)?);
        }
        let written = self.api.with(|chain| {
            let before = chain.snapshot();
            let written = import.write(chain);
            if written.is_err() {
                chain.revert(&before);
            }
            written
        })?;
        let accounts: Vec<_> = import.accounts.iter().map(|account| account.name).collect();
        Ok(json!({ "accounts": accounts, "existing": existing, "tables": written }))
    }
}

/// The address of the other node.
///
/// # Errors
/// Where it is missing.
fn url(input: &Input) -> Result<&str, ChainError> {
    let url = input.text("url")?;
    url.ok_or_else(|| invalid("expected `url`, the address of the other node"))
}

/// The name of an account in a field.
///
/// # Errors
/// For what is not a name, and for the empty one.
fn name(value: &Value, field: &str) -> Result<Name, ChainError> {
    let text = value.as_str().unwrap_or_default();
    let name = Name::parse(text).ok().filter(|name| !name.is_empty());
    name.ok_or_else(|| {
        invalid(format!(
            "`{field}` has {value}: expected the name of an account"
        ))
    })
}

/// A table and its scope as it was given, which may be a name, a number or a symbol. It is sent to the
/// other node as it was given, and read here as nodes read it.
///
/// # Errors
/// For a field that is missing or of another form.
fn table(value: &Value) -> Result<(TableKey, String), ChainError> {
    let field = |field: &str| name(&value[field], field);
    let scope = match &value["scope"] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => {
            return Err(invalid(format!(
                "`scope` is {other}: expected text or a number"
            )));
        }
    };
    let key = TableKey {
        code: field("code")?,
        scope: read_scope(&scope)?,
        table: field("table")?,
    };
    Ok((key, scope))
}
