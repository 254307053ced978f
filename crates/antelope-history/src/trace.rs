//! Traces: what the transactions of a block did, as `transaction_trace[]`.
//!
//! A trace goes through [`StoredTrace`], which has the fields of the protocol's
//! `transaction_trace_v0`:
//!
//! ```text
//! RecordedTrace --of--> StoredTrace --encode--> bytes --decode--> StoredTrace
//! ```
//!
//! | in a trace | in the encoding |
//! |---|---|
//! | block number, time, id | left out: the reader knows the block |
//! | `closest_unnotified_ancestor_action_ordinal` | left out |
//! | soft failure: the trace of `onerror`, with the failed one inside | status `executed` outside and `soft_fail` inside |
//! | header, signatures and context-free data of the transaction | `partial`; of a failed deferred transaction inside the failed trace |
//!
//! Only transactions that are in the block are part of its history, and the implicit `onblock`: those
//! whose trace has a receipt. A failed transaction that nobody deferred leaves nothing.

mod stored;
mod text;
mod wire;

pub use stored::{PartialTransaction, StoredAction, StoredTrace};

use antelope_types::{Decode, DecodeError, Encode, PackedTransaction, TransactionTrace, VarUint32};
use std::sync::Arc;

/// A trace, with the transaction that it is of.
#[derive(Clone, Debug)]
pub struct RecordedTrace {
    /// What happened.
    pub trace: Arc<TransactionTrace>,
    /// The transaction. Nodes have one for `onblock` and for deferred transactions too, without
    /// signatures; for a failed deferred transaction it is that one and not `onerror`.
    pub packed: Option<PackedTransaction>,
}

/// How much of a trace is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What is the same on every node, as nodeos keeps it by default: no console, no measured times,
    /// `Y` for every error, and one number for all errors of the chain.
    #[default]
    Plain,
    /// Everything, as nodeos keeps it with `--trace-history-debug-mode`.
    Debug,
}

/// The history of a block's transactions, in plain detail.
///
/// `traces` are `onblock` first, if it succeeded, then those of the block's transactions in its
/// order. Traces without a receipt are left out.
///
/// ```
/// use antelope_history::{RecordedTrace, decode_traces, encode_traces};
/// use antelope_types::{
///     BlockTimestamp, Checksum256, TransactionReceipt, TransactionStatus, TransactionTrace,
/// };
///
/// let mut trace = TransactionTrace::new(Checksum256([1; 32]), 2, BlockTimestamp::default());
/// trace.receipt = Some(TransactionReceipt {
///     status: TransactionStatus::Executed,
///     cpu_usage_us: 100,
///     net_usage_words: 12,
/// });
/// let bytes = encode_traces(&[RecordedTrace { trace: trace.into(), packed: None }]);
/// let stored = decode_traces(&bytes)?;
/// assert_eq!((stored[0].id, stored[0].cpu_usage_us), (Checksum256([1; 32]), 100));
/// # Ok::<(), antelope_types::DecodeError>(())
/// ```
pub fn encode_traces(traces: &[RecordedTrace]) -> Vec<u8> {
    encode_traces_in(Detail::Plain, traces)
}

/// The history of a block's transactions in this detail; otherwise as [`encode_traces`].
pub fn encode_traces_in(detail: Detail, traces: &[RecordedTrace]) -> Vec<u8> {
    let in_block = traces
        .iter()
        .filter(|recorded| recorded.trace.receipt.is_some());
    let stored: Vec<_> = in_block
        .map(|recorded| StoredTrace::of(recorded, detail))
        .collect();
    stored.to_bytes()
}

/// Reads what [`encode_traces`] or [`encode_traces_in`] has written.
///
/// # Errors
/// [`DecodeError`] for bytes that are something else; they may come from a damaged file.
pub fn decode_traces(bytes: &[u8]) -> Result<Vec<StoredTrace>, DecodeError> {
    Vec::from_bytes(bytes)
}

/// Turns an encoding of either detail into that of [`Detail::Plain`].
///
/// A node that stores details for its own API serves this to indexers.
///
/// # Errors
/// As [`decode_traces`].
pub fn plain(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let mut traces = decode_traces(bytes)?;
    traces.iter_mut().for_each(StoredTrace::strip);
    Ok(traces.to_bytes())
}

/// How many traces an encoding has.
///
/// It reads only the length at its beginning.
///
/// # Errors
/// [`DecodeError`] where that is cut off or no length.
pub fn count_traces(bytes: &[u8]) -> Result<u32, DecodeError> {
    let mut input = antelope_types::Decoder::new(bytes);
    Ok(VarUint32::decode(&mut input)?.0)
}

#[cfg(test)]
mod tests;
