//! What a node says about itself and about transactions on their way.

use crate::{Checksum256, Name, TimePoint, json};
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// The state of a chain as one node sees it: `get_info`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// The node's version, as the first digits of the commit it was built from.
    #[serde(default)]
    pub server_version: String,
    /// Hash of the genesis state: which chain this is.
    pub chain_id: Checksum256,
    /// Newest block.
    pub head_block_num: u32,
    /// Newest block that cannot be undone.
    pub last_irreversible_block_num: u32,
    /// Its id.
    pub last_irreversible_block_id: Checksum256,
    /// Its time; of nodes since Leap 4.
    #[serde(default)]
    pub last_irreversible_block_time: TimePoint,
    /// The newest block's id.
    pub head_block_id: Checksum256,
    /// The newest block's time.
    pub head_block_time: TimePoint,
    /// Who produced the newest block.
    pub head_block_producer: Name,
    /// CPU that a block has while the chain is not congested, in microseconds.
    #[serde(default, with = "json::uint64")]
    pub virtual_block_cpu_limit: u64,
    /// NET that a block has while the chain is not congested, in bytes.
    #[serde(default, with = "json::uint64")]
    pub virtual_block_net_limit: u64,
    /// CPU left in the block in the making, in microseconds.
    #[serde(default, with = "json::uint64")]
    pub block_cpu_limit: u64,
    /// NET left in the block in the making, in bytes.
    #[serde(default, with = "json::uint64")]
    pub block_net_limit: u64,
    /// The node's version, e.g. `v4.1.0`.
    #[serde(default)]
    pub server_version_string: String,
    /// The node's version and commit.
    #[serde(default)]
    pub server_full_version_string: String,
    /// Newest block that the node knows of, on whatever fork.
    #[serde(default)]
    pub fork_db_head_block_num: u32,
    /// Its id.
    #[serde(default)]
    pub fork_db_head_block_id: Checksum256,
    /// Sum of all accounts' weights for CPU.
    #[serde(default, with = "json::uint64")]
    pub total_cpu_weight: u64,
    /// Sum of all accounts' weights for NET.
    #[serde(default, with = "json::uint64")]
    pub total_net_weight: u64,
    /// The oldest block that the node can still give.
    #[serde(default)]
    pub earliest_available_block_num: u32,
}

/// How far a transaction has come: `get_transaction_status` of nodes with
/// `--transaction-finality-status-max-storage-size-gb`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalityStatus {
    /// `LOCALLY_APPLIED`, `IN_BLOCK`, `IRREVERSIBLE`, `FORKED_OUT`, `FAILED` or `UNKNOWN`.
    pub state: String,
    /// The block it is in, when it is in one.
    #[serde(default)]
    pub block_number: Option<u32>,
    /// Newest block.
    pub head_number: u32,
    /// Newest block that cannot be undone.
    pub irreversible_number: u32,
}
