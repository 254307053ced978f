//! What a node says about itself and about transactions on their way.

use antelope_types::{Checksum256, Name, TimePoint};
use serde::Deserialize;

/// The state of a chain as one node sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Info {
    /// Hash of the genesis state: which chain this is.
    pub chain_id: Checksum256,
    /// Newest block.
    pub head_block_num: u32,
    /// Its id.
    pub head_block_id: Checksum256,
    /// Its time.
    pub head_block_time: TimePoint,
    /// Who produced it.
    pub head_block_producer: Name,
    /// Newest block that cannot be undone.
    pub last_irreversible_block_num: u32,
    /// Its id.
    pub last_irreversible_block_id: Checksum256,
    /// The node's version, e.g. `v4.1.0`.
    #[serde(default)]
    pub server_version_string: String,
}

/// How far a transaction has come (nodes with `--transaction-finality-status-max-storage-size-gb`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TransactionStatus {
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
