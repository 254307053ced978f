//! The host functions, one module for each group. Names, types and behaviour are those of a node.
//!
//! [`antelope_intrinsics`] describes each function once: its parameters, the protocol feature that
//! adds it, the context in which it may be called, and whether its buffers may overlap. [`linkage`]
//! makes the imports of a module from that list and does the checks that the list implies; what is
//! left for the functions here is what each of them does. They call methods of `ApplyContext` in
//! the ledger, which hold the rules of the chain and its state.
//!
//! | group | what it has | on a node |
//! |---|---|---|
//! | [`action`] | the action's data, its result, inline actions | `action.cpp`, `transaction.cpp` |
//! | [`authorization`] | who has authorized the action; accounts | `authorization.cpp` |
//! | [`builtins`] | 128-bit integers | `compiler_builtins.cpp` |
//! | [`console`] | printing | `console.cpp` |
//! | [`crypto`] | hashes and signatures | `crypto.cpp` |
//! | [`indexes`], [`rows`] | tables | `database.cpp` |
//! | [`long_double`] | 128-bit floats | `compiler_builtins.cpp` |
//! | [`memory`] | `memcpy` and its like | `memory.cpp` |
//! | [`permissions`] | checking authorities | `permission.cpp` |
//! | [`primitives`] | elliptic curves, big numbers | `crypto.cpp` |
//! | [`privileged`] | what only system contracts may do | `privileged.cpp`, `producer.cpp` |
//! | [`system`] | time, features, assertions | `system.cpp`, `cf_system.cpp` |
//! | [`transaction`] | the transaction, deferred transactions | `transaction.cpp`, `cf_transaction.cpp` |
//!
//! The files are those of `libraries/chain/webassembly` in Spring.
//!
//! # Costs
//!
//! Each call costs 50 instructions ([`Cost::HOST_CALL`](antelope_types::Cost::HOST_CALL)). What a
//! function does beyond that, it bills by [`Call::work`] before doing it; the numbers in this
//! folder are such bills, in instructions. They were measured, so that a microsecond of work costs
//! about 1000: `tests/hostile` of `antelope-chain` holds that no function can be used to do more
//! work than it pays for.

mod action;
mod authorization;
mod builtins;
mod console;
mod crypto;
mod decimal;
mod finalizers;
mod indexes;
mod linkage;
mod long_double;
mod memory;
mod permissions;
mod primitives;
mod privileged;
mod rows;
mod system;
mod transaction;

pub(super) use linkage::link;

use super::call::Call;
use antelope_types::ChainError;
use indexes::{db_idx_double, db_idx_long_double, db_idx64, db_idx128, db_idx256};

/// What a host function returns. An error ends the transaction; a contract cannot catch it.
type HostResult<T = ()> = Result<T, ChainError>;
