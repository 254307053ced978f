//! `index status`: how far the index is.

use super::failure::failure;
use super::place::IndexPlace;
use super::watch::published;
use antelope_cli::{Console, Fallible, Report, Session};
use antelope_envelope::Message;
use coop_language::{Messages, Words};
use serde_json::json;

/// Runs the command. A node that does not answer is a warning: the index is there without it.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    messages: &Messages,
    place: &IndexPlace,
) -> Fallible<Report> {
    let folder = place.folder(session)?;
    let failed = |error| failure(error, &folder, messages);
    let mut reader = place.reader(&folder, messages)?;
    let status = reader.status().map_err(failed)?;
    let scope = reader.scope().map_err(failed)?;
    let number = |it: antelope_follow::BlockPosition| it.block_num;
    let (head, last) = (
        status.head.map_or(0, number),
        status.last_irreversible.map_or(0, number),
    );
    let node = match session.client.get_info() {
        Ok(info) => Some(info.head_block_num),
        Err(error) => {
            console.warn(Message::new("node", error.to_string()));
            None
        }
    };
    let lag = node.map(|node| node.saturating_sub(head));
    let follower = published(&folder);
    let text = |field: &str| {
        let found = follower.as_ref().map(|it| &it[field]);
        found.and_then(|it| it.as_str()).map(str::to_owned)
    };
    let problem = text("ended").or_else(|| text("problem"));
    let unknown = || "–".to_owned();
    let mut lines = vec![
        Words::of("index.head")
            .with("head", head)
            .with("final", last)
            .with(
                "time",
                status.head_time.map_or_else(unknown, |it| it.to_string()),
            ),
        Words::of("index.lag").with("lag", lag.map_or_else(unknown, |it| it.to_string())),
        Words::of("index.totals")
            .with("questions", status.questions)
            .with("documents", status.documents)
            .with("unreadable", status.unreadable),
    ];
    if let Some(problem) = &problem {
        lines.push(Words::of("index.last_problem").with("problem", problem));
    }
    let lines: Vec<_> = lines.iter().map(|it| it.say(messages)).collect();
    let data = json!({
        "folder": folder.path(),
        "cooperative": scope.and_then(|it| it.cooperative),
        "chain_id": scope.map(|it| it.contracts.chain_id),
        "head": head,
        "head_id": status.head.map(|it| it.block_id),
        "head_time": status.head_time,
        "last_irreversible": last,
        "node_head": node,
        "lag": lag,
        "questions": status.questions,
        "documents": status.documents,
        "unreadable": status.unreadable,
        "problem": problem,
        "follower": follower,
    });
    Ok(Report::new(data, lines.join("\n")))
}
