//! The transaction that contains the action, its context-free data, and deferred transactions.

use super::super::arguments::{Slice, SliceMut};
use super::{Call, HostResult};
use antelope_ledger::reading::read;
use antelope_types::{Name, Transaction};

/// Copies the serialized transaction, without signatures; returns how many bytes were copied, or
/// for an empty buffer how many there are. Serializing it is billed at each call.
pub(super) fn read_transaction(call: &mut Call<'_, '_>, buffer: SliceMut<u8>) -> HostResult<u32> {
    call.bytes(buffer.count());
    let packed = call.context.packed_transaction();
    call.packing(packed.len() as u32)?;
    Ok(call.memory.fill_or_size(buffer, &packed))
}

/// The size of the serialized transaction in bytes.
pub(super) fn transaction_size(call: &mut Call<'_, '_>) -> HostResult<u32> {
    let size = call.context.packed_transaction().len() as u32;
    call.packing(size)?;
    Ok(size)
}

/// When the transaction expires, in seconds since 1970.
pub(super) fn expiration(call: &mut Call<'_, '_>) -> HostResult<u32> {
    Ok(call.context.expiration().seconds())
}

/// The lowest 16 bits of the number of the block that the transaction refers to.
pub(super) fn tapos_block_num(call: &mut Call<'_, '_>) -> HostResult<u32> {
    Ok(u32::from(call.context.tapos_block_num()))
}

/// Four bytes of that block's id.
pub(super) fn tapos_block_prefix(call: &mut Call<'_, '_>) -> HostResult<u32> {
    Ok(call.context.tapos_block_prefix())
}

/// Writes a serialized action of the transaction: `kind` 0 is context-free, 1 is an ordinary one.
/// Returns its size, or -1 where the index is too large; writes only if it fits.
///
/// # Errors
/// `action_not_found_exception` (3050005) for another kind.
pub(super) fn get_action(
    call: &mut Call<'_, '_>,
    kind: u32,
    index: u32,
    buffer: SliceMut<u8>,
) -> HostResult<i32> {
    call.bytes(buffer.count());
    Ok(match call.context.packed_action(kind, index)? {
        Some(packed) => {
            call.packing(packed.len() as u32)?;
            call.memory.fill_whole(buffer, &packed) as i32
        }
        None => -1,
    })
}

/// Writes the context-free data with this index; returns how many bytes were copied, the size for
/// an empty buffer, or -1 where the index is too large.
pub(super) fn get_context_free_data(
    call: &mut Call<'_, '_>,
    index: u32,
    buffer: SliceMut<u8>,
) -> HostResult<i32> {
    call.bytes(buffer.count());
    Ok(match call.context.context_free_data(index) {
        Some(data) => call.memory.fill_or_size(buffer, data) as i32,
        None => -1,
    })
}

/// Schedules a transaction for a later block, addressed by the sender and `sender_id`. Where the
/// protocol feature `DISABLE_DEFERRED_TRXS_STAGE_1` is active, nothing happens, as on a node.
///
/// # Errors
/// Those of [`ApplyContext::send_deferred`](antelope_ledger::ApplyContext::send_deferred);
/// `out_of_range_exception` (8) or `assert_exception` (10) where the transaction cannot be
/// deserialized.
pub(super) fn send_deferred(
    call: &mut Call<'_, '_>,
    sender_id: u128,
    payer: Name,
    transaction: Slice<u8>,
    replace: u32,
) -> HostResult {
    call.work(500 + u64::from(transaction.count()))?;
    let transaction = read::<Transaction>(call.memory.bytes(transaction))?;
    call.context
        .send_deferred(sender_id, payer, transaction, replace != 0)
}

/// Cancels a deferred transaction of the receiver; returns whether there was one.
pub(super) fn cancel_deferred(call: &mut Call<'_, '_>, sender_id: u128) -> HostResult<bool> {
    call.context.cancel_deferred(sender_id)
}
