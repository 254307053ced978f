//! One file a command, and what two of them share.

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
