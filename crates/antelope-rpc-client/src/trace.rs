//! What a transaction did: the node's trace as typed data.

use crate::refusal::{ChainError, Exception};
use antelope_types::{Checksum256, Name, PermissionLevel, TimePoint};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// The trace of one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Transaction id.
    pub id: Checksum256,
    /// The block the transaction was executed in; a pending block's number until it is produced.
    pub block_num: u32,
    /// The time of that block.
    pub block_time: TimePoint,
    /// Status and billed resources. `None` when the transaction failed.
    pub receipt: Option<Receipt>,
    /// Execution time in microseconds, measured by the node.
    pub elapsed_us: u64,
    /// Network use in bytes.
    pub net_usage: u64,
    /// The actions in the order of their ordinals: see [`Trace::roots`] for the tree.
    pub actions: Vec<ActionTrace>,
    /// RAM released by retiring a deferred transaction.
    pub account_ram_delta: Option<RamDelta>,
    /// The number of a failed check; a number of the node's own when the check has a text.
    pub error_code: Option<u64>,
}

/// Status and billed resources of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// `executed`, `soft_fail`, `hard_fail`, `delayed` or `expired`.
    pub status: String,
    /// Billed CPU in microseconds.
    pub cpu_usage_us: u32,
    /// Billed network use in words of eight bytes.
    pub net_usage_words: u32,
}

/// A change of an account's RAM use, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct RamDelta {
    /// Who is billed.
    pub account: Name,
    /// Bytes, negative when released.
    #[serde(deserialize_with = "crate::json::i64_or_text")]
    pub delta: i64,
}

/// The trace of one action, inline action or notification. Its `Debug` shows the first bytes of
/// `data` only.
#[derive(Clone, PartialEq)]
pub struct ActionTrace {
    /// Position in the transaction, from 1.
    pub ordinal: u32,
    /// Ordinal of the action that created this one; 0 for the transaction's own actions.
    pub creator: u32,
    /// Ordinal of the closest ancestor that is not a notification.
    pub closest_unnotified_ancestor: u32,
    /// The account whose code ran. Differs from `account` in a notification.
    pub receiver: Name,
    /// The account the action is addressed to: the first receiver.
    pub account: Name,
    /// Action name.
    pub name: Name,
    /// Who authorized it.
    pub authorization: Vec<PermissionLevel>,
    /// The arguments by the account's ABI, `None` when the node could not read them.
    pub arguments: Option<Value>,
    /// The arguments as bytes.
    pub data: Vec<u8>,
    /// Sequence numbers; `None` for the action that failed and those after it.
    pub receipt: Option<ActionReceipt>,
    /// Execution time in microseconds.
    pub elapsed_us: u64,
    /// What the contract printed (nodes started with `--contracts-console`).
    pub console: String,
    /// Changes of RAM use, one entry an account.
    pub account_ram_deltas: Vec<RamDelta>,
    /// Bytes of the returned value, empty when none.
    pub return_value: Vec<u8>,
    /// The returned value by the account's ABI, where the node gives it.
    pub return_data: Option<Value>,
    /// Why this action failed.
    pub error: Option<ChainError>,
}

/// Sequence numbers of an executed action.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ActionReceipt {
    /// Digest of the action.
    pub act_digest: Checksum256,
    /// Number of the action in the whole chain.
    #[serde(deserialize_with = "crate::json::u64_or_text")]
    pub global_sequence: u64,
    /// Number of the action among those the receiver received.
    #[serde(deserialize_with = "crate::json::u64_or_text")]
    pub recv_sequence: u64,
}

impl Trace {
    /// Billed CPU in microseconds; zero when the transaction failed.
    #[must_use]
    pub fn cpu_us(&self) -> u32 {
        self.receipt.as_ref().map_or(0, |r| r.cpu_usage_us)
    }

    /// Billed network use in bytes; zero when the transaction failed.
    #[must_use]
    pub fn net_bytes(&self) -> u32 {
        self.receipt.as_ref().map_or(0, |r| r.net_usage_words * 8)
    }

    /// The sum of all RAM changes by account, accounts without a change left out.
    #[must_use]
    pub fn ram_deltas(&self) -> BTreeMap<Name, i64> {
        let mut sums = BTreeMap::new();
        let deltas = self.actions.iter().flat_map(|a| &a.account_ram_deltas);
        for RamDelta { account, delta } in deltas.chain(&self.account_ram_delta) {
            *sums.entry(*account).or_default() += delta;
        }
        sums.retain(|_, delta| *delta != 0);
        sums
    }

    /// The transaction's own actions, which created all others.
    pub fn roots(&self) -> impl Iterator<Item = &ActionTrace> {
        self.children_of(0)
    }

    /// Inline actions and notifications created by the action with this ordinal.
    pub fn children_of(&self, ordinal: u32) -> impl Iterator<Item = &ActionTrace> {
        self.actions.iter().filter(move |a| a.creator == ordinal)
    }

    /// Executions of one action by the account it is addressed to, notifications left out.
    pub fn calls_of(&self, account: Name, name: Name) -> impl Iterator<Item = &ActionTrace> {
        self.actions
            .iter()
            .filter(move |a| a.account == account && a.name == name && !a.is_notification())
    }

    /// All that the contracts printed, in the order of ordinals.
    #[must_use]
    pub fn console(&self) -> String {
        self.actions.iter().map(|a| a.console.as_str()).collect()
    }

    /// Bytes returned by the transaction's first action, empty when none.
    #[must_use]
    pub fn return_value(&self) -> &[u8] {
        self.actions.first().map_or(&[], |a| &a.return_value)
    }
}

impl fmt::Debug for ActionTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 64;
        let ActionTrace {
            ordinal,
            creator,
            receiver,
            account,
            name,
            ..
        } = self;
        write!(
            f,
            "{ordinal} by {creator}: {receiver} <= {account}::{name} as "
        )?;
        f.debug_list()
            .entries(self.authorization.iter().map(|p| (p.actor, p.permission)))
            .finish()?;
        write!(
            f,
            " {} ",
            crate::json::to_hex(&self.data[..self.data.len().min(SHOWN)])
        )?;
        let mut rest = f.debug_struct("");
        rest.field("bytes", &self.data.len())
            .field("ram", &self.account_ram_deltas);
        rest.field("returned", &crate::json::to_hex(&self.return_value));
        rest.field("console", &self.console)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl ActionTrace {
    /// True when a contract is told of an action addressed to somebody else.
    #[must_use]
    pub fn is_notification(&self) -> bool {
        self.receiver != self.account
    }
}

/// The trace as it stands in the answers of send, push, compute and read-only calls.
#[derive(Deserialize)]
pub(crate) struct RawTrace {
    id: Checksum256,
    #[serde(default)]
    block_num: u32,
    #[serde(default)]
    block_time: TimePoint,
    receipt: Option<Receipt>,
    #[serde(default, deserialize_with = "crate::json::u64_or_text")]
    elapsed: u64,
    #[serde(default, deserialize_with = "crate::json::u64_or_text")]
    net_usage: u64,
    action_traces: Vec<RawActionTrace>,
    #[serde(default)]
    account_ram_delta: Option<RamDelta>,
    #[serde(default)]
    except: Option<Exception>,
    #[serde(default, deserialize_with = "crate::json::optional_u64")]
    error_code: Option<u64>,
}

#[derive(Deserialize)]
struct RawActionTrace {
    action_ordinal: u32,
    creator_action_ordinal: u32,
    #[serde(default)]
    closest_unnotified_ancestor_action_ordinal: u32,
    receiver: Name,
    act: RawAction,
    #[serde(default)]
    receipt: Option<ActionReceipt>,
    #[serde(default, deserialize_with = "crate::json::u64_or_text")]
    elapsed: u64,
    #[serde(default)]
    console: String,
    #[serde(default)]
    account_ram_deltas: Vec<RamDelta>,
    #[serde(default)]
    except: Option<Exception>,
    #[serde(default, deserialize_with = "crate::json::optional_u64")]
    error_code: Option<u64>,
    #[serde(default, alias = "return_value", deserialize_with = "crate::json::hex")]
    return_value_hex_data: Vec<u8>,
    #[serde(default)]
    return_value_data: Option<Value>,
}

#[derive(Deserialize)]
struct RawAction {
    account: Name,
    name: Name,
    authorization: Vec<PermissionLevel>,
    #[serde(default)]
    data: Value,
    #[serde(default)]
    hex_data: Option<String>,
}

impl RawTrace {
    /// The trace, or the refusal that carries it.
    pub(crate) fn into_result(self, status: u16) -> Result<Trace, Box<ChainError>> {
        let trace = Trace {
            id: self.id,
            block_num: self.block_num,
            block_time: self.block_time,
            receipt: self.receipt,
            elapsed_us: self.elapsed,
            net_usage: self.net_usage,
            actions: self
                .action_traces
                .into_iter()
                .map(RawActionTrace::into_trace)
                .collect(),
            account_ram_delta: self.account_ram_delta,
            error_code: self.error_code,
        };
        match self.except {
            None => Ok(trace),
            Some(e) => Err(Box::new(e.into_chain_error(status, Some(Box::new(trace))))),
        }
    }
}

impl RawActionTrace {
    fn into_trace(self) -> ActionTrace {
        let (arguments, data) = self.act.arguments_and_bytes();
        let error_code = self.error_code;
        ActionTrace {
            ordinal: self.action_ordinal,
            creator: self.creator_action_ordinal,
            closest_unnotified_ancestor: self.closest_unnotified_ancestor_action_ordinal,
            receiver: self.receiver,
            account: self.act.account,
            name: self.act.name,
            authorization: self.act.authorization,
            arguments,
            data,
            receipt: self.receipt,
            elapsed_us: self.elapsed,
            console: self.console,
            account_ram_deltas: self.account_ram_deltas,
            return_value: self.return_value_hex_data,
            return_data: self.return_value_data,
            error: self.except.map(|e| {
                let mut error = e.into_chain_error(202, None);
                error.error_code = error.error_code.and(error_code);
                error
            }),
        }
    }
}

impl RawAction {
    /// Nodes give arguments by ABI in `data` and bytes in `hex_data`; without an ABI `data` is
    /// the hexadecimal text itself.
    fn arguments_and_bytes(&self) -> (Option<Value>, Vec<u8>) {
        let bytes = |text: &str| crate::json::from_hex(text).unwrap_or_default();
        match (&self.data, &self.hex_data) {
            (data, Some(hex)) => (Some(data.clone()), bytes(hex)),
            (Value::String(hex), None) => (None, bytes(hex)),
            (Value::Null, None) => (None, Vec::new()),
            (data, None) => (Some(data.clone()), Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests;
