//! `property`: things as shares, from the offer to the handover.

use super::desk::Desk;
use super::faults::{faulty, lacking, unreadable};
use super::joint::{PaperOption, signed_by_all};
use super::money::Sum;
use super::office::{Actor, Office, OfficeOptions};
use super::paper::Papers;
use super::question::{aligned, left};
use super::statements::one;
use antelope_cli::{Console, Fallible, Report};
use antelope_types::Name;
use clap::{Args, Subcommand};
use coop_client::rows::Property;
use coop_documents::{Thing, inline};
use coop_language::Words;
use coop_model::clients::Gateway;
use coop_model::property::status;
use coop_papers::{Facts, PaperError, find_property, property_state};
use serde_json::json;

/// Property of participants; without a command, the list of all.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct PropertyArgs {
    #[command(subcommand)]
    command: Option<PropertyCommand>,
    #[command(flatten)]
    office: OfficeOptions,
}

/// What is done with property.
#[derive(Subcommand, Clone, Debug)]
enum PropertyCommand {
    /// Offer a thing as a share
    Offer(Box<OfferArgs>),
    /// The cooperative has got it: sign the act of acceptance; the council is asked
    Accept(Box<ActArgs>),
    /// Ask for a thing back; its valuation is blocked until the council has decided
    Ask(Box<ThingArgs>),
    /// The owner has got it back: sign the act of handover
    Hand(Box<ActArgs>),
    /// Withdraw an offer, or a return before the handover
    Withdraw(Box<ThingArgs>),
}

/// A thing that is offered.
#[derive(Args, Clone, Debug)]
struct OfferArgs {
    /// What it is; the text stays on the desk, the chain has its hash
    description: String,
    /// What it is worth as a share, such as "60000.0000 RUB"
    worth: Sum,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// A thing of the list.
#[derive(Args, Clone, Debug)]
struct ThingArgs {
    /// Its number: `property` lists them
    id: u64,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// A thing that changes hands.
#[derive(Args, Clone, Debug)]
struct ActArgs {
    /// Its number: `property` lists them
    id: u64,
    #[command(flatten)]
    paper: PaperOption,
    #[command(flatten)]
    pub(super) actor: Actor,
}

impl PropertyArgs {
    /// Which cooperative is meant.
    pub(super) fn office(&self) -> &OfficeOptions {
        match &self.command {
            Some(PropertyCommand::Offer(it)) => &it.actor.office,
            Some(PropertyCommand::Accept(it) | PropertyCommand::Hand(it)) => &it.actor.office,
            Some(PropertyCommand::Ask(it) | PropertyCommand::Withdraw(it)) => &it.actor.office,
            None => &self.office,
        }
    }

    /// Who acts; nobody where the list is shown.
    pub(super) fn actor(&self) -> Option<&Actor> {
        Some(match self.command.as_ref()? {
            PropertyCommand::Offer(it) => &it.actor,
            PropertyCommand::Accept(it) | PropertyCommand::Hand(it) => &it.actor,
            PropertyCommand::Ask(it) | PropertyCommand::Withdraw(it) => &it.actor,
        })
    }
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &PropertyArgs,
) -> Fallible<Report> {
    match &arguments.command {
        None => list(office),
        Some(PropertyCommand::Offer(it)) => offer(office, console, it),
        Some(PropertyCommand::Accept(it)) => act(office, console, it, true),
        Some(PropertyCommand::Ask(it)) => ask(office, console, it),
        Some(PropertyCommand::Hand(it)) => act(office, console, it, false),
        Some(PropertyCommand::Withdraw(it)) => withdraw(office, console, it),
    }
}

/// The property with this number, where it is in one of these states.
fn find(office: &Office<'_>, id: u64, states: &[Name]) -> Fallible<Property> {
    find_property(&office.cooperative, id, states).map_err(|it| faulty(&office.messages, it))
}

fn list(office: &Office<'_>) -> Fallible<Report> {
    let properties = office.cooperative.properties().map_err(unreadable)?;
    let (now, desk) = (office.now()?, office.papers());
    let (mut data, mut text) = (Vec::new(), String::new());
    let names = aligned(
        properties
            .iter()
            .map(|it| office.called(it.username))
            .collect(),
    );
    for (it, name) in properties.iter().zip(names) {
        let described = desk.and_then(|desk| desk.thing(it.description).ok());
        let has_term = [status::OFFERED, status::HANDOVER, status::RELEASING].contains(&it.status);
        let term = match has_term {
            true => {
                let left = left(office, now, it.expires_at);
                format!(
                    " ({})",
                    office.say(&Words::of("agenda.left").with("time", left))
                )
            }
            false => String::new(),
        };
        text += &format!(
            "{:>4}  {name} {:>18}  {}{term}\n",
            it.id,
            office.sum(it.valuation),
            property_state(it.status, office.lang())
        );
        if let Some(described) = &described {
            text += &format!("      {}\n", inline(described));
        }
        data.push(json!({
            "id": it.id,
            "username": it.username,
            "valuation": it.valuation,
            "status": it.status,
            "description": described,
            "description_hash": it.description,
            "hash": it.hash,
            "expires_at": it.expires_at,
            "is_overdue": it.is_overdue,
        }));
    }
    if properties.is_empty() {
        text = office.messages.text("property.empty");
    }
    Ok(Report::new(data, text))
}

fn offer(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &OfferArgs,
) -> Fallible<Report> {
    let OfferArgs {
        description,
        worth,
        actor,
        ..
    } = arguments;
    office.readable(description)?;
    let account = office.actor(actor)?.actor;
    let worth = office.exact(*worth)?;
    let thing = Thing {
        description: description.trim().to_owned(),
        valuation: worth,
    };
    let hash = thing.hash();
    let words = Words::of("property.offer")
        .with("who", account)
        .with("sum", office.sum(worth));
    office.then(Words::of("next.accept"));
    let form = |facts: &Facts<'_, Desk>| {
        let desk = office.desk();
        let kept = desk.and_then(|desk| desk.keep_thing(hash, &thing.description, account));
        kept.map_err(PaperError::People)?;
        facts.property_statement(account, thing.clone())
    };
    one(
        office,
        console,
        actor,
        &words,
        form,
        |office, level, statement| {
            let gateway = Gateway::at(office.cooperative.contracts().gateway).signed_by(level);
            let coopname = office.cooperative.name();
            gateway
                .shareprop(coopname, account, hash, worth, statement)
                .to_action()
        },
    )
}

fn ask(office: &Office<'_>, console: &mut Console<'_>, arguments: &ThingArgs) -> Fallible<Report> {
    let ThingArgs { id, actor, .. } = arguments;
    let account = office.actor(actor)?.actor;
    let property = find(office, *id, &[status::SHARED])?;
    let words = Words::of("property.ask")
        .with("who", account)
        .with("id", id)
        .with("sum", office.sum(property.valuation));
    office.then(Words::of("next.vote"));
    let form = |facts: &Facts<'_, Desk>| facts.property_return_statement(account, *id);
    one(
        office,
        console,
        actor,
        &words,
        form,
        |office, level, statement| {
            let gateway = Gateway::at(office.cooperative.contracts().gateway).signed_by(level);
            let coopname = office.cooperative.name();
            gateway
                .returnprop(coopname, account, *id, statement)
                .to_action()
        },
    )
}

/// A thing changes hands, by an act that the owner and whoever acts for the cooperative sign.
fn act(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &ActArgs,
    is_acceptance: bool,
) -> Fallible<Report> {
    let ActArgs {
        id, paper, actor, ..
    } = arguments;
    let level = office.actor(actor)?;
    let states: &[Name] = match is_acceptance {
        true => &[status::OFFERED],
        false => &[status::HANDOVER, status::RELEASING],
    };
    let property = find(office, *id, states)?;
    let papers = Papers::open(office)?;
    let facts = papers.facts();
    let form = match is_acceptance {
        true => facts.acceptance(*id, level.actor),
        false => facts.handover(*id, level.actor),
    };
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let document = signed_by_all(&papers, console, &form, actor, paper)?;
    let gateway = Gateway::at(office.cooperative.contracts().gateway).signed_by(level);
    let coopname = office.cooperative.name();
    let (key, action) = match is_acceptance {
        true => {
            let action = gateway.acceptprop(coopname, level.actor, *id, document);
            office.then(Words::of("next.vote"));
            ("property.accept", action.to_action())
        }
        false => {
            let action = gateway.handprop(coopname, level.actor, *id, document);
            ("property.hand", action.to_action())
        }
    };
    let words = Words::of(key)
        .with("id", id)
        .with("account", office.called(property.username));
    office.act(console, actor, &words, vec![action])
}

fn withdraw(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &ThingArgs,
) -> Fallible<Report> {
    let ThingArgs { id, actor, .. } = arguments;
    let level = office.actor(actor)?;
    let property = find(office, *id, &[status::OFFERED, status::HANDOVER])?;
    let gateway = Gateway::at(office.cooperative.contracts().gateway).signed_by(level);
    let coopname = office.cooperative.name();
    let action = gateway.cancelprop(coopname, level.actor, *id).to_action();
    let words = Words::of(match property.status {
        status::OFFERED => "property.withdraw",
        _ => "property.keep",
    });
    office.act(console, actor, &words.with("id", id), vec![action])
}
