//! `/v1/history`: the calls by which older wallets list what concerns an account, as nodeos's
//! `history_plugin` answered them until it was dropped after version 2.
//!
//! | call | request | response |
//! |---|---|---|
//! | `get_actions` | `account_name`, `pos`, `offset` | `actions`, `last_irreversible_block`, `head_block_num` |
//! | `get_transaction` | `id`, `block_num_hint` | `id`, `trx`, `block_time`, `block_num`, `last_irreversible_block`, `traces` |
//! | `get_key_accounts` | `public_key` | `account_names`, ascending |
//! | `get_controlled_accounts` | `controlling_account` | `controlled_accounts`, ascending |
//!
//! The first two are there where the chain records its history, and unknown otherwise. The others
//! are answered from the state.
//!
//! # Actions of an account
//! An action concerns its receiver and those who authorized it, each once. The actions that concern
//! an account have places from 0 on (`account_action_seq`). `pos` is a place, or -1 for the one
//! after the last, which is the default; `offset` says how many to go from there, forwards if it is
//! positive, otherwise backwards; the default is -20. Both ends are included: `pos` 0 with `offset`
//! 9 has the first ten.
//!
//! Of an account that 100 actions concern, whose places are 0 to 99:
//!
//! | `pos` | `offset` | places of the response |
//! |---|---|---|
//! | 0 | 9 | 0 to 9 |
//! | 50 | -9 | 41 to 50 |
//! | 95 | 20 | 95 to 99 |
//! | -1 | -20 | 80 to 99: the default |
//! | -1 | 5 | none |
//!
//! ```json
//! {
//!   "actions": [{
//!     "global_action_seq": 1205,
//!     "account_action_seq": 7,
//!     "block_num": 42,
//!     "block_time": "2026-01-01T00:00:20.500",
//!     "action_trace": { "receiver": "alice", "act": { "account": "eosio.token", "name": "transfer" } }
//!   }],
//!   "last_irreversible_block": 41,
//!   "head_block_num": 42
//! }
//! ```
//!
//! Without `head_block_num`, which later providers of these calls have added, WharfKit refuses the
//! response.
//!
//! `action_trace` has every field of the trace of an action, of which the example shows two. Its
//! data are decoded by the ABI that the contract has now, not by the one of that time.
//!
//! Actions of blocks in the logs are found by an index and cost a few reads; each block that has one
//! of them is decoded once. Those of blocks in memory are searched one by one.
//!
//! A response has no more than 1000 actions. Where there were more, it has
//! `time_limit_exceeded_error`, as where a node's time was up.

use super::answer::Refusal;
use super::forking::refuse_list;
use super::request::{Request, wrapping};
use super::{Api, Reader, block, trace};
use crate::block::{Block, own_id};
use crate::history::History;
use antelope_history::StoredTrace;
use antelope_types::{
    ActionTrace, ChainError, Checksum256, ErrorKind, Name, PublicKey, TimePoint, TransactionTrace,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most actions of a response.
const MOST: u64 = 1000;

impl Api {
    /// Dispatches a call under `/v1/history`.
    ///
    /// # Errors
    /// Those of the call; 404 for an unknown one.
    pub(super) fn history(&self, call: &str, body: &[u8]) -> Result<Value, Refusal> {
        let chain = self.fork();
        let reader = Reader {
            chain: &chain,
            abis: &self.shared.abis,
        };
        match (call, chain.history()) {
            ("get_key_accounts", _) => key_accounts(reader, &Request::read(body)?),
            ("get_controlled_accounts", _) => controlled_accounts(reader, &Request::read(body)?),
            ("get_actions", Some(history)) => actions(reader, &history, &Request::read(body)?),
            ("get_transaction", Some(history)) => {
                transaction(reader, &history, &Request::read(body)?)
            }
            _ => Err(Refusal::unknown_endpoint()),
        }
    }
}

/// `get_key_accounts`: the accounts one of whose permissions has the key.
///
/// # Errors
/// `invalid_http_request` (3200006) for text that is not a key.
fn key_accounts(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    refuse_list(reader.chain, "all accounts that have a key")?;
    let text = request.text("public_key")?;
    let wanted = text.parse::<PublicKey>();
    let wanted = wanted.map_err(|error| Refusal::field(format!("`public_key`: {error}")))?;
    let permissions = reader.chain.state().permissions.iter();
    let having = permissions.filter(|(_, permission)| {
        let mut keys = permission.authority.keys.iter();
        keys.any(|found| found.key == wanted)
    });
    let names: BTreeSet<Name> = having.map(|((account, _), _)| *account).collect();
    Ok(json!({ "account_names": names }))
}

/// `get_controlled_accounts`: the accounts one of whose permissions has a level of this account.
///
/// # Errors
/// `invalid_http_request` (3200006) for text that is not a name.
fn controlled_accounts(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    refuse_list(reader.chain, "all accounts that another controls")?;
    let wanted = request.name("controlling_account")?;
    let permissions = reader.chain.state().permissions.iter();
    let having = permissions.filter(|(_, permission)| {
        let mut levels = permission.authority.accounts.iter();
        levels.any(|found| found.permission.actor == wanted)
    });
    let names: BTreeSet<Name> = having.map(|((account, _), _)| *account).collect();
    Ok(json!({ "controlled_accounts": names }))
}

/// `get_actions`. See the module for what `pos` and `offset` are.
///
/// # Errors
/// `plugin_exception` (3110000) where the end is before the beginning.
fn actions(reader: Reader<'_>, history: &History, request: &Request) -> Result<Value, Refusal> {
    let account = request.name("account_name")?;
    let pos = signed(request, "pos")?.unwrap_or(-1);
    let offset = signed(request, "offset")?.unwrap_or(-20);
    let count = history.count_actions(account).map_err(ChainError::from)?;
    let (first, last) = range(pos, offset, count)?;
    let end = (last + 1).clamp(0, count as i64) as u64;
    let start = (first.max(0) as u64).min(end);
    let wanted = start..end.min(start + MOST);
    let cut = wanted.end < end;
    let found = history.actions(account, wanted).map_err(ChainError::from)?;
    let mut blocks = HashMap::new();
    let mut told = Vec::new();
    for action in found {
        let block = match blocks.entry(action.block) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(executed(reader, history, action.block)?)
            }
        };
        let Some((time, trace)) = block.get(&action.global_sequence) else {
            continue;
        };
        told.push(json!({
            "global_action_seq": action.global_sequence,
            "account_action_seq": action.place,
            "block_num": action.block,
            "block_time": time,
            "action_trace": trace,
        }));
    }
    let mut answer = json!({
        "actions": told,
        "last_irreversible_block": history.irreversible,
        "head_block_num": reader.chain.head().number(),
    });
    if cut {
        answer["time_limit_exceeded_error"] = true.into();
    }
    Ok(answer)
}

/// The first and the last place that are asked for, both included, where `count` actions concern the
/// account. Neither need exist: the caller cuts the range to the places that there are.
///
/// # Errors
/// `plugin_exception` (3110000) where the end is before the beginning.
fn range(pos: i32, offset: i32, count: u64) -> Result<(i64, i64), Refusal> {
    let pos = match pos {
        -1 if count == 0 => -1,
        -1 => count as i64,
        pos => i64::from(pos),
    };
    let (first, last) = match offset > 0 {
        true => (pos, pos + i64::from(offset)),
        false => (pos + i64::from(offset), pos),
    };
    if last < first {
        let (name, what) = ("plugin_exception", "Plugin exception");
        let error = ChainError::from_node(3_110_000, name.into(), what.into(), Vec::new());
        let error = error.with_message("end position is earlier than start position");
        return Err(error.into());
    }
    Ok((first, last))
}

/// The actions of a block by their numbers in the whole chain, with the time of the block. Empty for
/// a block without traces, such as one from before the recording.
///
/// # Errors
/// `database_exception` (3060000) where the logs cannot be read or are damaged.
fn executed(
    reader: Reader<'_>,
    history: &History,
    number: u32,
) -> Result<BTreeMap<u64, (TimePoint, Value)>, Refusal> {
    let mut executed = BTreeMap::new();
    let traces = history.decoded(number).map_err(ChainError::from)?;
    let block = history.find_block(number).map_err(ChainError::from)?;
    if let (Some(traces), Some(block)) = (traces, block) {
        let time = TimePoint::from(block.header.timestamp);
        for trace in &traces {
            let actions = action_traces(reader, &block, trace);
            executed.extend(actions.map(|(number, trace)| (number, (time, trace))));
        }
    }
    Ok(executed)
}

/// The executed actions of a transaction by their numbers, as nodes wrote the trace of an action.
///
/// State history has no `closest_unnotified_ancestor_action_ordinal`. It follows from the order of
/// the actions, which come after those that created them: the creator, or, where that is a
/// notification, the closest ancestor that is not. What each trace repeats of its transaction and
/// block (`trx_id`, `block_num`, `block_time`) is filled in here.
fn action_traces(
    reader: Reader<'_>,
    block: &Block,
    stored: &StoredTrace,
) -> impl Iterator<Item = (u64, Value)> + use<> {
    let timestamp = block.header.timestamp;
    let mut trace = TransactionTrace::new(stored.id, block.number(), timestamp);
    let mut above: HashMap<u32, u32> = HashMap::new();
    for action in &stored.action_traces {
        let creator = action.creator_action_ordinal;
        let closest = above.get(&creator).copied().unwrap_or_default();
        // For those that this one creates it is itself, unless it is a notification.
        let own = match action.receiver == action.act.account {
            true => action.action_ordinal,
            false => closest,
        };
        above.insert(action.action_ordinal, own);
        trace.action_traces.push(ActionTrace {
            action_ordinal: action.action_ordinal,
            creator_action_ordinal: creator,
            closest_unnotified_ancestor_action_ordinal: closest,
            receipt: action.receipt.clone(),
            receiver: action.receiver,
            act: action.act.clone().into(),
            context_free: action.context_free,
            elapsed: action.elapsed,
            cost: Default::default(),
            console: action.console.clone(),
            trx_id: stored.id,
            block_num: block.number(),
            block_time: timestamp,
            producer_block_id: None,
            account_ram_deltas: action
                .account_ram_deltas
                .iter()
                .map(|change| (change.account, change.delta))
                .collect(),
            except: None,
            error_code: None,
            return_value: action.return_value.clone(),
            return_value_data: None,
        });
    }
    trace::add_decoded(reader, &mut trace);
    trace.action_traces.into_iter().filter_map(|action| {
        let number = action.receipt.as_ref()?.global_sequence;
        Some((number, json!(action)))
    })
}

/// `get_transaction`: its receipt, the transaction itself unless it was deferred, and the traces of
/// its actions in the order of execution. An id may be cut to 8 digits with `block_num_hint`.
///
/// ```json
/// {
///   "id": "5f0d…",
///   "trx": { "receipt": { "status": "executed", "cpu_usage_us": 100, "net_usage_words": 12 }, "trx": {} },
///   "block_time": "2026-01-01T00:00:20.500",
///   "block_num": 42,
///   "last_irreversible_block": 41,
///   "traces": []
/// }
/// ```
///
/// The whole id is looked up in the index; a shortened one only in the block of the hint.
///
/// # Errors
/// `transaction_id_type_exception` (3010009) for an `id` that is not one, `tx_not_found` (3040011).
fn transaction(reader: Reader<'_>, history: &History, request: &Request) -> Result<Value, Refusal> {
    let text = request.text("id")?;
    let digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !digits || !(8..=64).contains(&text.len()) {
        let message = format!("Invalid transaction ID: {text}");
        return Err(ChainError::new(ErrorKind::TransactionIdType, message).into());
    }
    let hint = match request.value("block_num_hint") {
        Some(_) => Some(request.number("block_num_hint", 0)?),
        None => None,
    };
    let wanted = text.to_ascii_lowercase();
    let whole = wanted.parse::<Checksum256>().ok();
    let number = match whole {
        Some(id) => history.find(id).map_err(ChainError::from)?,
        None => None,
    };
    let missing = || {
        let place = match hint {
            None => "not found in history and no block hint was given".to_owned(),
            Some(number) => format!("not found in history or in block number {number}"),
        };
        ChainError::new(ErrorKind::TxNotFound, format!("Transaction {text} {place}"))
    };
    let number = number.or(hint).ok_or_else(missing)?;
    let block = history.find_block(number).map_err(ChainError::from)?;
    let block = block.ok_or_else(missing)?;
    let matches = |id: Checksum256| id.to_string().starts_with(&wanted);
    let found = block.transactions.iter().find(|found| matches(found.id));
    let found = found.ok_or_else(missing)?;
    let traces = history.decoded(number).map_err(ChainError::from)?;
    let trace = traces
        .iter()
        .flatten()
        .find(|trace| own_id(trace) == found.id);
    let actions: BTreeMap<u64, Value> = trace
        .into_iter()
        .flat_map(|trace| action_traces(reader, &block, trace))
        .collect();
    Ok(json!({
        "id": found.id,
        "trx": block::receipt_and_transaction(reader, found),
        "block_time": TimePoint::from(block.header.timestamp),
        "block_num": number,
        "last_irreversible_block": history.irreversible,
        "traces": actions.into_values().collect::<Vec<_>>(),
    }))
}

/// A 32-bit number with a sign that may be left out. A number beyond 32 bits wraps around, and a
/// fraction is dropped.
///
/// # Errors
/// `invalid_http_request` (3200006) for anything that is neither a number nor text with one.
fn signed(request: &Request, field: &str) -> Result<Option<i32>, Refusal> {
    let wrong = || Refusal::field(format!("`{field}`: expected a number"));
    let wide = match request.value(field) {
        None => return Ok(None),
        Some(Value::Number(number)) => match number.as_i64() {
            Some(number) => number,
            None => number.as_f64().ok_or_else(wrong)? as i64,
        },
        Some(Value::String(text)) => wrapping(text).ok_or_else(wrong)? as i64,
        Some(_) => return Err(wrong()),
    };
    Ok(Some(wide as i32))
}

#[cfg(test)]
mod tests;
