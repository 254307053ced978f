//! What the traces of a block are looked up by: the ids of its transactions, and the accounts that
//! its actions concern.
//!
//! Both are read from `transaction_trace[]` as state history encodes it, so that an index that was
//! lost can be made from the log alone, without executing anything.
//!
//! | status of the transaction | its actions are indexed |
//! |---|---|
//! | `executed` | yes |
//! | `soft_fail` | yes: they are those of `onerror`, which handled the failure |
//! | `hard_fail`, `expired`, `delayed` | no: none of their actions lasted |

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
/// [`ErrorKind::Unpack`] where the bytes are not traces, which their checksum makes unlikely.
pub(crate) fn decode(traces: &[u8]) -> Result<Vec<StoredTrace>, ChainError> {
    decode_traces(traces).map_err(|error| {
        let message = format!("the traces of a block cannot be decoded: {error}");
        ChainError::new(ErrorKind::Unpack, message)
    })
}

/// Calls `each` with every action of encoded traces that was executed.
///
/// # Errors
/// As for [`decode`].
pub(crate) fn actions_of(
    traces: &[u8],
    each: &mut dyn FnMut(ActionKey<'_>),
) -> Result<(), ChainError> {
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
pub(crate) fn transactions_of(traces: &[u8]) -> Result<Vec<Checksum256>, ChainError> {
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
