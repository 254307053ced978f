//! Time and protocol features; assertions, aborting and leaving early.

use super::super::arguments::Slice;
use super::{Call, HostResult};
use antelope_ledger::reading::text;
use antelope_types::{ChainError, Checksum256, ErrorKind, GENERIC_CODE, Name};

/// Bytes of an assertion's message that are reported: `max_assert_message` of `cf_system.cpp`.
const MAX_MESSAGE: usize = 1024;

/// The time of the block that is being made, in microseconds since 1970: a multiple of 500 ms.
pub(super) fn current_time(call: &mut Call<'_, '_>) -> HostResult<u64> {
    Ok(call.context.block_time().micros() as u64)
}

/// When the transaction was published, which is the time of its block.
pub(super) fn publication_time(call: &mut Call<'_, '_>) -> HostResult<u64> {
    Ok(call.context.block_time().micros() as u64)
}

/// Whether the protocol feature with this digest is active.
pub(super) fn is_feature_activated(call: &mut Call<'_, '_>, digest: [u8; 32]) -> HostResult<bool> {
    call.work(400)?;
    Ok(call.context.is_feature_active(&Checksum256(digest)))
}

/// The contract that sent this action inline; the empty name for an action of the transaction
/// itself.
pub(super) fn get_sender(call: &mut Call<'_, '_>) -> HostResult<Name> {
    Ok(call.context.sender().unwrap_or(Name::from_raw(0)))
}

/// The number of the block that is being made.
pub(super) fn get_block_num(call: &mut Call<'_, '_>) -> HostResult<u32> {
    Ok(call.context.block_num())
}

/// Ends the transaction.
///
/// # Errors
/// `abort_called` (3050008), always.
pub(super) fn abort(_call: &mut Call<'_, '_>) -> HostResult {
    Err(ChainError::new(ErrorKind::AbortCalled, "abort() called"))
}

/// Demands a condition; the message is a C string.
///
/// # Errors
/// As for [`eosio_assert_message`].
pub(super) fn eosio_assert(
    call: &mut Call<'_, '_>,
    condition: bool,
    message: Slice<u8>,
) -> HostResult {
    eosio_assert_message(call, condition, message)
}

/// Demands a condition; the message is bytes, of which the first 1024 are reported.
///
/// # Errors
/// `eosio_assert_message_exception` (3050003) with the message.
pub(super) fn eosio_assert_message(
    call: &mut Call<'_, '_>,
    condition: bool,
    message: Slice<u8>,
) -> HostResult {
    if condition {
        return Ok(());
    }
    let message = call.memory.bytes(message);
    let message = &message[..message.len().min(MAX_MESSAGE)];
    Err(ChainError::new(
        ErrorKind::EosioAssertMessage,
        format!("assertion failure with message: {}", text(message)),
    ))
}

/// Demands a condition; the error is a number.
///
/// # Errors
/// `eosio_assert_code_exception` (3050004); `restricted_error_code_exception` (3050011) for a
/// number of 10^19 and more, which the system has reserved.
pub(super) fn eosio_assert_code(
    _call: &mut Call<'_, '_>,
    condition: bool,
    code: u64,
) -> HostResult {
    match condition {
        true => Ok(()),
        false if code < GENERIC_CODE => Err(ChainError::assert_code(code)),
        false => Err(ChainError::restricted_assert_code(code)),
    }
}

/// Ends the action successfully. The code is ignored.
pub(super) fn eosio_exit(call: &mut Call<'_, '_>, _code: i32) -> HostResult {
    call.exit();
    Ok(())
}
