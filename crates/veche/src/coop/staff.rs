//! `staff`: who works for the cooperative, and what the chairman lets them do.

use super::about;
use super::faults::unreadable;
use super::office::{Actor, Office, OfficeOptions};
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Action, Name, name};
use clap::{Args, Subcommand};
use coop_client::rows::Staff;
use coop_language::Words;
use coop_model::Right;
use coop_model::clients::Soviet;

/// Staff; without a command, the list of all.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct StaffArgs {
    #[command(subcommand)]
    command: Option<StaffCommand>,
    #[command(flatten)]
    office: OfficeOptions,
}

/// What is done about staff.
#[derive(Subcommand, Clone, Debug)]
enum StaffCommand {
    /// Employ somebody, with rights
    Add(Box<RightsArgs>),
    /// Give somebody other rights
    Set(Box<RightsArgs>),
    /// Confirm the rights that ended with the council that gave them: of all, or of those that are named
    Confirm(Box<ConfirmArgs>),
    /// Dismiss somebody: the chairman may, the cooperative, and whoever leaves
    Rm(Box<RemoveArgs>),
}

/// Whom, and which rights.
#[derive(Args, Clone, Debug)]
struct RightsArgs {
    /// The account
    member: Name,
    /// cashier, storekeeper, clerk, or CONTRACT::ACTION
    #[arg(required = true, value_name = "RIGHT")]
    rights: Vec<String>,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Whose rights.
#[derive(Args, Clone, Debug)]
struct ConfirmArgs {
    /// The accounts; all whose rights have ended by default
    members: Vec<Name>,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Whom.
#[derive(Args, Clone, Debug)]
struct RemoveArgs {
    /// The account
    member: Name,
    #[command(flatten)]
    pub(super) actor: Actor,
}

impl StaffArgs {
    /// Which cooperative is meant.
    pub(super) fn office(&self) -> &OfficeOptions {
        match &self.command {
            None => &self.office,
            Some(StaffCommand::Add(it) | StaffCommand::Set(it)) => &it.actor.office,
            Some(StaffCommand::Confirm(it)) => &it.actor.office,
            Some(StaffCommand::Rm(it)) => &it.actor.office,
        }
    }

    /// Who acts; nobody where the list is shown.
    pub(super) fn actor(&self) -> Option<&Actor> {
        Some(match self.command.as_ref()? {
            StaffCommand::Add(it) | StaffCommand::Set(it) => &it.actor,
            StaffCommand::Confirm(it) => &it.actor,
            StaffCommand::Rm(it) => &it.actor,
        })
    }
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &StaffArgs,
) -> Fallible<Report> {
    match &arguments.command {
        None => about::staff(office),
        Some(StaffCommand::Add(it)) => grant(office, console, it, true),
        Some(StaffCommand::Set(it)) => grant(office, console, it, false),
        Some(StaffCommand::Confirm(it)) => confirm(office, console, it),
        Some(StaffCommand::Rm(it)) => remove(office, console, it),
    }
}

/// What the people of an office usually may do, by what they are called.
fn role(office: &Office<'_>, role: &str) -> Option<Vec<Right>> {
    let contracts = office.cooperative.contracts();
    let (gateway, registrator) = (contracts.gateway, contracts.registrator);
    let (contract, actions): (Name, &[Name]) = match role {
        "cashier" => (
            gateway,
            &[
                name!("incomplete"),
                name!("indecline"),
                name!("outcomplete"),
                name!("outdecline"),
                name!("retrypay"),
            ],
        ),
        "storekeeper" => (
            gateway,
            &[name!("acceptprop"), name!("handprop"), name!("cancelprop")],
        ),
        "clerk" => (registrator, &[name!("newaccount"), name!("retryrefund")]),
        _ => return None,
    };
    let actions = actions.iter();
    Some(
        actions
            .map(|action| Right {
                contract,
                action: *action,
            })
            .collect(),
    )
}

/// The rights that words name, each once.
fn rights(office: &Office<'_>, words: &[String]) -> Fallible<Vec<Right>> {
    let mut all = Vec::new();
    for word in words {
        let one = || {
            let (contract, action) = word.split_once("::")?;
            let (contract, action) = (contract.parse().ok()?, action.parse().ok()?);
            Some(vec![Right { contract, action }])
        };
        let found = role(office, word).or_else(one).ok_or_else(|| {
            let words = Words::of("staff.no_right").with("word", word);
            Failure::usage(office.say(&words))
                .expected("cashier, storekeeper, clerk, gateway::incomplete, …")
        })?;
        for right in found {
            if !all.contains(&right) {
                all.push(right);
            }
        }
    }
    Ok(all)
}

/// What a right lets somebody do, in words; those of other contracts as `CONTRACT::ACTION`.
fn in_words(office: &Office<'_>, contract: Name, action: Name) -> String {
    let contracts = office.cooperative.contracts();
    let key = match (contract, action.to_string().as_str()) {
        (at, "newaccount") if at == contracts.registrator => "right.newaccount",
        (at, "retryrefund") if at == contracts.registrator => "right.retryrefund",
        (at, "incomplete") if at == contracts.gateway => "right.incomplete",
        (at, "indecline") if at == contracts.gateway => "right.indecline",
        (at, "outcomplete") if at == contracts.gateway => "right.outcomplete",
        (at, "outdecline") if at == contracts.gateway => "right.outdecline",
        (at, "retrypay") if at == contracts.gateway => "right.retrypay",
        (at, "acceptprop") if at == contracts.gateway => "right.acceptprop",
        (at, "handprop") if at == contracts.gateway => "right.handprop",
        (at, "cancelprop") if at == contracts.gateway => "right.cancelprop",
        _ => return format!("{contract}::{action}"),
    };
    office.messages.text(key)
}

/// What a member of the staff may do, in words.
pub(super) fn named(office: &Office<'_>, member: &Staff) -> Vec<String> {
    let rights = member.rights.iter();
    let rights = rights.map(|it| in_words(office, it.contract, it.action));
    rights.collect()
}

fn told(office: &Office<'_>, rights: &[Right]) -> String {
    let rights = rights.iter();
    let rights = rights.map(|it| in_words(office, it.contract, it.action));
    rights.collect::<Vec<_>>().join(", ")
}

fn grant(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &RightsArgs,
    is_new: bool,
) -> Fallible<Report> {
    let RightsArgs { member, actor, .. } = arguments;
    let level = office.actor(actor)?;
    let rights = rights(office, &arguments.rights)?;
    if !is_new {
        find(office, *member)?;
    }
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let (coopname, chairman) = (office.cooperative.name(), level.actor);
    let words = Words::of("staff.sentence")
        .with("account", member)
        .with("rights", told(office, &rights));
    let action = match is_new {
        true => soviet
            .addstaff(coopname, chairman, *member, rights)
            .to_action(),
        false => soviet
            .setrights(coopname, chairman, *member, rights)
            .to_action(),
    };
    office.act(console, actor, &words, vec![action])
}

fn confirm(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &ConfirmArgs,
) -> Fallible<Report> {
    let ConfirmArgs { members, actor, .. } = arguments;
    let level = office.actor(actor)?;
    let council = office.cooperative.council().map_err(unreadable)?;
    let version = council.map_or(0, |council| council.board);
    let staff = match members.is_empty() {
        true => {
            let all = office.cooperative.staff().map_err(unreadable)?.into_iter();
            // Nobody confirms his own rights.
            let ended = all.filter(|it| it.board != version && it.username != level.actor);
            ended.collect()
        }
        false => {
            let found = members.iter().map(|it| find(office, *it));
            found.collect::<Fallible<Vec<_>>>()?
        }
    };
    if staff.is_empty() {
        let text = office.messages.text("staff.nothing_ended");
        return Err(Failure::not_found("staff.none", text).hint(office.messages.text("staff.look")));
    }
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let coopname = office.cooperative.name();
    let action = |it: &Staff| -> Action {
        let rights = it.rights.iter().map(|right| Right {
            contract: right.contract,
            action: right.action,
        });
        soviet
            .setrights(coopname, level.actor, it.username, rights.collect())
            .to_action()
    };
    let names: Vec<_> = staff.iter().map(|it| it.username.to_string()).collect();
    let words = Words::of("staff.confirm").with("names", names.join(", "));
    office.act(console, actor, &words, staff.iter().map(action).collect())
}

fn remove(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &RemoveArgs,
) -> Fallible<Report> {
    let RemoveArgs { member, actor, .. } = arguments;
    let level = office.actor(actor)?;
    find(office, *member)?;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let coopname = office.cooperative.name();
    let action = soviet.rmstaff(coopname, level.actor, *member).to_action();
    let words = Words::of("staff.remove").with("account", member);
    office.act(console, actor, &words, vec![action])
}

/// The staff member with this account.
fn find(office: &Office<'_>, account: Name) -> Fallible<Staff> {
    let staff = office.cooperative.staff().map_err(unreadable)?;
    let found = staff.into_iter().find(|it| it.username == account);
    found.ok_or_else(|| {
        let words = Words::of("staff.none").with("account", account);
        Failure::not_found("staff.none", office.say(&words))
            .hint(office.messages.text("staff.look"))
    })
}
