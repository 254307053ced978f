//! What a transaction did, in the shape that nodes report it in.
//!
//! The JSON is that of `processed` in the answers of `send_transaction` and `push_transaction`. The
//! embedded chain fills the same types, so that a test reads its traces as a client reads a node's.
//!
//! | unit | fields |
//! |---|---|
//! | microseconds | `elapsed`, `cpu_usage_us` |
//! | bytes | `net_usage`, RAM deltas |
//! | words of 8 bytes | `net_usage_words` |
//! | slots of 500 ms | `block_time`; text in JSON |

mod action;
mod json;

pub use action::{ActionReceipt, ActionTrace, DecodedAction, action_digest};

use crate::{BlockTimestamp, ChainError, Checksum256, Cost, Decode, DecodeError, Name};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// What a transaction did: made by the embedded chain, or read from the answer of a node that sent,
/// computed or only read it.
/// A transaction that failed has `except`, and no receipt unless it was deferred; what its actions had
/// done until then is in `action_traces`, but none of it lasts.
///
/// ```
/// use antelope_types::{TransactionTrace, name};
/// let trace: TransactionTrace = serde_json::from_str(
///     r#"{
///         "id": "fceac96250e2ff14b5cea05f35e6ffb769a8b91a33a8e5f202e3685bd5a5c084",
///         "block_num": 6,
///         "block_time": "2026-11-21T01:30:23.500",
///         "receipt": { "status": "executed", "cpu_usage_us": 157, "net_usage_words": 16 },
///         "action_traces": [{
///             "action_ordinal": 1,
///             "creator_action_ordinal": 0,
///             "receiver": "eosio.token",
///             "act": {
///                 "account": "eosio.token",
///                 "name": "transfer",
///                 "authorization": [{ "actor": "alice", "permission": "active" }],
///                 "data": { "from": "alice", "to": "bob", "quantity": "1.0000 EOS", "memo": "" },
///                 "hex_data": "0000000000855c340000000000000e3d102700000000000004454f530000000000"
///             },
///             "account_ram_deltas": [{ "account": "alice", "delta": 368 }]
///         }]
///     }"#,
/// )?;
/// assert_eq!((trace.cpu_us(), trace.net_bytes()), (157, 128));
/// assert_eq!(trace.ram_deltas()[&name!("alice")], 368);
/// let transfer = &trace.action_traces[0].act;
/// assert_eq!(transfer.data.len(), 33);
/// assert_eq!(transfer.json.as_ref().unwrap()["quantity"], "1.0000 EOS");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransactionTrace {
    /// The transaction's id.
    /// It is [`Transaction::id`](crate::Transaction::id).
    pub id: Checksum256,
    /// The number of the block it is in.
    /// For the answer of a node, that is the block in production, which a fork may still undo.
    #[serde(default)]
    pub block_num: u32,
    /// That block's time.
    #[serde(default)]
    pub block_time: BlockTimestamp,
    /// The block's id, which is known only when the block is complete.
    pub producer_block_id: Option<Checksum256>,
    /// What was billed; none for a transaction that failed.
    pub receipt: Option<TransactionReceipt>,
    /// How long it took here, in microseconds.
    /// It differs from machine to machine; what is billed is in the receipt.
    #[serde(default, with = "crate::json::int64")]
    pub elapsed: i64,
    /// What it cost by count, the same on every machine. Nodes do not report it.
    #[serde(skip)]
    pub cost: Cost,
    /// NET, in bytes, whole words of 8.
    #[serde(default, with = "crate::json::uint64")]
    pub net_usage: u64,
    /// Whether it was deferred.
    #[serde(default)]
    pub scheduled: bool,
    /// Its actions in the order of their ordinals, with those that they sent and notified.
    ///
    /// Nodes answer `push_transaction` with a tree, in which an action has those below it as
    /// `inline_traces`. It is read into the same list: in the order of execution then, and without
    /// actions that were not executed, which the tree leaves out.
    #[serde(deserialize_with = "json::actions")]
    pub action_traces: Vec<ActionTrace>,
    /// RAM that keeping the transaction for later costs, or gives back when its time has come.
    pub account_ram_delta: Option<AccountDelta>,
    /// The deferred transaction that failed, where this is what its sender made of it.
    /// It is the trace of an `onerror` action then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_dtrx_trace: Option<Box<TransactionTrace>>,
    /// Why it failed.
    /// If an action raised it, the trace of that action has it too.
    pub except: Option<ChainError>,
    /// The number of a contract's failed check; a number of the node's own for every other error of
    /// the chain.
    /// See [`ChainError::trace_error_code`].
    #[serde(default, with = "json::optional_uint64")]
    pub error_code: Option<u64>,
}

impl TransactionTrace {
    /// Of a transaction that begins, in the block with this number and time.
    ///
    /// All fields that execution fills in are empty or zero.
    pub fn new(id: Checksum256, block_num: u32, block_time: BlockTimestamp) -> Self {
        Self {
            id,
            block_num,
            block_time,
            producer_block_id: None,
            receipt: None,
            elapsed: 0,
            cost: Cost::default(),
            net_usage: 0,
            scheduled: false,
            action_traces: Vec::new(),
            account_ram_delta: None,
            failed_dtrx_trace: None,
            except: None,
            error_code: None,
        }
    }

    /// Billed CPU in microseconds; zero when the transaction failed.
    pub fn cpu_us(&self) -> u32 {
        self.receipt.map_or(0, |receipt| receipt.cpu_usage_us)
    }

    /// Billed NET in bytes; zero when the transaction failed.
    ///
    /// That is eight times the words of the receipt.
    pub fn net_bytes(&self) -> u32 {
        self.receipt
            .map_or(0, |receipt| receipt.net_usage_words * 8)
    }

    /// The change of RAM of each account, in bytes, by the whole transaction; accounts that have as
    /// much as before are left out.
    /// The sum is of the actions' deltas, and of what storing the transaction itself costs.
    pub fn ram_deltas(&self) -> BTreeMap<Name, i64> {
        let mut sum = BTreeMap::new();
        for action in &self.action_traces {
            for (account, delta) in &action.account_ram_deltas {
                *sum.entry(*account).or_default() += delta;
            }
        }
        if let Some(own) = self.account_ram_delta {
            *sum.entry(own.account).or_default() += own.delta;
        }
        sum.retain(|_, delta| *delta != 0);
        sum
    }

    /// The transaction's own actions, which created all others.
    ///
    /// Context-free actions come first, as they were given.
    pub fn roots(&self) -> impl Iterator<Item = &ActionTrace> {
        self.children_of(0)
    }

    /// Inline actions and notifications created by the action with this ordinal.
    pub fn children_of(&self, ordinal: u32) -> impl Iterator<Item = &ActionTrace> {
        let actions = self.action_traces.iter();
        actions.filter(move |action| action.creator_action_ordinal == ordinal)
    }

    /// Executions of one action by the account it is addressed to, notifications left out.
    ///
    /// An inline action counts as well as one of the transaction's own.
    pub fn calls_of(&self, account: Name, name: Name) -> impl Iterator<Item = &ActionTrace> {
        self.action_traces.iter().filter(move |action| {
            action.act.account == account && action.act.name == name && !action.is_notification()
        })
    }

    /// What its first action returned, in bytes; empty where that is nothing.
    pub fn return_value(&self) -> &[u8] {
        let first = self.action_traces.first();
        first.map_or(&[], |action| &action.return_value)
    }

    /// What its first action returned.
    ///
    /// # Errors
    /// Where it did not return a `T`.
    /// An empty return value is a `()`.
    pub fn returned<'a, T: Decode<'a>>(&'a self) -> Result<T, DecodeError> {
        T::from_bytes(self.return_value())
    }

    /// What its actions printed, in the order of their execution.
    ///
    /// Nodes report it only with `--contracts-console`. Actions that were not executed come last.
    pub fn console(&self) -> String {
        let mut executed: Vec<_> = self.action_traces.iter().collect();
        executed.sort_by_key(|action| {
            action
                .receipt
                .as_ref()
                .map_or(u64::MAX, |r| r.global_sequence)
        });
        executed
            .iter()
            .map(|action| action.console.as_str())
            .collect()
    }
}

/// What was billed for a transaction.
///
/// It stands in the block as well, so that every node bills the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionReceipt {
    /// How it ended.
    pub status: TransactionStatus,
    /// CPU, in microseconds.
    /// On a network its producer measures it; it is no less than
    /// [`min_transaction_cpu_usage`](crate::ChainConfig::min_transaction_cpu_usage).
    pub cpu_usage_us: u32,
    /// NET, in words of 8 bytes.
    /// It covers the size of the packed transaction and the base that every transaction pays, rounded up.
    pub net_usage_words: u32,
}

/// A change of an account's RAM.
///
/// In JSON `{"account": "alice", "delta": 368}`; traces hold lists of them, ascending by account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDelta {
    /// The account.
    pub account: Name,
    /// The change, in bytes.
    #[serde(with = "crate::json::int64")]
    pub delta: i64,
}

/// How a transaction ended.
///
/// The numbers are those of the byte in a block's receipt; JSON has the names in snake case. Only
/// `Executed` is possible where transactions cannot be deferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransactionStatus {
    /// It was executed.
    Executed = 0,
    /// It was deferred and failed, and the contract that sent it was told.
    SoftFail = 1,
    /// It was deferred and failed, and so did telling its contract.
    HardFail = 2,
    /// It waits.
    Delayed = 3,
    /// It was deferred, and its time passed.
    Expired = 4,
}

impl TransactionStatus {
    /// The status as nodes write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Executed => "executed",
            Self::SoftFail => "soft_fail",
            Self::HardFail => "hard_fail",
            Self::Delayed => "delayed",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for TransactionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
