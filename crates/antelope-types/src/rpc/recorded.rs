//! What a node's `trace_api_plugin` has recorded of a transaction in a block.
//!
//! The plugin records the transactions of blocks, so that those which failed when they were sent are not
//! among them. It leaves out RAM and console, which only the answer to sending the transaction has.

use crate::{
    Checksum256, Name, PermissionLevel, TimePoint, TransactionHeader, TransactionStatus, json,
};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A transaction in a block, as recorded: `get_transaction_trace`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordedTransaction {
    /// Its id.
    pub id: Checksum256,
    /// The block it is in.
    pub block_num: u32,
    /// Time of the block.
    pub block_time: TimePoint,
    /// The block's id, where it was known when this was recorded.
    #[serde(default)]
    pub producer_block_id: Option<Checksum256>,
    /// All actions in the order of execution, notifications included.
    pub actions: Vec<RecordedAction>,
    /// How it ended.
    pub status: TransactionStatus,
    /// Billed CPU in microseconds.
    pub cpu_usage_us: u32,
    /// Billed NET in words of 8 bytes.
    pub net_usage_words: u32,
    /// A signature for each key.
    /// They are text, since a node may know kinds of signatures that are not known here.
    #[serde(default)]
    pub signatures: Vec<String>,
    /// Expiration, reference block and limits.
    #[serde(default)]
    pub transaction_header: TransactionHeader,
}

/// An executed action, as recorded.
///
/// Its `receiver`, `account` and `action` stand beside each other, where a trace has `act`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedAction {
    /// Number of the action in the whole chain.
    /// It is that of [`ActionReceipt`](crate::ActionReceipt).
    #[serde(with = "json::uint64")]
    pub global_sequence: u64,
    /// The account whose code ran; differs from `account` in a notification.
    pub receiver: Name,
    /// The account the action is addressed to.
    pub account: Name,
    /// Action name.
    pub action: Name,
    /// Who authorized it.
    #[serde(with = "authorization")]
    pub authorization: Vec<PermissionLevel>,
    /// The arguments as bytes.
    #[serde(with = "json::bytes")]
    pub data: Vec<u8>,
    /// Bytes of the returned value, empty when none.
    #[serde(default, with = "json::bytes")]
    pub return_value: Vec<u8>,
}

/// The recorder writes `account` where others write `actor`.
mod authorization {
    use super::*;
    use serde::{Deserializer, Serializer};

    /// A permission under the keys that the recorder writes.
    #[derive(Serialize, Deserialize)]
    struct Level {
        account: Name,
        permission: Name,
    }

    pub(super) fn serialize<S: Serializer>(
        levels: &[PermissionLevel],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        let levels = levels.iter();
        out.collect_seq(levels.map(|level| Level {
            account: level.actor,
            permission: level.permission,
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<PermissionLevel>, D::Error> {
        let levels = Vec::<Level>::deserialize(from)?.into_iter();
        let levels = levels.map(|level| PermissionLevel::new(level.account, level.permission));
        Ok(levels.collect())
    }
}
