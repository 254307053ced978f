//! Who has authorized the action, and what keys may do.

use crate::{
    buffer::Buffer,
    raw,
    types::{Encoder, Name, PermissionLevel, PublicKey},
};

/// Fails unless `account` has authorized the action: `missing authority of <account>`.
#[inline]
pub fn require_auth(account: Name) {
    raw::require_auth(account.raw());
}

/// Fails unless this very permission has authorized the action:
/// `missing authority of <account>/<permission>`.
#[inline]
pub fn require_permission(level: PermissionLevel) {
    raw::require_auth2(level.actor.raw(), level.permission.raw());
}

/// Whether `account` has authorized the action.
#[inline]
pub fn has_auth(account: Name) -> bool {
    raw::has_auth(account.raw()) != 0
}

/// Whether the account exists.
#[inline]
pub fn is_account(account: Name) -> bool {
    raw::is_account(account.raw()) != 0
}

/// Whether `keys` alone would satisfy the permission of the account, without a delay.
///
/// Unknown accounts and permissions fail the action, as the node does.
pub fn permission_satisfied(account: Name, permission: Name, keys: &[PublicKey]) -> bool {
    let mut buffer = Buffer::new();
    let bytes = buffer.write(&keys);
    raw::check_permission_authorization(account.raw(), permission.raw(), bytes, &[], 0) != 0
}

/// Whether the packed `key` alone would satisfy the permission of the account, without a delay.
///
/// Unknown accounts and permissions fail the action, as the node does.
pub fn permission_satisfied_by_key(account: Name, permission: Name, key: &[u8]) -> bool {
    let mut buffer = Buffer::new();
    let bytes = buffer.take(key.len().saturating_add(1));
    let mut out = Encoder::new(bytes);
    // A list of one.
    out.write(&[1]);
    out.write(key);
    raw::check_permission_authorization(account.raw(), permission.raw(), bytes, &[], 0) != 0
}

/// Whether `levels` alone would satisfy the permission of the account, without a delay.
pub fn permission_satisfied_by(
    account: Name,
    permission: Name,
    levels: &[PermissionLevel],
) -> bool {
    let mut buffer = Buffer::new();
    let bytes = buffer.write(&levels);
    raw::check_permission_authorization(account.raw(), permission.raw(), &[], bytes, 0) != 0
}
