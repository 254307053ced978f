//! `coop`: what a cooperative is, and how one comes to be.
//!
//! | step | command | who signs |
//! |---|---|---|
//! | its account | `create account` | whoever pays for it |
//! | fees and charter | `coop register` | the cooperative |
//! | admission to the chain | `coop activate` | the operator of the contracts |
//! | accounts of the founders | `join --open` | the cooperative |
//! | the founders | `coop found` | the cooperative; all founders sign the protocol |
//! | the first council | `board found` | the cooperative; all founders sign the protocol |
//! | staff | `staff add` | the chairman |

use super::about;
use super::faults::{lacking, unreadable};
use super::joint::{PaperOption, signed_by_all};
use super::office::{Actor, Office, OfficeOptions};
use super::paper::Papers;
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Asset, Checksum256, Name};
use clap::{Args, Subcommand};
use coop_client::rows::Coop;
use coop_language::Words;
use coop_model::clients::Registrator;
use coop_model::coop::status;
use coop_model::{Charter, CoopParams};
use std::fs;
use std::path::PathBuf;

/// The cooperative; without a command, what is known of it.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct CoopArgs {
    #[command(subcommand)]
    command: Option<CoopCommand>,
    #[command(flatten)]
    office: OfficeOptions,
}

/// What is done about a cooperative.
#[derive(Subcommand, Clone, Debug)]
enum CoopCommand {
    /// Register an account as a cooperative, with its fees and its charter
    Register(Box<RegisterArgs>),
    /// Let a cooperative act; the operator of the contracts does
    Activate(Box<Actor>),
    /// Let nothing new start in a cooperative; the operator of the contracts does
    Block(Box<Actor>),
    /// Make the founders participants, by the protocol that all of them sign
    Found(Box<FoundArgs>),
    /// Change the fees; candidates keep theirs
    Fees(Box<FeesArgs>),
    /// Change what the charter says about decisions, by the protocol of a general meeting
    Charter(Box<CharterArgs>),
}

/// What a candidate pays.
#[derive(Args, Clone, Debug)]
struct FeeOptions {
    /// Entrance fee of a person, such as "1000.0000 RUB"
    #[arg(long, value_name = "SUM")]
    entrance: Asset,
    /// Minimum share of a person
    #[arg(long, value_name = "SUM")]
    minimum: Asset,
    /// Entrance fee of an organization; that of a person by default
    #[arg(long, value_name = "SUM")]
    org_entrance: Option<Asset>,
    /// Minimum share of an organization; that of a person by default
    #[arg(long, value_name = "SUM")]
    org_minimum: Option<Asset>,
}

/// What the charter says about decisions.
#[derive(Args, Clone, Copy, Debug)]
struct CharterOptions {
    /// The quorum of the council in percent of its voting seats; 0 for none
    #[arg(long, value_name = "PERCENT", default_value_t = 0)]
    quorum: u8,
    /// How many participants must support a new board; 0 where that follows from their number
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    board_support: u32,
}

#[derive(Args, Clone, Debug)]
struct RegisterArgs {
    #[command(flatten)]
    fees: FeeOptions,
    #[command(flatten)]
    charter: CharterOptions,
    /// The document with which it is registered, such as its charter; the chain gets its hash
    #[arg(long, value_name = "FILE")]
    document: PathBuf,
    #[command(flatten)]
    pub(super) actor: Actor,
}

#[derive(Args, Clone, Debug)]
struct FoundArgs {
    /// A founder; given for each of them
    #[arg(long = "founder", value_name = "ACCOUNT", required = true)]
    founders: Vec<Name>,
    #[command(flatten)]
    paper: PaperOption,
    #[command(flatten)]
    pub(super) actor: Actor,
}

#[derive(Args, Clone, Debug)]
struct FeesArgs {
    #[command(flatten)]
    fees: FeeOptions,
    #[command(flatten)]
    pub(super) actor: Actor,
}

#[derive(Args, Clone, Debug)]
struct CharterArgs {
    #[command(flatten)]
    charter: CharterOptions,
    /// A participant who voted for it and signs; given for each of them
    #[arg(long = "present", value_name = "ACCOUNT", required = true)]
    present: Vec<Name>,
    /// A participant who voted against it; given for each of them
    #[arg(long = "against", value_name = "ACCOUNT")]
    against: Vec<Name>,
    #[command(flatten)]
    paper: PaperOption,
    #[command(flatten)]
    pub(super) actor: Actor,
}

impl FeeOptions {
    fn params(&self) -> CoopParams {
        CoopParams {
            initial: self.entrance,
            minimum: self.minimum,
            org_initial: self.org_entrance.unwrap_or(self.entrance),
            org_minimum: self.org_minimum.unwrap_or(self.minimum),
        }
    }
}

impl CharterOptions {
    fn charter(self) -> Charter {
        Charter {
            quorum_percent: self.quorum,
            board_support: self.board_support,
        }
    }
}

impl CoopArgs {
    /// Which cooperative is meant.
    pub(super) fn office(&self) -> &OfficeOptions {
        use CoopCommand as C;
        match &self.command {
            None => &self.office,
            Some(C::Register(it)) => &it.actor.office,
            Some(C::Activate(actor) | C::Block(actor)) => &actor.office,
            Some(C::Found(it)) => &it.actor.office,
            Some(C::Fees(it)) => &it.actor.office,
            Some(C::Charter(it)) => &it.actor.office,
        }
    }

    /// Who acts; nobody where the cooperative is shown.
    pub(super) fn actor(&self) -> Option<&Actor> {
        use CoopCommand as C;
        Some(match self.command.as_ref()? {
            C::Register(it) => &it.actor,
            C::Activate(it) | C::Block(it) => it,
            C::Found(it) => &it.actor,
            C::Fees(it) => &it.actor,
            C::Charter(it) => &it.actor,
        })
    }
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &CoopArgs,
) -> Fallible<Report> {
    use CoopCommand as C;
    match &arguments.command {
        None => about::coop(office),
        Some(C::Register(it)) => register(office, console, it),
        Some(C::Activate(it)) => set_status(office, console, it, true),
        Some(C::Block(it)) => set_status(office, console, it, false),
        Some(C::Found(it)) => found(office, console, it),
        Some(C::Fees(it)) => fees(office, console, it),
        Some(C::Charter(it)) => charter(office, console, it),
    }
}

/// The row of the cooperative.
fn row(office: &Office<'_>) -> Fallible<Coop> {
    let row = office.cooperative.coop().map_err(unreadable)?;
    row.ok_or_else(|| office.no_cooperative())
}

fn register(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &RegisterArgs,
) -> Fallible<Report> {
    let file = &arguments.document;
    let document = fs::read(file).map_err(|error| {
        let words = Words::of("founding.no_file")
            .with("file", file.display())
            .with("problem", error);
        Failure::new("file.read", office.say(&words)).hint(office.messages.text("founding.file"))
    })?;
    let level = office.as_cooperative(&arguments.actor);
    let coopname = office.cooperative.name();
    let params = arguments.fees.params();
    let words = Words::of("founding.register")
        .with("account", coopname)
        .with("entrance", office.sum(params.initial))
        .with("minimum", office.sum(params.minimum));
    office.then(Words::of("next.activate"));
    let action = Registrator::at(office.cooperative.contracts().registrator)
        .signed_by(level)
        .regcoop(
            coopname,
            params,
            arguments.charter.charter(),
            Checksum256::sha256(&document),
        )
        .to_action();
    office.act(console, &arguments.actor, &words, vec![action])
}

fn set_status(
    office: &Office<'_>,
    console: &mut Console<'_>,
    actor: &Actor,
    is_active: bool,
) -> Fallible<Report> {
    row(office)?;
    let level = office.as_operator(actor);
    let coopname = office.cooperative.name();
    let (key, status) = match is_active {
        true => {
            office.then(Words::of("next.founders"));
            ("founding.activate", status::ACTIVE)
        }
        false => ("founding.block", status::BLOCKED),
    };
    let action = Registrator::at(office.cooperative.contracts().registrator)
        .signed_by(level)
        .stcoopstatus(coopname, status)
        .to_action();
    let words = Words::of(key).with("account", coopname);
    office.act(console, actor, &words, vec![action])
}

fn found(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &FoundArgs,
) -> Fallible<Report> {
    let FoundArgs {
        founders,
        paper,
        actor,
        ..
    } = arguments;
    let coop = row(office)?;
    let papers = Papers::open(office)?;
    let form = papers.facts().founding(founders, office.now()?);
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let meeting = signed_by_all(&papers, console, &form, actor, paper)?;
    let level = office.as_cooperative(actor);
    let action = Registrator::at(office.cooperative.contracts().registrator)
        .signed_by(level)
        .regfounders(coop.coopname, founders.clone(), meeting)
        .to_action();
    office.then(Words::of("next.council"));
    let words = Words::of("founding.found").with("count", founders.len());
    office.act(console, actor, &words, vec![action])
}

fn fees(office: &Office<'_>, console: &mut Console<'_>, arguments: &FeesArgs) -> Fallible<Report> {
    let coop = row(office)?;
    let level = office.as_cooperative(&arguments.actor);
    let params = arguments.fees.params();
    let words = Words::of("founding.fees")
        .with("entrance", office.sum(params.initial))
        .with("minimum", office.sum(params.minimum));
    let action = Registrator::at(office.cooperative.contracts().registrator)
        .signed_by(level)
        .updatecoop(coop.coopname, params)
        .to_action();
    office.act(console, &arguments.actor, &words, vec![action])
}

fn charter(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &CharterArgs,
) -> Fallible<Report> {
    let CharterArgs {
        present,
        against,
        paper,
        actor,
        ..
    } = arguments;
    let coop = row(office)?;
    let charter = arguments.charter.charter();
    let papers = Papers::open(office)?;
    let form = papers
        .facts()
        .charter(charter, present, against, office.now()?);
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let meeting = signed_by_all(&papers, console, &form, actor, paper)?;
    let level = office.as_cooperative(actor);
    let action = Registrator::at(office.cooperative.contracts().registrator)
        .signed_by(level)
        .setcharter(coop.coopname, charter, meeting)
        .to_action();
    let words = Words::of("founding.charter")
        .with("quorum", charter.quorum_percent)
        .with("support", charter.board_support);
    office.act(console, actor, &words, vec![action])
}
