//! The commands that need no node, one file for each.
//!
//! Each has a function `run` that takes its arguments and the channels of the run, and returns data
//! for programs and text for people. `cargo_test` is what `test` and `coverage` share. Where a command
//! covers a whole workspace, `data` is an array with one object for each contract, in the order in
//! which they were built.

pub(crate) mod abi;
pub(crate) mod build;
pub(crate) mod cargo_test;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod coverage;
pub(crate) mod doctor;
pub(crate) mod expand;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod size;
pub(crate) mod test;
pub(crate) mod watch;
