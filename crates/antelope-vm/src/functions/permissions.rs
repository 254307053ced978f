//! What permissions are satisfied by, and when they were used.

use super::super::arguments::Slice;
use super::{Call, Outcome};
use antelope_types::{Name, PermissionLevel};

pub(super) fn check_transaction_authorization(
    call: &mut Call<'_, '_>,
    transaction: Slice<u8>,
    keys: Slice<u8>,
    permissions: Slice<u8>,
) -> Outcome<bool> {
    for slice in [transaction, keys, permissions] {
        call.bytes(slice.count());
    }
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
    call.bytes(keys.count());
    call.bytes(permissions.count());
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
