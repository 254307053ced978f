//! Authorization: who has authorized the action, and what keys and permissions would suffice.

use crate::{
    buffer::Buffer,
    raw,
    types::{Encoder, Name, PermissionLevel, PublicKey},
};

/// Demands that the action declares an authorization of `account`, by any permission. Otherwise it
/// fails with `missing_auth_exception` (3090004): `missing authority of <account>`.
#[inline]
pub fn require_auth(account: Name) {
    raw::require_auth(account.raw());
}

/// Demands exactly this permission; a parent of it does not suffice. Otherwise the action fails
/// with `missing_auth_exception` (3090004): `missing authority of <account>/<permission>`.
#[inline]
pub fn require_permission(level: PermissionLevel) {
    raw::require_auth2(level.actor.raw(), level.permission.raw());
}

/// Whether the action declares an authorization of `account`.
#[inline]
pub fn has_auth(account: Name) -> bool {
    raw::has_auth(account.raw()) != 0
}

/// Whether the account exists.
#[inline]
pub fn is_account(account: Name) -> bool {
    raw::is_account(account.raw()) != 0
}

/// Whether `keys` alone would satisfy the permission of the account, without a delay. Billed by the
/// host by the size of the list.
///
/// An unknown permission fails the action, as on a node.
pub fn permission_satisfied(account: Name, permission: Name, keys: &[PublicKey]) -> bool {
    let mut buffer = Buffer::new();
    let bytes = buffer.write(&keys);
    raw::check_permission_authorization(account.raw(), permission.raw(), bytes, &[], 0) != 0
}

/// Whether a single key, already serialized, would satisfy the permission of the account, without a
/// delay. For a contract that has the key as bytes and need not parse it.
///
/// An unknown permission fails the action, as on a node.
pub fn permission_satisfied_by_key(account: Name, permission: Name, key: &[u8]) -> bool {
    let mut buffer = Buffer::new();
    let bytes = buffer.take(key.len().saturating_add(1));
    let mut out = Encoder::new(bytes);
    // The length of the list, then its only element.
    out.write(&[1]);
    out.write(key);
    raw::check_permission_authorization(account.raw(), permission.raw(), bytes, &[], 0) != 0
}

/// Whether `levels` alone would satisfy the permission of the account, without a delay. An unknown
/// permission fails the action.
pub fn permission_satisfied_by(
    account: Name,
    permission: Name,
    levels: &[PermissionLevel],
) -> bool {
    let mut buffer = Buffer::new();
    let bytes = buffer.write(&levels);
    raw::check_permission_authorization(account.raw(), permission.raw(), &[], bytes, 0) != 0
}

/// Whether `keys` and `levels` together would authorize a serialized transaction, regardless of the
/// delays of its permissions; the function of CDT with the same name.
///
/// Keys and permissions that the transaction does not need make it `false`. Bytes that are not a
/// transaction fail the action.
///
/// ```no_run
/// # use antelope_contract::{auth::check_transaction_authorization, prelude::*};
/// fn must_be_approved(packed: &[u8], approvals: &[PermissionLevel]) {
///     check!(
///         check_transaction_authorization(packed, &[], approvals),
///         "transaction authorization failed"
///     );
/// }
/// ```
pub fn check_transaction_authorization(
    transaction: &[u8],
    keys: &[PublicKey],
    levels: &[PermissionLevel],
) -> bool {
    let (mut key_buffer, mut level_buffer) = (Buffer::new(), Buffer::new());
    let keys = key_buffer.write(&keys);
    let levels = level_buffer.write(&levels);
    raw::check_transaction_authorization(transaction, keys, levels) != 0
}

/// Whether `keys` and `levels` together would satisfy the permission of the account after a delay
/// of `delay_us` microseconds; the function of CDT with the same name.
///
/// An unknown permission fails the action, as on a node. [`permission_satisfied`] and
/// [`permission_satisfied_by`] take one kind only, without a delay.
pub fn check_permission_authorization(
    account: Name,
    permission: Name,
    keys: &[PublicKey],
    levels: &[PermissionLevel],
    delay_us: u64,
) -> bool {
    let (mut key_buffer, mut level_buffer) = (Buffer::new(), Buffer::new());
    let keys = key_buffer.write(&keys);
    let levels = level_buffer.write(&levels);
    let (account, permission) = (account.raw(), permission.raw());
    raw::check_permission_authorization(account, permission, keys, levels, delay_us) != 0
}
