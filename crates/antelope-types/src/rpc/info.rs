//! What a node says about itself and about transactions on their way.

use crate::{Checksum256, Name, TimePoint, json};
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// The state of a chain as one node sees it: `get_info`.
///
/// ```
/// use antelope_types::rpc::Info;
/// let info: Info = serde_json::from_str(
///     r#"{
///         "chain_id": "aca376f206b8fc25a6ed44dbdc66547c36c6c33e3a119ffbeaef943642f0e906",
///         "head_block_num": 8,
///         "last_irreversible_block_num": 7,
///         "last_irreversible_block_id": "0000000700000000000000000000000000000000000000000000000000000000",
///         "head_block_id": "0000000800000000000000000000000000000000000000000000000000000000",
///         "head_block_time": "2026-01-01T00:00:04.000",
///         "head_block_producer": "eosio",
///         "virtual_block_cpu_limit": 200000000
///     }"#,
/// )?;
/// assert_eq!(info.virtual_block_cpu_limit, 200_000_000);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// The node's version, as the first digits of the commit it was built from.
    #[serde(default)]
    pub server_version: String,
    /// Hash of the genesis state: which chain this is.
    /// Signatures cover it, so a client asks for it before signing.
    pub chain_id: Checksum256,
    /// Newest block.
    /// It may still be undone, unless it is the irreversible one.
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
    /// It grows up to a thousand times `max_block_cpu_usage` while blocks are emptier than the target, and
    /// shrinks when they are fuller.
    #[serde(default, with = "json::uint64")]
    pub virtual_block_cpu_limit: u64,
    /// NET that a block has while the chain is not congested, in bytes.
    /// It grows and shrinks as that of CPU does.
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
    /// An account's share of a block is its own weight divided by this.
    #[serde(default, with = "json::uint64")]
    pub total_cpu_weight: u64,
    /// Sum of all accounts' weights for NET.
    #[serde(default, with = "json::uint64")]
    pub total_net_weight: u64,
    /// The oldest block that the node can still give.
    /// A node that began from a snapshot, or prunes its log, has no older ones.
    #[serde(default)]
    pub earliest_available_block_num: u32,
}

/// How far a transaction has come: `get_transaction_status` of nodes with
/// `--transaction-finality-status-max-storage-size-gb`.
/// Nodes without the option answer that the call does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalityStatus {
    /// `LOCALLY_APPLIED`, `IN_BLOCK`, `IRREVERSIBLE`, `FORKED_OUT`, `FAILED` or `UNKNOWN`.
    ///
    /// | state | meaning |
    /// |---|---|
    /// | `LOCALLY_APPLIED` | executed by this node, not in a block yet |
    /// | `IN_BLOCK` | in a block that may still be undone |
    /// | `IRREVERSIBLE` | in a block that cannot be undone |
    /// | `FORKED_OUT` | its block was undone, and it is in no other |
    /// | `FAILED` | it has expired and is in no block |
    /// | `UNKNOWN` | the node has not seen it, or no longer remembers it |
    pub state: String,
    /// The block it is in, when it is in one.
    #[serde(default)]
    pub block_number: Option<u32>,
    /// Newest block.
    pub head_number: u32,
    /// Newest block that cannot be undone.
    pub irreversible_number: u32,
}
