//! Which lines of a contract its tests execute.
//!
//! | module | |
//! |---|---|
//! | `source` | reads a file: which functions are written where |
//! | `tally` | maps recorded counts to them and adds up |
//! | `report` | the table and the data |
//! | `lcov` | the file for other tools |
//!
//! The recording itself is in `antelope-build` and in the chain. A count there belongs to an
//! instruction of the wasm with a file and a line from the debug information; here it becomes one of a
//! line of a function as somebody wrote it.

mod lcov;
mod report;
mod source;
mod tally;

pub(crate) use lcov::lcov;
pub(crate) use report::{data, table};
pub(crate) use tally::{Lines, Sources, Tally};
