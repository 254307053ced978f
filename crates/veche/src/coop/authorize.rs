//! `protocol` and `authorize`: the protocol of a decision, shown and signed by the chairman.

use super::desk::Desk;
use super::office::{Actor, Office, OfficeOptions, unreadable};
use super::paper::{Papers, failed};
use super::property::thing;
use super::question::whole;
use super::show::find;
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::Name;
use clap::Args;
use coop_client::rows::Decision;
use coop_documents::{Choice, Effect, Fees, Protocol, Seat, Thing, Voting, VotingTimes};
use coop_language::Words;
use coop_model::catalogue::kind;
use coop_model::clients::Soviet;
use coop_model::council::position;
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
pub(super) fn protocol(office: &Office<'_>, id: u64) -> Fallible<Report> {
    let decision = find(office, id)?;
    let papers = Papers::open(office)?;
    let chairman = chairman(office)?;
    let form = form(office, &papers.desk, &decision, chairman)?;
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
    let key = office.key_of(actor, level.actor)?;
    let papers = Papers::open(office)?;
    let form = form(office, &papers.desk, &decision, level.actor)?;
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

/// Who presides over the council.
fn chairman(office: &Office<'_>) -> Fallible<Name> {
    let council = office.cooperative.sitting_members().map_err(unreadable)?;
    let chairman = council.into_iter().find(|it| it.is_chairman);
    chairman.map(|it| it.username).ok_or_else(|| {
        Failure::not_found("council.none", office.messages.text("about.no_council"))
            .hint(office.messages.text("board.found_first"))
    })
}

/// The protocol as the chain shows its votes now.
fn form(
    office: &Office<'_>,
    desk: &Desk,
    decision: &Decision,
    chairman: Name,
) -> Fallible<Protocol> {
    Ok(Protocol {
        voting: voting(office, desk, decision)?,
        person: desk.party(decision.username)?,
        effect: effect(office, desk, decision)?,
        question: decision.hash,
        chairman: desk.person(chairman)?,
    })
}

/// The facts of the vote: the seats are those of the council's version that the question is frozen to.
fn voting(office: &Office<'_>, desk: &Desk, decision: &Decision) -> Fallible<Voting> {
    let board = office
        .cooperative
        .board(decision.board)
        .map_err(unreadable)?;
    let members = board.map(|board| board.members).unwrap_or_default();
    let mut seats = Vec::new();
    for (seat, bit) in members.iter().filter(|seat| seat.is_voting).zip(0..64) {
        let has = |mask: u64| mask >> bit & 1 == 1;
        let choice = match (has(decision.votes_for), has(decision.votes_against)) {
            (true, _) => Choice::For,
            (_, true) => Choice::Against,
            _ => Choice::Silent,
        };
        seats.push(Seat {
            person: desk.person(seat.username)?,
            is_chairman: seat.position == position::CHAIRMAN,
            choice,
        });
    }
    let approved_at = Some(decision.approved_at.micros()).filter(|micros| *micros != 0);
    let opened_at = decision.created_at.micros();
    // The votes are in the block that is being made, which is younger than the newest whole one.
    let counted_at = office.now()?.micros().max(approved_at.unwrap_or(opened_at));
    let times = VotingTimes {
        opened_at,
        closes_at: decision.expires_at.micros(),
        approved_at,
        counted_at,
    };
    let counter = office.cooperative.contracts().soviet;
    Voting::new(decision.id, seats, decision.quorum_percent, times, counter).map_err(failed)
}

/// What the decision does, from the rows of its process.
///
/// # Errors
/// `document.effect` where that is not known here: the papers of a proposal are on another desk, or the
/// kind is one that this program does not write protocols for.
fn effect(office: &Office<'_>, desk: &Desk, decision: &Decision) -> Fallible<Effect> {
    let cooperative = &office.cooperative;
    let payment = || -> Fallible<_> {
        let payments = cooperative.payments().map_err(unreadable)?;
        Ok(payments
            .into_iter()
            .find(|it| it.hash == decision.hash)
            .map(|it| it.quantity))
    };
    let effect = match decision.kind {
        kind::JOINCOOP => {
            let candidate = cooperative
                .candidate(decision.username)
                .map_err(unreadable)?;
            candidate
                .map(|it| Fees::new(it.initial, it.minimum).map(Effect::Admission))
                .transpose()
                .map_err(failed)?
        }
        kind::SHAREMONEY => payment()?.map(Effect::MoneyIn),
        kind::RETURNMONEY => payment()?.map(Effect::MoneyOut),
        kind::SHAREPROP => thing_of(office, desk, decision)?.map(Effect::PropertyIn),
        kind::RETURNPROP => thing_of(office, desk, decision)?.map(Effect::PropertyOut),
        kind::MOVEUSER => {
            let moves = cooperative.moves().map_err(unreadable)?.into_iter();
            let mut moves = moves.filter(|it| it.hash == decision.hash);
            moves.next().map(|it| Effect::Move(it.newname))
        }
        kind::BLOCKUSER => {
            let blockings = cooperative.blockings().map_err(unreadable)?.into_iter();
            let mut blockings = blockings.filter(|it| it.hash == decision.hash);
            blockings.next().map(|it| Effect::Block {
                is_blocked: it.is_blocked,
            })
        }
        kind::LEAVECOOP => {
            let wallet = cooperative.wallet(decision.username).map_err(unreadable)?;
            wallet.map(|it| Effect::Exit(it.blocked))
        }
        kind::FREEDECISION => {
            let kept = desk.kept(&decision.hash).and_then(|kept| kept.proposal);
            kept.map(|[question, decision]| Effect::Free { question, decision })
        }
        _ => None,
    };
    effect.ok_or_else(|| {
        let words = Words::of("authorize.unknown").with("id", decision.id);
        Failure::new("document.effect", office.say(&words))
            .hint(office.messages.text("authorize.desk"))
    })
}

/// The thing that a decision is about.
fn thing_of(office: &Office<'_>, desk: &Desk, decision: &Decision) -> Fallible<Option<Thing>> {
    let properties = office.cooperative.properties().map_err(unreadable)?;
    let mut properties = properties.into_iter().filter(|it| it.hash == decision.hash);
    let property = properties.next();
    property.map(|it| thing(office, desk, &it)).transpose()
}
