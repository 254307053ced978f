//! What every block of a chain did: traces, changes of tables, and where to find a transaction.
//!
//! A chain records when it is asked to ([`Chain::record_history`], [`OpenOptions::history`]). What
//! is recorded is what nodeos's plugins record: for each block `transaction_trace[]` and
//! `table_delta[]`, in the encoding of state history (`antelope_history`).
//!
//! [`Chain::record_history`]: crate::Chain::record_history
//! [`OpenOptions::history`]: crate::OpenOptions::history
//!
//! | range | blocks |
//! |---|---|
//! | blocks | all from 1 to the head |
//! | deltas | from [`first`](History::first) to the head; the first carries the whole state |
//! | traces | from the block after that to the head |
//!
//! A chain that records from its genesis has deltas from block 1 on. One that begins later has them
//! from the block that was in production then, as a node whose plugin is switched on.
//!
//! # Where it is
//!
//! A record in memory holds the states before and after its block, which share their data with
//! those of the chain, so that it costs what the block has changed. In a chain in a folder, records
//! go to the logs with each checkpoint: at most as many as there are blocks between two checkpoints
//! are in memory. In a chain in memory all of them stay there.
//!
//! # Cost
//!
//! The executing thread copies each trace and keeps its inputs until the block is complete. It
//! encodes nothing: that is done by the thread that writes checkpoints, and by readers.

mod record;
mod recording;
mod view;

pub(crate) use record::{BlockRecord, Done, Encoded};
pub(crate) use recording::{Beginning, BeginningImage, Input, Recording, RecordingImage};
pub use view::History;

use crate::store::StoreError;
use antelope_history::{StoredTrace, decode_traces};
use antelope_types::{
    ChainError, Checksum256, ErrorKind, Name, PermissionLevel, TransactionStatus,
};

/// An executed action, reduced to what it is looked up by.
pub(crate) struct ActionKey<'a> {
    /// The account whose code ran.
    pub(crate) receiver: Name,
    /// Who authorized it.
    pub(crate) authorization: &'a [PermissionLevel],
    /// Its number in the whole chain.
    pub(crate) global_sequence: u64,
}

impl ActionKey<'_> {
    /// The accounts that it concerns, each once: its receiver and those that authorized it. On a
    /// node: `account_set` of the history plugin.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = Name> {
        let actors = self.authorization.iter().map(|level| level.actor);
        let mut accounts: Vec<_> = actors.chain([self.receiver]).collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts.into_iter()
    }
}

/// Whether a transaction that ended like this has actions that last: it was executed, or what its
/// sender made of its failure was.
pub(crate) fn leaves_actions(status: TransactionStatus) -> bool {
    matches!(
        status,
        TransactionStatus::Executed | TransactionStatus::SoftFail
    )
}

/// Decodes the traces of a block.
///
/// # Errors
/// [`StoreError::Chain`] where the bytes are not traces, which their checksum makes unlikely.
pub(crate) fn decode(traces: &[u8]) -> Result<Vec<StoredTrace>, StoreError> {
    decode_traces(traces).map_err(|error| {
        let message = format!("the traces of a block cannot be decoded: {error}");
        ChainError::new(ErrorKind::Unpack, message).into()
    })
}

/// Calls `each` with every action of encoded traces that was executed.
///
/// # Errors
/// As for [`decode`].
pub(crate) fn actions_of(
    traces: &[u8],
    each: &mut dyn FnMut(ActionKey<'_>),
) -> Result<(), StoreError> {
    for trace in decode(traces)? {
        if !leaves_actions(trace.status) {
            continue;
        }
        for action in &trace.action_traces {
            if let Some(receipt) = &action.receipt {
                each(ActionKey {
                    receiver: action.receiver,
                    authorization: &action.act.authorization,
                    global_sequence: receipt.global_sequence,
                });
            }
        }
    }
    Ok(())
}

/// The ids under which the transactions of encoded traces are in their block.
///
/// # Errors
/// As for [`decode`].
pub(crate) fn transactions_of(traces: &[u8]) -> Result<Vec<Checksum256>, StoreError> {
    Ok(decode(traces)?.iter().map(own_id).collect())
}

/// The id of a transaction: that of the deferred one that failed where the trace is of what its
/// sender made of it.
pub(crate) fn own_id(trace: &StoredTrace) -> Checksum256 {
    trace
        .failed_dtrx_trace
        .as_ref()
        .map_or(trace.id, |it| it.id)
}
