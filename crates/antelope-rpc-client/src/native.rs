//! Actions every Antelope chain has: accounts, permissions, code.
//!
//! Each function gives the action under the authority it usually needs, ready for
//! [`Client::push`](crate::Client::push).

use antelope_types::{Action, Authority, Checksum256, Encode, Name, PermissionLevel, name};

const SYSTEM: Name = name!("eosio");

/// `newaccount`: `creator` makes the account `name`.
#[must_use]
pub fn new_account(creator: Name, name: Name, owner: Authority, active: Authority) -> Action {
    #[derive(Encode)]
    struct NewAccount {
        creator: Name,
        name: Name,
        owner: Authority,
        active: Authority,
    }
    let arguments = NewAccount {
        creator,
        name,
        owner,
        active,
    };
    system(
        name!("newaccount"),
        PermissionLevel::active(creator),
        &arguments,
    )
}

/// `setcode`: the account's contract; empty to remove it.
#[must_use]
pub fn set_code(account: Name, wasm: &[u8]) -> Action {
    #[derive(Encode)]
    struct SetCode<'a> {
        account: Name,
        vmtype: u8,
        vmversion: u8,
        code: &'a [u8],
    }
    let arguments = SetCode {
        account,
        vmtype: 0,
        vmversion: 0,
        code: wasm,
    };
    system(
        name!("setcode"),
        PermissionLevel::active(account),
        &arguments,
    )
}

/// `setabi`: the account's ABI in binary form, see [`Abi::to_binary`](crate::Abi::to_binary).
#[must_use]
pub fn set_abi(account: Name, abi: &[u8]) -> Action {
    #[derive(Encode)]
    struct SetAbi<'a> {
        account: Name,
        abi: &'a [u8],
    }
    system(
        name!("setabi"),
        PermissionLevel::active(account),
        &SetAbi { account, abi },
    )
}

/// `updateauth`: sets or adds a permission under `parent` (empty for `owner`). `owner` itself
/// changes under its own authority.
#[must_use]
pub fn update_auth(account: Name, permission: Name, parent: Name, auth: Authority) -> Action {
    #[derive(Encode)]
    struct UpdateAuth {
        account: Name,
        permission: Name,
        parent: Name,
        auth: Authority,
    }
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
    system(name!("updateauth"), level, &arguments)
}

/// `linkauth`: `permission` suffices for this action of `code`; an empty action name means all.
#[must_use]
pub fn link_auth(account: Name, code: Name, action: Name, permission: Name) -> Action {
    let arguments = [account, code, action, permission];
    system(
        name!("linkauth"),
        PermissionLevel::active(account),
        &arguments,
    )
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
