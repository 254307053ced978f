//! Traces of transactions as a node tells them: with the arguments of actions by their ABIs.

use super::Reader;
use super::answer::Refusal;
use super::request::Request;
use super::{Api, answer};
use antelope_types::{Checksum256, Decode, Name, TimePointSec, Transaction, TransactionTrace};
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// Transactions whose traces are kept for `get_transaction_trace`.
const KEPT: usize = 10_000;

/// Bytes as text.
pub(super) fn hex(bytes: &[u8]) -> Value {
    let text = antelope_types::json::bytes::serialize(bytes, serde_json::value::Serializer);
    text.unwrap_or_default()
}

/// Adds to an action its arguments by the ABI of its account, as far as there is one that fits.
pub(super) fn decode(reader: Reader<'_>, act: &mut Value) {
    let name = |field: &str| Name::parse(act[field].as_str()?).ok();
    let read = || {
        let (account, action) = (name("account")?, name("name")?);
        let abi = reader.abis.of(reader.chain.state(), account)?;
        let bytes = answer::from_hex(act["data"].as_str()?)?;
        let ty = &abi.definition().find_action(action)?.ty;
        abi.unpack_as_node(ty, &bytes).ok()
    };
    let arguments = read();
    act["hex_data"] = act["data"].clone();
    if let Some(arguments) = arguments {
        act["data"] = arguments;
    }
}

/// A transaction with what ABIs can tell. Of its extensions only one kind is told, by its fields.
pub(super) fn transaction(reader: Reader<'_>, transaction: &Transaction) -> Value {
    let mut json = json!(transaction);
    for list in ["context_free_actions", "actions"] {
        for act in json[list].as_array_mut().into_iter().flatten() {
            decode(reader, act);
        }
    }
    if let Some(fields) = json.as_object_mut() {
        fields.remove("transaction_extensions");
        let mut extensions = transaction.transaction_extensions.iter();
        let generation = extensions.find(|extension| extension.kind == DEFERRED_GENERATION);
        let generation = generation.and_then(|it| generation_of(&it.data));
        fields.extend(generation.map(|it| ("deferred_transaction_generation".to_owned(), it)));
    }
    json
}

/// The kind of the extension that says what a deferred transaction was sent by.
const DEFERRED_GENERATION: u16 = 0;

fn generation_of(data: &[u8]) -> Option<Value> {
    let (sender_trx_id, sender_id, sender): (Checksum256, u128, Name) =
        Decode::from_bytes(data).ok()?;
    Some(json!({
        "sender_trx_id": sender_trx_id,
        "sender_id": sender_id.to_string(),
        "sender": sender,
    }))
}

/// The trace with what ABIs can tell.
pub(super) fn readable(reader: Reader<'_>, trace: &TransactionTrace) -> Value {
    let mut json = json!(trace);
    // Nodes leave out only this one where it is nothing.
    match (&trace.failed_dtrx_trace, json.as_object_mut()) {
        (Some(failed), Some(fields)) => {
            let failed = readable(reader, failed);
            fields.insert("failed_dtrx_trace".to_owned(), failed);
        }
        (None, Some(fields)) => drop(fields.remove("failed_dtrx_trace")),
        (_, None) => {}
    }
    let actions = json["action_traces"].as_array_mut().into_iter().flatten();
    for (action, data) in actions.zip(&trace.action_traces) {
        decode(reader, &mut action["act"]);
        let abi = reader.abis.of(reader.chain.state(), data.act.account);
        let result = abi.and_then(|abi| {
            let bytes = Some(&data.return_value).filter(|bytes| !bytes.is_empty())?;
            let ty = abi.definition().find_result(data.act.name)?;
            abi.unpack_as_node(ty, bytes).ok()
        });
        if let Some(result) = result {
            action["return_value_data"] = result;
        }
    }
    json
}

/// The actions as a tree, as `push_transaction` tells them: each with those it has sent or notified.
pub(super) fn as_tree(mut trace: Value) -> Value {
    let actions = trace["action_traces"].take();
    let mut below: HashMap<u64, Vec<Value>> = HashMap::new();
    for action in actions.as_array().into_iter().flatten() {
        if action["receipt"].is_null() && action["except"].is_null() {
            continue;
        }
        let above = action["closest_unnotified_ancestor_action_ordinal"].as_u64();
        below
            .entry(above.unwrap_or_default())
            .or_default()
            .push(action.clone());
    }
    trace["action_traces"] = children(&mut below, 0);
    trace
}

fn children(below: &mut HashMap<u64, Vec<Value>>, ordinal: u64) -> Value {
    let mut actions = below.remove(&ordinal).unwrap_or_default();
    let sequence = |action: &Value| action["receipt"]["global_sequence"].as_u64();
    actions.sort_by_key(|action| sequence(action).unwrap_or(u64::MAX));
    for action in &mut actions {
        // Ordinals begin at 1, so that no action is its own ancestor.
        let ordinal = action["action_ordinal"].as_u64().unwrap_or(u64::MAX);
        action["inline_traces"] = children(below, ordinal);
    }
    actions.into()
}

/// The traces of the last transactions.
#[derive(Default)]
pub(super) struct Traces(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_id: HashMap<Checksum256, Sent>,
    order: VecDeque<Checksum256>,
}

/// A transaction that was executed: what it did, and until when it could be.
pub(super) type Sent = (Arc<TransactionTrace>, TimePointSec);

impl Traces {
    pub(super) fn keep(&self, trace: &Arc<TransactionTrace>, expiration: TimePointSec) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = (Arc::clone(trace), expiration);
        if kept.by_id.insert(trace.id, sent).is_none() {
            kept.order.push_back(trace.id);
        }
        if kept.order.len() > KEPT
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.by_id.remove(&oldest);
        }
    }

    pub(super) fn find(&self, id: Checksum256) -> Option<Sent> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.by_id.get(&id).cloned()
    }

    /// The block of the first transaction that is kept.
    pub(super) fn first_block(&self) -> Option<u32> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (trace, _) = kept.by_id.get(kept.order.front()?)?;
        Some(trace.block_num)
    }
}

impl Api {
    /// `get_transaction_trace` of the plugin `trace_api`: what a block's transaction has done.
    pub(super) fn recorded(&self, request: &Request) -> Result<Value, Refusal> {
        let id = request.text("id")?;
        let id = id.parse().map_err(|_| Refusal::no_transaction_id())?;
        let (trace, _) = self.shared.traces.find(id).ok_or_else(Refusal::no_trace)?;
        let chain = self.fork();
        // The chain may have gone back since.
        let block = chain.block(trace.block_num).ok_or_else(Refusal::no_trace)?;
        let transaction = block.transactions.iter().find(|found| found.id == id);
        let transaction = transaction.ok_or_else(Refusal::no_trace)?;
        let packed = transaction.packed.as_ref().ok_or_else(Refusal::no_trace)?;
        let signed = antelope_ledger::transaction::unpack(packed)?;
        let mut actions: Vec<_> = trace.action_traces.iter().collect();
        actions.sort_by_key(|action| action.receipt.as_ref().map(|r| r.global_sequence));
        let actions = actions.into_iter().filter_map(|action| {
            let receipt = action.receipt.as_ref()?;
            let levels = action.act.authorization.iter();
            let levels = levels.map(|l| json!({ "account": l.actor, "permission": l.permission }));
            Some(json!({
                "global_sequence": receipt.global_sequence,
                "receiver": action.receiver,
                "account": action.act.account,
                "action": action.act.name,
                "authorization": levels.collect::<Vec<_>>(),
                "data": hex(&action.act.data),
                "return_value": hex(&action.return_value),
            }))
        });
        Ok(json!({
            "id": id,
            "block_num": trace.block_num,
            "block_time": trace.block_time,
            "producer_block_id": null,
            "actions": actions.collect::<Vec<_>>(),
            "status": transaction.receipt.status,
            "cpu_usage_us": transaction.receipt.cpu_usage_us,
            "net_usage_words": transaction.receipt.net_usage_words,
            "signatures": packed.signatures,
            "transaction_header": signed.transaction.header,
        }))
    }
}
