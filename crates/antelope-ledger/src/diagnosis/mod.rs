//! What a failed transaction tells to the person who debugs, beyond what a node says of it.
//!
//! While transactions are executed nothing is done for it: what was there when an action failed is
//! kept, and looked into when somebody asks.

mod backtrace;

pub use backtrace::{CodeAddress, Frame};

use crate::state::TableKey;

/// What is kept of the action that failed.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The calls in which its contract was, the innermost first.
    pub calls: Vec<CodeAddress>,
    /// What the executor says of an instruction that could not be executed.
    pub trap: Option<String>,
    /// The rows that it had come upon.
    pub rows: Vec<(TableKey, u64)>,
}
