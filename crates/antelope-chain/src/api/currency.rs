//! Balances and sums of tokens, read as the usual token contract keeps them.

use super::Reader;
use super::answer::Refusal;
use super::bound::symbol_code;
use super::request::Request;
use super::rows::{index_type, require_account};
use antelope_ledger::state::TableKey;
use antelope_types::{Asset, ChainError, Decode, ErrorKind, Name, ensure, name};
use serde_json::{Value, json};

/// `get_currency_balance`: an account's balances, or the one of a symbol.
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
        }
    }
    Ok(found.into())
}

/// `get_currency_stats`: what there is of a token, may be at most, and who issues it.
pub(super) fn stats(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
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
    let mut answer = json!({});
    for (_, row) in reader.chain.state().rows(key) {
        let supply = asset(&row.value)?;
        let rest = row.value.get(16..).unwrap_or_default();
        let maximum = asset(rest)?;
        let issuer = rest
            .get(16..24)
            .and_then(|bytes| Name::from_bytes(bytes).ok());
        answer[supply.symbol.code().to_string()] = json!({
            "supply": supply.to_string(),
            "max_supply": maximum.to_string(),
            "issuer": issuer.ok_or_else(invalid)?,
        });
    }
    Ok(answer)
}

fn require_table(reader: Reader<'_>, key: TableKey) -> Result<(), Refusal> {
    require_account(reader, key.code)?;
    index_type(reader, key.code, key.table).map(drop)
}

/// The asset that a row begins with.
fn asset(row: &[u8]) -> Result<Asset, Refusal> {
    let bytes = row.get(..16).ok_or_else(invalid)?;
    let asset = Asset::from_bytes(bytes).map_err(|_| invalid())?;
    ensure_valid(asset)?;
    Ok(asset)
}

fn ensure_valid(asset: Asset) -> Result<(), ChainError> {
    ensure!(asset.symbol.is_valid(), AssetType, "Invalid asset");
    Ok(())
}

fn invalid() -> ChainError {
    ChainError::new(ErrorKind::AssetType, "Invalid data on table")
}
