//! The rules of an Antelope chain: its state, who may do what, what transactions do, and what is
//! billed for them.
//!
//! This is the layer below blocks, storage and the API, which are in `antelope-chain`, and above
//! the engine that runs contracts, which is passed in as an [`Executor`]; `antelope-vm` has the one
//! for WebAssembly. Apart from the elapsed time in traces, nothing here depends on a clock, a file
//! or a socket: the same transactions on the same [`State`] give the same result on every machine.
//!
//! | module | what it holds |
//! |---|---|
//! | [`state`] | everything that transactions read and write, with undo and the encoding in files |
//! | [`authority`] | whether keys and permissions satisfy what actions require |
//! | [`transaction`] | how transactions are executed, the native actions included |
//! | [`genesis`] | the first state and the first block of a chain |
//! | [`stored`] | the encoding of the state in files |
//! | [`reading`] | how bytes from contracts and users are decoded, with the errors of a node |
//! | [`config`] | names and constants of the protocol |
//! | [`diagnosis`] | what is kept of an action that failed, for whoever debugs it |
//!
//! Behaviour, error numbers and error texts are those of nodeos; docs name the function of nodeos
//! that a piece of code mirrors, as a path in the repository of Spring (or Leap, its predecessor).
//!
//! # Example
//!
//! A chain begins, creates an account by a native action, and takes it back:
//!
//! ```
//! use antelope_ledger::transaction::{Environment, Input, Kind, TransactionContext};
//! use antelope_ledger::{Genesis, NoContracts};
//! use antelope_types::native::{NEWACCOUNT, NewAccount};
//! use antelope_types::{Action, Authority, BlockTimestamp, Encode, PermissionLevel, Transaction, name};
//!
//! # fn main() -> Result<(), antelope_types::ChainError> {
//! let genesis = Genesis::default();
//! let mut state = genesis.state()?;
//!
//! let key = Authority::from_key(genesis.initial_key.clone());
//! let create = NewAccount {
//!     creator: name!("eosio"),
//!     name: name!("alice"),
//!     owner: key.clone(),
//!     active: key,
//! };
//! let transaction = Transaction {
//!     actions: vec![Action {
//!         account: name!("eosio"),
//!         name: NEWACCOUNT,
//!         authorization: vec![PermissionLevel::active(name!("eosio"))],
//!         data: create.to_bytes(),
//!     }],
//!     ..Transaction::default()
//! };
//!
//! let block = Environment {
//!     block_num: 2,
//!     head: genesis.header().id(),
//!     timestamp: BlockTimestamp::from_slot(genesis.header().timestamp.slot() + 1),
//! };
//! // `Implicit`: a transaction of the chain itself, whose authority is not checked.
//! let input = Input::local(transaction, Kind::Implicit);
//! let outcome = TransactionContext::execute(&mut state, &NoContracts, block, input)
//!     .map_err(|failed| failed.error)?;
//! assert_eq!(outcome.trace.action_traces.len(), 1);
//! assert!(state.account(name!("alice")).is_ok());
//!
//! state.undo(outcome.beginning);
//! assert!(state.account(name!("alice")).is_err());
//! # Ok(()) }
//! ```
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
