//! What a transaction may still cost.

use super::Cost;
use antelope_types::{ChainError, Checksum256, ErrorKind};

/// What a transaction may still cost.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    left: u64,
    /// In microseconds.
    limit: i64,
    /// Which limit it is; empty for that of the block.
    reason: &'static str,
}

impl Budget {
    /// So many microseconds.
    pub fn new(limit: i64, reason: &'static str) -> Self {
        Self {
            left: u64::try_from(limit).unwrap_or(0) * Cost::PER_MICROSECOND,
            limit,
            reason,
        }
    }

    /// What is left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Takes the cost from what is left; `false` if that is not enough.
    pub fn take(&mut self, cost: Cost) -> bool {
        let rest = self.left.checked_sub(cost.total());
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }

    /// What a node says when the time is over: here it is over exactly at the limit.
    pub fn exhausted(&self, id: &Checksum256) -> ChainError {
        let Self { limit, reason, .. } = self;
        if reason.is_empty() {
            let message = format!(
                "not enough time left in block to complete executing transaction {limit}us"
            );
            return ChainError::new(ErrorKind::BlockCpuUsageExceeded, message);
        }
        let message = format!(
            "transaction {id} was executing for too long {limit}us reached {reason} {limit}us"
        );
        ChainError::new(ErrorKind::TxCpuUsageExceeded, message)
    }
}
