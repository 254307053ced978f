//! cleos's commands, a module for each of its groups.

mod authority;
pub mod convert;
pub mod create;
pub mod get;
pub(crate) mod given;
pub mod multisig;
pub mod net;
pub mod push;
pub mod sending;
pub mod set;
pub mod sign;
pub mod system;
pub mod transfer;
pub mod version;
pub mod wrap;
