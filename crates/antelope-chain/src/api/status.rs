//! `get_transaction_status`: how far a transaction is on its way.
//!
//! Clients poll it after sending a transaction, to learn when it has become irreversible. It knows the
//! transactions whose traces are kept, and no others. On a node: `read_only::get_transaction_status`.
//!
//! | `state` | meaning |
//! |---|---|
//! | `UNKNOWN` | never seen here, or so long ago that its trace was dropped |
//! | `LOCALLY_APPLIED` | executed in the block that is still being produced |
//! | `IN_BLOCK` | in a block after the last irreversible one |
//! | `IRREVERSIBLE` | in an irreversible block |
//! | `FORKED_OUT` | executed once, but the chain has gone back to before it since; it may still come |
//! | `FAILED` | the same, and it has expired |
//!
//! | field | where |
//! |---|---|
//! | `head_number`, `head_id`, `head_timestamp` | always: the head block |
//! | `irreversible_number`, `irreversible_id`, `irreversible_timestamp` | always |
//! | `earliest_tracked_block_id`, `earliest_tracked_block_number` | always; zero if nothing is tracked |
//! | `expiration` | if the transaction is known |
//! | `block_number`, `block_id`, `block_timestamp` | if it is in a block |
//!
//! All times are in UTC.

use super::Api;
use super::answer::Refusal;
use super::bound::padded;
use super::request::Request;
use crate::chain::Chain;
use antelope_types::{BlockTimestamp, Checksum256, TimePoint};
use serde_json::{Value, json};

impl Api {
    /// `get_transaction_status`, as of a node that keeps them
    /// (`--transaction-finality-status-max-storage-size-gb`). Request: `id`. Response: see the tables
    /// above.
    ///
    /// # Errors
    /// `invalid_http_request` (3200006, status 400) without a body, and for an `id` that is missing,
    /// not hexadecimal, or zero.
    pub(super) fn status(&self, body: &[u8]) -> Result<Value, Refusal> {
        if body.is_empty() {
            return Err(Refusal::request("A Request body is required"));
        }
        let request = Request::optional(body).ok();
        let id = request.and_then(|request| hash(request.field("id")?));
        let id = id.filter(|id| *id != Checksum256::ZERO);
        let id = id.ok_or_else(|| Refusal::request("Invalid transaction id"))?;
        let chain = self.fork();
        let head = chain.head();
        let irreversible = chain.block(chain.last_irreversible());
        let irreversible = irreversible.as_ref().unwrap_or(head);
        let time = |timestamp: BlockTimestamp| TimePoint::from(timestamp);
        let earliest = self.shared.traces.first_block().unwrap_or(0);
        let earliest_id = chain.block(earliest).map(|block| block.id);
        let mut answer = json!({
            "state": "UNKNOWN",
            "head_number": head.number(),
            "head_id": head.id,
            "head_timestamp": time(head.header.timestamp),
            "irreversible_number": irreversible.number(),
            "irreversible_id": irreversible.id,
            "irreversible_timestamp": time(irreversible.header.timestamp),
            "earliest_tracked_block_id": earliest_id.unwrap_or(Checksum256::ZERO),
            "earliest_tracked_block_number": earliest_id.map_or(0, |_| earliest),
        });
        self.add_state(&chain, id, &mut answer);
        Ok(answer)
    }

    /// Adds what is known of the transaction; leaves `UNKNOWN` where it has no trace.
    ///
    /// The block of the trace must still have the transaction: after the chain has gone back, another
    /// block may have its number.
    fn add_state(&self, chain: &Chain, id: Checksum256, answer: &mut Value) {
        let Some((trace, expiration)) = self.shared.traces.find(id) else {
            return;
        };
        answer["expiration"] = json!(TimePoint::from(expiration));
        let block = chain.block(trace.block_num);
        let block = block.filter(|block| block.transactions.iter().any(|it| it.id == id));
        let Some(block) = block else {
            // A node looks at its own clock: `get_trx_state` in `trx_finality_status_processing.cpp`.
            let state = if chain.now() >= expiration.into() {
                "FAILED"
            } else if trace.block_num > chain.head().number() {
                "LOCALLY_APPLIED"
            } else {
                // The chain has gone back since.
                "FORKED_OUT"
            };
            answer["state"] = state.into();
            return;
        };
        let final_ = block.number() <= chain.last_irreversible();
        answer["state"] = if final_ { "IRREVERSIBLE" } else { "IN_BLOCK" }.into();
        answer["block_number"] = block.number().into();
        answer["block_id"] = json!(block.id);
        answer["block_timestamp"] = json!(TimePoint::from(block.header.timestamp));
    }
}

/// A hash; zeros follow where there are fewer digits, and what is more is not looked at.
fn hash(given: &Value) -> Option<Checksum256> {
    let text = given.as_str().filter(|text| text.len().is_multiple_of(2));
    text.and_then(padded).map(Checksum256)
}
