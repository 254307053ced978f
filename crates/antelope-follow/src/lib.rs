//! Follows an Antelope chain block by block, through forks and restarts, for programs that keep an index.
//!
//! A [`BlockSource`] is asked for the next event after a [`FollowCursor`]: apply a block, undo blocks down to
//! one, or a block has become final. The cursor is the only memory that following needs: the ids of the blocks
//! from the last irreversible one to the head. An index that stores it together with its rows, in one
//! transaction, never misses a block, never applies one twice, and takes back what a fork has undone, also
//! when the fork happened while the program was not running.
//!
//! | source | feature | blocks | rows of tables | order of actions |
//! |---|---|---|---|---|
//! | [`StateHistorySource`]: the state history of nodeos or of `veche node` | `state-history` | up to the head | yes | ordinals |
//! | `TraceApiSource`: the trace API of nodeos | `trace-api` | final ones only | no | global sequence |
//! | `ChainSource`: a chain in this process | `chain` | up to the head | yes | ordinals |
//!
//! # Rules
//! - A block follows the cursor's head if the id of the block before it is that of the head. What does not
//!   follow is never applied: [`Linker`] decides, for all sources that receive blocks.
//! - A block that is known already is passed over. After a gap the source asks again.
//! - Another block under a number that the cursor has means a fork: events undo down to the common block.
//! - A fork below the last irreversible block cannot happen on a chain that is right. Following stops with
//!   [`FollowError::Diverged`], which names both ids.
//! - A node that has fewer blocks than the cursor, such as one restored from an older snapshot, is waited for.
//!
//! ```no_run
//! use antelope_follow::{BlockEvent, BlockSource, FollowCursor, Interest, StateHistorySource};
//! use antelope_types::name;
//! use std::time::Duration;
//!
//! let interest = Interest::of([name!("eosio.token")]);
//! let mut source = StateHistorySource::new("ws://127.0.0.1:8080", interest)?;
//! let mut cursor = FollowCursor::default();
//! loop {
//!     match source.next(&cursor, Duration::from_secs(1))? {
//!         Some(BlockEvent::Apply(block)) => {
//!             println!("{}: {} actions", block.position.block_num, block.actions.len());
//!             cursor.apply(block.position, block.is_final);
//!         }
//!         Some(BlockEvent::Undo(to)) => cursor.undo(to.block_num),
//!         Some(BlockEvent::Final(number)) => cursor.finalize(number),
//!         None => println!("no new block"),
//!     }
//! }
//! # #[allow(unreachable_code)]
//! # Ok::<(), antelope_follow::FollowError>(())
//! ```
#![deny(unsafe_code)]

mod block;
#[cfg(feature = "chain")]
mod chain;
mod cursor;
#[cfg(any(feature = "state-history", feature = "chain"))]
mod decode;
mod error;
mod linker;
#[cfg(any(feature = "state-history", feature = "chain", feature = "trace-api"))]
mod set_abi;
mod source;
#[cfg(feature = "state-history")]
mod state_history;
#[cfg(feature = "trace-api")]
mod trace_api;

pub use antelope_history::BlockPosition;
pub use block::{AbiChange, FollowedAction, FollowedBlock, Interest, RowChange};
#[cfg(feature = "chain")]
pub use chain::ChainSource;
pub use cursor::{FollowCursor, Link};
pub use error::FollowError;
pub use linker::{Arrival, Linker, Step};
pub use source::{BlockEvent, BlockSource, SourceProgress};
#[cfg(feature = "state-history")]
pub use state_history::{StateHistorySource, StateHistoryWindow};
#[cfg(feature = "trace-api")]
pub use trace_api::TraceApiSource;
