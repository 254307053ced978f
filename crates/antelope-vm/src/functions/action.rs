//! The action and its result, and the actions it sends.

use super::super::arguments::{Slice, SliceMut};
use super::{Call, Outcome};
use antelope_types::Name;
use std::sync::Arc;

pub(super) fn read_action_data(call: &mut Call<'_, '_>, buffer: SliceMut<u8>) -> Outcome<u32> {
    call.bytes(buffer.count());
    let action = Arc::clone(call.context.action());
    Ok(call.memory.fill_or_size(buffer, &action.data))
}

pub(super) fn action_data_size(call: &mut Call<'_, '_>) -> Outcome<u32> {
    Ok(call.context.action().data.len() as u32)
}

pub(super) fn current_receiver(call: &mut Call<'_, '_>) -> Outcome<Name> {
    Ok(call.context.receiver())
}

pub(super) fn set_action_return_value(call: &mut Call<'_, '_>, value: Slice<u8>) -> Outcome {
    call.kept(value.count())?;
    call.context.set_return_value(call.memory.bytes(value))
}

pub(super) fn send_inline(call: &mut Call<'_, '_>, action: Slice<u8>) -> Outcome {
    call.kept(action.count())?;
    call.context.send_inline(call.memory.bytes(action))
}

pub(super) fn send_context_free_inline(call: &mut Call<'_, '_>, action: Slice<u8>) -> Outcome {
    call.kept(action.count())?;
    let action = call.memory.bytes(action);
    call.context.send_context_free_inline(action)
}
