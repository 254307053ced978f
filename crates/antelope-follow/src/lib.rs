//! Follows an Antelope chain block by block, through forks and restarts, for programs that keep an
//! index of it.
//!
//! A [`BlockSource`] is asked for the next event after a [`FollowCursor`]: apply a block, undo blocks
//! down to one, or a block has become final. The cursor is the only memory that following needs: the
//! ids of the blocks from the last irreversible one to the head. An index that stores it together with
//! its rows, in one transaction, never misses a block, never applies one twice, and takes back what a
//! fork has undone, also when the fork happened while the program was not running.
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
//!     match source.next(&cursor, Duration::from_secs(1)) {
//!         Ok(Some(BlockEvent::Apply(block))) => {
//!             println!("{}: {} actions", block.position.block_num, block.actions.len());
//!             cursor.apply(block.position, block.is_final);
//!         }
//!         Ok(Some(BlockEvent::Undo(to))) => cursor.undo(to.block_num),
//!         Ok(Some(BlockEvent::Final(number))) => cursor.finalize(number),
//!         Ok(None) => println!("no new block"),
//!         Err(error) if error.is_transient() => {
//!             eprintln!("{error}");
//!             std::thread::sleep(Duration::from_secs(1));
//!         }
//!         Err(error) => return Err(error),
//!     }
//! }
//! # #[allow(unreachable_code)]
//! # Ok::<(), antelope_follow::FollowError>(())
//! ```
//!
//! # Sources
//!
//! | | [`StateHistorySource`] | `TraceApiSource` | `ChainSource` |
//! |---|---|---|---|
//! | feature | `state-history` (default) | `trace-api` | `chain` |
//! | reads from | nodeos with `state_history_plugin`, or `veche node` | nodeos with `trace_api_plugin` | a chain in this process |
//! | an empty cursor begins at | the first block with table deltas | a block that the caller chooses | the first recorded block |
//! | blocks | up to the head | irreversible ones only | up to the head |
//! | [`BlockEvent::Undo`] | yes | never | yes, also after a revert |
//! | rows of tables | yes | no | yes |
//! | state and ABIs from before the first block | yes | no | yes |
//! | order of actions | global sequence, and ordinals | global sequence | global sequence, and ordinals |
//!
//! No source delivers transactions that failed, actions of contracts outside the [`Interest`],
//! secondary indexes, or consoles.
//!
//! # What happens when
//!
//! - **The next block arrives.** A block follows the cursor's head if its `previous` is the id of the
//!   head. A block that does not follow is never applied.
//! - **A block arrives twice.** It is passed over.
//! - **Blocks are missing in between.** The source asks the node again for the blocks after the cursor.
//!   When nine blocks have not followed, with none that did in between, the call fails with
//!   [`FollowError::Disconnected`].
//! - **The chain forks.** [`BlockEvent::Undo`] names the last block in common; the blocks of the other
//!   branch follow as [`BlockEvent::Apply`].
//! - **The chain forks below the last irreversible block.** That cannot happen on a chain that works.
//!   Following stops with [`FollowError::Diverged`], which names both ids. Nothing is undone.
//! - **The connection is lost.** The call fails with [`FollowError::Connection`]. The next call
//!   reconnects and sends the cursor's ids, so that the node begins where its branch differs.
//! - **The node is behind the cursor,** for example restored from an older snapshot. The source waits
//!   until it has caught up. It does not undo blocks that the node merely lacks; an embedded chain that
//!   was reverted is different, since its blocks are gone for good.
//! - **The program stops between an event and its transaction.** It asks again with the stored cursor
//!   and gets the same event, or the one that has replaced it.
//!
//! # Feeding blocks from elsewhere
//!
//! [`Linker`] makes these decisions and has no I/O, so that a source of your own, or a test, can use it.
//! Block 8 is replaced by another block 8 here:
//!
//! ```
//! use antelope_follow::{
//!     Arrival, BlockEvent, BlockPosition, FollowCursor, FollowError, FollowedBlock, Linker,
//!     SourceProgress, Step,
//! };
//! use antelope_types::Checksum256;
//!
//! let at = |block_num, id| BlockPosition { block_num, block_id: Checksum256([id; 32]) };
//! let arrival = |position, previous| Arrival {
//!     block: FollowedBlock {
//!         position,
//!         previous: Checksum256([previous; 32]),
//!         ..FollowedBlock::default()
//!     },
//!     progress: SourceProgress { head: position, last_irreversible: at(7, 7) },
//! };
//! let mut cursor = FollowCursor::default();
//! let mut linker = Linker::default();
//! let mut events = Vec::new();
//! for (position, previous) in [(at(7, 7), 6), (at(8, 8), 7), (at(8, 18), 7)] {
//!     linker.arrive(arrival(position, previous));
//!     while let Step::Tell(event) = linker.step(&cursor)? {
//!         match event {
//!             BlockEvent::Apply(block) => {
//!                 events.push(format!("apply {}", block.position.block_num));
//!                 cursor.apply(block.position, block.is_final);
//!             }
//!             BlockEvent::Undo(to) => {
//!                 events.push(format!("undo to {}", to.block_num));
//!                 cursor.undo(to.block_num);
//!             }
//!             BlockEvent::Final(number) => cursor.finalize(number),
//!         }
//!     }
//! }
//! assert_eq!(events, ["apply 7", "apply 8", "undo to 7", "apply 8"]);
//! assert_eq!(cursor.positions(), [at(7, 7), at(8, 18)]);
//! # Ok::<(), FollowError>(())
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
