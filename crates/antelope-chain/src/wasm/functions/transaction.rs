//! The transaction; context-free data; deferred transactions.

use super::{Link, host};
use crate::transaction::read;
use antelope_types::{Name, Transaction};

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        read_transaction(call, to: u32, length: u32) -> u32 {
            call.bytes(length);
            let packed = call.context.packed_transaction();
            call.memory.fill_or_size(to, length, &packed)
        }
        transaction_size(call) -> u32 {
            Ok(call.context.packed_transaction().len() as u32)
        }
        expiration(call) -> u32 {
            Ok(call.context.expiration().seconds())
        }
        tapos_block_num(call) -> u32 {
            Ok(u32::from(call.context.tapos_block_num()))
        }
        tapos_block_prefix(call) -> u32 {
            Ok(call.context.tapos_block_prefix())
        }
        get_action(call, kind: u32, index: u32, to: u32, length: u32) -> i32 {
            call.bytes(length);
            let Some(packed) = call.context.packed_action(kind, index)? else {
                return Ok(-1);
            };
            let room = call.memory.write(to, length)?;
            if let Some(room) = room.get_mut(..packed.len()) {
                room.copy_from_slice(&packed);
            }
            Ok(packed.len() as i32)
        }
        get_context_free_data(call, index: u32, to: u32, length: u32) -> i32 {
            call.context_free()?;
            call.bytes(length);
            match call.context.context_free_data(index) {
                Some(data) => Ok(call.memory.fill_or_size(to, length, data)? as i32),
                None => Ok(-1),
            }
        }
        send_deferred(call, id: u32, payer: u64, data: u32, length: u32, replace: u32) {
            call.with_context()?;
            call.bytes(length);
            let id = u128::from_le_bytes(call.memory.array(id)?);
            let data = call.memory.read(data, length)?;
            let transaction = read::<Transaction>(data)?;
            call.context.send_deferred(id, Name::from_raw(payer), transaction, replace != 0)
        }
        cancel_deferred(call, id: u32) -> u32 {
            call.with_context()?;
            let id = u128::from_le_bytes(call.memory.array(id)?);
            Ok(u32::from(call.context.cancel_deferred(id)?))
        }
    }
    Ok(())
}
