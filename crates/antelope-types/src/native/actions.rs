//! The actions under the authority they usually need.
//!
//! That is `active` of the account that acts, except where a function says otherwise. Where an account has
//! given the right to another permission, change
//! [`authorization`](crate::Action::authorization) before signing.

use super::{
    LINKAUTH, LinkAuth, NEWACCOUNT, NewAccount, SETABI, SETCODE, SetAbi, SetCode, UPDATEAUTH,
    UpdateAuth,
};
use crate::{Action, Authority, Checksum256, Encode, Name, PermissionLevel, name};

/// The account that the native actions are addressed to: `system_account_name` of nodes.
const SYSTEM: Name = name!("eosio");

/// `newaccount`: `creator` makes the account `name`.
///
/// On a chain with the usual system contract, actions that buy RAM for the account must follow.
///
/// ```
/// use antelope_types::{Authority, PublicKey, name, native};
/// let authority = Authority::from_key(PublicKey::K1([2; 33]));
/// let action = native::new_account(name!("alice"), name!("bob"), authority.clone(), authority);
/// assert_eq!((action.account, action.name), (name!("eosio"), native::NEWACCOUNT));
/// ```
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
///
/// Sending the ABI in the same transaction keeps readers from decoding by the wrong one.
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
///
/// ```
/// use antelope_types::abi::AbiDef;
/// use antelope_types::{Encode, name, native};
/// let action = native::set_abi(name!("hello"), &AbiDef::default().to_bytes());
/// assert_eq!(action.arguments::<native::SetAbi<'_>>()?.account, name!("hello"));
/// # Ok::<(), antelope_types::DecodeError>(())
/// ```
#[must_use]
pub fn set_abi(account: Name, abi: &[u8]) -> Action {
    let arguments = SetAbi { account, abi };
    system(SETABI, PermissionLevel::active(account), &arguments)
}

/// `updateauth`: sets or adds a permission under `parent` (empty for `owner`). `owner` itself
/// changes under its own authority.
///
/// ```
/// use antelope_types::{Authority, PermissionLevel, PublicKey, name, native};
/// let alice = name!("alice");
/// let authority = Authority::from_key(PublicKey::K1([2; 33]));
/// let action = native::update_auth(alice, name!("spend"), name!("active"), authority);
/// assert_eq!(action.authorization, [PermissionLevel::active(alice)]);
/// ```
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
///
/// The permission must exist already; a transaction may create it first.
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
/// It asks for the feature, which the next block activates; digests are in [`Feature`](crate::Feature).
#[must_use]
pub fn activate(feature: Checksum256) -> Action {
    system(name!("activate"), PermissionLevel::active(SYSTEM), &feature)
}

/// An action of `eosio` under one permission.
fn system(name: Name, level: PermissionLevel, arguments: &impl Encode) -> Action {
    Action::new(SYSTEM, name, &[level], arguments)
}
