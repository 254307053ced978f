//! Which lines of a contract its tests execute.

mod lcov;
mod report;
mod source;
mod tally;

pub(crate) use lcov::lcov;
pub(crate) use report::{data, table};
pub(crate) use tally::{Lines, Sources, Tally};
