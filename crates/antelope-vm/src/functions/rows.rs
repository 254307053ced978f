//! Rows of tables, addressed by iterators.
//!
//! A table has a code, a scope and a name; a row has a primary key of 64 bits and bytes. An
//! iterator is a number that is valid during one action: non-negative ones are rows, -1 means that
//! there is no table, and numbers below -1 are ends of tables. Only the receiver's own tables can
//! be changed.
//!
//! | error | number | when |
//! |---|---|---|
//! | `invalid_table_payer` | 3160001 | no payer is named |
//! | `table_access_violation` | 3160002 | the row is another contract's |
//! | `invalid_table_iterator` | 3160003 | the iterator was never given out, or is -1 |
//! | `table_operation_not_permitted` | 3160005 | the row was removed; an end is dereferenced; the transaction is read-only |
//! | `unauthorized_ram_usage_increase` | 3050010 | the payer has not authorized the action |
//! | `ram_usage_exceeded` | 3080001 | the payer has too little RAM; tested at the end of the transaction |

use super::super::arguments::{Out, Slice, SliceMut};
use super::{Call, HostResult};
use antelope_types::Name;

/// Adds a row to a table of the receiver and bills its RAM to the payer; returns its iterator. A
/// key that exists already is an error.
///
/// Billed by the size of the data, as all bytes that the chain keeps: an instruction for 8 bytes,
/// and for those beyond 4096 one more for 2.
///
/// # Errors
/// 3160001 without a payer, 3050010 for a payer who has not authorized the action.
pub(super) fn db_store_i64(
    call: &mut Call<'_, '_>,
    scope: u64,
    table: Name,
    payer: Name,
    id: u64,
    data: Slice<u8>,
) -> HostResult<i32> {
    call.kept(data.count())?;
    let (scope, value) = (Name::from_raw(scope), call.memory.bytes(data));
    call.context.db_store(scope, table, payer, id, value)
}

/// Replaces the bytes of a row. An empty payer keeps the old one; another gets the whole row
/// billed.
///
/// The iterator stays valid. Billed as [`db_store_i64`].
///
/// # Errors
/// 3160002 for another contract's row, 3160003 or 3160005 for an iterator that is not a row,
/// 3050010.
pub(super) fn db_update_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    payer: Name,
    data: Slice<u8>,
) -> HostResult {
    call.kept(data.count())?;
    let value = call.memory.bytes(data);
    call.context.db_update(iterator, payer, value)
}

/// Removes a row and gives its RAM back to the payer.
///
/// The iterator is invalid afterwards; other iterators stay valid.
///
/// # Errors
/// 3160002, 3160003, 3160005.
pub(super) fn db_remove_i64(call: &mut Call<'_, '_>, iterator: i32) -> HostResult {
    call.context.db_remove(iterator)
}

/// Copies the bytes of a row; returns how many were copied, or for an empty buffer how many there
/// are.
///
/// Any contract's rows can be read. Billed by the size of the buffer.
///
/// # Errors
/// 3160003, 3160005.
pub(super) fn db_get_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    buffer: SliceMut<u8>,
) -> HostResult<i32> {
    call.bytes(buffer.count());
    let value = call.context.db_get(iterator)?;
    Ok(call.memory.fill_or_size(buffer, &value) as i32)
}

/// The row after this one, or the end of the table; writes its key.
///
/// # Errors
/// 3160003, 3160005. From an end it is -1, which is no error.
pub(super) fn db_next_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    primary: Out<u64>,
) -> HostResult<i32> {
    let found = call.context.db_next(iterator)?;
    moved(call, primary, found)
}

/// The row before this one, or -1 before the first; from an end, the last row. Writes its key.
///
/// # Errors
/// 3160003, 3160005.
pub(super) fn db_previous_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    primary: Out<u64>,
) -> HostResult<i32> {
    let found = call.context.db_previous(iterator)?;
    moved(call, primary, found)
}

/// The row with this key, else the end of the table.
///
/// Without the table, -1.
pub(super) fn db_find_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
    id: u64,
) -> HostResult<i32> {
    Ok(call.context.db_find(code, Name::from_raw(scope), table, id))
}

/// The first row whose key is not less.
///
/// Without such a row the end of the table, without the table -1.
pub(super) fn db_lowerbound_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
    id: u64,
) -> HostResult<i32> {
    let scope = Name::from_raw(scope);
    Ok(call.context.db_lower_bound(code, scope, table, id))
}

/// The first row whose key is greater.
///
/// Without such a row the end of the table, without the table -1.
pub(super) fn db_upperbound_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
    id: u64,
) -> HostResult<i32> {
    let scope = Name::from_raw(scope);
    Ok(call.context.db_upper_bound(code, scope, table, id))
}

/// The end of the table.
///
/// Without the table, -1: a table exists while it has rows.
pub(super) fn db_end_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
) -> HostResult<i32> {
    Ok(call.context.db_end(code, Name::from_raw(scope), table))
}

/// Writes the key where an iterator has moved to a row, and returns the iterator. At an end, memory
/// stays as it is.
pub(super) fn moved(
    call: &mut Call<'_, '_>,
    primary: Out<u64>,
    (iterator, found): (i32, Option<u64>),
) -> HostResult<i32> {
    if let Some(found) = found {
        call.memory.set(primary, found)?;
    }
    Ok(iterator)
}
