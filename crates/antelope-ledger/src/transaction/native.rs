//! The native actions: what `eosio` does on every chain without a contract.
//!
//! Mirrors `libraries/chain/eosio_contract.cpp` of a node. A native action runs before the code of
//! `eosio`, if that has any, and only where `eosio` itself receives it: not in notifications, and
//! not for actions of other contracts with the same names.

mod account;
mod code;
mod permission;

use super::ApplyContext;
use crate::config::SYSTEM;
use crate::reading::arguments;
use antelope_types::native::{
    CANCELDELAY, CancelDelay, DELETEAUTH, LINKAUTH, NEWACCOUNT, SETABI, SETCODE, UNLINKAUTH,
    UPDATEAUTH,
};
use antelope_types::{ChainError, ErrorKind, Name};

/// The names of all native actions.
const ALL: [Name; 8] = [
    NEWACCOUNT,
    SETCODE,
    SETABI,
    UPDATEAUTH,
    DELETEAUTH,
    LINKAUTH,
    UNLINKAUTH,
    CANCELDELAY,
];

/// Runs the native handler of the action, if it has one and runs for `eosio` itself.
///
/// # Errors
/// `action_validate_exception` (3050000) in a read-only transaction, errors of [`arguments`] if the
/// data cannot be decoded, and those of the handler.
pub fn apply(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    let action = context.action().clone();
    if context.receiver() != SYSTEM || action.account != SYSTEM {
        return Ok(());
    }
    if context.is_read_only() && ALL.contains(&action.name) {
        // One of the texts has lost a letter in every node.
        let not = if action.name == SETABI { "ot" } else { "not" };
        let message = format!("{} {not} allowed in read-only transaction", action.name);
        return Err(ChainError::new(ErrorKind::ActionValidate, message));
    }
    match action.name {
        NEWACCOUNT => {
            account::new_account(context, arguments(&action)?).map_err(ChainError::passed_on)
        }
        SETCODE => code::set_code(context, &arguments(&action)?),
        SETABI => code::set_abi(context, &arguments(&action)?),
        UPDATEAUTH => permission::update_auth(context, arguments(&action)?),
        DELETEAUTH => permission::delete_auth(context, &arguments(&action)?),
        LINKAUTH => {
            permission::link_auth(context, &arguments(&action)?).map_err(ChainError::passed_on)
        }
        UNLINKAUTH => permission::unlink_auth(context, &arguments(&action)?),
        CANCELDELAY => {
            let cancel: CancelDelay = arguments(&action)?;
            context.require_auth(cancel.canceling_auth.actor)?;
            context.cancel_delayed(&cancel.trx_id).map(drop)
        }
        _ => Ok(()),
    }
}
