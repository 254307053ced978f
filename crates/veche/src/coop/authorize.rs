//! `protocol` and `authorize`: the protocol of a decision, shown and signed by the chairman.

use super::faults::{faulty, lacking, refused};
use super::office::{Actor, Office, OfficeOptions};
use super::paper::Papers;
use super::question::whole;
use super::show::find;
use antelope_cli::{Console, Fallible, Report};
use antelope_envelope::Message;
use antelope_types::TimePoint;
use clap::Args;
use coop_client::rows::Decision;
use coop_language::Words;
use coop_model::catalogue::kind;
use coop_model::clients::Soviet;
use coop_model::decision::{signing_ends, status};
use coop_model::refusal::decision as refusal;
use serde_json::json;

/// A decision's protocol.
#[derive(Args, Clone, Debug)]
pub(crate) struct ProtocolArgs {
    /// The decision's number
    pub(super) id: u64,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
}

/// A decision to sign.
#[derive(Args, Clone, Debug)]
pub(crate) struct AuthorizeArgs {
    /// The decision's number
    id: u64,
    /// Sign only, and let somebody else carry it out
    #[arg(long)]
    sign_only: bool,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Runs `protocol`: the text as it would be signed now.
pub(super) fn protocol(
    office: &Office<'_>,
    console: &mut Console<'_>,
    id: u64,
) -> Fallible<Report> {
    let decision = find(office, id)?;
    if decision.status == status::OPEN {
        // The text counts the votes that there are, and says of too few that nothing is decided.
        let words = Words::of("authorize.voting").with("id", id);
        console.warn(Message::new("protocol.open", office.say(&words)));
    }
    let papers = Papers::open(office)?;
    let facts = papers.facts();
    let chairman = facts
        .chairman()
        .map_err(|it| faulty(&office.messages, it))?;
    let form = facts.protocol(&decision, chairman, office.now()?);
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let (text, doc_hash) = papers.text(&form)?;
    Ok(Report::new(
        json!({ "id": id, "text": text, "doc_hash": doc_hash }),
        text,
    ))
}

/// Runs `authorize`: signs the protocol and carries the decision out, in one transaction.
pub(super) fn authorize(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &AuthorizeArgs,
) -> Fallible<Report> {
    let AuthorizeArgs {
        id,
        sign_only,
        actor,
        ..
    } = arguments;
    let level = office.actor(actor)?;
    let decision = find(office, *id)?;
    // Before anything is made: a protocol that is signed is a paper, whatever the chain says of it.
    may_authorize(&decision, office.now()?).map_err(|it| refused(&office.messages, it))?;
    let key = office.key_of(actor, level.actor)?;
    let papers = Papers::open(office)?;
    let form = papers
        .facts()
        .protocol(&decision, level.actor, office.now()?);
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let protocol = papers.sign(console, &form, (level.actor, &*key), None)?;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let coopname = office.cooperative.name();
    let mut actions = vec![
        soviet
            .authorize(coopname, level.actor, *id, protocol)
            .to_action(),
    ];
    match sign_only {
        true => office.then(Words::of("next.exec").with("id", id)),
        false => carried_out(office, &decision),
    }
    if !sign_only {
        actions.push(soviet.exec(level.actor, coopname, *id).to_action());
    }
    let words = Words::of("authorize.sentence")
        .with("who", level.actor)
        .with("id", id)
        .with("title", whole(office, &decision));
    let report = office.act(console, actor, &words, actions)?;
    if !sign_only {
        office.admitted(&decision, &report);
    }
    Ok(report)
}

/// Whether the chairman may sign, as the contract decides it; the code of its refusal.
fn may_authorize(decision: &Decision, now: TimePoint) -> Result<(), u64> {
    match decision.status {
        status::APPROVED if now < signing_ends(decision.approved_at) => Ok(()),
        status::APPROVED => Err(refusal::SIGNING_OVER.code),
        status::AUTHORIZED => Err(refusal::AUTHORIZED.code),
        status::DECLINED => Err(refusal::DECLINED.code),
        _ => Err(refusal::NOT_APPROVED.code),
    }
}

/// Says what comes after a decision that has taken effect.
pub(super) fn carried_out(office: &Office<'_>, decision: &Decision) {
    match decision.kind {
        kind::RETURNMONEY | kind::LEAVECOOP => office.then(Words::of("next.send")),
        kind::RETURNPROP => office.then(Words::of("next.hand")),
        kind::MOVEUSER => {
            office.then(Words::of("next.move").with("account", decision.username));
        }
        _ => {}
    }
}
