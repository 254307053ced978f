//! Time and features; assertions and leaving early.

use super::super::arguments::Slice;
use super::{Call, Outcome};
use antelope_ledger::reading::text;
use antelope_types::{ChainError, Checksum256, ErrorKind, GENERIC_CODE, Name};

/// Bytes of an assertion's text that are reported.
const MAX_MESSAGE: usize = 1024;

pub(super) fn current_time(call: &mut Call<'_, '_>) -> Outcome<u64> {
    Ok(call.context.block_time().micros() as u64)
}

pub(super) fn publication_time(call: &mut Call<'_, '_>) -> Outcome<u64> {
    Ok(call.context.block_time().micros() as u64)
}

pub(super) fn is_feature_activated(call: &mut Call<'_, '_>, digest: [u8; 32]) -> Outcome<bool> {
    call.work(400)?;
    Ok(call.context.is_feature_active(&Checksum256(digest)))
}

pub(super) fn get_sender(call: &mut Call<'_, '_>) -> Outcome<Name> {
    Ok(call.context.sender().unwrap_or(Name::from_raw(0)))
}

pub(super) fn get_block_num(call: &mut Call<'_, '_>) -> Outcome<u32> {
    Ok(call.context.block_num())
}

pub(super) fn abort(_call: &mut Call<'_, '_>) -> Outcome {
    Err(ChainError::new(ErrorKind::AbortCalled, "abort() called"))
}

pub(super) fn eosio_assert(
    call: &mut Call<'_, '_>,
    condition: bool,
    message: Slice<u8>,
) -> Outcome {
    eosio_assert_message(call, condition, message)
}

pub(super) fn eosio_assert_message(
    call: &mut Call<'_, '_>,
    condition: bool,
    message: Slice<u8>,
) -> Outcome {
    if condition {
        return Ok(());
    }
    let message = call.memory.bytes(message);
    let message = &message[..message.len().min(MAX_MESSAGE)];
    // A message ends at a zero, as texts of C do.
    let message = message.split(|byte| *byte == 0).next().unwrap_or_default();
    Err(ChainError::new(
        ErrorKind::EosioAssertMessage,
        format!("assertion failure with message: {}", text(message)),
    ))
}

pub(super) fn eosio_assert_code(_call: &mut Call<'_, '_>, condition: bool, code: u64) -> Outcome {
    match condition {
        true => Ok(()),
        false if code < GENERIC_CODE => Err(ChainError::assert_code(code)),
        false => Err(ChainError::restricted_assert_code(code)),
    }
}

pub(super) fn eosio_exit(call: &mut Call<'_, '_>, _code: i32) -> Outcome {
    call.exit();
    Ok(())
}
