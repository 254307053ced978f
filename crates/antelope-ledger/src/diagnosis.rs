//! What is kept of an action that failed, for whoever debugs the contract.
//!
//! A node reports a message and the console. Here the calls that led to the failure and the rows
//! that the action had found are kept too. Gathering costs nothing while actions succeed: the
//! evidence is copied when an action fails, and names and row contents are looked up only when
//! somebody asks.

mod backtrace;

pub use backtrace::{CodeAddress, Frame};

use crate::state::TableKey;

/// What is kept of the action that failed.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The calls that were active in its contract, innermost first.
    pub calls: Vec<CodeAddress>,
    /// The executor's description of the instruction that could not be executed, for example a
    /// division by zero; `None` if the action failed otherwise.
    pub trap: Option<String>,
    /// The rows that it held iterators to, by table and primary key, in the order in which it found
    /// them.
    pub rows: Vec<(TableKey, u64)>,
}
