//! The rules of an Antelope chain: its state, who may do what, what transactions do, and what is
//! billed for them.
//!
//! This is the layer below blocks, storage and the API, which `antelope-chain` has, and above the
//! engine, which comes in by the trait [`Executor`]: `antelope-vm` is the one for WebAssembly.
//!
//! | module | what it holds |
//! |---|---|
//! | [`state`] | what transactions read and write, with its undo and its encoding in files |
//! | [`authority`] | whether keys and permissions satisfy what actions need |
//! | [`transaction`] | how transactions are executed, the native actions among them |
//! | [`genesis`] | how a chain begins |
//! | [`diagnosis`] | what is kept of an action that failed |
#![deny(unsafe_code)]

pub mod authority;
mod code_rules;
pub mod config;
pub mod diagnosis;
pub mod genesis;
pub mod reading;
pub mod state;
pub mod stored;
mod system_abi;
mod text;
pub mod transaction;

pub use code_rules::CodeRules;
pub use genesis::{DEVELOPMENT_KEY, Genesis};
pub use state::State;
pub use transaction::{ApplyContext, Executor, NoContracts, Shadow};
