//! What people ask for, each by a statement: `join`, `contribute`, `return`, `leave`, `propose`.

use super::about::no_share;
use super::office::{Actor, Office, OfficeOptions, unreadable};
use super::paper::{Papers, failed};
use antelope_cli::{Console, Fallible, Report};
use antelope_types::{Action, Asset, Checksum256, Name, PermissionLevel, PublicKey};
use clap::Args;
use coop_documents::{
    Agreement, AgreementKind, ExitStatement, Fees, Form, MoneyReturnStatement, MoneyStatement,
    Person, Proposal, Statement,
};
use coop_language::Words;
use coop_model::Document;
use coop_model::clients::{Gateway, GatewaySigned, Registrator, Soviet};
use coop_model::people::kind;

/// An application for admission.
#[derive(Args, Clone, Debug)]
pub(crate) struct JoinArgs {
    /// Open this account first; the clerk does, with a key that the candidate has made
    #[arg(long, value_name = "ACCOUNT", requires = "public_key")]
    open: Option<Name>,
    /// The candidate's public key
    #[arg(long, value_name = "KEY")]
    public_key: Option<PublicKey>,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// A sum.
#[derive(Args, Clone, Debug)]
pub(crate) struct SumArgs {
    /// How much, such as "100.0000 RUB"
    sum: Asset,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Nothing but who acts.
#[derive(Args, Clone, Debug)]
pub(crate) struct LeaveArgs {
    #[command(flatten)]
    pub(super) office: OfficeOptions,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// A question for the council.
#[derive(Args, Clone, Debug)]
pub(crate) struct ProposeArgs {
    /// What is to be decided
    #[arg(long, value_name = "TEXT")]
    question: String,
    /// The decision as it is proposed
    #[arg(long, value_name = "TEXT")]
    decision: String,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Runs `join`: opens an account, or signs the agreements and the statement of a candidate.
pub(super) fn join(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &JoinArgs,
) -> Fallible<Report> {
    let JoinArgs {
        open,
        public_key,
        actor,
        ..
    } = arguments;
    let level = office.actor(actor)?;
    let coopname = office.cooperative.name();
    let registrator = Registrator::at(office.cooperative.contracts().registrator).signed_by(level);
    if let (Some(account), Some(key)) = (open, public_key) {
        let action = registrator
            .newaccount(coopname, level.actor, *account, key.clone())
            .to_action();
        let words = Words::of("join.open").with("account", account);
        return office.act(console, actor, &words, vec![action]);
    }
    let account = level.actor;
    let coop = office.cooperative.coop().map_err(unreadable)?;
    let coop = coop.ok_or_else(|| office.no_cooperative())?;
    let fees = Fees::new(coop.initial, coop.minimum).map_err(failed)?;
    let total = fees.total();
    let key = office.key_of(actor, account)?;
    let papers = Papers::open(office)?;
    let applicant = papers.desk.applicant(account)?;
    let person = applicant.person.clone();
    let mut agreements = Vec::new();
    for kind in AgreementKind::required() {
        let form = Agreement {
            kind,
            person: person.clone(),
            key: key.public_key(),
        };
        agreements.push(papers.sign(console, &form, (account, &*key), None)?);
    }
    let statement = Statement { applicant, fees };
    let statement = papers.sign(console, &statement, (account, &*key), None)?;
    let actions = vec![
        registrator
            .signagree(coopname, account, agreements)
            .to_action(),
        registrator
            .reguser(coopname, account, kind::INDIVIDUAL, statement)
            .to_action(),
    ];
    let words = Words::of("join.apply")
        .with("who", account)
        .with("total", total);
    office.act(console, actor, &words, actions)
}

/// Runs `contribute`: an invoice is made, and the question comes when it is paid.
pub(super) fn contribute(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &SumArgs,
) -> Fallible<Report> {
    let quantity = arguments.sum;
    of_money(
        office,
        console,
        arguments,
        "money.contribute",
        |participant| MoneyStatement {
            participant,
            quantity,
        },
        |gateway, coopname, account, statement| {
            gateway
                .sharemoney(coopname, account, quantity, statement)
                .to_action()
        },
    )
}

/// Runs `return`: the sum is blocked until the council has decided.
pub(super) fn give_back(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &SumArgs,
) -> Fallible<Report> {
    let quantity = arguments.sum;
    of_money(
        office,
        console,
        arguments,
        "money.return",
        |participant| MoneyReturnStatement {
            participant,
            quantity,
        },
        |gateway, coopname, account, statement| {
            gateway
                .returnmoney(coopname, account, quantity, statement)
                .to_action()
        },
    )
}

/// A statement about a sum, which `gateway` takes.
fn of_money<F: Form>(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &SumArgs,
    key: &'static str,
    form: impl FnOnce(Person) -> F,
    action: impl FnOnce(GatewaySigned<1>, Name, Name, Document) -> Action,
) -> Fallible<Report> {
    let SumArgs { sum, actor, .. } = arguments;
    let account = office.actor(actor)?.actor;
    let words = Words::of(key).with("who", account).with("sum", sum);
    let form = |papers: &Papers<'_>| papers.desk.person(account).map(form);
    one(
        office,
        console,
        actor,
        &words,
        form,
        |office, level, statement| {
            let gateway = Gateway::at(office.cooperative.contracts().gateway).signed_by(level);
            action(gateway, office.cooperative.name(), account, statement)
        },
    )
}

/// Runs `leave`: the whole share is blocked until the council has decided.
pub(super) fn leave(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &LeaveArgs,
) -> Fallible<Report> {
    let actor = &arguments.actor;
    let account = office.actor(actor)?.actor;
    let wallet = office.cooperative.wallet(account).map_err(unreadable)?;
    let wallet = wallet.ok_or_else(|| no_share(office, account))?;
    let parts = [
        wallet.minimum,
        wallet.available,
        wallet.blocked,
        wallet.in_kind,
    ];
    let shares = Asset {
        amount: parts.iter().map(|part| part.amount).sum(),
        symbol: wallet.minimum.symbol,
    };
    let form = |papers: &Papers<'_>| {
        let participant = papers.desk.person(account)?;
        Ok(ExitStatement {
            participant,
            shares,
        })
    };
    let words = Words::of("leave.sentence")
        .with("who", account)
        .with("sum", shares);
    one(
        office,
        console,
        actor,
        &words,
        form,
        |office, level, statement| {
            let registrator = Registrator::at(office.cooperative.contracts().registrator);
            registrator
                .signed_by(level)
                .exitcoop(office.cooperative.name(), account, statement)
                .to_action()
        },
    )
}

/// Runs `propose`: a free question on the agenda.
pub(super) fn propose(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &ProposeArgs,
) -> Fallible<Report> {
    let ProposeArgs {
        question,
        decision,
        actor,
        ..
    } = arguments;
    let level = office.actor(actor)?;
    let account = level.actor;
    let key = office.key_of(actor, account)?;
    let papers = Papers::open(office)?;
    // A draft is known by an identifier that whoever drafts it chooses.
    let now = office.now()?.micros();
    let project = Checksum256::sha256(format!("{account} {now} {question}").as_bytes());
    let form = Proposal {
        proposer: papers.desk.person(account)?,
        project,
        question: question.clone(),
        decision: decision.clone(),
    };
    let texts = Some([question.clone(), decision.clone()]);
    let proposal = papers.sign(console, &form, (account, &*key), texts)?;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let action = soviet
        .freedecision(office.cooperative.name(), account, proposal)
        .to_action();
    let words = Words::of("propose.sentence")
        .with("who", account)
        .with("question", question);
    office.act(console, actor, &words, vec![action])
}

/// One statement, signed by whoever acts, and the action that carries it.
pub(super) fn one<F: Form>(
    office: &Office<'_>,
    console: &mut Console<'_>,
    actor: &Actor,
    words: &Words,
    form: impl FnOnce(&Papers<'_>) -> Fallible<F>,
    action: impl FnOnce(&Office<'_>, PermissionLevel, Document) -> Action,
) -> Fallible<Report> {
    let level = office.actor(actor)?;
    let key = office.key_of(actor, level.actor)?;
    let papers = Papers::open(office)?;
    let form = form(&papers)?;
    let statement = papers.sign(console, &form, (level.actor, &*key), None)?;
    let action = action(office, level, statement);
    office.act(console, actor, words, vec![action])
}
