//! cleos's commands, a module for each of its groups.

pub mod get;
pub mod net;
pub mod push;
pub mod transfer;
