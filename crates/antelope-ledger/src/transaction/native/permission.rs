//! `updateauth`, `deleteauth`, `linkauth` and `unlinkauth`.
//!
//! Mirrors `apply_eosio_updateauth` to `apply_eosio_unlinkauth` in
//! `libraries/chain/eosio_contract.cpp` of a node. Whether the declared permission is strong enough
//! for the change was checked before: `authority::native`.

use crate::authority::{is_valid, require_existing};
use crate::config::{ACTIVE, ANY, OWNER};
use crate::state::ram;
use crate::transaction::ApplyContext;
use antelope_types::native::{DeleteAuth, LinkAuth, UnlinkAuth, UpdateAuth};
use antelope_types::{ChainError, ErrorKind, Feature, Name, PermissionLevel, ensure};
use std::sync::Arc;

/// Creates a permission, or sets the authority of one that exists.
///
/// # Errors
/// - `missing_auth_exception` (3090004) unless the account has authorized the action.
/// - `action_validate_exception` (3050000) as [`check_update`] finds, and for a parent other than
///   that of an existing permission.
/// - `permission_query_exception` (3060001) if the parent does not exist.
/// - `unactivated_key_type` (3010015) for WebAuthn keys before `WEBAUTHN_KEY`.
pub(super) fn update_auth(
    context: &mut ApplyContext<'_>,
    update: UpdateAuth,
) -> Result<(), ChainError> {
    context.require_auth(update.account)?;
    check_update(context, &update)?;
    let level = PermissionLevel::new(update.account, update.permission);
    let existing = context.state().find_permission(level)?;
    let existing = existing.map(|old| (old.parent, ram::authority(&old.authority)));
    let parent = if update.permission == OWNER {
        0
    } else {
        let parent = PermissionLevel::new(update.account, update.parent);
        context.state().permission(parent)?.id
    };
    let new_ram = ram::authority(&update.auth);
    let Some((old_parent, old_ram)) = existing else {
        context.create_permission(level, parent, update.auth)?;
        return context.add_ram(update.account, ram::PERMISSION + new_ram);
    };
    ensure!(
        parent == old_parent,
        ActionValidate,
        "Changing parent authority is not currently supported"
    );
    context.require_key_types(&update.auth, "modifying")?;
    let now = context.block_time();
    let key = (level.actor, level.permission);
    if let Some(permission) = context.state_mut().permissions.get_mut(&key) {
        permission.authority = Arc::new(update.auth);
        permission.last_updated = now;
    }
    context.add_ram(update.account, new_ram - old_ram)
}

/// Checks the names, the place in the tree and the authority of an `updateauth`.
///
/// # Errors
/// `action_validate_exception` (3050000), and `std_exception` (13) if the account does not exist.
fn check_update(context: &ApplyContext<'_>, update: &UpdateAuth) -> Result<(), ChainError> {
    let empty = Name::default();
    ensure!(
        update.permission != empty,
        ActionValidate,
        "Cannot create authority with empty name"
    );
    ensure!(
        !update.permission.to_string().starts_with("eosio."),
        ActionValidate,
        "Permission names that start with 'eosio.' are reserved"
    );
    ensure!(
        update.permission != update.parent,
        ActionValidate,
        "Cannot set an authority as its own parent"
    );
    context.state().account(update.account)?;
    ensure!(
        is_valid(&update.auth),
        ActionValidate,
        "Invalid authority: {}",
        serde_json::to_string(&update.auth).unwrap_or_default()
    );
    ensure!(
        update.permission != ACTIVE || update.parent == OWNER,
        ActionValidate,
        "Cannot change active authority's parent from owner"
    );
    if update.permission == OWNER {
        ensure!(
            update.parent == empty,
            ActionValidate,
            "Cannot change owner authority's parent"
        );
    } else {
        ensure!(
            update.parent != empty,
            ActionValidate,
            "Only owner permission can have empty parent"
        );
    }
    let longest = update.auth.waits.last().map_or(0, |wait| wait.wait_sec);
    let max = context.state().global.config.max_transaction_delay;
    ensure!(
        longest <= max,
        ActionValidate,
        "Cannot set delay longer than max_transacton_delay, which is {max} seconds"
    );
    require_existing(context.state(), &update.auth)
}

/// Deletes a permission, and gives its RAM back.
///
/// # Errors
/// - `missing_auth_exception` (3090004) unless the account has authorized the action.
/// - `action_validate_exception` (3050000) for `owner` and `active`, for a permission that an
///   action is linked to, and for one that has children.
/// - `permission_query_exception` (3060001) if it does not exist.
pub(super) fn delete_auth(
    context: &mut ApplyContext<'_>,
    delete: &DeleteAuth,
) -> Result<(), ChainError> {
    context.require_auth(delete.account)?;
    for kept in [ACTIVE, OWNER] {
        ensure!(
            delete.permission != kept,
            ActionValidate,
            "Cannot delete {kept} authority"
        );
    }
    if let Some((code, action)) = context.state().link_to(delete.account, delete.permission) {
        return Err(ChainError::new(
            ErrorKind::ActionValidate,
            format!(
                "Cannot delete a linked authority. Unlink the authority first. This authority is linked to {code}::{action}."
            ),
        ));
    }
    let level = PermissionLevel::new(delete.account, delete.permission);
    let permission = context.state().permission(level)?;
    let (id, size) = (permission.id, ram::authority(&permission.authority));
    ensure!(
        !context.state().has_children(delete.account, id),
        ActionValidate,
        "Cannot remove a permission which has children. Remove the children first."
    );
    context.state_mut().remove_permission(level);
    context.add_ram(delete.account, -(ram::PERMISSION + size))
}

/// Links an action, or all actions of a contract, to a permission. Replacing a link is free.
///
/// # Errors
/// - `missing_auth_exception` (3090004) unless the account has authorized the action.
/// - `action_validate_exception` (3050000) for an empty permission and for the one that is linked
///   already.
/// - `account_query_exception` (3060002) if the contract's account does not exist.
/// - `permission_query_exception` (3060001) if the permission does not exist. Before
///   `ONLY_LINK_TO_EXISTING_PERMISSION` it was enough that any account had one of this name.
pub(super) fn link_auth(context: &mut ApplyContext<'_>, link: &LinkAuth) -> Result<(), ChainError> {
    ensure!(
        link.requirement != Name::default(),
        ActionValidate,
        "Required permission cannot be empty"
    );
    context.require_auth(link.account)?;
    ensure!(
        context.is_account(link.account),
        AccountQuery,
        "Failed to retrieve account: {}",
        link.account
    );
    ensure!(
        context.is_account(link.code),
        AccountQuery,
        "Failed to retrieve code for account: {}",
        link.code
    );
    if link.requirement != ANY {
        let state = context.state();
        let key = (link.account, link.requirement);
        let exists = state.permissions.contains_key(&key)
            || !state.has(Feature::ONLY_LINK_TO_EXISTING_PERMISSION)
                && state
                    .permissions
                    .keys()
                    .any(|(_, name)| *name == link.requirement);
        ensure!(
            exists,
            PermissionQuery,
            "Failed to retrieve permission: {}",
            link.requirement
        );
    }
    let key = (link.account, link.code, link.action);
    let existing = context.state().links.get(&key).map(|link| link.permission);
    ensure!(
        existing != Some(link.requirement),
        ActionValidate,
        "Attempting to update required authority, but new requirement is same as old"
    );
    if context.state_mut().set_link(key, link.requirement) {
        context.add_ram(link.account, ram::LINK)?;
    }
    Ok(())
}

/// Removes a link, and gives its RAM back.
///
/// # Errors
/// `missing_auth_exception` (3090004) unless the account has authorized the action, and
/// `action_validate_exception` (3050000) if there is no such link.
pub(super) fn unlink_auth(
    context: &mut ApplyContext<'_>,
    unlink: &UnlinkAuth,
) -> Result<(), ChainError> {
    context.require_auth(unlink.account)?;
    let key = (unlink.account, unlink.code, unlink.action);
    ensure!(
        context.state_mut().links.remove(&key).is_some(),
        ActionValidate,
        "Attempting to unlink authority, but no link found"
    );
    context.add_ram(unlink.account, -ram::LINK)
}
