//! `get_currency_balance` and `get_currency_stats`: balances and supplies of tokens.
//!
//! Both read the tables of `eosio.token` by their layout, not by an ABI: a row of `accounts` begins
//! with an asset (16 bytes), a row of `stat` has two assets and the issuer (8 bytes). A contract
//! with tables of those names but another layout gives an error or wrong values, as on a node.

use super::Reader;
use super::answer::Refusal;
use super::bound::symbol_code;
use super::request::Request;
use super::rows::{index_type, require_account};
use antelope_ledger::state::TableKey;
use antelope_types::{Asset, ChainError, Decode, ErrorKind, Name, ensure, name};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// `get_currency_balance`. Request: `code`, `account`, and optionally `symbol`, a symbol code in
/// any case. Response: a list of assets; with `symbol` the first one of it, and rows after that are not
/// looked at.
///
/// # Errors
/// As for [`require_table`]; `asset_type_exception` (3010011) for a row that does not begin with a
/// valid asset.
///
/// # Example
///
/// `{ "code": "eosio.token", "account": "alice", "symbol": "SYS" }` is answered by `["10.0000
/// SYS"]`.
pub(super) fn balance(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let key = TableKey {
        code: request.name("code")?,
        scope: request.name("account")?,
        table: name!("accounts"),
    };
    let wanted = request.optional_text("symbol")?;
    require_table(reader, key)?;
    let mut found = Vec::new();
    for (_, row) in reader.chain.state().rows(key) {
        let balance = asset(&row.value)?;
        let code = balance.symbol.code().to_string();
        if wanted
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(&code))
        {
            found.push(Value::from(balance.to_string()));
            if wanted.is_some() {
                break;
            }
        }
    }
    Ok(found.into())
}

/// The answer of `get_currency_stats`: what is known of a token, by its symbol code. A contract has
/// one row for each code, so that there is one entry, or none.
pub(super) type Supplies = BTreeMap<String, Stats>;

/// What is known of a token, in the order in which nodes write it.
#[derive(Serialize)]
pub(super) struct Stats {
    /// What was issued and not retired, as an asset.
    supply: String,
    /// The most that can be issued, as an asset.
    max_supply: String,
    /// The account that issues.
    issuer: Name,
}

/// `get_currency_stats`. Request: `code` and `symbol`. Response: an object with `supply`,
/// `max_supply` and `issuer` in this order, by symbol code; empty where the token does not exist.
///
/// # Errors
/// As for [`require_table`]; `symbol_type_exception` (3010014) for a symbol with other characters
/// than letters.
///
/// # Example
///
/// `{ "code": "eosio.token", "symbol": "SYS" }` is answered by
///
/// ```json
/// { "SYS": { "supply": "1000.0000 SYS", "max_supply": "2000.0000 SYS", "issuer": "eosio" } }
/// ```
pub(super) fn stats(reader: Reader<'_>, request: &Request) -> Result<Supplies, Refusal> {
    let symbol = request.text("symbol")?.to_ascii_uppercase();
    let code = request.name("code")?;
    require_table(
        reader,
        TableKey {
            code,
            scope: Name::default(),
            table: name!("stat"),
        },
    )?;
    let symbol = symbol_code(&symbol).ok_or_else(|| {
        ChainError::new(ErrorKind::SymbolType, "invalid character in symbol name")
    })?;
    let key = TableKey {
        code,
        scope: Name::from_raw(symbol),
        table: name!("stat"),
    };
    let mut supplies = BTreeMap::new();
    for (_, row) in reader.chain.state().rows(key) {
        let supply = asset(&row.value)?;
        let rest = row.value.get(16..).unwrap_or_default();
        let maximum = asset(rest)?;
        let issuer = rest
            .get(16..24)
            .and_then(|bytes| Name::from_bytes(bytes).ok());
        let stats = Stats {
            supply: supply.to_string(),
            max_supply: maximum.to_string(),
            issuer: issuer.ok_or_else(invalid)?,
        };
        supplies.insert(supply.symbol.code().to_string(), stats);
    }
    Ok(supplies)
}

/// Tests that the contract exists and that its ABI has the table.
///
/// # Errors
/// `account_query_exception` (3060002) or `contract_table_query_exception` (3060003).
fn require_table(reader: Reader<'_>, key: TableKey) -> Result<(), Refusal> {
    require_account(reader, key.code)?;
    index_type(reader, key.code, key.table).map(drop)
}

/// The asset at the beginning of a row.
fn asset(row: &[u8]) -> Result<Asset, Refusal> {
    let bytes = row.get(..16).ok_or_else(invalid)?;
    let asset = Asset::from_bytes(bytes).map_err(|_| invalid())?;
    ensure_valid(asset)?;
    Ok(asset)
}

/// Tests the symbol: its code must be one to seven capital letters.
fn ensure_valid(asset: Asset) -> Result<(), ChainError> {
    ensure!(asset.symbol.is_valid(), AssetType, "Invalid asset");
    Ok(())
}

/// The error for a row that is too short.
fn invalid() -> ChainError {
    ChainError::new(ErrorKind::AssetType, "Invalid data on table")
}
