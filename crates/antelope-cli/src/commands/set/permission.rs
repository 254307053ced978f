//! `set account permission` and `set action permission`.

use crate::answers;
use crate::commands::authority::{authority, of_node, with_code};
use crate::commands::sending::Sending;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::Permission;
use antelope_types::native::{
    DELETEAUTH, DeleteAuth, LINKAUTH, LinkAuth, UNLINKAUTH, UPDATEAUTH, UnlinkAuth, UpdateAuth,
};
use antelope_types::{Action, Encode, Name, PermissionLevel, name};
use clap::Args;
use serde_json::json;

/// A permission and what it consists of.
#[derive(Args, Clone, Debug)]
pub struct AccountPermission {
    /// The account
    pub account: Name,
    /// The permission
    pub permission: Name,
    /// A public key, ACCOUNT@PERMISSION, `2 of [alice@active, EOS…]`, JSON or a file; NULL deletes the
    /// permission; with --add-code and --remove-code a contract, by default the account itself
    pub authority: Option<String>,
    /// The permission above it; as it was, or `active` for a new one
    pub parent: Option<Name>,
    /// Let a contract act with it: add its eosio.code
    #[arg(long)]
    pub add_code: bool,
    /// Let a contract not act with it any more: remove its eosio.code
    #[arg(long, conflicts_with = "add_code")]
    pub remove_code: bool,
}

/// An action and the permission that it needs.
#[derive(Args, Clone, Debug)]
pub struct ActionPermission {
    /// The account whose permission it is
    pub account: Name,
    /// The contract
    pub code: Name,
    /// The action; ALL for all of the contract
    pub action: String,
    /// The permission; NULL removes the link
    pub requirement: String,
}

pub(super) fn account(
    session: &Session,
    console: &mut Console<'_>,
    sending: &Sending<AccountPermission>,
) -> Fallible<Report> {
    let given = &sending.given;
    let (account, permission) = (given.account, given.permission);
    // What is above everything is changed by nothing below it.
    let usual = match permission == name!("owner") {
        true => PermissionLevel::owner(account),
        false => PermissionLevel::active(account),
    };
    let levels = sending.send.levels_or(usual);
    let text = given.authority.as_deref();
    let is_code = given.add_code || given.remove_code;
    if text.is_some_and(is_null) && !is_code {
        let arguments = DeleteAuth {
            account,
            permission,
        };
        let action = native(DELETEAUTH, &levels, &arguments);
        let sentence = format!("delete permission {permission} of {account}");
        return sending.transact(session, console, sentence, vec![action]);
    }
    let known = session.client.get_account(account)?;
    let before = known.permission(permission);
    let auth = match (is_code, text) {
        (true, contract) => {
            let contract = contract.map_or(Ok(account), str::parse).map_err(|_| {
                Failure::usage("the contract is not a name").expected("an account, or nothing")
            })?;
            let before = answers::permission(&known, permission)?;
            let now = of_node(&before.required_auth)?;
            match with_code(now, contract, given.add_code) {
                Some(auth) => auth,
                None => {
                    let data = json!({ "executed": false });
                    return Ok(Report::new(data, "nothing to do: it is so already"));
                }
            }
        }
        (false, Some(text)) => authority(text)?,
        (false, None) => {
            return Err(Failure::usage("the authority is missing")
                .expected("a key, ACCOUNT@PERMISSION, `2 of [alice@active, EOS…]`, JSON or NULL"));
        }
    };
    let arguments = UpdateAuth {
        account,
        permission,
        parent: parent(given, before),
        auth,
    };
    let action = native(UPDATEAUTH, &levels, &arguments);
    let sentence = format!("set permission {permission} of {account}");
    sending.transact(session, console, sentence, vec![action])
}

fn parent(given: &AccountPermission, before: Option<&Permission>) -> Name {
    match (given.parent, before) {
        (Some(parent), _) => parent,
        (None, Some(before)) => before.parent,
        (None, None) if given.permission == name!("owner") => Name::default(),
        (None, None) if given.permission == name!("active") => name!("owner"),
        (None, None) => name!("active"),
    }
}

fn is_null(text: &str) -> bool {
    text.eq_ignore_ascii_case("null")
}

pub(super) fn action(
    session: &Session,
    console: &mut Console<'_>,
    sending: &Sending<ActionPermission>,
) -> Fallible<Report> {
    let ActionPermission {
        account,
        code,
        action,
        requirement,
    } = &sending.given;
    let (account, code) = (*account, *code);
    let is_all = action.eq_ignore_ascii_case("all");
    let parsed = |text: &str| {
        text.parse::<Name>()
            .map_err(|error| Failure::usage(format!("{text:?} is not a name: {error}")))
    };
    let name = match is_all {
        true => Name::default(),
        false => parsed(action)?,
    };
    let what = match is_all {
        true => format!("all actions of {code}"),
        false => format!("{code}::{name}"),
    };
    let levels = sending.send.levels_or(PermissionLevel::active(account));
    let (sentence, action) = match is_null(requirement) {
        true => {
            let arguments = UnlinkAuth {
                account,
                code,
                action: name,
            };
            let sentence = format!("{account} unlinks {what}");
            (sentence, native(UNLINKAUTH, &levels, &arguments))
        }
        false => {
            let requirement = parsed(requirement)?;
            let arguments = LinkAuth {
                account,
                code,
                action: name,
                requirement,
            };
            let sentence = format!("{account} links {what} to its permission {requirement}");
            (sentence, native(LINKAUTH, &levels, &arguments))
        }
    };
    sending.transact(session, console, sentence, vec![action])
}

fn native(name: Name, levels: &[PermissionLevel], arguments: &impl Encode) -> Action {
    Action::new(name!("eosio"), name, levels, arguments)
}
