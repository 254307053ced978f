//! What permissions are satisfied by, and when they were used.

use super::super::arguments::Slice;
use super::{Call, Outcome};
use antelope_types::{Name, PermissionLevel};

/// What it costs to look for a permission, in instructions: without any keys, and for a byte of what
/// there is to satisfy it with, which is read, sorted, compared, and listed where it does not satisfy.
const CHECK: u64 = 3000;
const BYTE: u64 = 50;

fn check(given: &[Slice<u8>]) -> u64 {
    let bytes: u64 = given.iter().map(|slice| u64::from(slice.count())).sum();
    CHECK + bytes * BYTE
}

pub(super) fn check_transaction_authorization(
    call: &mut Call<'_, '_>,
    transaction: Slice<u8>,
    keys: Slice<u8>,
    permissions: Slice<u8>,
) -> Outcome<bool> {
    call.work(check(&[transaction, keys, permissions]))?;
    call.context.check_transaction_authorization(
        call.memory.bytes(transaction),
        call.memory.bytes(keys),
        call.memory.bytes(permissions),
    )
}

pub(super) fn check_permission_authorization(
    call: &mut Call<'_, '_>,
    account: Name,
    permission: Name,
    keys: Slice<u8>,
    permissions: Slice<u8>,
    delay: u64,
) -> Outcome<bool> {
    call.work(check(&[keys, permissions]))?;
    call.context.check_permission_authorization(
        PermissionLevel::new(account, permission),
        call.memory.bytes(keys),
        call.memory.bytes(permissions),
        delay,
    )
}

pub(super) fn get_permission_last_used(
    call: &mut Call<'_, '_>,
    account: Name,
    permission: Name,
) -> Outcome<i64> {
    let level = PermissionLevel::new(account, permission);
    Ok(call.context.permission_last_used(level)?.micros())
}

pub(super) fn get_account_creation_time(call: &mut Call<'_, '_>, account: Name) -> Outcome<i64> {
    Ok(call.context.account_creation_time(account)?.micros())
}
