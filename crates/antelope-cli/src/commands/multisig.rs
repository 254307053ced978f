//! `multisig`: transactions that several accounts approve, by eosio.msig.

mod review;

use super::sending::{Sending, packed};
use crate::given::{inner, json_argument, levels, transaction_of};
use crate::transact::propose::{MSIG, approvers, expiration, proposal};
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Action, Checksum256, Name, PermissionLevel, Transaction, name};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Propose, approve and execute transactions of several accounts.
#[derive(Subcommand, Clone, Debug)]
pub enum Multisig {
    /// Propose one action
    Propose(Box<Sending<ProposeAction>>),
    /// Propose a transaction
    #[command(name = "propose_trx")]
    ProposeTrx(Box<Sending<ProposeTransaction>>),
    /// Show a proposal: what it would do, and who has approved it
    Review(review::ReviewArgs),
    /// Approve a proposal
    Approve(Box<Sending<Approve>>),
    /// Take an approval back
    Unapprove(Box<Sending<Unapprove>>),
    /// Make all approvals that an account has given invalid
    Invalidate(Box<Sending<Invalidate>>),
    /// Cancel a proposal
    Cancel(Box<Sending<Cancel>>),
    /// Execute a proposal
    Exec(Box<Sending<Exec>>),
}

/// A proposal of one action.
#[derive(Args, Clone, Debug)]
pub struct ProposeAction {
    /// The proposal's name
    pub proposal_name: Name,
    /// Whose approvals are asked for: JSON, a file, or `alice@active,bob@active`; `auto` finds them
    pub requested_permissions: String,
    /// The permissions of the action, in the same forms
    pub trx_permissions: String,
    /// The contract
    pub contract: Name,
    /// The action
    pub action: Name,
    /// Its arguments as JSON or a file
    pub data: String,
    /// Who proposes it; by default the account of -p
    #[arg(value_name = "PROPOSER")]
    pub by: Option<Name>,
    /// Hours until it cannot be executed any more
    #[arg(value_name = "PROPOSAL_EXPIRATION", default_value_t = 24)]
    pub hours: u32,
}

/// A proposal of a transaction.
#[derive(Args, Clone, Debug)]
pub struct ProposeTransaction {
    /// The proposal's name
    pub proposal_name: Name,
    /// Whose approvals are asked for: JSON, a file, or `alice@active,bob@active`; `auto` finds them
    pub requested_permissions: String,
    /// The transaction as JSON, or a file that holds it
    pub transaction: String,
    /// Who proposes it; by default the account of -p
    #[arg(value_name = "PROPOSER")]
    pub by: Option<Name>,
}

/// An approval.
#[derive(Args, Clone, Debug)]
pub struct Approve {
    /// Who has proposed it
    #[arg(value_name = "PROPOSER")]
    pub by: Name,
    /// The proposal's name
    pub proposal_name: Name,
    /// The permission that approves: JSON, or `alice@active`
    #[arg(value_name = "PERMISSIONS")]
    pub level: String,
    /// The transaction's id, so that nothing else is approved in its place
    pub proposal_hash: Option<Checksum256>,
}

/// An approval to take back.
#[derive(Args, Clone, Debug)]
pub struct Unapprove {
    /// Who has proposed it
    #[arg(value_name = "PROPOSER")]
    pub by: Name,
    /// The proposal's name
    pub proposal_name: Name,
    /// The permission that has approved it: JSON, or `alice@active`
    #[arg(value_name = "PERMISSIONS")]
    pub level: String,
}

/// An account whose approvals become invalid.
#[derive(Args, Clone, Debug)]
pub struct Invalidate {
    /// The account
    pub invalidator: Name,
}

/// A proposal to cancel.
#[derive(Args, Clone, Debug)]
pub struct Cancel {
    /// Who has proposed it
    #[arg(value_name = "PROPOSER")]
    pub by: Name,
    /// The proposal's name
    pub proposal_name: Name,
    /// Who cancels it: before it expires only the proposer may
    pub canceler: Option<Name>,
}

/// A proposal to execute.
#[derive(Args, Clone, Debug)]
pub struct Exec {
    /// Who has proposed it
    #[arg(value_name = "PROPOSER")]
    pub by: Name,
    /// The proposal's name
    pub proposal_name: Name,
    /// Who executes it
    pub executer: Option<Name>,
}

/// Runs a command of the group.
///
/// # Errors
/// As [`transact`](crate::transact::transact); `proposal.none`.
pub fn run(session: &Session, console: &mut Console<'_>, command: &Multisig) -> Fallible<Report> {
    match command {
        Multisig::Propose(it) => {
            let given = &it.given;
            let arguments = json_argument(&given.data)?;
            let data = packed(session, given.contract, given.action, &arguments)?;
            let mut transaction = Transaction {
                actions: vec![Action {
                    account: given.contract,
                    name: given.action,
                    authorization: levels(&given.trx_permissions)?,
                    data,
                }],
                ..Transaction::default()
            };
            transaction.header.expiration = expiration(&session.client, given.hours)?;
            let asked = &given.requested_permissions;
            propose(
                session,
                console,
                it,
                given.by,
                given.proposal_name,
                asked,
                &transaction,
            )
        }
        Multisig::ProposeTrx(it) => {
            let given = &it.given;
            let value = inner(json_argument(&given.transaction)?);
            // A packed one has an expiration in any case.
            let has_expiration = ["expiration", "packed_trx"]
                .iter()
                .any(|it| value.get(it).is_some());
            let mut transaction = transaction_of(Some(&session.client), value)?.transaction;
            if !has_expiration {
                transaction.header.expiration = expiration(&session.client, 24)?;
            }
            let asked = &given.requested_permissions;
            propose(
                session,
                console,
                it,
                given.by,
                given.proposal_name,
                asked,
                &transaction,
            )
        }
        Multisig::Review(given) => review::run(session, given),
        Multisig::Approve(it) => {
            let given = &it.given;
            let level = one_level(&given.level)?;
            let mut arguments = of_proposal(given.by, given.proposal_name);
            arguments["level"] = json!(level);
            if let Some(hash) = given.proposal_hash {
                arguments["proposal_hash"] = json!(hash);
            }
            let said = format!("{level} approves {} {}", given.by, given.proposal_name);
            send(
                session,
                console,
                it,
                name!("approve"),
                level,
                &arguments,
                said,
            )
        }
        Multisig::Unapprove(it) => {
            let given = &it.given;
            let level = one_level(&given.level)?;
            let mut arguments = of_proposal(given.by, given.proposal_name);
            arguments["level"] = json!(level);
            let said = format!(
                "{level} takes its approval of {} {} back",
                given.by, given.proposal_name
            );
            send(
                session,
                console,
                it,
                name!("unapprove"),
                level,
                &arguments,
                said,
            )
        }
        Multisig::Invalidate(it) => {
            let account = it.given.invalidator;
            let level = PermissionLevel::active(account);
            let arguments = json!({ "account": account });
            let said = format!("all approvals of {account} become invalid");
            send(
                session,
                console,
                it,
                name!("invalidate"),
                level,
                &arguments,
                said,
            )
        }
        Multisig::Cancel(it) => {
            let Cancel {
                by,
                proposal_name,
                canceler,
            } = it.given;
            let level = who(canceler, &it.send.permissions, PermissionLevel::active(by));
            let mut arguments = of_proposal(by, proposal_name);
            arguments["canceler"] = json!(level.actor);
            let said = format!("{} cancels {by} {proposal_name}", level.actor);
            send(
                session,
                console,
                it,
                name!("cancel"),
                level,
                &arguments,
                said,
            )
        }
        Multisig::Exec(it) => {
            let Exec {
                by,
                proposal_name,
                executer,
            } = it.given;
            let level = who(executer, &it.send.permissions, PermissionLevel::active(by));
            let mut arguments = of_proposal(by, proposal_name);
            arguments["executer"] = json!(level.actor);
            let said = format!("{} executes {by} {proposal_name}", level.actor);
            send(session, console, it, name!("exec"), level, &arguments, said)
        }
    }
}

fn of_proposal(proposer: Name, name: Name) -> Value {
    json!({ "proposer": proposer, "proposal_name": name })
}

/// The account that was named, or else that of `-p`, or else the usual one.
fn who(named: Option<Name>, given: &[PermissionLevel], usual: PermissionLevel) -> PermissionLevel {
    match (named, given.first()) {
        (Some(name), _) => PermissionLevel::active(name),
        (None, Some(level)) => *level,
        (None, None) => usual,
    }
}

fn one_level(text: &str) -> Fallible<PermissionLevel> {
    match levels(text)?[..] {
        [level] => Ok(level),
        _ => Err(Failure::usage("only one permission approves at once")),
    }
}

fn send<T: Args>(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<T>,
    name: Name,
    usual: PermissionLevel,
    arguments: &Value,
    said: String,
) -> Fallible<Report> {
    let action = it.action(session, MSIG, name, usual, arguments)?;
    it.transact(session, console, said, vec![action])
}

fn propose<T: Args>(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<T>,
    proposer: Option<Name>,
    name: Name,
    requested: &str,
    transaction: &Transaction,
) -> Fallible<Report> {
    let level = match (proposer, it.send.permissions.first()) {
        (Some(name), _) => PermissionLevel::active(name),
        (None, Some(level)) => *level,
        (None, None) => {
            return Err(Failure::usage("nobody proposes it").expected("PROPOSER, or -p ACCOUNT"));
        }
    };
    let requested = match requested {
        "auto" => approvers(&session.client, transaction)?,
        text => levels(text)?,
    };
    let mut action = proposal(&session.client, level, name, &requested, transaction)?;
    action.authorization = it.send.levels_or(level);
    let said = format!("propose {} {name}", level.actor);
    it.transact(session, console, said, vec![action])
}
