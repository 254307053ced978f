//! Where a session is: which block it is sent next, and whether it is sent one now.
//!
//! The rules are those of nodeos 4.1 (`session` in `plugins/state_history_plugin`), told from there
//! and by asking a node:
//!
//! | a client that | gets |
//! |---|---|
//! | starts at 0 | blocks from 1 on |
//! | starts beyond the head | the next block that is made, whatever its number |
//! | has another block below its start than the chain | blocks from that one on |
//! | has the same blocks from its start on | the block after them |
//! | has a block of number 0, or one that the chain does not have yet | results from that number on; number 0 has no block |
//! | ends at or below its start | nothing |
//! | asks again | its new range; the old one is forgotten |
//! | has no message left to be sent | nothing until it acknowledges some |
//! | acknowledges before it asks | nothing; the acknowledgement is forgotten |
//!
//! Three things differ, and a client cannot be worse off for them. nodeos waits for the next event
//! after each block that the client has already, and after an acknowledgement that comes later than
//! the block; here the next block is sent at once. Acknowledgements beyond `u32::MAX` start again
//! from 0 there, and are ignored here. And a fork is noticed there only while the client may be sent
//! something; here always.

use crate::state_history::source::View;
use antelope_chain::StoreError;
use antelope_history::{BlockPosition, GetBlocks};
use std::collections::VecDeque;

/// How many of the blocks that were sent are remembered, to find where a fork began. A longer one
/// is told from the oldest of them on.
const REMEMBERED: usize = 1024;

/// The block that is due, and what goes with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Due {
    /// The block; none where the chain has none of this number.
    pub(crate) this: Option<BlockPosition>,
    /// The block before it.
    pub(crate) previous: Option<BlockPosition>,
    /// Where the session is once this was sent.
    after: Progress,
}

/// A place in the range that was asked for. It is moved when a result was sent, not when it was read,
/// so that a batch can be thrown away and read again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Progress {
    /// The number of the block that comes next.
    next: u32,
    /// How many of the client's own blocks were compared with what is sent.
    compared: usize,
}

/// Where a session is.
///
/// | state | request | credit | what is due |
/// |---|---|---|---|
/// | new | none | 0 | nothing, and acknowledgements are forgotten |
/// | active | some | above 0 | the blocks from its place on, up to the head or the end of the range |
/// | waiting for an acknowledgement | some | 0 | nothing; a fork meanwhile is noticed afterwards |
/// | at the end | some | any | nothing, unless a fork leads back into the range |
///
/// It holds no view: each call is given the one of its moment. Credit is a number of results, and
/// there is no way for a client to give it back.
#[derive(Debug, Default)]
pub(crate) struct Cursor {
    /// What was asked for; the numbers in it are not moved.
    request: Option<GetBlocks>,
    /// What comes next, if it may be sent.
    place: Progress,
    /// How many more results may be sent without an acknowledgement.
    credit: u32,
    /// The head when the chain was last looked at while something could be sent.
    seen: BlockPosition,
    /// Blocks that were sent, the oldest first.
    sent: VecDeque<BlockPosition>,
}

impl Cursor {
    /// The client asks for blocks. What it asked for before is forgotten, and so are the
    /// acknowledgements that it has left: it begins with `max_messages_in_flight` of the request.
    ///
    /// It takes one look-up for each block that the client says to have below its start.
    ///
    /// # Errors
    /// Where its blocks cannot be looked up.
    pub(crate) fn ask(&mut self, request: GetBlocks, view: &dyn View) -> Result<(), StoreError> {
        let mut start = request.start_block_num;
        let mut next = start.max(1);
        for have in &request.have_positions {
            if have.block_num < start && position(view, have.block_num)? != Some(*have) {
                start = have.block_num;
                next = next.min(have.block_num);
            }
        }
        self.place = Progress { next, compared: 0 };
        self.credit = request.max_messages_in_flight;
        self.seen = view.head();
        self.sent.clear();
        self.request = Some(request);
        Ok(())
    }

    /// The client acknowledges so many results, and may be sent as many more. It may acknowledge what
    /// it has not been sent; nodeos does not look at that either.
    pub(crate) fn acknowledge(&mut self, results: u32, view: &dyn View) {
        if self.request.is_none() {
            return;
        }
        if self.credit == 0 {
            // Blocks that were made while nothing could be sent do not call a client back that
            // waits for a higher number.
            self.seen = view.head();
        }
        self.credit = self.credit.saturating_add(results);
    }

    /// What was asked for, if a result may be sent.
    pub(crate) fn active(&self) -> Option<&GetBlocks> {
        self.request.as_ref().filter(|_| self.credit > 0)
    }

    /// Takes note of new blocks, and of another branch: where blocks that were sent are not in the
    /// chain any more, the session goes back to the first of them, and the client is sent what has
    /// taken their place. That it has numbers twice is how it learns of the fork.
    ///
    /// It costs one look-up where there was no fork, and one more for each block that was replaced.
    ///
    /// # Errors
    /// Where a block cannot be looked up.
    pub(crate) fn look(&mut self, view: &dyn View) -> Result<(), StoreError> {
        let mut forked = None;
        while let Some(last) = self.sent.back() {
            if view.position(last.block_num)? == Some(last.block_id) {
                break;
            }
            forked = Some(last.block_num);
            self.sent.pop_back();
        }
        if let Some(number) = forked {
            self.place.next = self.place.next.min(number);
        }
        let head = view.head();
        if self.credit > 0 && head != self.seen {
            // The first block that is new, and was not sent.
            let new = head.block_num.min(self.seen.block_num.saturating_add(1));
            let unsent = self.sent.back().map_or(0, |last| last.block_num + 1);
            self.place.next = self.place.next.min(new.max(unsent));
        }
        self.seen = head;
        Ok(())
    }

    /// The results that are due, one after the other, until `take` refuses one: as many as may be
    /// sent, or `ahead` if that is more and one may be sent.
    ///
    /// # Errors
    /// Where a block cannot be looked up, and those of `take`.
    pub(crate) fn due(
        &mut self,
        view: &dyn View,
        ahead: u32,
        mut take: impl FnMut(&GetBlocks, Due) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let Some(request) = self.active() else {
            return Ok(());
        };
        let most = self.credit.max(ahead);
        let last = if request.irreversible_only {
            view.irreversible().block_num
        } else {
            view.head().block_num
        };
        let mut place = self.place;
        let mut taken = 0;
        while taken < most && place.next <= last && place.next < request.end_block_num {
            let number = place.next;
            let this = position(view, number)?;
            place.next += 1;
            if let Some(this) = this
                && let Some(have) = request.have_positions.get(place.compared)
                && have.block_num == number
            {
                place.compared += 1;
                if *have == this {
                    continue;
                }
            }
            let previous = match this {
                Some(_) => position(view, number.wrapping_sub(1))?,
                None => None,
            };
            let due = Due {
                this,
                previous,
                after: place,
            };
            taken += 1;
            if !take(request, due)? {
                break;
            }
        }
        Ok(())
    }

    /// A result was sent.
    pub(crate) fn sent(&mut self, due: &Due) {
        self.place = due.after;
        self.credit = self.credit.saturating_sub(1);
        if let Some(this) = due.this {
            if self.sent.len() == REMEMBERED {
                self.sent.pop_front();
            }
            self.sent.push_back(this);
        }
    }
}

/// A block of the chain; none of number 0.
fn position(view: &dyn View, block_num: u32) -> Result<Option<BlockPosition>, StoreError> {
    if block_num == 0 {
        return Ok(None);
    }
    let id = view.position(block_num)?;
    Ok(id.map(|block_id| BlockPosition {
        block_num,
        block_id,
    }))
}

#[cfg(test)]
mod tests;
