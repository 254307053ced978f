//! An Antelope chain in one process: state, authority, resources, contracts and blocks.
//!
//! [`Chain`] is a booted chain with every protocol feature of today's nodes. It executes
//! transactions, signed or not, by the rules of the chain, and reports what they did as a node
//! would: receipts with their sequences and digests, inline actions and notifications by their
//! ordinals, RAM by account, and errors with their numbers and texts.
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
//! # By task
//!
//! | to | use |
//! |---|---|
//! | start a chain that runs contracts | [`Chain::new`], [`Chain::builder`] |
//! | execute actions as any account | [`Chain::push`], [`Chain::push_as`] |
//! | execute signed transactions | [`Chain::push_signed`], [`Chain::push_packed`], [`Chain::push_batch`] |
//! | make JSON into an action, by the ABI | [`Chain::action`] |
//! | read rows | [`Chain::rows`], [`Chain::rows_by`], [`Chain::rows_json`] |
//! | complete a block, move time | [`Chain::produce_block`], [`Chain::advance`] |
//! | go back to an earlier state | [`Chain::snapshot`], [`Chain::revert`]; a clone is a fork |
//! | keep a chain on disk | [`Chain::open`], [`OpenOptions`] |
//! | share a chain between threads | [`LiveChain`] |
//! | keep what every block did, for indexers | [`Chain::record_history`], [`OpenOptions::history`], [`History`] |
//! | speak to it as to a node | [`api::Api`] |
//!
//! # When something fails
//!
//! | what | where |
//! |---|---|
//! | the path to the action, its backtrace, what its data and rows contain by the ABI | [`Failure`]; everything by its `Debug` |
//! | a failed transaction in a file, with the chain it failed on | [`Replay`] |
//! | what RAM is used for, and what has changed | [`ram::RamReport`] |
//! | coverage and flame graphs of contracts as they are | `wasm::Profiler` |
//!
//! None of this costs anything while transactions are executed: a failure keeps what there was, and
//! it is examined when somebody asks.
//!
//! # Crate features
//!
//! | feature | adds |
//! |---|---|
//! | `wasm` | contracts: the engine `antelope-vm`, [`Chain::new`] and [`Chain::open`] |
//!
//! # Known differences from a node
//!
//! Traces, block ids, RAM, NET, digests, sequences and error texts are compared with a node's by
//! the tests of this crate. `docs/chain.md` of the repository is the guide; it says what is
//! compared, and lists every known difference with its reason.
#![deny(unsafe_code)]

pub mod api;
mod block;
mod builder;
mod chain;
mod contract;
mod history;
mod observer;
mod store;

/// How much history keeps of a trace.
pub use antelope_history::Detail;
pub use antelope_ledger::config::ChainConfig;
pub use antelope_ledger::diagnosis::{CodeAddress, Frame};
pub use antelope_ledger::state::{
    Account, AccountResources, Deferred, Fetched, FetchedAccount, FetchedIndex, FetchedKeys,
    FetchedParameters, FetchedPermission, FetchedRow, FetchedTable, Float64, FloatBits128, Missing,
    Origin, Permission, Protocol, ResourceLimits, Row, State, TableInfo, TableKey, ram,
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
pub use block::{
    Block, BlockTransaction, IncrementalMerkle, SignedBlock, block_signing_digest, merkle_root,
};
pub use builder::ChainBuilder;
pub use chain::{
    BlockProduction, Chain, Failure, IndexedBy, LiveChain, OpenOptions, Replay, ReplayError,
    RowError, Snapshot, UndecodedRow,
};
pub use contract::{Contract, ContractError};
pub use history::History;
pub use observer::{Observer, observe, with_traces};
pub use store::{Durability, StoreError};

/// The arguments of the actions that every chain has.
pub use antelope_types::native as actions;
