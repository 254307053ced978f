//! `push`: any action of any contract.

use crate::transact::{Intent, SendOptions, transact};
use crate::{Console, Failure, Outcome, Report, Session};
use antelope_rpc_client::ClientError;
use antelope_types::{Action, Name};
use clap::{Args, Subcommand};
use serde_json::Value;
use std::fs;

/// Send actions and transactions.
#[derive(Subcommand, Clone, Debug)]
pub enum Push {
    /// Send one action of a contract
    Action(PushAction),
}

/// One action with its arguments as JSON.
#[derive(Args, Clone, Debug)]
pub struct PushAction {
    /// The contract's account
    pub account: Name,
    /// The action
    pub action: Name,
    /// Its arguments as JSON: an object or an array in their order, or a file that holds them
    pub data: String,
    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub send: SendOptions,
}

/// Runs a command of the group.
///
/// # Errors
/// As [`transact`]; `usage.data` for arguments that do not fit the ABI, with the field.
pub fn run(session: &Session, console: &mut Console<'_>, command: &Push) -> Outcome<Report> {
    match command {
        Push::Action(push) => action(session, console, push),
    }
}

fn action(session: &Session, console: &mut Console<'_>, push: &PushAction) -> Outcome<Report> {
    let PushAction {
        account,
        action: name,
        data,
        send,
    } = push;
    if send.permissions.is_empty() {
        return Err(Failure::usage("nobody authorizes the action")
            .expected("-p ACCOUNT or -p ACCOUNT@PERMISSION"));
    }
    let arguments = json_argument(data)?;
    let abi = session.client.abi(*account)?;
    let data = abi
        .pack_action(*name, &arguments)
        .map_err(ClientError::from)?;
    let action = Action {
        account: *account,
        name: *name,
        authorization: send.permissions.clone(),
        data,
    };
    let intent = Intent {
        sentence: format!("{account}::{name} {arguments}"),
        actions: vec![action],
    };
    transact(session, console, send, &intent)
}

/// JSON that is given as it is, or as the name of a file that holds it.
///
/// # Errors
/// `usage.argument` where it is neither.
pub(crate) fn json_argument(text: &str) -> Outcome<Value> {
    let begins_as_json = text.trim_start().starts_with(['{', '[', '"']);
    let read = match begins_as_json {
        true => text.to_owned(),
        false => fs::read_to_string(text).map_err(|error| {
            Failure::usage(format!("{text:?} is neither JSON nor a file: {error}"))
        })?,
    };
    serde_json::from_str(&read).map_err(|error| {
        Failure::usage(format!("the arguments are not JSON: {error}"))
            .expected(r#"an object such as {"from":"alice"}, or an array"#)
    })
}
