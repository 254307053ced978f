//! `wrap`: transactions of a privileged contract, which nobody's permission is asked for.

use super::sending::{Sending, packed};
use crate::given::transaction;
use crate::{Console, Fallible, Report, Session};
use antelope_types::{Action, Name, PermissionLevel, name};
use clap::{Args, Subcommand};
use serde_json::json;

/// Use eosio.wrap.
#[derive(Subcommand, Clone, Debug)]
pub enum Wrap {
    /// Execute a transaction without the permissions that it would need
    Exec(Box<Sending<Exec>>),
}

/// A transaction and who executes it.
#[derive(Args, Clone, Debug)]
pub struct Exec {
    /// Who executes it and pays for it
    pub executer: Name,
    /// The transaction as JSON, or a file that holds it
    pub transaction: String,
    /// The account of the contract
    #[arg(short, long, default_value_t = name!("eosio.wrap"))]
    pub contract: Name,
}

/// Runs the command.
///
/// # Errors
/// As [`transact`](crate::transact::transact).
pub fn run(session: &Session, console: &mut Console<'_>, command: &Wrap) -> Fallible<Report> {
    let Wrap::Exec(it) = command;
    let Exec {
        executer,
        transaction: text,
        contract,
    } = &it.given;
    let inner = transaction(Some(&session.client), text)?.transaction;
    let arguments = json!({ "executer": executer, "trx": inner });
    let authorization = match it.send.permissions.is_empty() {
        true => vec![
            PermissionLevel::active(*executer),
            PermissionLevel::active(*contract),
        ],
        false => it.send.permissions.clone(),
    };
    let action = Action {
        account: *contract,
        name: name!("exec"),
        authorization,
        data: packed(session, *contract, name!("exec"), &arguments)?,
    };
    let said = format!(
        "{executer} executes a transaction of {} actions by {contract}",
        inner.actions.len()
    );
    it.transact(session, console, said, vec![action])
}
