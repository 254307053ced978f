//! `set`: code and permissions of accounts.

mod contract;
mod permission;

use super::sending::Sending;
use crate::{Console, Fallible, Report, Session};
use clap::Subcommand;

/// Set code and permissions.
#[derive(Subcommand, Clone, Debug)]
pub enum Set {
    /// Set the code of an account
    Code(Box<Sending<contract::SetCodeArgs>>),
    /// Set the ABI of an account
    Abi(Box<Sending<contract::SetAbiArgs>>),
    /// Set code and ABI of an account; what is there already is skipped
    Contract(Box<Sending<contract::SetContractArgs>>),
    /// Set permissions of an account
    #[command(subcommand)]
    Account(SetAccount),
    /// Set which permission an action needs
    #[command(subcommand)]
    Action(SetAction),
}

/// Permissions of an account.
#[derive(Subcommand, Clone, Debug)]
pub enum SetAccount {
    /// Create, change or delete a permission
    Permission(Box<Sending<permission::AccountPermission>>),
}

/// Permissions of actions.
#[derive(Subcommand, Clone, Debug)]
pub enum SetAction {
    /// Link an action to a permission, or unlink it
    Permission(Box<Sending<permission::ActionPermission>>),
}

/// Runs a command of the group.
///
/// # Errors
/// As [`transact`](crate::transact::transact); those of files.
pub fn run(session: &Session, console: &mut Console<'_>, command: &Set) -> Fallible<Report> {
    match command {
        Set::Code(sending) => contract::code(session, console, sending),
        Set::Abi(sending) => contract::abi(session, console, sending),
        Set::Contract(sending) => contract::contract(session, console, sending),
        Set::Account(SetAccount::Permission(sending)) => {
            permission::account(session, console, sending)
        }
        Set::Action(SetAction::Permission(sending)) => {
            permission::action(session, console, sending)
        }
    }
}
