//! `newaccount`: creates an account with the permissions `owner` and `active`.
//!
//! Mirrors `apply_eosio_newaccount` in `libraries/chain/eosio_contract.cpp` of a node.

use crate::authority::{is_valid, require_existing};
use crate::config::{ACTIVE, OWNER};
use crate::state::{Account, AccountResources, ram};
use crate::transaction::ApplyContext;
use antelope_types::native::NewAccount;
use antelope_types::{BlockTimestamp, ChainError, Name, PermissionLevel, ensure};

/// Creates the account, which is billed for its own RAM. It has no quota yet, so any number of
/// bytes is accepted until a contract of the system sets one.
///
/// # Errors
/// - `missing_auth_exception` (3090004) unless the creator has authorized the action.
/// - `action_validate_exception` (3050000) for authorities that cannot be satisfied or refer to
///   something that does not exist, for an empty name, one of 13 characters, and one beginning with
///   `eosio.` unless the creator is privileged.
/// - `account_name_exists_exception` (3050001).
/// - `unactivated_key_type` (3010015) for WebAuthn keys before `WEBAUTHN_KEY`.
pub(super) fn new_account(
    context: &mut ApplyContext<'_>,
    create: NewAccount,
) -> Result<(), ChainError> {
    context.require_auth(create.creator)?;
    ensure!(
        is_valid(&create.owner),
        ActionValidate,
        "Invalid owner authority"
    );
    ensure!(
        is_valid(&create.active),
        ActionValidate,
        "Invalid active authority"
    );
    ensure!(
        create.name != Name::default(),
        ActionValidate,
        "account name cannot be empty"
    );
    let text = create.name.to_string();
    ensure!(
        text.len() <= 12,
        ActionValidate,
        "account names can only be 12 chars long"
    );
    let privileged = context.state().account(create.creator)?.privileged;
    ensure!(
        privileged || !text.starts_with("eosio."),
        ActionValidate,
        "only privileged accounts can have names that start with 'eosio.'"
    );
    ensure!(
        context.state().find_account(create.name).is_none(),
        AccountNameExists,
        "Cannot create account named {text}, as that name is already taken"
    );
    let delta = insert(context, &create)?;
    context.add_ram(create.name, delta)
}

/// Adds the account, its permissions and its resources, and returns the RAM that they are billed
/// for.
fn insert(context: &mut ApplyContext<'_>, create: &NewAccount) -> Result<i64, ChainError> {
    let now = context.block_time();
    let account = Account::new(BlockTimestamp::from(now), false);
    context.state_mut().accounts.insert(create.name, account);
    // After the account was added, so that its authorities may refer to itself.
    for authority in [&create.owner, &create.active] {
        require_existing(context.state(), authority)?;
    }
    let owner = PermissionLevel::new(create.name, OWNER);
    let id = context.create_permission(owner, 0, create.owner.clone())?;
    let active = PermissionLevel::new(create.name, ACTIVE);
    context.create_permission(active, id, create.active.clone())?;
    let resources = AccountResources::default();
    context.state_mut().resources.insert(create.name, resources);
    Ok(ram::account(&create.owner, &create.active))
}
