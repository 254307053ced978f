//! Traces of transactions as a node writes them, with data decoded by ABIs, and the last ones that
//! were sent through the API.
//!
//! Decoding is best effort everywhere: where an account has no ABI, or the bytes do not match it,
//! `data` stays hexadecimal. `hex_data` is always there.
//!
//! An action of a trace looks like this in JSON:
//!
//! ```json
//! {
//!   "action_ordinal": 1,
//!   "creator_action_ordinal": 0,
//!   "receiver": "eosio.token",
//!   "act": {
//!     "account": "eosio.token",
//!     "name": "transfer",
//!     "authorization": [{ "actor": "alice", "permission": "active" }],
//!     "data": { "from": "alice", "to": "bob", "quantity": "1.0000 SYS", "memo": "" },
//!     "hex_data": "0000000000855c34…"
//!   }
//! }
//! ```

use super::Reader;
use super::abis::Abis;
use super::answer;
use antelope_abi::Abi;
use antelope_ledger::state::State;
use antelope_types::{
    Action, Checksum256, Decode, Name, TimePointSec, Transaction, TransactionTrace,
};
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// Transactions whose traces are kept for `get_transaction_status`, and for `get_transaction_trace`
/// where the chain does not record its history; beyond it, the oldest is dropped.
const KEPT: usize = 10_000;

/// Steps that `abi_to_variant` of a node's `abi_serializer.hpp` takes before it comes to the arguments
/// of an action: each structure, list and pointer around them is one. Of the 32 that are allowed so
/// many less are left for the arguments themselves; beyond, `data` stays hexadecimal.
#[derive(Clone, Copy)]
pub(super) struct Steps(u32);

impl Steps {
    /// In a transaction by itself: the transaction, its list of actions, the action.
    pub(super) const TRANSACTION: Self = Self(3);
    /// In a block: also the block, the list of receipts, the receipt, the variant of an id and a packed
    /// transaction, and the latter.
    pub(super) const BLOCK: Self = Self(8);
    /// In a trace: the trace, its list of actions, the trace of the action, the action.
    const TRACE: Self = Self(4);

    /// The trace of a failed deferred transaction lies in the trace of its handler, behind a pointer.
    const fn failed(self) -> Self {
        Self(self.0 + 2)
    }
}

/// Bytes as hexadecimal text.
pub(super) fn hex(bytes: &[u8]) -> Value {
    let text = antelope_types::json::bytes::serialize(bytes, serde_json::value::Serializer);
    text.unwrap_or_default()
}

/// Moves the bytes of an action's data to `hex_data`, and replaces `data` by the decoded arguments
/// if they can be decoded.
fn decode(reader: Reader<'_>, act: &mut Value, steps: Steps) {
    let name = |field: &str| Name::parse(act[field].as_str()?).ok();
    let read = || {
        let (account, action) = (name("account")?, name("name")?);
        let abi = reader.abis.of(reader.chain.state(), account)?;
        let bytes = answer::from_hex(act["data"].as_str()?)?;
        let ty = &abi.definition().find_action(action)?.ty;
        abi.unpack_as_node_below(steps.0, ty, &bytes).ok()
    };
    let arguments = read();
    act["hex_data"] = act["data"].clone();
    if let Some(arguments) = arguments {
        act["data"] = arguments;
    }
}

/// A transaction with the arguments of its actions. Of its extensions nodes write only the one that
/// says what a deferred transaction was sent by, by its fields.
pub(super) fn transaction(reader: Reader<'_>, transaction: &Transaction, steps: Steps) -> Value {
    let mut json = json!(transaction);
    for list in ["context_free_actions", "actions"] {
        for act in json[list].as_array_mut().into_iter().flatten() {
            decode(reader, act, steps);
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

/// The fields of that extension: the id of the sending transaction, 16 bytes of sender id, the sender.
fn generation_of(data: &[u8]) -> Option<Value> {
    let (sender_trx_id, sender_id, sender): (Checksum256, u128, Name) =
        Decode::from_bytes(data).ok()?;
    Some(json!({
        "sender_trx_id": sender_trx_id,
        "sender_id": sender_id.to_string(),
        "sender": sender,
    }))
}

/// The ABIs of some accounts, as the bytes that were set.
pub(super) type AbiBytes = Vec<(Name, Arc<[u8]>)>;

/// The ABIs of all accounts whose actions are in a trace. It is done with the chain locked; parsing
/// them and decoding by them is done afterwards.
pub(super) fn abis_of(state: &State, trace: &TransactionTrace) -> AbiBytes {
    let mut found = AbiBytes::new();
    let mut next = Some(trace);
    while let Some(trace) = next {
        for action in &trace.action_traces {
            let account = action.act.account;
            // Few accounts take part in a transaction.
            if found.iter().all(|(name, _)| *name != account)
                && let Some(known) = state.accounts.get(&account)
            {
                found.push((account, Arc::clone(&known.abi)));
            }
        }
        next = trace.failed_dtrx_trace.as_deref();
    }
    found
}

/// Adds to a trace what ABIs can tell: the arguments of actions and their return values. Where an
/// account has no ABI, or the bytes do not match it, nothing is added.
pub(super) fn add_decoded(reader: Reader<'_>, trace: &mut TransactionTrace) {
    let bytes = abis_of(reader.chain.state(), trace);
    add_decoded_by(reader.abis, &bytes, trace);
}

/// The same by ABIs that were found earlier.
pub(super) fn add_decoded_by(abis: &Abis, bytes: &AbiBytes, trace: &mut TransactionTrace) {
    let parsed = bytes.iter().filter_map(|(account, bytes)| {
        let abi = abis.parsed(*account, bytes)?.ok()?;
        Some((*account, abi))
    });
    add_decoded_below(&parsed.collect::<Vec<_>>(), trace, Steps::TRACE);
}

fn add_decoded_below(abis: &[(Name, Arc<Abi>)], trace: &mut TransactionTrace, steps: Steps) {
    if let Some(failed) = &mut trace.failed_dtrx_trace {
        add_decoded_below(abis, failed, steps.failed());
    }
    // Those who are notified of an action share it, and so what it says.
    let mut last: Option<(Arc<Action>, Option<Value>)> = None;
    for action in &mut trace.action_traces {
        let account = action.act.account;
        let Some((_, abi)) = abis.iter().find(|(name, _)| *name == account) else {
            continue;
        };
        let definition = abi.definition();
        action.act.json = match &last {
            Some((shared, arguments)) if Arc::ptr_eq(shared, &action.act.action) => {
                arguments.clone()
            }
            _ => {
                let found = definition.find_action(action.act.name);
                let arguments = found.and_then(|found| {
                    let read = abi.unpack_as_node_below(steps.0, &found.ty, &action.act.data);
                    read.ok()
                });
                last = Some((Arc::clone(&action.act.action), arguments.clone()));
                arguments
            }
        };
        if !action.return_value.is_empty() {
            let ty = definition.find_result(action.act.name);
            // It is a field of the trace of the action, so the step of the action is not taken.
            let unpack = |ty| abi.unpack_as_node_below(steps.0 - 1, ty, &action.return_value);
            let result = ty.map(unpack);
            action.return_value_data = result.and_then(Result::ok);
        }
    }
}

/// Turns the list of actions into a tree, as `push_transaction` writes them: each action has those
/// it has sent and its notifications in `inline_traces`. Actions that never ran are left out.
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

/// The actions below one, in the order of execution. `below` has the actions by the ordinal of the
/// one above.
fn children(below: &mut HashMap<u64, Vec<Value>>, ordinal: u64) -> Value {
    let mut actions = below.remove(&ordinal).unwrap_or_default();
    let sequence = |action: &Value| action["receipt"]["global_sequence"].as_u64();
    actions.sort_by_key(|action| sequence(action).unwrap_or(u64::MAX));
    for action in &mut actions {
        // Ordinals begin at 1, and 0 is the transaction, so that no action is its own ancestor.
        let ordinal = action["action_ordinal"].as_u64().unwrap_or(u64::MAX);
        action["inline_traces"] = children(below, ordinal);
    }
    actions.into()
}

/// The traces of the last [`KEPT`] transactions. Locked for an insertion or a look-up only.
#[derive(Default)]
pub(super) struct Traces(Mutex<Kept>);

/// What the lock protects.
#[derive(Default)]
struct Kept {
    /// Traces by transaction id, with the expiration of each transaction.
    by_id: HashMap<Checksum256, Sent>,
    /// Ids in the order of execution, for dropping the oldest.
    order: VecDeque<Checksum256>,
}

/// A transaction that was executed: what it did, and until when it could be.
pub(super) type Sent = (Arc<TransactionTrace>, TimePointSec);

impl Traces {
    /// Keeps the trace of a transaction, called after the chain's lock is released.
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

    /// The trace of a transaction, if it is still kept.
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
