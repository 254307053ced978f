//! `get_scheduled_transactions`: those that wait for their time.

use super::Reader;
use super::answer::Refusal;
use super::request::Request;
use super::rows::MOST_ROWS;
use super::trace;
use antelope_ledger::state::{Deferred, State};
use antelope_types::TimePoint;
use serde_json::{Value, json};

/// `get_scheduled_transactions`: from a time or an id on.
pub(super) fn scheduled(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let readable = request.flag("json", false)?;
    let lower = request.text("lower_bound")?;
    let limit = request.number("limit", 50)?.min(MOST_ROWS) as usize;
    let state = reader.chain.state();
    let mut waiting = state.deferred().skip(first(state, &lower));
    let page = waiting.by_ref().take(limit);
    let transactions: Vec<_> = page.map(|it| row(reader, it, readable)).collect();
    let more = waiting.next().map(|next| next.id.to_string());
    Ok(json!({ "transactions": transactions, "more": more.unwrap_or_default() }))
}

/// How many come before this; all where it is neither a time nor an id that is there.
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

fn row(reader: Reader<'_>, waiting: &Deferred, readable: bool) -> Value {
    let transaction = match waiting.transaction() {
        Ok(transaction) if readable => trace::transaction(reader, &transaction),
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
