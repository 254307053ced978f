//! `get_table_by_scope`: which tables of a contract have rows, and in which scopes.
//!
//! Request: `code`; `table`, or empty for all; `lower_bound` and `upper_bound`, scopes, read as
//! `i64` bounds; `limit`, 10 by default; `reverse`. Response: `rows` with code, scope, table, payer
//! and the number of rows; and in `more` the scope with which the next page begins. On a node:
//! `read_only::get_table_by_scope`.
//!
//! `more` does not name the table, so that a page which ends within a scope cannot be continued
//! exactly: a client that continues with it sees that scope's tables again. Clients in this
//! workspace handle that.

use super::Reader;
use super::answer::Refusal;
use super::bound::Bound;
use super::forking::refuse_list;
use super::request::Request;
use super::rows::MOST_ROWS;
use antelope_ledger::state::{TableInfo, TableKey};
use antelope_types::Name;
use serde_json::{Value, json};

/// `get_table_by_scope`.
///
/// # Errors
/// `chain_type_exception` (3010000) for a bound that cannot be read; in a fork, `unsupported_feature`
/// for more than one table in one scope of a contract that was taken over.
///
/// # Example
///
/// ```json
/// { "code": "eosio.token", "table": "accounts" }
/// ```
///
/// is answered by
///
/// ```json
/// {
///   "rows": [
///     { "code": "eosio.token", "scope": "alice", "table": "accounts", "payer": "alice", "count": 1 }
///   ],
///   "more": ""
/// }
/// ```
pub(super) fn scopes(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let code = request.name("code")?;
    let wanted = request.name("table")?;
    let limit = request.number("limit", 10)?.min(MOST_ROWS) as usize;
    let reverse = request.flag("reverse", false)?;
    let [from, to] = [request.text("lower_bound")?, request.text("upper_bound")?];
    request.number("time_limit_ms", 0)?;
    let bound = |text: &str, field: &'static str, default: u64| -> Result<Name, Refusal> {
        let raw = match text.is_empty() {
            true => default,
            false => u64::read(text, &format!("{field} scope"))?,
        };
        Ok(Name::from_raw(raw))
    };
    let lower = TableKey {
        code,
        scope: bound(&from, "lower_bound", 0)?,
        table: wanted,
    };
    let upper = TableKey {
        code,
        scope: bound(&to, "upper_bound", u64::MAX)?,
        table: match wanted.is_empty() {
            true => Name::from_raw(u64::MAX),
            false => wanted,
        },
    };
    if upper < lower {
        return Ok(json!({ "rows": [], "more": "" }));
    }
    let state = reader.chain.state();
    if state.find_account(code).is_some() && state.is_foreign(code) {
        // One table in one scope can be looked up; which others there are is not known.
        if wanted.is_empty() || lower.scope != upper.scope {
            refuse_list(reader.chain, "all tables or scopes of a contract")?;
        }
        state.find_table(lower);
    }
    let tables = state.tables.range(lower..=upper);
    let page = match reverse {
        true => page(tables.rev(), wanted, limit),
        false => page(tables, wanted, limit),
    };
    Ok(page)
}

/// A page of tables. Tables with another name than the wanted one count toward the limit and are
/// left out, as on a node, so that a page may be empty and yet not the last.
fn page<'a>(
    tables: impl Iterator<Item = (&'a TableKey, &'a TableInfo)>,
    wanted: Name,
    limit: usize,
) -> Value {
    let mut tables = tables.peekable();
    let mut rows = Vec::new();
    let mut seen = 0;
    while seen < limit
        && let Some((key, info)) = tables.next()
    {
        seen += 1;
        if wanted.is_empty() || key.table == wanted {
            rows.push(json!({
                "code": key.code,
                "scope": key.scope,
                "table": key.table,
                "payer": info.payer,
                "count": info.count,
            }));
        }
    }
    let more = tables.peek().map(|(key, _)| key.scope.to_string());
    json!({ "rows": rows, "more": more.unwrap_or_default() })
}
