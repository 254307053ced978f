//! Decides what blocks that arrive mean for a cursor: the next one, a fork, a repetition, a gap.
//!
//! | [`Link`] of the block | [`Step`] | the block |
//! |---|---|---|
//! | `Next` | `Tell(Apply)` | is handed over |
//! | `Fork` | `Tell(Undo)` | waits, and is the next one for the cursor after the undo |
//! | `Known` | as without a block | is dropped |
//! | `Gap` | `AskAgain`, or an error after eight | is dropped: the node sends it again |
//! | no block waits | `Tell(Final)` if the node's last irreversible block is newly that of the cursor, else `Receive` | |
//!
//! At most one block waits. It is looked at with the cursor of each call, so that a follower that could
//! not store an undo gets it again. A block that was handed over and not stored is not kept: the one after
//! it is a gap, and the source asks again.

use crate::block::FollowedBlock;
use crate::cursor::{FollowCursor, Link};
use crate::error::FollowError;
use crate::source::{BlockEvent, SourceProgress};

/// How often a source asks again because of blocks that do not follow. A fork while the answer is under
/// way needs one; more happen where producers change branches quickly.
const MOST_RESTARTS: u32 = 8;

/// A block as it comes from a node.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The block. Its `is_final` is of no account: it is set by `progress`.
    pub block: FollowedBlock,
    /// How far the node was when it sent it.
    pub progress: SourceProgress,
}

/// What a source does next.
#[derive(Clone, Debug)]
pub enum Step {
    /// Tell the follower of this event, and call [`Linker::step`] with the cursor after it.
    Tell(BlockEvent),
    /// Receive another block and give it to [`Linker::arrive`]. Nothing waits.
    Receive,
    /// Ask the node again for the blocks after the cursor. What it has sent so far and is still under way
    /// is of no use.
    AskAgain,
}

/// The place between a node that sends blocks as it likes and a follower that gets each once, in order.
///
/// It has no I/O and does not keep the cursor, which belongs to the follower. See the example of the
/// [crate](crate#feeding-blocks-from-elsewhere).
#[derive(Debug, Default)]
pub struct Linker {
    /// The block that was not handed over yet.
    pending: Option<Arrival>,
    /// What the node said last; kept over reconnections.
    progress: Option<SourceProgress>,
    /// What an empty cursor begins with.
    first: Option<u32>,
    /// How often the source was told to ask again since a block followed.
    restarts: u32,
}

impl Linker {
    /// An empty cursor begins with the block of this number: lower ones are passed over, a higher one is a
    /// gap. Without this call it begins with whatever arrives.
    pub fn begin_at(&mut self, first: u32) {
        self.first = Some(first);
    }

    /// Takes in the block that came next. It replaces one that waits, so call
    /// [`step`](Self::step) until it returns [`Step::Receive`] before.
    pub fn arrive(&mut self, arrival: Arrival) {
        self.progress = Some(arrival.progress);
        self.pending = Some(arrival);
    }

    /// Takes in how far the node is, where it says so without a block.
    pub fn tell(&mut self, progress: SourceProgress) {
        self.progress = Some(progress);
    }

    /// How far the node is; `None` before it has said anything.
    pub fn progress(&self) -> Option<SourceProgress> {
        self.progress
    }

    /// Forgets the block that waits, as after a connection was lost.
    pub fn reset(&mut self) {
        self.pending = None;
    }

    /// What to do next, for a follower that is at this cursor.
    ///
    /// # Errors
    /// [`FollowError::Diverged`] where the block is of a chain that parts from the cursor's below the last
    /// irreversible block. [`FollowError::Disconnected`] where asking again eight times has not helped;
    /// the count begins anew then.
    pub fn step(&mut self, cursor: &FollowCursor) -> Result<Step, FollowError> {
        let Some(arrival) = self.pending.take() else {
            let last_irreversible = self.progress.map(|it| it.last_irreversible);
            let newly = last_irreversible.and_then(|it| cursor.newly_final(it));
            let event = newly.map(|number| Step::Tell(BlockEvent::Final(number)));
            return Ok(event.unwrap_or(Step::Receive));
        };
        let position = arrival.block.position;
        let link = match (cursor.head(), self.first) {
            (None, Some(first)) if position.block_num < first => Link::Known,
            (None, Some(first)) if position.block_num > first => Link::Gap,
            _ => cursor.link(position, arrival.block.previous)?,
        };
        match link {
            Link::Next => {
                self.restarts = 0;
                let last_irreversible = arrival.progress.last_irreversible.block_num;
                let mut block = arrival.block;
                block.is_final = position.block_num <= last_irreversible;
                Ok(Step::Tell(BlockEvent::Apply(Box::new(block))))
            }
            Link::Known => self.step(cursor),
            Link::Fork(to) => {
                self.pending = Some(arrival);
                Ok(Step::Tell(BlockEvent::Undo(to)))
            }
            Link::Gap => {
                self.restarts += 1;
                if self.restarts > MOST_RESTARTS {
                    self.restarts = 0;
                    return Err(FollowError::Disconnected {
                        head: cursor.head().unwrap_or_default(),
                        block: position,
                    });
                }
                Ok(Step::AskAgain)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_history::BlockPosition;
    use antelope_types::Checksum256;

    fn at(block_num: u32, tag: u8) -> BlockPosition {
        BlockPosition {
            block_num,
            block_id: Checksum256([tag; 32]),
        }
    }

    fn arrival(number: u32, own: u8, previous: u8, last_irreversible: BlockPosition) -> Arrival {
        Arrival {
            block: FollowedBlock {
                position: at(number, own),
                previous: Checksum256([previous; 32]),
                ..FollowedBlock::default()
            },
            progress: SourceProgress {
                head: at(number, own),
                last_irreversible,
            },
        }
    }

    #[test]
    fn a_fork_is_undone_before_its_block_is_applied() {
        let mut cursor = FollowCursor::of(vec![at(5, 5), at(6, 6), at(7, 7)]).unwrap();
        let mut linker = Linker::default();
        linker.arrive(arrival(6, 16, 5, at(5, 5)));
        let Step::Tell(BlockEvent::Undo(to)) = linker.step(&cursor).unwrap() else {
            panic!("a fork")
        };
        cursor.undo(to.block_num);
        let Step::Tell(BlockEvent::Apply(block)) = linker.step(&cursor).unwrap() else {
            panic!("its block")
        };
        assert_eq!((block.position, block.is_final), (at(6, 16), false));
        cursor.apply(block.position, block.is_final);
        assert!(matches!(linker.step(&cursor), Ok(Step::Receive)));
        linker.arrive(arrival(7, 17, 16, at(6, 16)));
        let Step::Tell(BlockEvent::Apply(block)) = linker.step(&cursor).unwrap() else {
            panic!("the next")
        };
        cursor.apply(block.position, block.is_final);
        let event = linker.step(&cursor).unwrap();
        assert!(
            matches!(event, Step::Tell(BlockEvent::Final(6))),
            "{event:?}"
        );
    }

    #[test]
    fn asking_again_has_an_end() {
        let cursor = FollowCursor::of(vec![at(5, 5)]).unwrap();
        let mut linker = Linker::default();
        let mut asked = 0;
        let error = loop {
            linker.arrive(arrival(8, 8, 7, at(5, 5)));
            match linker.step(&cursor) {
                Ok(Step::AskAgain) => asked += 1,
                Ok(other) => panic!("{other:?}"),
                Err(error) => break error,
            }
        };
        assert_eq!(asked, MOST_RESTARTS);
        assert!(error.is_transient(), "{error}");
    }
}
