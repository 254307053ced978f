//! `agenda`: what the council has to decide.

use super::faults::unreadable;
use super::office::Office;
use super::question::{bar, left, titled, told};
use antelope_cli::{Fallible, Report};
use coop_language::Words;
use coop_papers::{kind_title, term_ends, turn};
use serde_json::json;

/// Runs the command.
pub(super) fn run(office: &Office<'_>) -> Fallible<Report> {
    let cooperative = &office.cooperative;
    let agenda = cooperative.agenda().map_err(unreadable)?;
    let council = cooperative.sitting_members().map_err(unreadable)?;
    let decisions = cooperative.decisions().map_err(unreadable)?;
    let now = office.now()?;
    let (mut data, mut text) = (Vec::new(), String::new());
    for question in &agenda.questions {
        let row = decisions.iter().find(|row| row.id == question.id);
        let approved_at = row.map(|row| row.approved_at);
        let ends = term_ends(question, approved_at);
        let (yes, no) = (question.votes_for.len(), question.votes_against.len());
        let votes = Words::of("agenda.votes")
            .with("for", yes)
            .with("against", no)
            .with("seats", question.seats);
        let turn = turn(question, &council);
        let title = kind_title(question.kind, office.lang());
        let who = office.called(question.username);
        let titled = titled(office, question.kind, &question.hash);
        text += &format!("{:>4}  {titled}: {who}\n", question.id);
        let seats = usize::from(question.seats);
        text += &format!("      {}  {}\n", bar(yes, no, seats), office.say(&votes));
        let left = Words::of("agenda.left").with("time", left(office, now, ends));
        text += &format!("      {}", office.say(&left));
        if let Some(turn) = &turn {
            text += &format!("; {}", told(office, turn));
        }
        text += "\n\n";
        data.push(json!({
            "id": question.id,
            "kind": question.kind,
            "title": title,
            "username": question.username,
            "hash": question.hash,
            "status": question.status,
            "seats": question.seats,
            "quorum_percent": question.quorum_percent,
            "votes_for": question.votes_for,
            "votes_against": question.votes_against,
            "ends_at": ends,
            "waits_for": turn.map(|turn| turn.whose),
        }));
    }
    if data.is_empty() {
        text = office.messages.text("agenda.empty");
    }
    Ok(Report::new(data, text))
}
