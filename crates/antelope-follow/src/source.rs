//! Where blocks come from.

use crate::block::FollowedBlock;
use crate::cursor::FollowCursor;
use crate::error::FollowError;
use antelope_history::BlockPosition;
use antelope_types::Checksum256;
use std::time::Duration;

/// What happens next on a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockEvent {
    /// The block after the cursor's head.
    Apply(Box<FollowedBlock>),
    /// The blocks above this one are not part of the chain any more.
    Undo(BlockPosition),
    /// The blocks up to this number can no longer be undone.
    Final(u32),
}

/// How far a node is, by what it said last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceProgress {
    /// The node's last block.
    pub head: BlockPosition,
    /// The node's last irreversible block.
    pub last_irreversible: BlockPosition,
}

/// A chain that is followed.
pub trait BlockSource {
    /// The id of the chain.
    ///
    /// # Errors
    /// [`FollowError`] where the node does not tell it.
    fn chain_id(&mut self) -> Result<Checksum256, FollowError>;

    /// What happens next after this cursor; `None` if nothing does for so long.
    ///
    /// The cursor need not be that of the call before: a follower that failed to store an event asks again.
    ///
    /// # Errors
    /// [`FollowError`]. After one that [is transient](FollowError::is_transient) the next call tries again.
    fn next(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError>;

    /// How far the node is; `None` before it has said anything.
    fn progress(&self) -> Option<SourceProgress>;
}
