//! Rows of tables, by iterators.

use super::super::call::Call;
use super::{Link, host};
use crate::error::ChainError;
use antelope_types::Name;

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        db_store_i64(
            call, scope: u64, table: u64, payer: u64, id: u64, data: u32, length: u32
        ) -> i32 {
            call.with_context()?;
            call.bytes(length);
            let value = call.memory.read(data, length)?;
            let [scope, table, payer] = [scope, table, payer].map(Name::from_raw);
            call.context.db_store(scope, table, payer, id, value)
        }
        db_update_i64(call, iterator: i32, payer: u64, data: u32, length: u32) {
            call.with_context()?;
            call.bytes(length);
            let value = call.memory.read(data, length)?;
            call.context.db_update(iterator, Name::from_raw(payer), value)
        }
        db_remove_i64(call, iterator: i32) {
            call.with_context()?;
            call.context.db_remove(iterator)
        }
        db_get_i64(call, iterator: i32, to: u32, length: u32) -> u32 {
            call.with_context()?;
            call.bytes(length);
            let value = call.context.db_get(iterator)?;
            call.memory.fill_or_size(to, length, &value)
        }
        db_next_i64(call, iterator: i32, primary: u32) -> i32 {
            call.with_context()?;
            call.memory.read(primary, 8)?;
            let found = call.context.db_next(iterator)?;
            moved(call, primary, found)
        }
        db_previous_i64(call, iterator: i32, primary: u32) -> i32 {
            call.with_context()?;
            call.memory.read(primary, 8)?;
            let found = call.context.db_previous(iterator)?;
            moved(call, primary, found)
        }
        db_find_i64(call, code: u64, scope: u64, table: u64, id: u64) -> i32 {
            call.with_context()?;
            let [code, scope, table] = [code, scope, table].map(Name::from_raw);
            Ok(call.context.db_find(code, scope, table, id))
        }
        db_lowerbound_i64(call, code: u64, scope: u64, table: u64, id: u64) -> i32 {
            call.with_context()?;
            let [code, scope, table] = [code, scope, table].map(Name::from_raw);
            Ok(call.context.db_lower_bound(code, scope, table, id))
        }
        db_upperbound_i64(call, code: u64, scope: u64, table: u64, id: u64) -> i32 {
            call.with_context()?;
            let [code, scope, table] = [code, scope, table].map(Name::from_raw);
            Ok(call.context.db_upper_bound(code, scope, table, id))
        }
        db_end_i64(call, code: u64, scope: u64, table: u64) -> i32 {
            call.with_context()?;
            let [code, scope, table] = [code, scope, table].map(Name::from_raw);
            Ok(call.context.db_end(code, scope, table))
        }
    }
    Ok(())
}

/// Tells the key where an iterator has moved to a row.
pub(super) fn moved(
    call: &mut Call<'_, '_>,
    primary: u32,
    (iterator, found): (i32, Option<u64>),
) -> Result<i32, ChainError> {
    if let Some(found) = found {
        call.memory.put(primary, &found.to_le_bytes())?;
    }
    Ok(iterator)
}
