//! The transaction; context-free data; deferred transactions.

use super::super::arguments::{Slice, SliceMut};
use super::{Call, Outcome};
use antelope_ledger::reading::read;
use antelope_types::{Name, Transaction};

pub(super) fn read_transaction(call: &mut Call<'_, '_>, buffer: SliceMut<u8>) -> Outcome<u32> {
    call.bytes(buffer.count());
    let packed = call.context.packed_transaction();
    call.packing(packed.len() as u32)?;
    Ok(call.memory.fill_or_size(buffer, &packed))
}

pub(super) fn transaction_size(call: &mut Call<'_, '_>) -> Outcome<u32> {
    let size = call.context.packed_transaction().len() as u32;
    call.packing(size)?;
    Ok(size)
}

pub(super) fn expiration(call: &mut Call<'_, '_>) -> Outcome<u32> {
    Ok(call.context.expiration().seconds())
}

pub(super) fn tapos_block_num(call: &mut Call<'_, '_>) -> Outcome<u32> {
    Ok(u32::from(call.context.tapos_block_num()))
}

pub(super) fn tapos_block_prefix(call: &mut Call<'_, '_>) -> Outcome<u32> {
    Ok(call.context.tapos_block_prefix())
}

pub(super) fn get_action(
    call: &mut Call<'_, '_>,
    kind: u32,
    index: u32,
    buffer: SliceMut<u8>,
) -> Outcome<i32> {
    call.bytes(buffer.count());
    Ok(match call.context.packed_action(kind, index)? {
        Some(packed) => {
            call.packing(packed.len() as u32)?;
            call.memory.fill_whole(buffer, &packed) as i32
        }
        None => -1,
    })
}

pub(super) fn get_context_free_data(
    call: &mut Call<'_, '_>,
    index: u32,
    buffer: SliceMut<u8>,
) -> Outcome<i32> {
    call.bytes(buffer.count());
    Ok(match call.context.context_free_data(index) {
        Some(data) => call.memory.fill_or_size(buffer, data) as i32,
        None => -1,
    })
}

pub(super) fn send_deferred(
    call: &mut Call<'_, '_>,
    sender_id: u128,
    payer: Name,
    transaction: Slice<u8>,
    replace: u32,
) -> Outcome {
    call.work(500 + u64::from(transaction.count()))?;
    let transaction = read::<Transaction>(call.memory.bytes(transaction))?;
    call.context
        .send_deferred(sender_id, payer, transaction, replace != 0)
}

pub(super) fn cancel_deferred(call: &mut Call<'_, '_>, sender_id: u128) -> Outcome<bool> {
    call.context.cancel_deferred(sender_id)
}
