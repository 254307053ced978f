//! An Antelope chain in one process: state, authority, resources, contracts and blocks.
//!
//! [`Chain`] is a booted chain with every protocol feature of today's nodes. It takes transactions,
//! signed or not, executes them by the rules of the chain, and tells what they did as a node would:
//! receipts with their sequences and digests, inline actions and notifications by their ordinals,
//! RAM by account, and errors with their numbers and texts.
//!
//! ```
//! use antelope_chain::{Chain, ErrorKind, Genesis, NoContracts};
//! use antelope_types::name;
//! use std::sync::Arc;
//! use std::time::Duration;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
//! let trace = chain.create_account(name!("alice"))?;
//! assert_eq!(trace.ram_deltas()[&name!("alice")], 2724);
//!
//! let before = chain.snapshot();
//! chain.advance(Duration::from_secs(48 * 60 * 60))?;
//! let failure = chain.create_account(name!("alice")).unwrap_err();
//! assert!(failure.error().is(ErrorKind::AccountNameExists));
//! chain.revert(&before);
//! # Ok(()) }
//! ```
//!
//! # When something fails
//!
//! | what | where |
//! |---|---|
//! | the way to the action, its backtrace, what its data and rows hold by the ABI | [`Failure`], in full by its `Debug` |
//! | a failed transaction in a file, with the chain it failed on | [`Replay`] |
//! | what RAM is used for, and what has changed | [`ram::RamReport`] |
//! | coverage and flame graphs of contracts as they are | `wasm::Profiler` |
//!
//! Nothing is done for it while transactions are executed: what there was is kept by a failure, and
//! looked into when somebody asks.
//!
//! # What is not as on a node
//!
//! Traces, ids of blocks, RAM, NET, digests, sequences and texts of errors are compared with a node's
//! by the tests of this crate. `docs/chain.md` of the repository is the guide; it tells what is
//! compared, and lists every known difference with its reason.
#![deny(unsafe_code)]

pub mod api;
mod block;
mod builder;
mod chain;
mod contract;
mod observer;
mod store;

pub use antelope_ledger::config::ChainConfig;
pub use antelope_ledger::diagnosis::{CodeAddress, Frame};
pub use antelope_ledger::state::{
    Account, AccountResources, Deferred, Float64, FloatBits128, Permission, Protocol,
    ResourceLimits, Row, State, TableInfo, TableKey, ram,
};
pub use antelope_ledger::transaction::{
    ApplyContext, CodeHash, IndexCursor, Iterated as SecondaryKey, RecoveredTransaction,
};
pub use antelope_ledger::{CodeRules, DEVELOPMENT_KEY, Executor, Genesis, NoContracts};
pub use antelope_types::{
    AccountDelta, ActionReceipt, ActionTrace, BlockHeader, ChainError, Cost, CpuBilling, ErrorKind,
    Feature, FeatureSet, LegacySchedule, Producer, ProducerKey, Schedule, SigningAuthority,
    TransactionReceipt, TransactionStatus, TransactionTrace, WasmConfig,
};
/// The engine that runs contracts: WebAssembly by Wasmtime.
#[cfg(feature = "wasm")]
pub use antelope_vm as wasm;
pub use block::{Block, BlockTransaction, SignedBlock, merkle_root};
pub use builder::ChainBuilder;
pub use chain::{
    BlockProduction, Chain, Failure, IndexedBy, LiveChain, OpenOptions, Replay, ReplayError,
    RowError, Snapshot, UndecodedRow,
};
pub use contract::{Contract, ContractError};
pub use observer::{Observer, observe, with_traces};
pub use store::{Durability, StoreError};

/// The arguments of the actions that every chain has.
pub use antelope_types::native as actions;
