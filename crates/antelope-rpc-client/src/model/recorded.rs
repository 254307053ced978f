//! What a node's `trace_api_plugin` has recorded of a transaction in a block.

use antelope_types::{Checksum256, Name, PermissionLevel, TimePoint};
use serde::Deserialize;

/// A transaction in a block, as recorded.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RecordedTransaction {
    /// Its id.
    pub id: Checksum256,
    /// The block it is in.
    pub block_num: u32,
    /// Time of the block.
    pub block_time: TimePoint,
    /// `executed` and so on.
    pub status: String,
    /// Billed CPU in microseconds.
    pub cpu_usage_us: u32,
    /// Billed network use in words of eight bytes.
    pub net_usage_words: u32,
    /// All actions in the order of execution, notifications included.
    pub actions: Vec<RecordedAction>,
}

/// An executed action, as recorded.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RecordedAction {
    /// Number of the action in the whole chain.
    #[serde(deserialize_with = "crate::json::u64_or_text")]
    pub global_sequence: u64,
    /// The account whose code ran.
    pub receiver: Name,
    /// The account the action is addressed to.
    pub account: Name,
    /// Action name.
    pub action: Name,
    /// Who authorized it.
    pub authorization: Vec<RecordedPermission>,
    /// The arguments as bytes.
    #[serde(deserialize_with = "crate::json::hex")]
    pub data: Vec<u8>,
    /// Bytes of the returned value, empty when none.
    #[serde(default, deserialize_with = "crate::json::hex")]
    pub return_value: Vec<u8>,
}

/// The recorder writes `account` where others write `actor`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "AccountPermission")]
pub struct RecordedPermission(pub PermissionLevel);

#[derive(Deserialize)]
struct AccountPermission {
    account: Name,
    permission: Name,
}

impl From<AccountPermission> for RecordedPermission {
    fn from(p: AccountPermission) -> Self {
        Self(PermissionLevel {
            actor: p.account,
            permission: p.permission,
        })
    }
}
