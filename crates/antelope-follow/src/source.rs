//! Where blocks come from: the events of a chain, and the trait that all sources implement.
//!
//! Events come in this order:
//! 1. [`BlockEvent::Apply`] for the first block, then for each block whose number is one higher.
//! 2. [`BlockEvent::Undo`] at any time, to a block that was applied and is not below the last
//!    irreversible one. `Apply` of the block after it follows.
//! 3. [`BlockEvent::Final`] at any time, with a number that only grows.
//!
//! A block that is irreversible when it arrives comes as `Apply` with
//! [`is_final`](FollowedBlock::is_final), which makes the blocks before it final too. `Final` is sent
//! only for blocks that were applied before they became irreversible, and while a source catches up it
//! may be left out because an `Apply` has said the same.

use crate::block::FollowedBlock;
use crate::cursor::FollowCursor;
use crate::error::FollowError;
use antelope_history::BlockPosition;
use antelope_types::Checksum256;
use std::time::Duration;

/// What happens next on a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockEvent {
    /// The block after the cursor's head. Store its effects, then call
    /// [`FollowCursor::apply`]. With an empty cursor it is the block that the source begins with.
    Apply(Box<FollowedBlock>),
    /// The blocks above this one are not part of the chain any more. Take their effects back, then
    /// call [`FollowCursor::undo`]. Several blocks may go at once.
    Undo(BlockPosition),
    /// The blocks up to this number can no longer be undone: what was kept to undo them may be
    /// deleted. Then call [`FollowCursor::finalize`].
    Final(u32),
}

/// How far a node is, by what it said last.
///
/// It is for showing how far an index lags behind. While nothing is received it is not updated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceProgress {
    /// The node's last block; number 0 before its first.
    pub head: BlockPosition,
    /// The node's last irreversible block; number 0 where there is none yet.
    pub last_irreversible: BlockPosition,
}

/// A chain that is followed.
///
/// A source holds a connection and what it has received in advance, and nothing that must be stored.
/// A new source with the stored cursor goes on where the old one ended.
pub trait BlockSource {
    /// The id of the chain. An index should store it with its first block and compare it at each
    /// start: block numbers of another chain mean nothing here.
    ///
    /// # Errors
    /// [`FollowError`] where the node does not tell it.
    fn chain_id(&mut self) -> Result<Checksum256, FollowError>;

    /// What happens next after this cursor; `None` if nothing does within `wait`.
    ///
    /// The cursor need not be that of the call before: a follower that failed to store an event asks
    /// again. `wait` bounds the time in which a source waits for news. Connecting, or a request that
    /// the node answers slowly, has limits of its own, see each source.
    ///
    /// # Errors
    /// [`FollowError`]. After one that [is transient](FollowError::is_transient) the next call tries
    /// again, at once: the caller makes the pause. After any other, calling again gives the same error
    /// until somebody has changed the node or the index.
    fn next(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError>;

    /// How far the node is; `None` before it has said anything. It does not ask the node.
    fn progress(&self) -> Option<SourceProgress>;

    /// Whether it tells of blocks only once they are irreversible, so that it never gets to the node's head.
    fn is_final_only(&self) -> bool {
        false
    }
}

impl<S: BlockSource + ?Sized> BlockSource for Box<S> {
    fn chain_id(&mut self) -> Result<Checksum256, FollowError> {
        (**self).chain_id()
    }

    fn next(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError> {
        (**self).next(cursor, wait)
    }

    fn progress(&self) -> Option<SourceProgress> {
        (**self).progress()
    }

    fn is_final_only(&self) -> bool {
        (**self).is_final_only()
    }
}
