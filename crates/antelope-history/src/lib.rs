//! What the blocks of a chain did, in the encoding of nodeos's `state_history_plugin`, which indexers
//! read.
//!
//! A node that serves state history sends three things: how all else is encoded, what the
//! transactions of each block did, and which rows of the state the block changed. This crate makes
//! the bytes of all three, and reads them. It has no I/O: who stores them and who sends them is the
//! business of the crates above.
//!
//! ```
//! use antelope_history::{decode_deltas, encode_deltas};
//! use antelope_ledger::Genesis;
//! use antelope_types::{PermissionLevel, TimePoint, name};
//! use std::sync::Arc;
//!
//! // The first block has the whole state.
//! let genesis = Genesis::default();
//! let before = genesis.state()?;
//! let whole = encode_deltas(&genesis.chain_id(), None, &before);
//! let rows: usize = decode_deltas(&whole)?.iter().map(|table| table.rows.len()).sum();
//! assert_eq!(rows, 25);
//!
//! // A block changes the authority of `eosio`: one row of one table.
//! let mut after = before.clone();
//! let key = (name!("eosio"), name!("active"));
//! let active = after.permissions.get_mut(&key).ok_or("every chain has it")?;
//! Arc::make_mut(&mut active.authority).threshold = 2;
//! active.last_updated = TimePoint::from_micros(1_600_000_000_000_000);
//! let deltas = decode_deltas(&encode_deltas(&genesis.chain_id(), Some(&before), &after))?;
//! assert_eq!(deltas.len(), 1);
//! assert_eq!((deltas[0].name.as_str(), deltas[0].rows.len()), ("permission", 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is where
//!
//! | to | use |
//! |---|---|
//! | begin a session with the ABI | [`abi`] |
//! | read what a client asks, write what it is answered | [`Request`], [`Response`] |
//! | encode the traces of a block | [`encode_traces`], [`RecordedTrace`] |
//! | keep console, times and texts of errors with them | [`encode_traces_in`], [`Detail`] |
//! | read stored traces | [`decode_traces`], [`StoredTrace`] |
//! | encode what a block changed of the state | [`encode_deltas`] |
//! | read it, down to rows | [`decode_deltas`], [`TableDelta`] |
//!
//! # Tables of the state
//!
//! | table | key | a row is |
//! |---|---|---|
//! | `account` | name | an account: when it was created, its ABI |
//! | `account_metadata` | name | its privilege, when its code was set, the hash of its code |
//! | `code` | hash | code, once for all accounts that run it |
//! | `contract_table` | code, scope, table | a table of a contract, and who pays for it |
//! | `contract_row` | and primary key | a row of it, in the contract's encoding |
//! | `contract_index64`, `contract_index128`, `contract_index256` | and primary key | an entry of a secondary index |
//! | `contract_index_double`, `contract_index_long_double` | and primary key | the same with a float as its key |
//! | `global_property` | | the parameters of the chain, the proposed schedule of producers |
//! | `generated_transaction` | sender, its number | a deferred transaction that waits |
//! | `protocol_state` | | the activated protocol features |
//! | `permission` | owner, name | a permission with its authority |
//! | `permission_link` | account, code, action | which permission an action needs |
//! | `resource_limits` | account | its limits of RAM, NET and CPU |
//! | `resource_usage` | account | what it has used of them |
//! | `resource_limits_state` | | what blocks have used, and the virtual limits |
//! | `resource_limits_config` | | the limits of blocks |
//!
//! # Compared with a node
//!
//! The lives of `antelope-chain`'s tests, scripted and random ones, are executed by nodeos 4.1 with its
//! plugin: traces and deltas of every block are equal byte by byte, the order of rows included. The same
//! lives are executed by a node in `--trace-history-debug-mode`, whose traces are those of
//! [`Detail::Debug`]. Four things make them so:
//!
//! - The states come from a chain that records: see
//!   [`State::watch`](antelope_ledger::state::State::watch). Of other states the rows are the same, in
//!   another order, and rows that were written with what they had are left out of indexes and usage.
//! - Of traces in [`Detail::Debug`] three things are left out: times, which are those of a machine; the
//!   console of context-free actions, which a node does not execute where it takes blocks from a log;
//!   and the words for bytes that cannot be read, in which nodes name C++ types. A console that is not
//!   UTF-8 has its bytes on a node, and has none of them here.
//! - Blocks say what each transaction is billed. A chain of its own bills CPU by its own rules, and
//!   usage in its rows follows from that.
//! - The chain has begun without protocol features. Those that it begins with are told as activated
//!   by block 1; a node's chain begins with none.
#![deny(unsafe_code)]

mod abi;
mod deltas;
mod message;
mod trace;
mod version;

pub use abi::abi;
pub use deltas::{DeltaRow, TableDelta, decode_deltas, encode_deltas};
pub use message::{BlockPosition, Blocks, GetBlocks, Request, Response, Status};
pub use trace::{
    Detail, PartialTransaction, RecordedTrace, StoredAction, StoredTrace, count_traces,
    decode_traces, encode_traces, encode_traces_in, plain,
};

#[cfg(test)]
mod tests;
