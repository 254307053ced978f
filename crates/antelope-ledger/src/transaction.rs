//! How a transaction is executed: its checks, its actions in their order, and what is billed for
//! it.
//!
//! Mirrors `transaction_context.cpp`, `apply_context.cpp` and `eosio_contract.cpp` in
//! `libraries/chain` of a node, with the names of their phases where they have any. Called by the
//! chain for each transaction of a block, for read-only calls, and for transactions of the chain
//! itself such as `onblock`.
//!
//! # Phases
//!
//! [`TransactionContext::execute`] runs them in this order, inside one undo session of the state.
//! Whatever fails ends the transaction: the session is undone and the trace up to there is
//! returned.
//!
//! | phase | what it does | code |
//! |---|---|---|
//! | header | expiration, reference block, extensions, existing accounts | `header` |
//! | begin | sets the budgets of NET and CPU, bills NET for the bytes of the transaction | `limits`, `budget` |
//! | record | refuses an id that is known, and remembers it until it expires | `context` |
//! | authority | checks that the signers satisfy what each action declares | [`authority`](crate::authority) |
//! | schedule | gives each action of the transaction its ordinal; a delayed one is put aside instead | `context`, `deferred` |
//! | execute | runs each action, then its notifications, then its inline actions, depth first | `apply`, `inline` |
//! | finish | marks permissions as used, checks that each payer has the RAM, bills CPU and NET | `limits` |
//!
//! Executing one action is three steps: the native handler, if it is an action of the system; the
//! code of the receiver, by the [`Executor`]; the receipt with its sequences and digest. Nothing is
//! locked here: the caller has the state to itself.
//!
//! # What a contract can call
//!
//! The host functions of contracts are methods of [`ApplyContext`], by subject: `queries`
//! (authority, accounts, time, console), `tables` and `indexes` with their `iterators`, `inline`,
//! `deferred`, and for privileged contracts `system`, `producers`, `parameters` and
//! `wasm_parameters`. They take and return Rust values; reading them from a contract's memory is
//! the executor's part.

mod apply;
mod budget;
mod context;
mod deferred;
mod executor;
mod header;
mod indexes;
mod inline;
mod input;
mod iterators;
mod limits;
mod native;
mod packed;
mod parameters;
mod producers;
mod queries;
mod signatures;
mod system;
mod tables;
mod wasm_parameters;

pub use apply::{ApplyContext, Iterated};
pub use executor::{Executor, NoContracts, Shadow};
pub use header::check_not_delayed;
pub use indexes::IndexCursor;
pub use queries::CodeHash;
pub use signatures::RecoveredTransaction;

pub use context::{Executed, Failed, TransactionContext};
pub use input::{Environment, Input, TransactionKind};
pub use packed::unpack;

use antelope_types::Cost;
