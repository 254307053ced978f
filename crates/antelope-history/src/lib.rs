//! What the blocks of a chain did, in the encoding of nodeos's `state_history_plugin`, which indexers
//! read.
#![deny(unsafe_code)]

mod abi;
mod deltas;
mod message;
mod trace;
mod version;

pub use abi::abi;
pub use deltas::{DeltaRow, TableDelta, decode_deltas, encode_deltas};
pub use message::{BlockPosition, Blocks, GetBlocks, Request, Response, Status};
pub use trace::{
    Detail, PartialTransaction, RecordedTrace, StoredAction, StoredTrace, count_traces,
    decode_traces, encode_traces, encode_traces_in, plain,
};
