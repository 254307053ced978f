//! Verifies the block logs of nodes, compares them, and finds documents and votes in them.
//!
//! A node writes a block into its log, `blocks.log`, once the block is irreversible. The log is the
//! history of the chain: what contracts have erased from their tables is still there.
//!
//! ```no_run
//! use coop_history::{BlockLog, HistorySearch, compare, verify};
//!
//! # fn main() -> Result<(), coop_history::HistoryError> {
//! let mine = BlockLog::open("/var/lib/nodeos/blocks".as_ref())?;
//! let theirs = BlockLog::open("/tmp/theirs/blocks.log".as_ref())?;
//! let report = verify(&mine, &mut HistorySearch::default())?;
//! assert!(report.damage.is_none(), "{:?}", report.damage);
//! let compared = compare(&mine, &theirs)?;
//! assert!(compared.difference.is_none(), "{:?}", compared.difference);
//! # Ok(()) }
//! ```
//!
//! # What is verified
//!
//! | what | by what |
//! |---|---|
//! | genesis | the first block has the chain's id in its `action_mroot`, and is what the genesis says |
//! | blocks | each names the id of the one before it |
//! | transactions | the root over them is in the header |
//! | header and signature | the signature is of the producer's key in the schedule that the header names; schedules are in headers |
//! | frame | each block is followed by its own position in the file |
//!
//! So one byte that is another one is found wherever it is, by the log alone. Where it is cannot always
//! be told to the byte: the signature covers the header as a whole. A second log tells it.
//!
//! What actions did is not computed again: `action_mroot` is covered by the id and the signature, and
//! what is below it is computed by a node that replays the log. A log that begins later than the first
//! block, as that of a node which began with a snapshot, has no schedule and no earlier ids to verify
//! signatures with; blocks and transactions are verified as usual.
#![deny(unsafe_code)]

mod block;
mod compare;
mod error;
mod field;
mod log;
mod seal;
mod search;
mod verify;

pub use block::LoggedBlock;
pub use compare::{LogComparison, LogDifference, compare};
pub use error::HistoryError;
pub use field::{LogDamage, LogField};
pub use log::BlockLog;
pub use search::{HistoryFinding, HistoryMatch, HistorySearch};
pub use verify::{LogReport, verify};
