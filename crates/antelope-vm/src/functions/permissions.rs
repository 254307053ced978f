//! Checks of authorities, and times of accounts and permissions.
//!
//! The checks answer whether given keys and permissions would satisfy an authority; eosio.msig uses
//! them. Both lists are serialized; an empty buffer is an empty list. Reading, sorting and
//! searching them is the host's work, so that it is billed by their size: 50 instructions for a
//! byte.

use super::super::arguments::Slice;
use super::{Call, HostResult};
use antelope_types::{Name, PermissionLevel};

/// What a check costs with empty lists, in instructions.
const CHECK: u64 = 3000;
/// What a byte of the lists costs, in instructions.
const BYTE: u64 = 50;

/// What a check of these lists costs.
fn check(given: &[Slice<u8>]) -> u64 {
    let bytes: u64 = given.iter().map(|slice| u64::from(slice.count())).sum();
    CHECK + bytes * BYTE
}

/// Whether the keys and permissions authorize a serialized transaction.
///
/// # Errors
/// Where one of the three cannot be read, or the transaction refers to what does not exist. Not
/// being authorized is an answer, not an error.
pub(super) fn check_transaction_authorization(
    call: &mut Call<'_, '_>,
    transaction: Slice<u8>,
    keys: Slice<u8>,
    permissions: Slice<u8>,
) -> HostResult<bool> {
    call.work(check(&[transaction, keys, permissions]))?;
    call.context.check_transaction_authorization(
        call.memory.bytes(transaction),
        call.memory.bytes(keys),
        call.memory.bytes(permissions),
    )
}

/// Whether the keys and permissions satisfy a permission. `delay` is in microseconds.
///
/// # Errors
/// `action_validate_exception` (3050000) "provided delay is too large"; where a list cannot be read
/// or the permission does not exist.
pub(super) fn check_permission_authorization(
    call: &mut Call<'_, '_>,
    account: Name,
    permission: Name,
    keys: Slice<u8>,
    permissions: Slice<u8>,
    delay: u64,
) -> HostResult<bool> {
    call.work(check(&[keys, permissions]))?;
    call.context.check_permission_authorization(
        PermissionLevel::new(account, permission),
        call.memory.bytes(keys),
        call.memory.bytes(permissions),
        delay,
    )
}

/// When the permission was last used, in microseconds since 1970.
///
/// # Errors
/// `permission_query_exception` (3060001) where it does not exist.
pub(super) fn get_permission_last_used(
    call: &mut Call<'_, '_>,
    account: Name,
    permission: Name,
) -> HostResult<i64> {
    let level = PermissionLevel::new(account, permission);
    Ok(call.context.permission_last_used(level)?.micros())
}

/// When the account was created, in microseconds since 1970.
///
/// # Errors
/// `action_validate_exception` (3050000) where it does not exist.
pub(super) fn get_account_creation_time(call: &mut Call<'_, '_>, account: Name) -> HostResult<i64> {
    Ok(call.context.account_creation_time(account)?.micros())
}
