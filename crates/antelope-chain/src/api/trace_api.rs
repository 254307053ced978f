//! `/v1/trace_api`: what blocks and transactions did, as nodeos's `trace_api_plugin` recorded it.
//!
//! A chain that records its history ([`Chain::record_history`](crate::Chain::record_history))
//! answers from all of it. Any other knows the last transactions that were sent through this API,
//! and no blocks.
//!
//! | call | request | response |
//! |---|---|---|
//! | `get_block` | `block_num` | the header's fields, `status`, `transactions` |
//! | `get_transaction_trace` | `id` | one of `transactions` |
//!
//! `status` of a block is `pending` or `irreversible`. Its transactions are `onblock`, which the
//! block itself does not contain, and those that were executed or, deferred, made their sender
//! handle their failure; the latter under their own id, with the actions of the handler. Their
//! actions are in the order of execution, with data and return values as hexadecimal; context-free
//! actions are left out.
//!
//! The response to `get_block`, cut to one transaction with one action:
//!
//! ```json
//! {
//!   "id": "0000002a…", "number": 42, "previous_id": "00000029…", "status": "irreversible",
//!   "timestamp": "2026-01-01T00:00:20.500Z", "producer": "eosio",
//!   "transaction_mroot": "…", "action_mroot": "…", "schedule_version": 0,
//!   "transactions": [{
//!     "id": "5f0d…", "block_num": 42, "block_time": "2026-01-01T00:00:20.500",
//!     "status": "executed", "cpu_usage_us": 100, "net_usage_words": 12,
//!     "actions": [{
//!       "global_sequence": 1205, "receiver": "alice", "account": "eosio.token", "action": "transfer",
//!       "authorization": [{ "actor": "bob", "permission": "active" }], "data": "00…", "return_value": ""
//!     }]
//!   }]
//! }
//! ```
//!
//! CPU is in microseconds and NET in words of 8 bytes, as in the receipt of the block.
//!
//! # Errors
//! Status 400 for a request without a number or an id, 404 for what is not there; in these, all
//! fields but `code` and `message` are empty.

use super::Api;
use super::answer::Refusal;
use super::bound::padded;
use super::request::{Request, wrapping};
use crate::block::{Block, BlockTransaction, leaves_actions, own_id};
use crate::history::History;
use antelope_history::{PartialTransaction, StoredTrace};
use antelope_types::rpc::{RecordedAction, RecordedTransaction};
use antelope_types::{
    ChainError, Checksum256, Signature, TimePoint, TransactionReceipt, TransactionTrace,
};
use serde_json::{Value, json};

impl Api {
    /// `get_block`. See the module for the request and the response.
    ///
    /// # Errors
    /// Status 400 without a number, 404 where the block was not recorded.
    pub(super) fn recorded_block(&self, body: &[u8]) -> Result<Value, Refusal> {
        let number = Request::optional(body).ok().and_then(|it| block_num(&it));
        let number = number.ok_or_else(Refusal::no_block_number)?;
        let missing = Refusal::no_block_trace;
        let history = self.fork().history().ok_or_else(missing)?;
        let traces = history.decoded(number).map_err(ChainError::from)?;
        let block = history.find_block(number).map_err(ChainError::from)?;
        let (Some(traces), Some(block)) = (traces, block) else {
            return Err(missing());
        };
        let header = &block.header;
        let status = match number <= history.irreversible {
            true => "irreversible",
            false => "pending",
        };
        let transactions = traces.iter().filter_map(|trace| recorded(&block, trace));
        Ok(json!({
            "id": block.id,
            "number": number,
            "previous_id": header.previous,
            "status": status,
            "timestamp": format!("{}Z", TimePoint::from(header.timestamp)),
            "producer": header.producer,
            "transaction_mroot": header.transaction_mroot,
            "action_mroot": header.action_mroot,
            "schedule_version": header.schedule_version,
            "transactions": transactions.collect::<Vec<_>>(),
        }))
    }

    /// `get_transaction_trace`. See the module for the request and the response.
    ///
    /// # Errors
    /// Status 400 without an id of 8 to 64 digits; 404 where the transaction is not in a recorded
    /// block, or has left no trace.
    pub(super) fn recorded_transaction(&self, body: &[u8]) -> Result<Value, Refusal> {
        let request = Request::optional(body).ok();
        let text = request.and_then(|it| it.optional_text("id").ok().flatten());
        let text = text.filter(|text| (8..=64).contains(&text.len()));
        let id = text.and_then(|text| padded(&text)).map(Checksum256);
        let id = id.ok_or_else(Refusal::no_transaction_id)?;
        let chain = self.fork();
        match chain.history() {
            Some(history) => in_history(&history, id),
            None => {
                let (trace, _) = self.shared.traces.find(id).ok_or_else(Refusal::no_trace)?;
                // The chain may have gone back to a snapshot since.
                let block = chain.block(trace.block_num).ok_or_else(Refusal::no_trace)?;
                let found = block.transactions.iter().find(|found| found.id == id);
                let told = found.and_then(|found| kept(&block, found, &trace));
                told.ok_or_else(Refusal::no_trace)
            }
        }
    }
}

/// The trace of a transaction, from the whole history. A transaction that is in several blocks is
/// taken from the newest.
///
/// # Errors
/// Status 404 where no block has it, or its block was not recorded, or it left no actions;
/// `database_exception` (3060000) where the logs cannot be read or are damaged.
fn in_history(history: &History, id: Checksum256) -> Result<Value, Refusal> {
    let number = history.find(id).map_err(ChainError::from)?;
    let number = number.ok_or_else(Refusal::no_trace)?;
    let traces = history.decoded(number).map_err(ChainError::from)?;
    let block = history.find_block(number).map_err(ChainError::from)?;
    let (Some(traces), Some(block)) = (traces, block) else {
        return Err(Refusal::no_trace());
    };
    let trace = traces.iter().find(|trace| own_id(trace) == id);
    let told = trace.and_then(|trace| recorded(&block, trace));
    told.ok_or_else(Refusal::no_trace_in_block)
}

/// A block number as nodes read it: as 64 bits, of which the upper half must be zero.
fn block_num(request: &Request) -> Option<u32> {
    let wide = match request.field("block_num")? {
        Value::Null => 0,
        Value::Bool(flag) => u64::from(*flag),
        Value::String(text) => wrapping(text)?,
        Value::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(number), _) => number,
            (None, Some(float)) if number.is_f64() && float >= 0.0 => float as u64,
            _ => return None,
        },
        _ => return None,
    };
    u32::try_from(wide).ok()
}

/// A transaction of a recorded block; `None` for one that failed and left no actions.
fn recorded(block: &Block, trace: &StoredTrace) -> Option<Value> {
    let id = own_id(trace);
    let found = block.transactions.iter().find(|found| found.id == id);
    // `onblock` is not among the transactions of the block.
    let receipt = found.map_or_else(|| own_receipt(trace), |found| found.receipt);
    if !leaves_actions(receipt.status) {
        return None;
    }
    let failed = trace.failed_dtrx_trace.as_ref();
    let partial = failed.and_then(|failed| failed.partial.clone());
    let partial = partial.or_else(|| trace.partial.clone());
    let PartialTransaction {
        header, signatures, ..
    } = partial.unwrap_or_default();
    let actions = trace.action_traces.iter();
    let actions = actions.filter(|action| !action.context_free);
    let actions = actions.map(|action| RecordedAction {
        global_sequence: action.receipt.as_ref().map_or(0, |it| it.global_sequence),
        receiver: action.receiver,
        account: action.act.account,
        action: action.act.name,
        authorization: action.act.authorization.clone(),
        data: action.act.data.clone(),
        return_value: action.return_value.clone(),
    });
    Some(told(RecordedTransaction {
        actions: actions.collect(),
        signatures: signatures.iter().map(Signature::to_string).collect(),
        transaction_header: header,
        ..in_block(block, id, receipt)
    }))
}

/// A transaction whose trace is kept beside the chain, in a chain that does not record its history.
///
/// `None` for a deferred one, which the block has by its id alone.
fn kept(block: &Block, found: &BlockTransaction, trace: &TransactionTrace) -> Option<Value> {
    let packed = found.packed.as_ref()?;
    let signed = antelope_ledger::transaction::unpack(packed).ok()?;
    let actions = trace.action_traces.iter();
    let actions = actions.filter(|action| !action.context_free);
    let actions = actions.filter_map(|action| {
        Some(RecordedAction {
            global_sequence: action.receipt.as_ref()?.global_sequence,
            receiver: action.receiver,
            account: action.act.account,
            action: action.act.name,
            authorization: action.act.authorization.clone(),
            data: action.act.data.clone(),
            return_value: action.return_value.clone(),
        })
    });
    Some(told(RecordedTransaction {
        actions: actions.collect(),
        signatures: packed.signatures.iter().map(Signature::to_string).collect(),
        transaction_header: signed.transaction.header,
        ..in_block(block, found.id, found.receipt)
    }))
}

/// A transaction of a block without what it did: the caller adds its actions, signatures and header,
/// which come from the log or from the block.
fn in_block(block: &Block, id: Checksum256, receipt: TransactionReceipt) -> RecordedTransaction {
    RecordedTransaction {
        id,
        block_num: block.number(),
        block_time: block.header.timestamp.into(),
        // Known to a node only for blocks that it has received from others.
        producer_block_id: None,
        actions: Vec::new(),
        status: receipt.status,
        cpu_usage_us: receipt.cpu_usage_us,
        net_usage_words: receipt.net_usage_words,
        signatures: Vec::new(),
        transaction_header: Default::default(),
    }
}

/// The receipt in a trace. Only for `onblock`: any other transaction has its receipt in the block.
fn own_receipt(trace: &StoredTrace) -> TransactionReceipt {
    TransactionReceipt {
        status: trace.status,
        cpu_usage_us: trace.cpu_usage_us,
        net_usage_words: trace.net_usage_words,
    }
}

/// The JSON of a transaction, its actions in the order of execution.
fn told(mut transaction: RecordedTransaction) -> Value {
    let actions = &mut transaction.actions;
    actions.sort_by_key(|action| action.global_sequence);
    json!(transaction)
}
