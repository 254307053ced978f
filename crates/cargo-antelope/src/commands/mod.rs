//! One file a command.

pub(crate) mod abi;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod doctor;
pub(crate) mod new;
pub(crate) mod size;
pub(crate) mod test;
