//! The actions under the authority they usually need.

use super::{
    LINKAUTH, LinkAuth, NEWACCOUNT, NewAccount, SETABI, SETCODE, SetAbi, SetCode, UPDATEAUTH,
    UpdateAuth,
};
use crate::{Action, Authority, Checksum256, Encode, Name, PermissionLevel, name};

const SYSTEM: Name = name!("eosio");

/// `newaccount`: `creator` makes the account `name`.
#[must_use]
pub fn new_account(creator: Name, name: Name, owner: Authority, active: Authority) -> Action {
    let level = PermissionLevel::active(creator);
    let arguments = NewAccount {
        creator,
        name,
        owner,
        active,
    };
    system(NEWACCOUNT, level, &arguments)
}

/// `setcode`: the account's contract; empty to remove it.
#[must_use]
pub fn set_code(account: Name, wasm: &[u8]) -> Action {
    let arguments = SetCode {
        account,
        vm_type: 0,
        vm_version: 0,
        code: wasm,
    };
    system(SETCODE, PermissionLevel::active(account), &arguments)
}

/// `setabi`: the account's ABI in binary form.
#[must_use]
pub fn set_abi(account: Name, abi: &[u8]) -> Action {
    let arguments = SetAbi { account, abi };
    system(SETABI, PermissionLevel::active(account), &arguments)
}

/// `updateauth`: sets or adds a permission under `parent` (empty for `owner`). `owner` itself
/// changes under its own authority.
#[must_use]
pub fn update_auth(account: Name, permission: Name, parent: Name, auth: Authority) -> Action {
    let level = if permission == name!("owner") {
        PermissionLevel::owner(account)
    } else {
        PermissionLevel::active(account)
    };
    let arguments = UpdateAuth {
        account,
        permission,
        parent,
        auth,
    };
    system(UPDATEAUTH, level, &arguments)
}

/// `linkauth`: `permission` suffices for this action of `code`; an empty action name means all.
#[must_use]
pub fn link_auth(account: Name, code: Name, action: Name, permission: Name) -> Action {
    let arguments = LinkAuth {
        account,
        code,
        action,
        requirement: permission,
    };
    system(LINKAUTH, PermissionLevel::active(account), &arguments)
}

/// `activate` of the usual boot and system contracts: a protocol feature, under the authority
/// of `eosio`.
#[must_use]
pub fn activate(feature: Checksum256) -> Action {
    system(name!("activate"), PermissionLevel::active(SYSTEM), &feature)
}

fn system(name: Name, level: PermissionLevel, arguments: &impl Encode) -> Action {
    Action::new(SYSTEM, name, &[level], arguments)
}
