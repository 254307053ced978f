//! The action that runs: its data and result, and the inline actions it sends.

use super::super::arguments::{Slice, SliceMut};
use super::{Call, HostResult};
use antelope_types::Name;
use std::sync::Arc;

/// Copies the action's data into the buffer; returns the number of bytes copied, or for an empty
/// buffer the size of the data. Billed by the size of the buffer.
pub(super) fn read_action_data(call: &mut Call<'_, '_>, buffer: SliceMut<u8>) -> HostResult<u32> {
    call.bytes(buffer.count());
    let action = Arc::clone(call.context.action());
    Ok(call.memory.fill_or_size(buffer, &action.data))
}

/// The size of the action's data in bytes.
pub(super) fn action_data_size(call: &mut Call<'_, '_>) -> HostResult<u32> {
    Ok(call.context.action().data.len() as u32)
}

/// The account whose code runs; differs from the action's account in a notification.
pub(super) fn current_receiver(call: &mut Call<'_, '_>) -> HostResult<Name> {
    Ok(call.context.receiver())
}

/// Sets the value that the action's trace and receipt carry. A second call replaces the first.
///
/// # Errors
/// `action_return_value_exception` (3050014) where it is longer than
/// `max_action_return_value_size`, except in a read-only transaction.
pub(super) fn set_action_return_value(call: &mut Call<'_, '_>, value: Slice<u8>) -> HostResult {
    call.kept(value.count())?;
    call.context.set_return_value(call.memory.bytes(value))
}

/// Schedules a serialized action, to run after the actions and notifications already scheduled by
/// this one.
///
/// # Errors
/// `action_validate_exception` (3050000) where its account, an actor or a permission does not
/// exist; 3050009 or 3050012 where it is too large; an authorization error (309xxxx) where the
/// receiver may not use the permissions that it declares.
pub(super) fn send_inline(call: &mut Call<'_, '_>, action: Slice<u8>) -> HostResult {
    call.kept(action.count())?;
    call.context.send_inline(call.memory.bytes(action))
}

/// Schedules a serialized context-free action, to run before the other inline actions.
///
/// # Errors
/// As for [`send_inline`], and 3050000 where it declares any authorization.
pub(super) fn send_context_free_inline(call: &mut Call<'_, '_>, action: Slice<u8>) -> HostResult {
    call.kept(action.count())?;
    let action = call.memory.bytes(action);
    call.context.send_context_free_inline(action)
}
