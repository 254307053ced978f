//! What a transaction did, in the shape that nodes report it in.

use crate::{
    Action, BlockTimestamp, ChainError, Checksum256, Cost, Decode, DecodeError, Encode, Encoder,
    Name, VarUint32,
};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// What a transaction did.
#[derive(Clone, Debug, Serialize)]
pub struct TransactionTrace {
    /// The transaction's id.
    pub id: Checksum256,
    /// The number of the block it is in.
    pub block_num: u32,
    /// That block's time.
    pub block_time: BlockTimestamp,
    /// The block's id, which is known only when the block is complete.
    pub producer_block_id: Option<Checksum256>,
    /// What was billed; none for a transaction that failed.
    pub receipt: Option<TransactionReceipt>,
    /// How long it took here, in microseconds.
    pub elapsed: i64,
    /// What it cost by count, the same on every machine. Nodes do not report it.
    #[serde(skip)]
    pub cost: Cost,
    /// NET, in bytes, whole words of 8.
    pub net_usage: u64,
    /// Whether it was deferred.
    pub scheduled: bool,
    /// Its actions in the order of their ordinals, with those that they sent and notified.
    pub action_traces: Vec<ActionTrace>,
    /// RAM that keeping the transaction for later costs, or gives back when its time has come.
    pub account_ram_delta: Option<AccountDelta>,
    /// The deferred transaction that failed, where this is what its sender made of it.
    pub failed_dtrx_trace: Option<Box<TransactionTrace>>,
    /// Why it failed.
    pub except: Option<ChainError>,
    /// The number of the failure.
    pub error_code: Option<u64>,
}

impl TransactionTrace {
    /// Of a transaction that begins, in the block with this number and time.
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

    /// The change of RAM of each account, by the whole transaction.
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
        sum
    }

    /// What its first action returned.
    ///
    /// # Errors
    /// Where it did not return a `T`.
    pub fn returned<'a, T: Decode<'a>>(&'a self) -> Result<T, DecodeError> {
        let first = self.action_traces.first();
        T::from_bytes(first.map_or(&[], |action| &action.return_value))
    }

    /// What its actions printed, in the order of their execution.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TransactionReceipt {
    /// How it ended.
    pub status: TransactionStatus,
    /// CPU, in microseconds.
    pub cpu_usage_us: u32,
    /// NET, in words of 8 bytes.
    pub net_usage_words: u32,
}

/// A change of an account's RAM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AccountDelta {
    /// The account.
    pub account: Name,
    /// The change, in bytes.
    pub delta: i64,
}

/// How a transaction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

/// What an action did, or a notification.
#[derive(Clone, Debug, Serialize)]
pub struct ActionTrace {
    /// Its number in the transaction, from 1, in the order in which actions were sent.
    pub action_ordinal: u32,
    /// The number of the action that sent it or notified; 0 for the transaction.
    pub creator_action_ordinal: u32,
    /// The number of the closest action above that is no notification; 0 for the transaction.
    pub closest_unnotified_ancestor_action_ordinal: u32,
    /// Its place in the chain's history; none if it was not executed.
    pub receipt: Option<ActionReceipt>,
    /// Whose contract ran.
    pub receiver: Name,
    /// The action.
    #[serde(serialize_with = "shared")]
    pub act: Arc<Action>,
    /// Whether it saw no state.
    pub context_free: bool,
    /// How long it took here, in microseconds.
    pub elapsed: i64,
    /// What it cost by count, without what it sent or notified. Nodes do not report it.
    #[serde(skip)]
    pub cost: Cost,
    /// What it printed.
    pub console: String,
    /// The transaction's id.
    pub trx_id: Checksum256,
    /// The number of the block it is in.
    pub block_num: u32,
    /// That block's time.
    pub block_time: BlockTimestamp,
    /// The block's id, which is known only when the block is complete.
    pub producer_block_id: Option<Checksum256>,
    /// The change of RAM of each account that it touched, in bytes.
    #[serde(serialize_with = "ram_deltas")]
    pub account_ram_deltas: BTreeMap<Name, i64>,
    /// Why it failed.
    pub except: Option<ChainError>,
    /// The number of the failure.
    pub error_code: Option<u64>,
    /// What it returned.
    #[serde(rename = "return_value_hex_data", serialize_with = "hex")]
    pub return_value: Vec<u8>,
}

/// The place of an action in the chain's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionReceipt {
    /// Whose contract ran.
    pub receiver: Name,
    /// The digest of the action and what it returned.
    pub act_digest: Checksum256,
    /// How many actions the chain has executed, with this one.
    pub global_sequence: u64,
    /// How many of them the receiver has.
    pub recv_sequence: u64,
    /// How many actions each account has authorized, with this one.
    #[serde(serialize_with = "auth_sequence")]
    pub auth_sequence: BTreeMap<Name, u64>,
    /// How often the code of the action's account was set.
    pub code_sequence: u32,
    /// How often the ABI of the action's account was set.
    pub abi_sequence: u32,
}

impl ActionReceipt {
    /// What blocks commit to.
    pub fn digest(&self) -> Checksum256 {
        Checksum256::sha256(&self.to_bytes())
    }
}

impl Encode for ActionReceipt {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.receiver.encode(out);
        self.act_digest.encode(out);
        self.global_sequence.encode(out);
        self.recv_sequence.encode(out);
        VarUint32(self.auth_sequence.len() as u32).encode(out);
        for (account, sequence) in &self.auth_sequence {
            account.encode(out);
            sequence.encode(out);
        }
        VarUint32(self.code_sequence).encode(out);
        VarUint32(self.abi_sequence).encode(out);
    }
}

/// The digest of an action and of what it returned.
pub fn action_digest(action: &Action, return_value: &[u8]) -> Checksum256 {
    // First what the action is, without its data; then the data that came in and went out.
    let mut identity = Vec::with_capacity(17 + 16 * action.authorization.len());
    identity.extend(action.account.to_bytes());
    identity.extend(action.name.to_bytes());
    identity.extend(action.authorization.to_bytes());
    let length = |bytes: &[u8]| VarUint32(bytes.len() as u32).to_bytes();
    let data = Checksum256::sha256_of(&[
        &length(&action.data),
        &action.data,
        &length(return_value),
        return_value,
    ]);
    Checksum256::sha256_of(&[&Checksum256::sha256(&identity).0, &data.0])
}

fn shared<S: Serializer>(action: &Arc<Action>, out: S) -> Result<S::Ok, S::Error> {
    action.serialize(out)
}

fn hex<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
    crate::json::bytes::serialize(bytes, out)
}

fn ram_deltas<S: Serializer>(deltas: &BTreeMap<Name, i64>, out: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Delta {
        account: Name,
        delta: i64,
    }
    let mut list = out.serialize_seq(Some(deltas.len()))?;
    for (&account, &delta) in deltas {
        list.serialize_element(&Delta { account, delta })?;
    }
    list.end()
}

fn auth_sequence<S: Serializer>(map: &BTreeMap<Name, u64>, out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(map)
}
