//! `kind`: which kinds of decisions the council takes.
//!
//! | step | command | who signs |
//! |---|---|---|
//! | a contract's kind becomes known to the chain | `kind register` | the operator of the contracts |
//! | the cooperative takes such questions | `kind accept` | the cooperative and its chairman |
//! | it takes them no longer | `kind drop` | the cooperative and its chairman |

use super::faults::unreadable;
use super::office::{Actor, Office, OfficeOptions};
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Name, PermissionLevel};
use clap::{Args, Subcommand};
use coop_client::rows::RegisteredKind;
use coop_language::Words;
use coop_model::catalogue::kind;
use coop_model::clients::Soviet;
use coop_papers::kind_title;
use serde_json::json;

/// Kinds of decisions; without a command, the list of all.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct KindArgs {
    #[command(subcommand)]
    command: Option<KindCommand>,
    #[command(flatten)]
    office: OfficeOptions,
}

/// What is done about kinds.
#[derive(Subcommand, Clone, Debug)]
enum KindCommand {
    /// Let the council decide questions of this kind; the cooperative and its chairman do
    Accept(Box<NameArgs>),
    /// Take no more questions of this kind; the cooperative and its chairman do
    Drop(Box<NameArgs>),
    /// Make a contract's kind known to the chain, or mend it; the operator of the contracts does
    Register(Box<RegisterKindArgs>),
}

/// Which kind.
#[derive(Args, Clone, Debug)]
struct NameArgs {
    /// The kind: `veche kind` lists them
    kind: Name,
    #[command(flatten)]
    actor: Actor,
}

/// A contract's kind.
#[derive(Args, Clone, Debug)]
struct RegisterKindArgs {
    /// The kind
    kind: Name,
    /// The contract that publishes such questions
    #[arg(long, value_name = "ACCOUNT")]
    contract: Name,
    /// The contract's action that carries a decision out
    #[arg(long, value_name = "ACTION")]
    confirm: Name,
    /// The contract's action that gives back what was taken
    #[arg(long, value_name = "ACTION")]
    decline: Name,
    /// The number of the protocol in the registry of documents, 2000 or more
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    protocol: u64,
    #[command(flatten)]
    actor: Actor,
}

impl KindArgs {
    /// Which cooperative is meant.
    pub(super) fn office(&self) -> &OfficeOptions {
        match &self.command {
            None => &self.office,
            Some(KindCommand::Accept(it) | KindCommand::Drop(it)) => &it.actor.office,
            Some(KindCommand::Register(it)) => &it.actor.office,
        }
    }

    /// Who acts; nobody where the list is shown.
    pub(super) fn actor(&self) -> Option<&Actor> {
        Some(match self.command.as_ref()? {
            KindCommand::Accept(it) | KindCommand::Drop(it) => &it.actor,
            KindCommand::Register(it) => &it.actor,
        })
    }
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &KindArgs,
) -> Fallible<Report> {
    match &arguments.command {
        None => list(office),
        Some(KindCommand::Accept(it)) => accept(office, console, it),
        Some(KindCommand::Drop(it)) => drop(office, console, it),
        Some(KindCommand::Register(it)) => register(office, console, it),
    }
}

fn registered(office: &Office<'_>) -> Fallible<Vec<RegisteredKind>> {
    let cooperative = &office.cooperative;
    let kinds = cooperative.contracts().kinds(cooperative.client());
    kinds.map_err(unreadable)
}

fn list(office: &Office<'_>) -> Fallible<Report> {
    let contracts = office.cooperative.contracts();
    let accepted = office.cooperative.accepted_kinds().map_err(unreadable)?;
    let own = [contracts.registrator, contracts.gateway, contracts.soviet];
    let free = RegisteredKind {
        kind: kind::FREEDECISION,
        contract: contracts.soviet,
        confirm: Name::default(),
        decline: Name::default(),
        protocol_id: coop_model::catalogue::registry::FREE_PROTOCOL,
        unfinished: 0,
    };
    let (mut data, mut text) = (Vec::new(), String::new());
    for it in std::iter::once(free).chain(registered(office)?) {
        let row = accepted.iter().find(|row| row.kind == it.kind);
        let is_own = own.contains(&it.contract);
        let is_accepted =
            it.kind == kind::FREEDECISION || row.is_some_and(|row| row.contract == it.contract);
        let state = match (is_accepted, row, is_own) {
            (true, _, true) => office.messages.text("kind.own"),
            (true, ..) => office.messages.text("kind.accepted"),
            // Its contract is another one than the council has agreed to.
            (false, Some(_), _) => office.messages.text("kind.changed"),
            (false, None, _) => office.messages.text("kind.registered"),
        };
        let title = kind_title(it.kind, office.lang());
        let called = match title == it.kind.to_string() {
            true => office.say(&Words::of("kind.of").with("contract", it.contract)),
            false => title.clone(),
        };
        text += &format!("{:<13} {called}: {state}\n", it.kind.to_string());
        data.push(json!({
            "kind": it.kind,
            "title": title,
            "contract": it.contract,
            "protocol": it.protocol_id,
            "is_own": is_own,
            "is_accepted": is_accepted,
            "unfinished": row.map_or(0, |row| row.unfinished),
            "undelivered": row.map_or(0, |row| row.undelivered),
        }));
    }
    Ok(Report::new(data, text))
}

/// The kind as it is registered.
///
/// # Errors
/// `kind.none` where it is not.
fn find(office: &Office<'_>, name: Name) -> Fallible<RegisteredKind> {
    let mut all = registered(office)?.into_iter();
    all.find(|it| it.kind == name).ok_or_else(|| {
        let words = Words::of("kind.none").with("kind", name);
        Failure::not_found("kind.none", office.say(&words)).hint(office.messages.text("kind.look"))
    })
}

/// Those who sign: the cooperative, and the chairman who acts.
fn both(office: &Office<'_>, actor: &Actor) -> Fallible<[PermissionLevel; 2]> {
    let chairman = office.actor(actor)?;
    let coop = PermissionLevel::active(office.cooperative.name());
    Ok([coop, chairman])
}

fn accept(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &NameArgs,
) -> Fallible<Report> {
    let NameArgs { kind, actor } = arguments;
    let signers = both(office, actor)?;
    let row = find(office, *kind)?;
    let coopname = office.cooperative.name();
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by_all(signers);
    let action = soviet
        .accepttype(coopname, signers[1].actor, *kind)
        .to_action();
    let words = Words::of("kind.accept")
        .with("kind", kind)
        .with("contract", row.contract);
    office.act(console, actor, &words, vec![action])
}

fn drop(office: &Office<'_>, console: &mut Console<'_>, arguments: &NameArgs) -> Fallible<Report> {
    let NameArgs { kind, actor } = arguments;
    let signers = both(office, actor)?;
    let accepted = office.cooperative.accepted_kinds().map_err(unreadable)?;
    if !accepted.iter().any(|it| it.kind == *kind) {
        let words = Words::of("kind.not_accepted").with("kind", kind);
        return Err(Failure::not_found("kind.none", office.say(&words))
            .hint(office.messages.text("kind.look")));
    }
    let coopname = office.cooperative.name();
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by_all(signers);
    let action = soviet
        .droptype(coopname, signers[1].actor, *kind)
        .to_action();
    let words = Words::of("kind.drop").with("kind", kind);
    office.act(console, actor, &words, vec![action])
}

fn register(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &RegisterKindArgs,
) -> Fallible<Report> {
    let RegisterKindArgs {
        kind,
        contract,
        confirm,
        decline,
        protocol,
        actor,
    } = arguments;
    let contracts = office.cooperative.contracts();
    let level = office.signer_or(actor, contracts.soviet);
    let action = Soviet::at(contracts.soviet)
        .signed_by(level)
        .regtype(*kind, *contract, *confirm, *decline, *protocol)
        .to_action();
    let words = Words::of("kind.register")
        .with("kind", kind)
        .with("contract", contract);
    office.act(console, actor, &words, vec![action])
}
