//! The transaction that the action is in.

use crate::{raw, types::TimePointSec};

/// The number of bytes of the packed transaction.
#[inline]
pub fn size() -> usize {
    raw::transaction_size() as usize
}

/// The packed transaction; gives the part of `buffer` it takes.
#[inline]
pub fn read(buffer: &mut [u8]) -> &[u8] {
    let len = raw::read_transaction(buffer) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// Until when the transaction could have been taken into a block.
#[inline]
pub fn expiration() -> TimePointSec {
    TimePointSec::from_seconds(raw::expiration())
}

/// The number of the block that the transaction refers to, its last 16 bits.
#[inline]
pub fn tapos_block_num() -> u32 {
    raw::tapos_block_num()
}

/// A part of the id of the block that the transaction refers to.
#[inline]
pub fn tapos_block_prefix() -> u32 {
    raw::tapos_block_prefix()
}

/// Which list of a transaction an action is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The actions free of context.
    ContextFree,
    /// The actions.
    Actions,
}

/// A packed action of the transaction; gives the part of `buffer` it takes, or `None` where there is
/// no such action or no room for it.
#[inline]
pub fn action(list: List, index: u32, buffer: &mut [u8]) -> Option<&[u8]> {
    let len = raw::get_action(u32::from(list == List::Actions), index, buffer);
    buffer.get(..usize::try_from(len).ok()?)
}

/// Data beside the transaction, for actions free of context; gives the part of `buffer` it takes.
#[inline]
pub fn context_free_data(index: u32, buffer: &mut [u8]) -> Option<&[u8]> {
    let len = raw::get_context_free_data(index, buffer);
    buffer.get(..usize::try_from(len).ok()?)
}
