//! Transactions that wait for the next block.
//!
//! A transaction that does not fit into the block in production, because the block has too little
//! NET or CPU left (`block_net_usage_exceeded`, `block_cpu_usage_exceeded`), is kept and tried again
//! in the next block. On a node: `unapplied_transaction_queue` and `process_incoming_trxs` of the
//! producer plugin. What is too large by itself, or too much for the account that pays, is refused at
//! once.
//!
//! | a transaction comes | it |
//! |---|---|
//! | nothing waits, and the block has room | is executed |
//! | the block has room for no transaction | waits, without being tried |
//! | one waits that was paid for by the same account, or is before it in the same list | waits behind it |
//! | those that wait are being tried in a new block | waits behind them |
//! | it has expired, or is known | is refused as without a queue |
//! | the same transaction waits | is refused: `tx_duplicate` (3040008) |
//! | too many wait, or too many bytes | is refused: `tx_resource_exhaustion` (3040018) |
//!
//! So the transactions of one account are executed in the order in which they came, and one that is
//! too large for what is left of a block does not stop those of others.
//!
//! When a block has begun, a thread tries those that wait, in order of arrival, for a few
//! milliseconds at a time; in between the chain is free for others. Those whose expiration is not
//! after the block's time are refused: `expired_tx_exception` (3040005). What waits is in memory and
//! was acknowledged to nobody.

mod bell;
mod promise;
mod queue;

pub(super) use bell::Bell;
pub(super) use promise::{Promise, Promised, promise};
pub(super) use queue::{Item, Queue, Verdict};

use crate::chain::Chain;
use antelope_ledger::config::PACKED_OVERHEAD;
use antelope_types::ErrorKind;

/// How much may wait for the next block; see
/// [`Api::wait_for_room`](super::Api::wait_for_room).
///
/// Beyond either bound a transaction is refused with `tx_resource_exhaustion` (3040018). A chain that
/// a few tests use needs little:
///
/// ```
/// use antelope_chain::api::WaitingBounds;
///
/// let bounds = WaitingBounds { transactions: 100, ..WaitingBounds::default() };
/// assert_eq!(bounds.bytes, 64 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingBounds {
    /// The most transactions that wait at a time.
    pub transactions: usize,
    /// The most bytes of them, each counted as on a node: twice its packed size, and what is kept
    /// beside it (`incoming-transaction-queue-size-mb`).
    pub bytes: usize,
}

impl Default for WaitingBounds {
    /// 16 384 transactions and 64 MiB.
    fn default() -> Self {
        Self {
            transactions: 16_384,
            bytes: 64 << 20,
        }
    }
}

/// Whether a transaction has failed because of what the block has left, and may fit into the next.
pub(super) fn does_not_fit(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::BlockNetUsageExceeded | ErrorKind::BlockCpuUsageExceeded
    )
}

/// What the block in production has left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// More than any transaction may use, so that none fails by it.
    Ample,
    /// Not enough for every transaction.
    Some,
    /// Not enough for the smallest one.
    Nothing,
}

/// What the block in production of this chain has left.
fn room(chain: &Chain) -> Room {
    let global = &chain.state().global;
    let (config, block) = (&global.config, &global.block_resources);
    let (cpu, net) = (block.cpu.left(), block.net.left());
    let least_net = u64::from(config.base_per_transaction_net_usage) + PACKED_OVERHEAD;
    if cpu < u64::from(config.min_transaction_cpu_usage) || net < least_net {
        return Room::Nothing;
    }
    let ample = cpu > u64::from(config.max_transaction_cpu_usage)
        && net > u64::from(config.max_transaction_net_usage);
    if ample { Room::Ample } else { Room::Some }
}

/// Whether the block in production has more room than any transaction may use.
pub(super) fn has_ample_room(chain: &Chain) -> bool {
    room(chain) == Room::Ample
}
