//! A chain in the same process.
//!
//! Blocks are read from the chain's history, encoded as state history has them, so that an index gets the same
//! from here as from a node. There is no connection and no [`Linker`](crate::Linker): each call compares the
//! cursor with the history, from the head down, and tells the first of these that is the case.
//!
//! | the cursor | event |
//! |---|---|
//! | is empty | [`BlockEvent::Apply`] of the first recorded block |
//! | has a head that the chain does not have | [`BlockEvent::Undo`] to the last block in common |
//! | has no block in common with the chain | [`FollowError::Diverged`] |
//! | has blocks that have become irreversible | [`BlockEvent::Final`] |
//! | is behind the chain's head | [`BlockEvent::Apply`] of the next block |
//! | is at the head | none: it waits for a block |
//!
//! A chain that is reverted loses blocks, which are undone here even if no other block replaces them.
//! Reverting it below the cursor's last irreversible block is an error.

use crate::block::Interest;
use crate::cursor::FollowCursor;
use crate::decode::{Parts, read};
use crate::error::FollowError;
use crate::source::{BlockEvent, BlockSource, SourceProgress};
use antelope_chain::{History, LiveChain, StoreError};
use antelope_history::BlockPosition;
use antelope_types::Checksum256;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What stands for the address in errors.
const ADDRESS: &str = "this process";

/// An embedded chain that records, followed without a connection.
///
/// A call waits without polling: each complete block wakes it. It may be used on any thread, and the chain's
/// lock is not taken while a block is read. Keep one source for the life of the chain: the chain does not
/// forget the listener of a source that was dropped.
pub struct ChainSource {
    live: LiveChain,
    interest: Interest,
    news: Arc<News>,
}

/// Wakes the follower at each block.
#[derive(Default)]
struct News {
    blocks: Mutex<u64>,
    changed: Condvar,
}

impl ChainSource {
    /// Follows this chain, which must record: see [`antelope_chain::Chain::record_history`]. Where it does not,
    /// calls fail with [`FollowError::Missing`]. Where a chain begins to record after its genesis, there is no
    /// event before it has completed a recorded block.
    pub fn new(live: LiveChain, interest: Interest) -> Self {
        let news = Arc::<News>::default();
        let told = Arc::clone(&news);
        live.on_block(move |_| {
            *told.blocks.lock().unwrap_or_else(PoisonError::into_inner) += 1;
            told.changed.notify_all();
        });
        Self {
            live,
            interest,
            news,
        }
    }

    /// What the chain has recorded, as it is now: blocks that are complete later do not change it.
    fn history(&self) -> Result<History, FollowError> {
        self.live.history().ok_or(FollowError::Missing {
            what: "history",
            block: 1,
            hint: "the chain in this process does not record: begin with record_history",
        })
    }

    /// What happens next, without waiting.
    fn event(&self, cursor: &FollowCursor) -> Result<Option<BlockEvent>, FollowError> {
        let history = self.history()?;
        let head = BlockPosition {
            block_num: history.head().0,
            block_id: history.head().1,
        };
        let last_irreversible = history.irreversible().0;
        let Some(own) = cursor.head() else {
            // A chain that began to record later has no block to begin with before its next.
            return match history.first() <= head.block_num {
                true => self.apply(&history, history.first(), true).map(Some),
                false => Ok(None),
            };
        };
        if let Some(event) = undo(&history, cursor, own)? {
            return Ok(Some(event));
        }
        let first = cursor.last_irreversible().map_or(0, |it| it.block_num);
        let newly_final = last_irreversible.min(own.block_num);
        if newly_final > first {
            return Ok(Some(BlockEvent::Final(newly_final)));
        }
        match own.block_num < head.block_num {
            true => self.apply(&history, own.block_num + 1, false).map(Some),
            false => Ok(None),
        }
    }

    fn apply(
        &self,
        history: &History,
        number: u32,
        is_first: bool,
    ) -> Result<BlockEvent, FollowError> {
        if number < history.first() {
            return Err(FollowError::Missing {
                what: "history",
                block: number,
                hint: "it was not recorded; rebuild the index",
            });
        }
        let position = |number| history.position(number).map_err(unreadable);
        let block = history.block(number).map_err(unreadable)?;
        let traces = history.traces(number).map_err(unreadable)?;
        let deltas = history.deltas(number).map_err(unreadable)?;
        let parts = Parts {
            position: BlockPosition {
                block_num: number,
                block_id: position(number)?.unwrap_or_default(),
            },
            previous: position(number - 1)?.unwrap_or_default(),
            block: block.as_deref(),
            traces: traces.as_deref(),
            deltas: deltas.as_deref(),
            is_first,
        };
        let mut block = read(parts, &self.interest).map_err(|error| FollowError::Protocol {
            address: ADDRESS.to_owned(),
            problem: format!("block {number}: {error}"),
        })?;
        block.is_final = number <= history.irreversible().0;
        Ok(BlockEvent::Apply(Box::new(block)))
    }
}

/// Where the chain has gone back behind the cursor's head, or to another branch: the last block in common.
fn undo(
    history: &History,
    cursor: &FollowCursor,
    head: BlockPosition,
) -> Result<Option<BlockEvent>, FollowError> {
    let mut theirs = None;
    for position in cursor.positions().iter().rev() {
        theirs = history.position(position.block_num).map_err(unreadable)?;
        if theirs == Some(position.block_id) {
            let is_behind = *position != head;
            return Ok(is_behind.then_some(BlockEvent::Undo(*position)));
        }
    }
    Err(FollowError::Diverged {
        ours: cursor.last_irreversible().unwrap_or_default(),
        theirs: theirs.unwrap_or_default(),
    })
}

fn unreadable(error: StoreError) -> FollowError {
    FollowError::Connection {
        address: ADDRESS.to_owned(),
        problem: error.to_string(),
    }
}

impl BlockSource for ChainSource {
    fn chain_id(&mut self) -> Result<Checksum256, FollowError> {
        Ok(self.live.chain_id())
    }

    fn next(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError> {
        let until = Instant::now() + wait;
        loop {
            let seen = *self
                .news
                .blocks
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some(event) = self.event(cursor)? {
                return Ok(Some(event));
            }
            let mut blocks = self
                .news
                .blocks
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            while *blocks == seen {
                let left = until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Ok(None);
                }
                let waited = self.news.changed.wait_timeout(blocks, left);
                (blocks, _) = waited.unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn progress(&self) -> Option<SourceProgress> {
        let history = self.live.history()?;
        let position = |(block_num, block_id)| BlockPosition {
            block_num,
            block_id,
        };
        Some(SourceProgress {
            head: position(history.head()),
            last_irreversible: position(history.irreversible()),
        })
    }
}

impl fmt::Debug for ChainSource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ChainSource")
            .field("chain_id", &self.live.chain_id())
            .field("interest", &self.interest)
            .finish_non_exhaustive()
    }
}
