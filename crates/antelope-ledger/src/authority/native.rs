//! The rules of relevance for the five native actions that change permissions.
//!
//! `updateauth`, `deleteauth`, `linkauth`, `unlinkauth` and `canceldelay` cannot be linked to
//! another permission by `linkauth`: whoever may change a permission is fixed, so that a weak
//! permission cannot be used to replace a strong one. Each must declare exactly one permission, of
//! the account that it changes, and at or above the permission that is changed. Mirrors the five
//! `check_…_authorization` in `libraries/chain/authorization_manager.cpp` of a node.
//!
//! Messages are a node's, its mistakes included.

use crate::config::{ANY, SYSTEM};
use crate::reading::arguments;
use crate::state::{Deferred, State};
use crate::text;
use antelope_types::native::{
    CANCELDELAY, CancelDelay, DELETEAUTH, DeleteAuth, LINKAUTH, LinkAuth, UNLINKAUTH, UPDATEAUTH,
    UnlinkAuth, UpdateAuth,
};
use antelope_types::{Action, ChainError, ErrorKind, Feature, Name, PermissionLevel, ensure};

/// Checks the declared permission of an action that changes permissions.
///
/// Returns `None` for all other actions, whose relevance is checked in the ordinary way. For these
/// five it returns the delay in microseconds that the action counts with: 0, except for
/// `canceldelay`.
///
/// # Errors
/// - `irrelevant_auth_exception` (3090005) unless the action declares exactly one permission, of
///   the right account and strong enough.
/// - Errors of [`arguments`] if its data cannot be read.
/// - Those of the single actions, named below.
pub(super) fn check(state: &State, action: &Action) -> Result<Option<i64>, ChainError> {
    if action.account != SYSTEM {
        return Ok(None);
    }
    match action.name {
        UPDATEAUTH => update(state, &arguments(action)?, action)?,
        DELETEAUTH => delete(state, &arguments(action)?, action)?,
        LINKAUTH => link(state, &arguments(action)?, action)?,
        UNLINKAUTH => unlink(state, &arguments(action)?, action)?,
        CANCELDELAY => return cancel(state, &arguments(action)?, action).map(Some),
        _ => return Ok(None),
    }
    Ok(Some(0))
}

/// The one permission that the action declares.
fn only(action: &Action, what: &str) -> Result<PermissionLevel, ChainError> {
    match action.authorization[..] {
        [level] => Ok(level),
        _ => Err(ChainError::new(
            ErrorKind::IrrelevantAuth,
            format!("{what} action should only have one declared authorization"),
        )),
    }
}

/// Checks that the declared actor is the account whose permission is changed.
fn require_owner(owner: bool, what: &str) -> Result<(), ChainError> {
    ensure!(
        owner,
        IrrelevantAuth,
        "the owner of the {what} needs to be the actor of the declared authorization"
    );
    Ok(())
}

/// Checks that the declared permission is `minimum` or above it.
fn require_satisfies(
    state: &State,
    auth: PermissionLevel,
    minimum: PermissionLevel,
    what: &str,
) -> Result<(), ChainError> {
    ensure!(
        state.satisfies(auth, minimum)?,
        IrrelevantAuth,
        "{what} action declares irrelevant authority '{}'; minimum authority is {}",
        text::level(auth),
        text::level(minimum)
    );
    Ok(())
}

/// `updateauth` needs the permission that it changes or, if that does not exist yet, its parent.
fn update(state: &State, update: &UpdateAuth, action: &Action) -> Result<(), ChainError> {
    let auth = only(action, "updateauth")?;
    require_owner(auth.actor == update.account, "affected permission")?;
    let mut minimum = PermissionLevel::new(update.account, update.permission);
    if state.find_permission(minimum)?.is_none() {
        // A new permission: whoever controls the parent may create children.
        minimum.permission = update.parent;
        state.permission(minimum)?;
    }
    require_satisfies(state, auth, minimum, "updateauth")
}

/// `deleteauth` needs the permission that it deletes.
fn delete(state: &State, delete: &DeleteAuth, action: &Action) -> Result<(), ChainError> {
    let auth = only(action, "deleteauth")?;
    require_owner(auth.actor == delete.account, "permission to delete")?;
    let minimum = PermissionLevel::new(delete.account, delete.permission);
    state.permission(minimum)?;
    // Nodes call it by the other action's name.
    require_satisfies(state, auth, minimum, "updateauth")
}

/// `linkauth` needs the permission that the action is linked to now, or `active` if it is not
/// linked.
///
/// # Errors
/// `action_validate_exception` (3050000) for an attempt to link one of the five actions themselves.
/// Before `FIX_LINKAUTH_RESTRICTION` nodes looked at the action's name only, whatever the contract.
fn link(state: &State, link: &LinkAuth, action: &Action) -> Result<(), ChainError> {
    let auth = only(action, "link")?;
    require_owner(auth.actor == link.account, "linked permission")?;
    if link.code == SYSTEM || !state.has(Feature::FIX_LINKAUTH_RESTRICTION) {
        for name in [UPDATEAUTH, DELETEAUTH, LINKAUTH, UNLINKAUTH, CANCELDELAY] {
            ensure!(
                link.action != name,
                ActionValidate,
                "Cannot link eosio::{name} to a minimum permission"
            );
        }
    }
    match minimum_permission(state, link.account, link.code, link.action)? {
        Some(minimum) => {
            let minimum = PermissionLevel::new(link.account, minimum);
            require_satisfies(state, auth, minimum, "link")
        }
        None => Ok(()),
    }
}

/// `unlinkauth` needs the permission that the action is linked to.
///
/// # Errors
/// `transaction_exception` (3040000) if it is not linked.
fn unlink(state: &State, unlink: &UnlinkAuth, action: &Action) -> Result<(), ChainError> {
    let auth = only(action, "unlink")?;
    require_owner(auth.actor == unlink.account, "linked permission")?;
    let UnlinkAuth {
        account,
        code,
        action,
    } = *unlink;
    let linked = state.linked_permission(account, code, action).ok_or_else(|| {
        ChainError::new(
            ErrorKind::Transaction,
            format!("cannot unlink non-existent permission link of account '{account}' for actions matching '{code}::{action}'"),
        )
    })?;
    if linked == ANY {
        return Ok(());
    }
    require_satisfies(state, auth, PermissionLevel::new(account, linked), "unlink")
}

/// `canceldelay` needs the permission that it names, which must be one that the waiting transaction
/// declares. Returns the delay of that transaction: whoever cancels is treated as having waited as
/// long, so that an authority with a wait can cancel at once.
///
/// # Errors
/// - `tx_not_found` (3040011) if no delayed transaction has this id.
/// - `action_validate_exception` (3050000) if the transaction does not declare the permission.
fn cancel(state: &State, cancel: &CancelDelay, action: &Action) -> Result<i64, ChainError> {
    let auth = only(action, "canceldelay")?;
    let minimum = cancel.canceling_auth;
    state.permission(minimum)?;
    ensure!(
        state.satisfies(auth, minimum)?,
        IrrelevantAuth,
        "canceldelay action declares irrelevant authority '{}'; specified authority to satisfy is {}",
        text::level(auth),
        text::level(minimum)
    );
    let key = Deferred::key_of_delayed(&cancel.trx_id);
    let found = state
        .find_deferred(key)
        .filter(|found| found.id == cancel.trx_id);
    let deferred = found.ok_or_else(|| {
        ChainError::new(
            ErrorKind::TxNotFound,
            format!(
                "cannot cancel trx_id={}, there is no deferred transaction with that transaction id",
                cancel.trx_id
            ),
        )
    })?;
    let transaction = deferred.transaction()?;
    let mut levels = transaction
        .actions
        .iter()
        .flat_map(|action| &action.authorization);
    ensure!(
        levels.any(|level| *level == cancel.canceling_auth),
        ActionValidate,
        "canceling_auth in canceldelay action was not found as authorization in the original delayed transaction"
    );
    Ok(deferred.delay_until.micros() - deferred.published.micros())
}

/// The permission that an action of this account requires at least: the linked one, or `active`.
/// `None` if it is linked to `eosio.any` (`lookup_minimum_permission` of a node).
///
/// # Errors
/// `unlinkable_min_permission_action` (3090008) for the five actions of this module.
pub(super) fn minimum_permission(
    state: &State,
    account: Name,
    code: Name,
    action: Name,
) -> Result<Option<Name>, ChainError> {
    let unlinkable = [UPDATEAUTH, DELETEAUTH, LINKAUTH, UNLINKAUTH, CANCELDELAY];
    ensure!(
        code != SYSTEM || !unlinkable.contains(&action),
        UnlinkableMinPermissionAction,
        "cannot call lookup_minimum_permission on native actions that are not allowed to be linked to minimum permissions"
    );
    Ok(match state.linked_permission(account, code, action) {
        None => Some(crate::config::ACTIVE),
        Some(ANY) => None,
        linked => linked,
    })
}
