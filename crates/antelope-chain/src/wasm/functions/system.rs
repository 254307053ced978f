//! Assertions and leaving early; the action and its result.

use super::super::call::{Call, Exit};
use super::{Link, host};
use crate::error::{ChainError, ErrorKind, GENERIC_CODE};
use crate::wasm::call::Data;
use wasmtime::Caller;

/// Bytes of an assertion's text that are reported.
const MAX_MESSAGE: usize = 1024;

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    link.add(
        "eosio_exit",
        |_: Caller<'_, Data>, _: i32| -> wasmtime::Result<()> { Err(wasmtime::Error::new(Exit)) },
    )?;
    host! { link:
        abort(_call) {
            Err(ChainError::new(ErrorKind::AbortCalled, "abort() called"))
        }
        eosio_assert(call, condition: u32, text: u32) {
            let text = call.memory.text(text)?;
            assert(condition, text)
        }
        eosio_assert_message(call, condition: u32, text: u32, length: u32) {
            let text = call.memory.read(text, length)?;
            assert(condition, text)
        }
        eosio_assert_code(_call, condition: u32, code: u64) {
            if condition != 0 {
                return Ok(());
            }
            Err(if code < GENERIC_CODE {
                ChainError::assert_code(code)
            } else {
                ChainError::restricted_assert_code(code)
            })
        }
        read_action_data(call, to: u32, length: u32) -> u32 {
            call.bytes(length);
            let action = std::sync::Arc::clone(call.context.action());
            call.memory.fill_or_size(to, length, &action.data)
        }
        action_data_size(call) -> u32 {
            Ok(call.context.action().data.len() as u32)
        }
        current_receiver(call) -> u64 {
            Ok(call.context.receiver().raw())
        }
        set_action_return_value(call, data: u32, length: u32) {
            call.with_context()?;
            call.bytes(length);
            call.context.set_return_value(call.memory.read(data, length)?)
        }
        send_inline(call, data: u32, length: u32) {
            send(call, data, length, false)
        }
        send_context_free_inline(call, data: u32, length: u32) {
            send(call, data, length, true)
        }
    }
    Ok(())
}

fn assert(condition: u32, text: &[u8]) -> Result<(), ChainError> {
    if condition != 0 {
        return Ok(());
    }
    let text = &text[..text.len().min(MAX_MESSAGE)];
    // A message ends at a zero, as texts of C do.
    let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
    Err(ChainError::new(
        ErrorKind::EosioAssertMessage,
        format!(
            "assertion failure with message: {}",
            crate::transaction::text(text)
        ),
    ))
}

fn send(
    call: &mut Call<'_, '_>,
    data: u32,
    length: u32,
    context_free: bool,
) -> Result<(), ChainError> {
    call.with_context()?;
    call.bytes(length);
    let data = call.memory.read(data, length)?;
    if context_free {
        call.context.send_context_free_inline(data)
    } else {
        call.context.send_inline(data)
    }
}
