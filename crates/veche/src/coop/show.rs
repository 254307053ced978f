//! `show`: one question.

use super::office::{Office, OfficeOptions, unreadable};
use super::question::{ends, left, state, titled, told, turn};
use antelope_cli::{Failure, Fallible, Report};
use antelope_types::Name;
use clap::Args;
use coop_client::rows::{Decision, Question};
use coop_language::Words;
use serde_json::json;

/// One question.
#[derive(Args, Clone, Debug)]
pub(crate) struct ShowArgs {
    /// The question's number
    pub(super) id: u64,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
}

/// Runs the command.
pub(super) fn run(office: &Office<'_>, id: u64) -> Fallible<Report> {
    let decision = find(office, id)?;
    let question = with_names(office, &decision)?;
    let council = office.cooperative.sitting_members().map_err(unreadable)?;
    let now = office.now()?;
    let names = |names: &[Name]| match names.is_empty() {
        true => "–".to_owned(),
        false => names
            .iter()
            .map(|it| office.called(*it))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let ends = ends(&question, Some(decision.approved_at));
    let mut lines = vec![
        format!("{}  {}", id, titled(office, decision.kind, &decision.hash)),
        office.say(&Words::of("show.who").with("account", office.called(decision.username))),
        office.say(&Words::of("show.hash").with("hash", decision.hash)),
        office.say(&Words::of("show.status").with("status", state(office, decision.status))),
        office.say(&Words::of("show.for").with("names", names(&question.votes_for))),
        office.say(&Words::of("show.against").with("names", names(&question.votes_against))),
        office.say(
            &Words::of("show.seats")
                .with("seats", decision.seats)
                .with("quorum", decision.quorum_percent),
        ),
        office.say(&Words::of("show.published").with("time", decision.created_at)),
        office.say(
            &Words::of("show.ends")
                .with("time", ends)
                .with("left", left(office, now, ends)),
        ),
    ];
    let turn = turn(&question, &council);
    lines.extend(turn.as_ref().map(|turn| told(office, turn)));
    let data = json!({
        "id": id,
        "kind": decision.kind,
        "username": decision.username,
        "hash": decision.hash,
        "status": decision.status,
        "board": decision.board,
        "seats": decision.seats,
        "quorum_percent": decision.quorum_percent,
        "votes_for": question.votes_for,
        "votes_against": question.votes_against,
        "created_at": decision.created_at,
        "ends_at": ends,
        "waits_for": turn.map(|turn| turn.whose),
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// The question or decision with this number.
///
/// # Errors
/// `question.none` where there is none: it was never published, or is finished.
pub(super) fn find(office: &Office<'_>, id: u64) -> Fallible<Decision> {
    let row = office.cooperative.decision(id).map_err(unreadable)?;
    row.ok_or_else(|| {
        let words = Words::of("show.none").with("id", id);
        Failure::not_found("question.none", office.say(&words))
            .hint(office.say(&Words::of("show.finished").with("id", id)))
    })
}

/// The question with its votes by name: the bits of its masks are the voting seats of its council, in
/// their order.
pub(super) fn with_names(office: &Office<'_>, decision: &Decision) -> Fallible<Question> {
    let board = office
        .cooperative
        .board(decision.board)
        .map_err(unreadable)?;
    let members = board.map(|board| board.members).unwrap_or_default();
    let voters: Vec<_> = members.iter().filter(|seat| seat.is_voting).collect();
    let voted = |mask: u64| {
        let seats = voters.iter().zip(0..64);
        seats
            .filter(|(_, bit)| mask >> bit & 1 == 1)
            .map(|(seat, _)| seat.username)
            .collect()
    };
    Ok(Question {
        id: decision.id,
        kind: decision.kind,
        username: decision.username,
        hash: decision.hash,
        status: decision.status,
        seats: decision.seats,
        quorum_percent: decision.quorum_percent,
        votes_for: voted(decision.votes_for),
        votes_against: voted(decision.votes_against),
        created_at: decision.created_at,
        expires_at: decision.expires_at,
    })
}
