//! Lists that do not grow.

use alloc::vec::Vec;

/// Adds an item to a list that was made with room for it; without room the item is lost.
///
/// The code that makes lists larger is 300 bytes and more of a contract that needs it anywhere.
#[inline]
pub fn add<T>(list: &mut Vec<T>, item: T) {
    if list.len() < list.capacity() {
        list.push(item);
    }
}
