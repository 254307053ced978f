//! `get_table_by_scope`.

use super::Reader;
use super::answer::Refusal;
use super::bound::Bound;
use super::request::Request;
use super::rows::MOST_ROWS;
use antelope_ledger::state::{TableInfo, TableKey};
use antelope_types::Name;
use serde_json::{Value, json};

/// `get_table_by_scope`: the tables that exist, ascending by scope and name.
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
    let tables = reader.chain.state().tables.range(lower..=upper);
    let page = match reverse {
        true => page(tables.rev(), wanted, limit),
        false => page(tables, wanted, limit),
    };
    Ok(page)
}

/// So many tables from the first on; those of another name count and are left out, as on a node.
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
