//! Serializing rows into the state and back.

use super::{Access, PrimaryKey, TableRow};
use crate::{
    OrFail,
    buffer::{Buffer, Put},
    check, raw,
    types::{Decode, Decoder},
};

/// The message for a row whose bytes do not match the type of the table.
const UNREADABLE: &str = "table row cannot be read";

/// The row at a valid iterator.
pub(super) fn load<T: TableRow, A: Access>(iterator: i32, scope: u64) -> A::Item<T> {
    A::item(iterator, scope, value(iterator))
}

/// The value at a valid iterator.
pub(super) fn value<T: for<'a> Decode<'a>>(iterator: i32) -> T {
    let mut buffer = Buffer::new();
    // Rows may be longer than the struct: a later version of the contract has added fields.
    let mut input = open(iterator, &mut buffer);
    let value = T::decode(&mut input).ok();
    check!(!input.is_broken(), UNREADABLE);
    value.or_fail(UNREADABLE)
}

/// A decoder of the row at a valid iterator. Not generic, so that a contract contains it once.
#[cfg_attr(target_os = "none", inline(never))]
fn open(iterator: i32, buffer: &mut Buffer) -> Decoder<'_> {
    Decoder::new(read(iterator, buffer))
}

/// The bytes of the row at a valid iterator. A row that fits the stack is read with one host call,
/// without asking for its size.
#[inline]
fn read(iterator: i32, buffer: &mut Buffer) -> &[u8] {
    let len = raw::db_get_i64(iterator, buffer.take(Buffer::SMALL)) as usize;
    if len < Buffer::SMALL {
        // The same bytes again, cut to what was read.
        return buffer.take(len);
    }
    let len = raw::db_get_i64(iterator, &mut []) as usize;
    let room = buffer.take(len);
    raw::db_get_i64(iterator, room);
    room
}

/// Adds a row to its table and its indexes.
pub(super) fn insert<T: TableRow>(scope: u64, payer: u64, value: &T) {
    let primary = value.primary_key().raw();
    add(scope, T::NAME.raw(), payer, primary, value);
    value.index(scope, payer, primary);
}

/// Adds the bytes of a row.
pub(super) fn add(scope: u64, table: u64, payer: u64, primary: u64, value: &dyn Put) {
    raw::db_store_i64(scope, table, payer, primary, Buffer::new().write(value));
}

/// Replaces the bytes of a row.
pub(super) fn replace(iterator: i32, payer: u64, value: &dyn Put) {
    raw::db_update_i64(iterator, payer, Buffer::new().write(value));
}

/// One more than the greatest primary key; `None` where that is one of the two numbers that CDT
/// reserves.
pub(super) fn next_id(code: u64, scope: u64, table: u64) -> Option<u64> {
    let end = raw::db_end_i64(code, scope, table);
    if end == -1 {
        return Some(0);
    }
    let mut primary = 0;
    raw::db_previous_i64(end, &mut primary);
    primary.checked_add(1).filter(|next| *next < u64::MAX - 1)
}
