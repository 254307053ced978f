//! `get_table_rows`: rows of a contract's table, by primary or secondary key.
//!
//! | field | meaning | default |
//! |---|---|---|
//! | `code`, `scope`, `table` | which table; the scope is text, read as an `i64` bound | |
//! | `index_position` | 1 or `primary`; 2 to 10, or `secondary`, `tertiary`, … | primary |
//! | `key_type` | the type of bounds (see `bound`); required for secondary indexes | |
//! | `encode_type` | `hex` changes how some bounds are read | `dec` |
//! | `lower_bound`, `upper_bound` | both inclusive | the whole index |
//! | `limit` | the most rows, 1000 at most | 10 |
//! | `reverse` | descending | false |
//! | `json` | decoded rows; else hexadecimal | false |
//! | `show_payer` | each row as `{data, payer}` | false |
//!
//! Response: `rows`; `more`, whether there are more; `next_key`, the bound at which the next page
//! begins. On a node: `read_only::get_table_rows` and `get_table_rows_by_seckey` in
//! `chain_plugin.cpp`. The order of the checks is that of a node, since it decides which of two
//! faults is reported.

use super::answer::Refusal;
use super::bound::{self, Bound, Keys};
use super::request::{Request, wrapping};
use super::{Reader, abis};
use antelope_abi::read_definition;
use antelope_ledger::state::{IndexKey, Row, TableId, TableKey};
use antelope_types::abi::AbiDef;
use antelope_types::{ChainError, ErrorKind, Name, ensure};
use serde_json::{Value, json};

/// The most rows of one response: `max_return_items`.
pub(super) const MOST_ROWS: u32 = 1000;

/// The last four bits of a table's name hold the number of a secondary index, so that a table's own
/// name must have zeros there.
const INDEX_BITS: u64 = 0xf;

/// `get_table_rows`.
///
/// # Errors
/// `account_query_exception` (3060002, status 400) where `code` does not exist;
/// `contract_table_query_exception` (3060003) for a table that the ABI does not have, an unknown
/// index or key type; the error of a bound that cannot be read; an ABI error for a row that cannot
/// be decoded.
///
/// # Example
///
/// ```json
/// { "code": "eosio.token", "scope": "alice", "table": "accounts", "json": true, "limit": 1 }
/// ```
///
/// is answered by
///
/// ```json
/// { "rows": [{ "balance": "10.00 EUR" }], "more": true, "next_key": "5462355" }
/// ```
///
/// The next row has the symbol code `SYS` for its key, which is the number 5462355.
pub(super) fn rows(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let query = Query::read(request)?;
    require_account(reader, query.code)?;
    let Some(index) = query.index()? else {
        return by_primary(reader, &query);
    };
    let hex = query.hex;
    match query.key_type.as_str() {
        "" => Err(refused("key type required for non-primary index".into())),
        "i64" => by_secondary(reader, &query, index, bound::U64),
        "name" => by_secondary(reader, &query, index, bound::NAME),
        "i128" => by_secondary(reader, &query, index, bound::U128),
        "float64" => by_secondary(reader, &query, index, bound::F64),
        "float128" if hex => by_secondary(reader, &query, index, bound::F128_BITS),
        "float128" => by_secondary(reader, &query, index, bound::F128),
        "sha256" => by_secondary(reader, &query, index, bound::SHA256),
        "i256" if hex => by_secondary(reader, &query, index, bound::SHA256),
        "i256" => by_secondary(reader, &query, index, bound::U256),
        "ripemd160" => by_secondary(reader, &query, index, bound::RIPEMD160),
        other => Err(refused(format!(
            "Unsupported secondary index type: {other}"
        ))),
    }
}

/// The fields of a request.
struct Query {
    code: Name,
    scope: String,
    table: Name,
    json: bool,
    lower: String,
    upper: String,
    limit: usize,
    key_type: String,
    hex: bool,
    /// As given: a number or one of many words.
    position: String,
    reverse: bool,
    show_payer: bool,
}

impl Query {
    /// Reads the fields in the order of a node, so that the same one of several faults is reported.
    fn read(request: &Request) -> Result<Self, Refusal> {
        // These two have no effect and are read only because a fault in them is an error.
        request.text("table_key")?;
        request.number("time_limit_ms", 0)?;
        Ok(Self {
            code: request.name("code")?,
            scope: request.text("scope")?,
            table: request.name("table")?,
            json: request.flag("json", false)?,
            lower: request.text("lower_bound")?,
            upper: request.text("upper_bound")?,
            limit: request.number("limit", 10)?.min(MOST_ROWS) as usize,
            key_type: request.text("key_type")?,
            hex: request.text("encode_type")? == "hex",
            position: request.text("index_position")?,
            reverse: request.flag("reverse", false)?,
            show_payer: request.flag("show_payer", false)?,
        })
    }

    /// The number of the secondary index, from 0; `None` for the primary one.
    ///
    /// # Errors
    /// `contract_table_query_exception` (3060003) for a table name with bits where the index is,
    /// and for a word that is not a position.
    fn index(&self) -> Result<Option<u64>, Refusal> {
        if self.table.raw() & INDEX_BITS != 0 {
            return Err(refused(format!("Unsupported table name: {}", self.table)));
        }
        // Nodes compare prefixes of the words only (`get_table_index_name`).
        let starts = |prefixes: &[&str]| prefixes.iter().any(|p| self.position.starts_with(p));
        Ok(match self.position.as_str() {
            "" | "first" | "primary" | "one" => None,
            "two" => Some(0),
            _ if starts(&["sec"]) => Some(0),
            _ if starts(&["ter", "th"]) => Some(1),
            _ if starts(&["fou"]) => Some(2),
            _ if starts(&["fi"]) => Some(3),
            _ if starts(&["six"]) => Some(4),
            _ if starts(&["sev"]) => Some(5),
            _ if starts(&["eig"]) => Some(6),
            _ if starts(&["nin"]) => Some(7),
            _ if starts(&["ten"]) => Some(8),
            text => match wrapping(text) {
                Some(number) => number.checked_sub(2).map(|n| n & INDEX_BITS),
                None => return Err(refused(format!("Invalid index_position: {text}"))),
            },
        })
    }

    /// The key of the table, or of an index by its name.
    fn key(&self, table: Name) -> Result<TableKey, ChainError> {
        Ok(TableKey {
            code: self.code,
            scope: Name::from_raw(u64::read(&self.scope, "scope")?),
            table,
        })
    }

    /// The bounds, where they are not given those of the whole index.
    fn range<K: Copy>(&self, keys: &Keys<K>) -> Result<(K, K), ChainError> {
        let end = |text: &str, default: K, what: &str| match text.is_empty() {
            true => Ok(default),
            false => (keys.read)(text, what),
        };
        Ok((
            end(&self.lower, keys.first, "lower_bound")?,
            end(&self.upper, keys.last, "upper_bound")?,
        ))
    }
}

/// A page by primary key.
fn by_primary(reader: Reader<'_>, query: &Query) -> Result<Value, Refusal> {
    let index_type = index_type(reader, query.code, query.table)?;
    let given = ["i64", "name"].contains(&&*query.key_type);
    if !given && index_type != "i64" {
        return Err(refused(format!("Invalid table type {index_type}")));
    }
    let keys = match query.key_type == "name" {
        true => bound::NAME,
        false => bound::U64,
    };
    let key = query.key(query.table)?;
    let state = reader.chain.state();
    let Some(info) = state.find_table(key) else {
        return Page::new(reader, query)?.answer(None);
    };
    let (lower, upper) = query.range(&keys)?;
    let mut page = Page::new(reader, query)?;
    if upper < lower {
        return page.answer(None);
    }
    let rows = state.rows.range((info.id, lower)..=(info.id, upper));
    let rows = rows.map(|((_, primary), row)| (*primary, row));
    let next = match query.reverse {
        true => page.fill(rows.rev())?,
        false => page.fill(rows)?,
    };
    page.answer(next.map(keys.write))
}

/// A page by a secondary key. The index has entries with the primary key of their row; the row is
/// looked up in the table.
fn by_secondary<K: IndexKey>(
    reader: Reader<'_>,
    query: &Query,
    index: u64,
    keys: Keys<K>,
) -> Result<Value, Refusal> {
    let mut page = Page::new(reader, query)?;
    let state = reader.chain.state();
    let table = state.find_table(query.key(query.table)?);
    let of_index = Name::from_raw(query.table.raw() | index);
    let of_index = state.find_table(query.key(of_index)?);
    let (Some(table), Some(of_index)) = (table, of_index) else {
        return page.answer(None);
    };
    let (lower, upper) = query.range(&keys)?;
    if upper.order() < lower.order() {
        return page.answer(None);
    }
    let walk = Walk {
        index: K::indexes(state),
        table: of_index.id,
    };
    let (mut next, last) = match query.reverse {
        true => (walk.last_to(upper), lower),
        false => (walk.index.first_from(walk.table, lower, 0), upper),
    };
    let mut seen = 0;
    while let Some(primary) = next
        && let Some(key) = walk.key(primary)
        && (if query.reverse {
            key.order() >= last.order()
        } else {
            key.order() <= last.order()
        })
    {
        if seen == query.limit {
            return page.answer(Some((keys.write)(key)));
        }
        seen += 1;
        // A contract may keep an index entry without a row; nodes leave it out, and count it.
        if let Some(row) = state.rows.get(&(table.id, primary)) {
            let payer = walk.index.get(walk.table, primary).map(|entry| entry.payer);
            page.add(row, payer.unwrap_or(row.payer))?;
        }
        next = match query.reverse {
            true => walk.index.last_before(walk.table, key, primary),
            false => walk.index.first_after(walk.table, key, primary),
        };
    }
    page.answer(None)
}

/// Steps along one index of one table.
struct Walk<'a, K: IndexKey> {
    /// All indexes with keys of this type.
    index: &'a antelope_ledger::state::SecondaryIndex<K>,
    /// The table that stands for the index.
    table: TableId,
}

impl<K: IndexKey> Walk<'_, K> {
    /// The secondary key of a row.
    fn key(&self, primary: u64) -> Option<K> {
        Some(self.index.get(self.table, primary)?.key)
    }

    /// The last entry not greater than a key, where a descending page begins.
    fn last_to(&self, key: K) -> Option<u64> {
        match self.index.first_after(self.table, key, u64::MAX) {
            Some(beyond) => self
                .index
                .last_before(self.table, self.key(beyond)?, beyond),
            None => self.index.last(self.table),
        }
    }
}

/// The rows of a response.
struct Page<'a> {
    query: &'a Query,
    abi: std::sync::Arc<antelope_abi::Abi>,
    rows: Vec<Value>,
}

impl<'a> Page<'a> {
    /// An empty page.
    ///
    /// # Errors
    /// `contract_table_query_exception` (3060003) where the account has no ABI, and the error of an
    /// invalid one: also for a page without rows, as on a node.
    fn new(reader: Reader<'_>, query: &'a Query) -> Result<Self, Refusal> {
        let abi = reader.abis.find(reader.chain.state(), query.code);
        let abi = abi.ok_or_else(|| not_specified(query.table))?;
        Ok(Self {
            query,
            abi: abi.map_err(|error| abis::refused(&error))?,
            rows: Vec::new(),
        })
    }

    /// Adds rows up to the limit; returns the key of the next one, if there is one.
    fn fill<'r>(
        &mut self,
        mut rows: impl Iterator<Item = (u64, &'r Row)>,
    ) -> Result<Option<u64>, Refusal> {
        for (_, row) in rows.by_ref().take(self.query.limit) {
            self.add(row, row.payer)?;
        }
        Ok(rows.next().map(|(primary, _)| primary))
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Where it cannot be decoded.
    fn add(&mut self, row: &Row, payer: Name) -> Result<(), Refusal> {
        let data = if self.query.json {
            let table = self.abi.definition().find_table(self.query.table);
            let table = table.ok_or_else(|| not_specified(self.query.table))?;
            let read = self.abi.unpack_as_node(&table.ty, &row.value);
            read.map_err(|error| abis::refused(&error))?
        } else {
            super::trace::hex(&row.value)
        };
        self.rows.push(match self.query.show_payer {
            true => json!({ "data": data, "payer": payer }),
            false => data,
        });
        Ok(())
    }

    /// The response.
    fn answer(self, next: Option<String>) -> Result<Value, Refusal> {
        Ok(json!({
            "rows": self.rows,
            "more": next.is_some(),
            "next_key": next.unwrap_or_default(),
        }))
    }
}

/// Tests that an account exists.
///
/// # Errors
/// `account_query_exception` (3060002, status 400).
pub(super) fn require_account(reader: Reader<'_>, code: Name) -> Result<(), ChainError> {
    ensure!(
        reader.chain.state().find_account(code).is_some(),
        AccountQuery,
        "Fail to retrieve account for {code}"
    );
    Ok(())
}

/// The `index_type` that the ABI declares for a table. Nodes look the table up before they test
/// whether the ABI can be used, so that a table that is missing from an invalid ABI is reported as
/// missing.
///
/// # Errors
/// `contract_table_query_exception` (3060003) where there is no ABI or it does not have the table.
pub(super) fn index_type(reader: Reader<'_>, code: Name, table: Name) -> Result<String, Refusal> {
    let state = reader.chain.state();
    let of = |definition: &AbiDef| {
        let found = definition.find_table(table);
        found.map(|found| found.index_type.clone())
    };
    let found = match (reader.abis.find(state, code), state.accounts.get(&code)) {
        (Some(Ok(abi)), _) => of(abi.definition()),
        (Some(Err(_)), Some(account)) => {
            let definition = read_definition(&account.abi);
            of(&definition.map_err(|error| abis::refused(&error))?)
        }
        _ => None,
    };
    found.ok_or_else(|| not_specified(table))
}

/// The error for a table that the ABI does not have.
fn not_specified(table: Name) -> Refusal {
    refused(format!("Table {table} is not specified in the ABI"))
}

/// An error of a table query.
fn refused(message: String) -> Refusal {
    ChainError::new(ErrorKind::ContractTableQuery, message).into()
}
