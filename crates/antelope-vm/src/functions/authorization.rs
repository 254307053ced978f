//! The authorizations of the action, and what the chain knows of accounts.
//!
//! None of these functions verifies a signature: that was done before the transaction began. They
//! look at the authorizations that the action declares.

use super::super::arguments::SliceMut;
use super::{Call, HostResult};
use antelope_types::{Name, PermissionLevel};

/// Demands that the action declares an authorization of the account, by whatever permission.
///
/// # Errors
/// `missing_auth_exception` (3090004).
pub(super) fn require_auth(call: &mut Call<'_, '_>, account: Name) -> HostResult {
    call.context.require_auth(account)
}

/// Demands that the action declares exactly this permission of the account; a parent permission
/// does not do.
///
/// # Errors
/// `missing_auth_exception` (3090004).
pub(super) fn require_auth2(
    call: &mut Call<'_, '_>,
    account: Name,
    permission: Name,
) -> HostResult {
    let level = PermissionLevel::new(account, permission);
    call.context.require_permission(level)
}

/// Whether the action declares an authorization of the account.
pub(super) fn has_auth(call: &mut Call<'_, '_>, account: Name) -> HostResult<bool> {
    Ok(call.context.has_auth(account))
}

/// Adds the account to those notified of this action. An account is notified once, however often it
/// is named.
pub(super) fn require_recipient(call: &mut Call<'_, '_>, account: Name) -> HostResult {
    call.context.require_recipient(account);
    Ok(())
}

/// Whether the account exists.
pub(super) fn is_account(call: &mut Call<'_, '_>, account: Name) -> HostResult<bool> {
    Ok(call.context.is_account(account))
}

/// Writes what code the account has: a version, which is always 0 whatever version was asked for,
/// as a varuint; the code sequence (8 bytes); the SHA-256 of the code (32 bytes, zeros without
/// code); and the type and version of the VM (a byte each). Returns the size, 43 bytes; writes only
/// if it fits.
pub(super) fn get_code_hash(
    call: &mut Call<'_, '_>,
    account: Name,
    _version: u32,
    result: SliceMut<u8>,
) -> HostResult<u32> {
    call.work(150)?;
    let code = call.context.code_hash(account);
    // Version, sequence, hash, type and version of the VM.
    let mut packed = vec![0];
    packed.extend(code.sequence.to_le_bytes());
    packed.extend(code.hash.0);
    packed.extend([0, 0]);
    Ok(call.memory.fill_whole(result, &packed))
}
