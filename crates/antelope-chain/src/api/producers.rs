//! `get_producers`: candidates for block production, by votes.
//!
//! The rows are those of the system contract's table `producers`, ordered by its first secondary
//! index: the negative number of votes, so that ascending order has the most votes first. On a
//! chain without that table, the active producers are listed with 0 votes. On a node:
//! `read_only::get_producers`.

use super::Reader;
use super::answer::Refusal;
use super::json::decimals;
use super::request::Request;
use super::rows::MOST_ROWS;
use antelope_ledger::config::SYSTEM;
use antelope_ledger::state::{Float64, IndexKey, TableKey};
use antelope_rpc_client::Abi;
use antelope_types::Producer;
use antelope_types::{Name, name};
use serde_json::{Value, json};
use std::sync::Arc;

/// The table of candidates.
const PRODUCERS: Name = name!("producers");
/// The table with the total of votes.
const GLOBAL: Name = name!("global");

/// `get_producers`. Request: `json`, `lower_bound` (an owner's name), `limit`, 50 by default.
/// Response: `rows`, `total_producer_vote_weight`, and in `more` the owner with which the next page
/// begins.
///
/// # Example
///
/// ```json
/// {
///   "rows": [{ "owner": "alice", "total_votes": "12345.00000000000000000", "is_active": 1 }],
///   "total_producer_vote_weight": "12345.00000000000000000",
///   "more": ""
/// }
/// ```
pub(super) fn producers(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let page = Page {
        json: request.flag("json", false)?,
        lower: request.text("lower_bound")?,
        limit: request.number("limit", 50)?.min(MOST_ROWS) as usize,
    };
    // It has no effect, and is read because a fault in it is an error.
    request.number("time_limit_ms", 0)?;
    Ok(elected(reader, &page).unwrap_or_else(|| active(reader)))
}

/// What was asked for.
struct Page {
    /// Whether rows are decoded; else hexadecimal.
    json: bool,
    /// The owner to begin with; empty for the first.
    lower: String,
    /// The most rows.
    limit: usize,
}

/// The page of candidates, or `None` for any reason for which it cannot be made: no ABI, no table,
/// a row that does not decode. A node catches all of these as well, and then lists the active
/// producers.
fn elected(reader: Reader<'_>, page: &Page) -> Option<Value> {
    let state = reader.chain.state();
    let abi = reader.abis.of(state, SYSTEM)?;
    let table = |name| TableKey {
        code: SYSTEM,
        scope: SYSTEM,
        table: name,
    };
    let of_row = type_of(&abi, PRODUCERS)?;
    let lower = Name::parse(&page.lower).ok()?;
    // The first secondary index has the number 0, so that its table has the name of the primary
    // one.
    let id = state.find_table(table(PRODUCERS))?.id;
    let index = Float64::indexes(state);
    let mut next = match lower.is_empty() {
        true => index.first_from(id, Float64(f64::MIN.to_bits()), 0),
        false => {
            let mut from = index.by_primary.range((id, lower.raw())..);
            let first = from.next().map(|((table, primary), _)| (*table, *primary));
            first
                .filter(|(table, _)| *table == id)
                .map(|(_, primary)| primary)
        }
    };
    let mut rows = Vec::new();
    while rows.len() < page.limit
        && let Some(primary) = next
    {
        let row = state.rows.get(&(id, primary))?;
        rows.push(match page.json {
            true => abi.unpack_as_node(of_row, &row.value).ok()?,
            false => super::trace::hex(&row.value),
        });
        next = index.first_after(id, index.get(id, primary)?.key, primary);
    }
    let global = state.row(table(GLOBAL), GLOBAL.raw())?;
    let global = abi
        .unpack_as_node(type_of(&abi, GLOBAL)?, &global.value)
        .ok()?;
    let weight: f64 = match &global["total_producer_vote_weight"] {
        Value::String(text) => text.parse().ok()?,
        number => number.as_f64()?,
    };
    Some(json!({
        "rows": rows,
        "total_producer_vote_weight": decimals(weight),
        "more": next.map(|primary| Name::from_raw(primary).to_string()).unwrap_or_default(),
    }))
}

/// The type of a table's rows.
fn type_of(abi: &Arc<Abi>, table: Name) -> Option<&str> {
    let table = abi.definition().find_table(table)?;
    Some(&table.ty)
}

/// The active producers, all in one page.
fn active(reader: Reader<'_>) -> Value {
    let row = |producer: &Producer| {
        let mut row = json!({
            "owner": producer.producer_name,
            "producer_authority": producer.authority,
            "url": "",
            "total_votes": decimals(0.0),
        });
        if let Some(key) = producer.only_key() {
            row["producer_key"] = json!(key);
        }
        row
    };
    let schedule = reader.chain.state().active_schedule();
    let rows: Vec<_> = schedule.producers.iter().map(row).collect();
    json!({ "rows": rows, "total_producer_vote_weight": decimals(0.0), "more": "" })
}
