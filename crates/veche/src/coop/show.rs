//! `show`: one question.

use super::faults::faulty;
use super::faults::unreadable;
use super::office::{Office, OfficeOptions};
use super::question::{left, state, titled, told};
use antelope_cli::{Fallible, Report};
use antelope_types::Name;
use clap::Args;
use coop_client::rows::Decision;
use coop_language::Words;
use coop_papers::{find_decision, named_votes, term_ends, turn};
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
    let question =
        named_votes(&office.cooperative, &decision).map_err(|it| faulty(&office.messages, it))?;
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
    let ends = term_ends(&question, Some(decision.approved_at));
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
    find_decision(&office.cooperative, id).map_err(|it| faulty(&office.messages, it))
}
