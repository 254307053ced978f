//! What a failed transaction tells to the person who debugs, beyond what a node says of it.
//!
//! While transactions are executed nothing is done for it: what was there when an action failed is
//! kept, and looked into when somebody asks.

mod backtrace;
mod decoding;
mod report;

pub use backtrace::{CodeAddress, Frame};
pub use decoding::UndecodedRow;

pub(crate) use decoding::{arguments, code_text, undecoded_rows};
pub(crate) use report::{Details, summary};

use crate::state::TableKey;

/// What is kept of the action that failed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// The calls in which its contract was, the innermost first.
    pub(crate) calls: Vec<CodeAddress>,
    /// What the executor says of an instruction that could not be executed.
    pub(crate) trap: Option<String>,
    /// The rows that it had come upon.
    pub(crate) rows: Vec<(TableKey, u64)>,
}
