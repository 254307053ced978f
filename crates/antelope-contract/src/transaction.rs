//! The transaction that contains the action.

use crate::{raw, types::TimePointSec};

/// The size of the serialized transaction in bytes, without signatures.
#[inline]
pub fn size() -> usize {
    raw::transaction_size() as usize
}

/// Reads the serialized transaction; returns the part of `buffer` that it fills. A buffer that is
/// too small gets the beginning; ask for [`size`] first.
#[inline]
pub fn read(buffer: &mut [u8]) -> &[u8] {
    let len = raw::read_transaction(buffer) as usize;
    buffer.get(..len).unwrap_or_default()
}

/// When the transaction expires: it cannot be in a later block.
#[inline]
pub fn expiration() -> TimePointSec {
    TimePointSec::from_seconds(raw::expiration())
}

/// The lowest 16 bits of the number of the block that the transaction refers to (TaPoS).
#[inline]
pub fn tapos_block_num() -> u32 {
    raw::tapos_block_num()
}

/// Bytes 8 to 11 of the id of that block, little-endian.
#[inline]
pub fn tapos_block_prefix() -> u32 {
    raw::tapos_block_prefix()
}

/// The list of a transaction that an action is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Context-free actions.
    ContextFree,
    /// Ordinary actions.
    Actions,
}

/// A serialized action of the transaction; returns the part of `buffer` that it fills, or `None`
/// where there is no such action or the buffer is too small.
#[inline]
pub fn action(list: List, index: u32, buffer: &mut [u8]) -> Option<&[u8]> {
    let len = raw::get_action(u32::from(list == List::Actions), index, buffer);
    buffer.get(..usize::try_from(len).ok()?)
}

/// Context-free data of the transaction; only context-free actions may call it. Returns the part of
/// `buffer` that it fills, or `None` where there is none with this index.
#[inline]
pub fn context_free_data(index: u32, buffer: &mut [u8]) -> Option<&[u8]> {
    let len = raw::get_context_free_data(index, buffer);
    buffer.get(..usize::try_from(len).ok()?)
}
