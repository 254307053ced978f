#![doc = include_str!("../README.md")]
//!
//! # How a command runs
//!
//! | step | module |
//! |---|---|
//! | options that all commands take | [`options`] |
//! | the network: addresses, chain id, whether it is a production chain | [`network`] |
//! | the node: one client over all addresses, whose chain id is checked before anything is signed | [`Session`] |
//! | keys: a file, a keystore, a running keosd | [`signers`] |
//! | a transaction's way: build, check, ask, sign, keep, send, look up | [`transact`] |
//! | the result to stdout, all else to stderr | [`Console`], [`Report`], [`Failure`] |
//! | cleos's commands | [`commands`] |
//! | completions of shells and pages of the manual | [`manual`] |
#![deny(unsafe_code)]

mod answers;
mod branches;
pub mod commands;
mod console;
mod failure;
#[cfg(test)]
mod fake_node;
mod given;
pub mod manual;
pub mod network;
pub mod options;
mod progress;
mod report;
mod session;
pub mod signers;
pub mod transact;

pub use console::Console;
pub use failure::{Failure, Fallible};
pub use progress::Progress;
pub use report::Report;
pub use session::Session;
