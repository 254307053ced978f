//! Rows of tables, by iterators.

use super::super::arguments::{Out, Slice, SliceMut};
use super::{Call, Outcome};
use antelope_types::Name;

pub(super) fn db_store_i64(
    call: &mut Call<'_, '_>,
    scope: u64,
    table: Name,
    payer: Name,
    id: u64,
    data: Slice<u8>,
) -> Outcome<i32> {
    call.kept(data.count())?;
    let (scope, value) = (Name::from_raw(scope), call.memory.bytes(data));
    call.context.db_store(scope, table, payer, id, value)
}

pub(super) fn db_update_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    payer: Name,
    data: Slice<u8>,
) -> Outcome {
    call.kept(data.count())?;
    let value = call.memory.bytes(data);
    call.context.db_update(iterator, payer, value)
}

pub(super) fn db_remove_i64(call: &mut Call<'_, '_>, iterator: i32) -> Outcome {
    call.context.db_remove(iterator)
}

pub(super) fn db_get_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    buffer: SliceMut<u8>,
) -> Outcome<i32> {
    call.bytes(buffer.count());
    let value = call.context.db_get(iterator)?;
    Ok(call.memory.fill_or_size(buffer, &value) as i32)
}

pub(super) fn db_next_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    primary: Out<u64>,
) -> Outcome<i32> {
    let found = call.context.db_next(iterator)?;
    moved(call, primary, found)
}

pub(super) fn db_previous_i64(
    call: &mut Call<'_, '_>,
    iterator: i32,
    primary: Out<u64>,
) -> Outcome<i32> {
    let found = call.context.db_previous(iterator)?;
    moved(call, primary, found)
}

pub(super) fn db_find_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
    id: u64,
) -> Outcome<i32> {
    Ok(call.context.db_find(code, Name::from_raw(scope), table, id))
}

pub(super) fn db_lowerbound_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
    id: u64,
) -> Outcome<i32> {
    let scope = Name::from_raw(scope);
    Ok(call.context.db_lower_bound(code, scope, table, id))
}

pub(super) fn db_upperbound_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
    id: u64,
) -> Outcome<i32> {
    let scope = Name::from_raw(scope);
    Ok(call.context.db_upper_bound(code, scope, table, id))
}

pub(super) fn db_end_i64(
    call: &mut Call<'_, '_>,
    code: Name,
    scope: u64,
    table: Name,
) -> Outcome<i32> {
    Ok(call.context.db_end(code, Name::from_raw(scope), table))
}

/// Tells the key where an iterator has moved to a row.
pub(super) fn moved(
    call: &mut Call<'_, '_>,
    primary: Out<u64>,
    (iterator, found): (i32, Option<u64>),
) -> Outcome<i32> {
    if let Some(found) = found {
        call.memory.set(primary, found)?;
    }
    Ok(iterator)
}
