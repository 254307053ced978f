//! `get_scheduled_transactions`: deferred transactions that wait for their time.
//!
//! Request: `json`, whether transactions are decoded, else hexadecimal; `lower_bound`, a time or
//! the id of a transaction; `limit`, 50 by default. Response: `transactions` in the order of their
//! time, and in `more` the id with which the next page begins. On a node:
//! `read_only::get_scheduled_transactions`.
//!
//! | field of a transaction | what |
//! |---|---|
//! | `trx_id` | its id |
//! | `sender`, `sender_id` | the contract that sent it and the number it chose; empty for one that was delayed by `delay_sec` |
//! | `payer` | the account billed for its RAM while it waits |
//! | `delay_until` | when it may run at the earliest |
//! | `expiration` | after which it cannot run |
//! | `published` | when it was sent |
//! | `transaction` | the transaction itself |

use super::Reader;
use super::answer::Refusal;
use super::request::Request;
use super::rows::MOST_ROWS;
use super::trace;
use antelope_ledger::state::{Deferred, State};
use antelope_types::TimePoint;
use serde_json::{Value, json};

/// `get_scheduled_transactions`. Request and response: see the tables above; `limit` is at most 1000,
/// and `more` is empty on the last page.
///
/// # Errors
/// `invalid_http_request` (3200006, status 400) for a field of the wrong type. A bound that matches
/// nothing gives an empty page.
pub(super) fn scheduled(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let readable = request.flag("json", false)?;
    let lower = request.text("lower_bound")?;
    let limit = request.number("limit", 50)?.min(MOST_ROWS) as usize;
    // It has no effect, and is read because a fault in it is an error.
    request.number("time_limit_ms", 0)?;
    let state = reader.chain.state();
    let mut waiting = state.deferred().skip(first(state, &lower));
    let page = waiting.by_ref().take(limit);
    let transactions: Vec<_> = page.map(|it| row(reader, it, readable)).collect();
    let more = waiting.next().map(|next| next.id.to_string());
    Ok(json!({ "transactions": transactions, "more": more.unwrap_or_default() }))
}

/// How many transactions come before the bound; all of them for text that is neither a time nor the
/// id of a waiting transaction.
fn first(state: &State, lower: &str) -> usize {
    if lower.is_empty() {
        return 0;
    }
    match lower.parse::<TimePoint>() {
        Ok(time) => state.deferred().filter(|it| it.delay_until < time).count(),
        Err(_) => state
            .deferred()
            .position(|it| it.id.to_string() == lower)
            .unwrap_or(usize::MAX),
    }
}

/// A waiting transaction: who sent it, who pays for its RAM, and when it may run.
fn row(reader: Reader<'_>, waiting: &Deferred, readable: bool) -> Value {
    let transaction = match waiting.transaction() {
        Ok(transaction) if readable => {
            trace::transaction(reader, &transaction, trace::Steps::TRANSACTION)
        }
        _ => trace::hex(&waiting.packed),
    };
    json!({
        "trx_id": waiting.id,
        "sender": waiting.sender,
        "sender_id": waiting.sender_id.to_string(),
        "payer": waiting.payer,
        "delay_until": waiting.delay_until,
        "expiration": waiting.expiration,
        "published": waiting.published,
        "transaction": transaction,
    })
}
