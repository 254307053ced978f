//! Authority and accounts.

use super::super::arguments::SliceMut;
use super::{Call, Outcome};
use antelope_types::{Name, PermissionLevel};

pub(super) fn require_auth(call: &mut Call<'_, '_>, account: Name) -> Outcome {
    call.context.require_auth(account)
}

pub(super) fn require_auth2(call: &mut Call<'_, '_>, account: Name, permission: Name) -> Outcome {
    let level = PermissionLevel::new(account, permission);
    call.context.require_permission(level)
}

pub(super) fn has_auth(call: &mut Call<'_, '_>, account: Name) -> Outcome<bool> {
    Ok(call.context.has_auth(account))
}

pub(super) fn require_recipient(call: &mut Call<'_, '_>, account: Name) -> Outcome {
    call.context.require_recipient(account);
    Ok(())
}

pub(super) fn is_account(call: &mut Call<'_, '_>, account: Name) -> Outcome<bool> {
    Ok(call.context.is_account(account))
}

/// There is but one version of the answer, 0, whatever is asked for.
pub(super) fn get_code_hash(
    call: &mut Call<'_, '_>,
    account: Name,
    _version: u32,
    result: SliceMut<u8>,
) -> Outcome<u32> {
    call.work(150)?;
    let code = call.context.code_hash(account);
    // The version, then the sequence, the hash, and the kind and version of VM.
    let mut packed = vec![0];
    packed.extend(code.sequence.to_le_bytes());
    packed.extend(code.hash.0);
    packed.extend([0, 0]);
    Ok(call.memory.fill_whole(result, &packed))
}
