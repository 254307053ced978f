//! The budget of a transaction: how much it may still cost.
//!
//! A node stops a transaction by a timer. Here the limit in microseconds is converted into units of
//! [`Cost`], which executors count down, so that the same transaction stops at the same instruction
//! on every machine.

use super::Cost;
use antelope_types::{ChainError, Checksum256, ErrorKind};

/// What is left of the limit of CPU that stops a transaction.
///
/// With `CpuBilling::Minimum` that is the chain's limit for a transaction. With `CpuBilling::Cost`
/// it is the smallest of what the block has left, the chain's limit, that of the transaction's
/// header, and what the paying accounts have left.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Units of [`Cost`] that are left.
    left: u64,
    /// The limit, in microseconds.
    limit: i64,
    /// The limit's name in the error message of a node; empty for that of the block.
    reason: &'static str,
}

impl Budget {
    /// A budget of this many microseconds; a negative limit counts as 0.
    pub fn new(limit: i64, reason: &'static str) -> Self {
        Self {
            left: u64::try_from(limit).unwrap_or(0) * Cost::PER_MICROSECOND,
            limit,
            reason,
        }
    }

    /// The units of [`Cost`] that are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Subtracts a cost. Returns `false`, and leaves nothing, if it is more than is left.
    pub fn take(&mut self, cost: Cost) -> bool {
        let rest = self.left.checked_sub(cost.total());
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }

    /// The error that a node reports when the time is over. Time and limit in its text are equal,
    /// since here execution stops exactly at the limit.
    ///
    /// `block_cpu_usage_exceeded` (3080005) if the limit is the block's, `tx_cpu_usage_exceeded`
    /// (3080004) otherwise.
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
