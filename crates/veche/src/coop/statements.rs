//! What people ask for, each by a statement: `join`, `contribute`, `return`, `leave`, `propose`.

use super::desk::Desk;
use super::faults::lacking;
use super::money::Sum;
use super::office::{Actor, Office};
use super::paper::Papers;
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Action, Asset, Checksum256, Name, PermissionLevel, PublicKey};
use clap::Args;
use coop_documents::{Form, inline};
use coop_language::Words;
use coop_model::Document;
use coop_model::clients::{Gateway, GatewaySigned, Registrator, Soviet};
use coop_model::people::kind;
use coop_papers::{Facts, PaperError};

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
    pub(super) actor: Actor,
}

/// A sum.
#[derive(Args, Clone, Debug)]
pub(crate) struct SumArgs {
    /// How much, such as "100.0000 RUB"
    sum: Sum,
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
        office.then(Words::of("next.open").with("account", account));
        return office.act(console, actor, &words, vec![action]);
    }
    let account = level.actor;
    let key = office.key_of(actor, account)?;
    let papers = Papers::open(office)?;
    let application = papers.facts().application(account, &key.public_key());
    let application = application.map_err(|it| lacking(&office.messages, it))?;
    let (of_kind, total) = (application.kind, application.fees.total());
    let mut agreements = Vec::new();
    for form in &application.agreements {
        agreements.push(papers.sign(console, form, (account, &*key), None)?);
    }
    let statement = &*application.statement;
    let statement = papers.sign(console, statement, (account, &*key), None)?;
    let actions = vec![
        registrator
            .signagree(coopname, account, agreements)
            .to_action(),
        registrator
            .reguser(coopname, account, of_kind, statement)
            .to_action(),
    ];
    let words = Words::of(match of_kind {
        kind::ORGANIZATION => "join.apply_organization",
        kind::ENTREPRENEUR => "join.apply_entrepreneur",
        _ => "join.apply",
    });
    let words = words.with("who", account).with("total", office.sum(total));
    office.then(
        Words::of("next.paid")
            .with("account", account)
            .with("sum", total),
    );
    office.act(console, actor, &words, actions)
}

/// Runs `contribute`: an invoice is made, and the question comes when it is paid.
pub(super) fn contribute(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &SumArgs,
) -> Fallible<Report> {
    let quantity = office.exact(arguments.sum)?;
    let account = office.actor(&arguments.actor)?.actor;
    office.then(
        Words::of("next.paid")
            .with("account", account)
            .with("sum", quantity),
    );
    of_money(
        office,
        console,
        (arguments, quantity),
        "money.contribute",
        |facts, account| facts.money_statement(account, quantity),
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
    let quantity = office.exact(arguments.sum)?;
    office.then(Words::of("next.vote"));
    of_money(
        office,
        console,
        (arguments, quantity),
        "money.return",
        |facts, account| facts.money_return_statement(account, quantity),
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
    (arguments, quantity): (&SumArgs, Asset),
    key: &'static str,
    form: impl FnOnce(&Facts<'_, Desk>, Name) -> Result<F, PaperError<Box<Failure>>>,
    action: impl FnOnce(GatewaySigned<1>, Name, Name, Document) -> Action,
) -> Fallible<Report> {
    let actor = &arguments.actor;
    let account = office.actor(actor)?.actor;
    let words = Words::of(key)
        .with("who", account)
        .with("sum", office.sum(quantity));
    let form = |facts: &Facts<'_, Desk>| form(facts, account);
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
    actor: &Actor,
) -> Fallible<Report> {
    let account = office.actor(actor)?.actor;
    let papers = Papers::open(office)?;
    let form = papers.facts().exit_statement(account);
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let words = Words::of("leave.sentence")
        .with("who", account)
        .with("sum", office.sum(form.shares));
    office.then(Words::of("next.vote"));
    one(
        office,
        console,
        actor,
        &words,
        |_| Ok(form),
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
    office.readable(question)?;
    office.readable(decision)?;
    let level = office.actor(actor)?;
    let account = level.actor;
    let key = office.key_of(actor, account)?;
    let papers = Papers::open(office)?;
    // A draft is known by an identifier that whoever drafts it chooses.
    let now = office.now()?.micros();
    let project = Checksum256::sha256(format!("{account} {now} {question}").as_bytes());
    let texts = [question.clone(), decision.clone()];
    let form = papers.facts().proposal(account, project, texts.clone());
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let proposal = papers.sign(console, &form, (account, &*key), Some(texts))?;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let action = soviet
        .freedecision(office.cooperative.name(), account, proposal)
        .to_action();
    let words = Words::of("propose.sentence")
        .with("who", account)
        .with("question", inline(question));
    office.then(Words::of("next.vote"));
    office.act(console, actor, &words, vec![action])
}

/// One statement, signed by whoever acts, and the action that carries it.
pub(super) fn one<F: Form>(
    office: &Office<'_>,
    console: &mut Console<'_>,
    actor: &Actor,
    words: &Words,
    form: impl FnOnce(&Facts<'_, Desk>) -> Result<F, PaperError<Box<Failure>>>,
    action: impl FnOnce(&Office<'_>, PermissionLevel, Document) -> Action,
) -> Fallible<Report> {
    let level = office.actor(actor)?;
    let key = office.key_of(actor, level.actor)?;
    let papers = Papers::open(office)?;
    let form = form(&papers.facts()).map_err(|it| lacking(&office.messages, it))?;
    let statement = papers.sign(console, &form, (level.actor, &*key), None)?;
    let action = action(office, level, statement);
    office.act(console, actor, words, vec![action])
}
