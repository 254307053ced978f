//! How far a chain was followed: the blocks that can still be undone.
//!
//! # Invariants
//! - Positions ascend by one, without gaps. [`FollowCursor::of`] checks it for stored ones.
//! - The first is the last irreversible block, or the block that following began with. It is never undone.
//! - The last is the head: what the index contains is the state after this block.
//! - A block is compared with them by its id and by the id of the block before it, never by number alone.

use crate::error::FollowError;
use antelope_history::BlockPosition;
use antelope_types::Checksum256;

/// The blocks from the last irreversible one to the head, by number and id; none before the first.
///
/// While an index catches up with final blocks this is one position. At the head of a chain it is as many
/// as the chain takes to make a block final: some 330 with the 21 producers of a public network. If
/// blocks do not become final, it grows with each block, by 36 bytes.
///
/// ```
/// use antelope_follow::{BlockPosition, FollowCursor};
/// use antelope_types::Checksum256;
///
/// let block = |block_num, id| BlockPosition { block_num, block_id: Checksum256([id; 32]) };
/// let mut cursor = FollowCursor::default();
/// cursor.apply(block(7, 1), true);
/// cursor.apply(block(8, 2), false);
/// cursor.apply(block(9, 3), false);
/// cursor.undo(8);
/// assert_eq!(cursor.head(), Some(block(8, 2)));
/// cursor.finalize(8);
/// assert_eq!(cursor.positions(), [block(8, 2)]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowCursor {
    /// Ascending, without gaps; the first is the last irreversible block.
    positions: Vec<BlockPosition>,
}

/// How a block is related to a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It comes after the head, or the cursor is empty.
    Next,
    /// The cursor has it, or it is below the last irreversible block, where ids are not kept and so not
    /// compared.
    Known,
    /// It comes after this block, which is below the head.
    Fork(BlockPosition),
    /// Blocks between the cursor and this one are needed first: its number is too high, or the block
    /// before it is on a branch that the cursor does not know.
    Gap,
}

impl FollowCursor {
    /// A cursor of positions that were stored: ascending by number, without gaps, from the last irreversible
    /// block to the head. `None` where they are not. The ids are not checked, since they do not contain
    /// those of the blocks before.
    pub fn of(positions: Vec<BlockPosition>) -> Option<Self> {
        let mut pairs = positions.windows(2);
        let is_whole =
            pairs.all(|pair| pair[0].block_num.checked_add(1) == Some(pair[1].block_num));
        is_whole.then_some(Self { positions })
    }

    /// The last block that was applied and not undone; `None` before the first.
    pub fn head(&self) -> Option<BlockPosition> {
        self.positions.last().copied()
    }

    /// The last block that cannot be undone any more; `None` before the first. A cursor that began with a
    /// block that was not yet irreversible has that one, since there is nothing to go back to.
    pub fn last_irreversible(&self) -> Option<BlockPosition> {
        self.positions.first().copied()
    }

    /// All blocks from the last irreversible one to the head, to be stored.
    pub fn positions(&self) -> &[BlockPosition] {
        &self.positions
    }

    /// The number of the next block; `None` before the first.
    pub fn next_number(&self) -> Option<u32> {
        self.head().map(|head| head.block_num.saturating_add(1))
    }

    /// The id of a block; `None` outside of the positions.
    pub fn id(&self, number: u32) -> Option<Checksum256> {
        let first = self.positions.first()?.block_num;
        let at = usize::try_from(number.checked_sub(first)?).ok()?;
        self.positions.get(at).map(|position| position.block_id)
    }

    /// Goes on to a block, which must be the next one: that is not checked, see [`link`](Self::link). A
    /// final one makes all before it final, and is the only position afterwards.
    pub fn apply(&mut self, position: BlockPosition, is_final: bool) {
        if is_final {
            self.positions.clear();
        }
        self.positions.push(position);
    }

    /// Goes back to the block with this number. No effect where it is not below the head. Below the last
    /// irreversible block, where no source goes, nothing is left.
    pub fn undo(&mut self, number: u32) {
        self.positions
            .retain(|position| position.block_num <= number);
    }

    /// The blocks up to this number can no longer be undone. A number above the head stands for the head,
    /// one below the last irreversible block has no effect.
    pub fn finalize(&mut self, number: u32) {
        let last = self.head().map_or(0, |head| head.block_num);
        let first = number.min(last);
        self.positions
            .retain(|position| position.block_num >= first);
    }

    /// How a block is related to this cursor; `previous` is the id of the block before it.
    ///
    /// # Errors
    /// [`FollowError::Diverged`] where it is of a chain that parts from this one below the last irreversible
    /// block.
    pub fn link(&self, block: BlockPosition, previous: Checksum256) -> Result<Link, FollowError> {
        let (Some(last_irreversible), Some(head)) = (self.last_irreversible(), self.head()) else {
            return Ok(Link::Next);
        };
        let number = block.block_num;
        if number < last_irreversible.block_num || self.id(number) == Some(block.block_id) {
            return Ok(Link::Known);
        }
        if number == last_irreversible.block_num {
            return Err(FollowError::Diverged {
                ours: last_irreversible,
                theirs: block.block_id,
            });
        }
        if number > head.block_num.saturating_add(1) {
            return Ok(Link::Gap);
        }
        let before = number - 1;
        match self.id(before) {
            Some(id) if id == previous && before == head.block_num => Ok(Link::Next),
            Some(id) if id == previous => Ok(Link::Fork(BlockPosition {
                block_num: before,
                block_id: id,
            })),
            Some(_) if before == last_irreversible.block_num => Err(FollowError::Diverged {
                ours: last_irreversible,
                theirs: previous,
            }),
            _ => Ok(Link::Gap),
        }
    }

    /// Whether a node's last irreversible block makes blocks of this cursor final, and up to which number.
    /// A block of another branch makes none final.
    pub fn newly_final(&self, last_irreversible: BlockPosition) -> Option<u32> {
        let (first, number) = (self.last_irreversible()?, last_irreversible.block_num);
        let is_known = self.id(number) == Some(last_irreversible.block_id);
        (is_known && number > first.block_num).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(tag: u8) -> Checksum256 {
        Checksum256([tag; 32])
    }

    fn at(block_num: u32, tag: u8) -> BlockPosition {
        BlockPosition {
            block_num,
            block_id: id(tag),
        }
    }

    fn cursor() -> FollowCursor {
        FollowCursor::of(vec![at(5, 5), at(6, 6), at(7, 7)]).unwrap()
    }

    #[test]
    fn blocks_are_linked_by_their_ids() {
        let link = |number, own, previous| cursor().link(at(number, own), id(previous)).unwrap();
        assert_eq!(link(8, 8, 7), Link::Next);
        assert_eq!(link(7, 7, 6), Link::Known);
        assert_eq!(link(4, 99, 98), Link::Known);
        assert_eq!(link(7, 17, 6), Link::Fork(at(6, 6)));
        assert_eq!(link(6, 16, 5), Link::Fork(at(5, 5)));
        // The blocks that it follows are not here.
        assert_eq!(link(8, 18, 17), Link::Gap);
        assert_eq!(link(7, 27, 16), Link::Gap);
        assert_eq!(link(9, 9, 8), Link::Gap);
    }

    #[test]
    fn what_is_final_is_not_given_up() {
        for (number, own, previous, theirs) in [(5, 15, 4, 15), (6, 16, 15, 15)] {
            let error = cursor().link(at(number, own), id(previous)).unwrap_err();
            let FollowError::Diverged {
                ours,
                theirs: found,
            } = error
            else {
                panic!("{error}")
            };
            assert_eq!((ours, found), (at(5, 5), id(theirs)));
        }
    }

    #[test]
    fn only_blocks_of_the_own_branch_become_final() {
        assert_eq!(cursor().newly_final(at(6, 6)), Some(6));
        assert_eq!(cursor().newly_final(at(6, 16)), None);
        assert_eq!(cursor().newly_final(at(5, 5)), None);
        assert_eq!(cursor().newly_final(at(9, 9)), None);
    }

    #[test]
    fn positions_have_no_gaps() {
        assert_eq!(FollowCursor::of(vec![at(5, 5), at(7, 7)]), None);
        assert_eq!(FollowCursor::of(Vec::new()), Some(FollowCursor::default()));
    }
}
