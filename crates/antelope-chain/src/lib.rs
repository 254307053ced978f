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
mod authority;
mod block;
mod chain;
mod config;
mod diagnosis;
mod error;
mod executor;
mod features;
mod genesis;
mod native;
mod recovery;
mod state;
mod store;
mod testing;
mod trace;
mod transaction;
#[cfg(feature = "wasm")]
pub mod wasm;
mod wasm_config;

pub use block::{
    Block, BlockHeader, BlockTransaction, LegacySchedule, Producer, ProducerKey, Schedule,
    SignedBlock, SigningAuthority, merkle_root,
};
pub use chain::{
    BlockProduction, Chain, Failure, IndexedBy, LiveChain, Replay, ReplayError, RowError, Snapshot,
};
pub use config::ChainConfig;
pub use diagnosis::{CodeAddress, Frame, UndecodedRow};
pub use error::{ChainError, ErrorKind};
pub use executor::{CodeRules, Executor, NoContracts};
pub use features::{Feature, FeatureSet};
pub use genesis::{DEVELOPMENT_KEY, Genesis};
#[cfg(feature = "proptest")]
pub use proptest;
pub use state::{
    Account, AccountResources, Deferred, Float64, FloatBits128, Limits, Permission, Protocol, Row,
    State, TableInfo, TableKey, ram,
};
pub use store::{Durability, OpenOptions, StoreError};
#[cfg(feature = "proptest")]
pub use testing::{After, Outcomes, Sequence, Step, Summary};
pub use testing::{ChainBuilder, Contract, ContractError, with_traces, without_costs};
pub use trace::{
    AccountDelta, ActionReceipt, ActionTrace, TransactionReceipt, TransactionStatus,
    TransactionTrace,
};
pub use transaction::{
    ApplyContext, CodeHash, Cost, CpuBilling, Iterated as SecondaryKey, Place, RecoveredTransaction,
};
pub use wasm_config::WasmConfig;

/// The arguments of the actions that every chain has.
pub mod actions {
    pub use crate::native::{
        CancelDelay, DeleteAuth, LinkAuth, NewAccount, SetAbi, SetCode, UnlinkAuth, UpdateAuth,
    };
}
