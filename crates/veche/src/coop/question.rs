//! A question as people see it: its title, its votes, its term, and whose turn it is.

use super::office::Office;
use antelope_types::{Checksum256, Name, TimePoint};
use coop_client::rows::Decision;
use coop_documents::inline;
use coop_language::Words;
use coop_model::decision::status;
use coop_papers::{Missing, Turn, kind_title};

/// How wide the bar of votes is at most, in seats.
const BAR: usize = 24;

/// The title of a question; of a free one also what it is about, where the desk has the proposal.
pub(super) fn titled(office: &Office<'_>, kind: Name, hash: &Checksum256) -> String {
    let title = kind_title(kind, office.lang());
    let kept = office.papers().and_then(|desk| desk.kept(hash));
    match kept.and_then(|kept| kept.proposal) {
        Some([question, _]) => format!("{title} «{}»", inline(&question)),
        None => title,
    }
}

/// The same with whom it is about, for whoever is asked to agree.
pub(super) fn whole(office: &Office<'_>, decision: &Decision) -> String {
    let titled = titled(office, decision.kind, &decision.hash);
    format!("{titled}: {}", office.called(decision.username))
}

/// Names that stand below one another, with the space after them that makes them as wide as the widest.
pub(super) fn aligned(names: Vec<String>) -> Vec<String> {
    let wide = names.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    let padded = names.into_iter().map(|it| format!("{it:<wide$}"));
    padded.collect()
}

/// What the state of a question is called.
pub(super) fn state(office: &Office<'_>, state: Name) -> String {
    office.messages.text(match state {
        status::OPEN => "state.open",
        status::APPROVED => "state.approved",
        status::AUTHORIZED => "state.authorized",
        status::DECLINED => "state.declined",
        other => return other.to_string(),
    })
}

/// The votes as a bar: a full block for each vote for, a crossed one against, a dot for each seat that
/// has not voted. A council that is wider than the bar has its votes in proportion.
pub(super) fn bar(votes_for: usize, votes_against: usize, seats: usize) -> String {
    let width = seats.min(BAR);
    let part = |count: usize| (count * width).div_ceil(seats.max(1));
    let (full, crossed) = (part(votes_for), part(votes_against));
    let crossed = crossed.min(width - full.min(width));
    let rest = width.saturating_sub(full + crossed);
    format!(
        "{}{}{}",
        "█".repeat(full),
        "▒".repeat(crossed),
        "·".repeat(rest)
    )
}

/// A time that is left: the two largest units.
pub(super) fn left(office: &Office<'_>, from: TimePoint, to: TimePoint) -> String {
    let minutes = (to.micros() - from.micros()).max(0) / 60_000_000;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    office.say(&match (days, hours) {
        (0, 0) => Words::of("left.minutes").with("minutes", minutes),
        (0, _) => Words::of("left.hours")
            .with("hours", hours)
            .with("minutes", minutes),
        _ => Words::of("left.days")
            .with("days", days)
            .with("hours", hours),
    })
}

/// The turn in words.
pub(super) fn told(office: &Office<'_>, turn: &Turn) -> String {
    let missing = office.say(&match turn.missing {
        Missing::Votes(count) => Words::of("turn.votes").with("count", count),
        Missing::Quorum(count) => Words::of("turn.quorum").with("count", count),
        Missing::Signature => Words::of("turn.signature"),
        Missing::Execution => Words::of("turn.execution"),
    });
    let whose: Vec<_> = turn.whose.iter().map(|it| office.called(*it)).collect();
    match whose.is_empty() {
        true => missing,
        false => format!("{missing}: {}", whose.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_are_a_bar() {
        assert_eq!(bar(3, 1, 5), "███▒·");
        assert_eq!(bar(0, 0, 3), "···");
        assert_eq!(bar(64, 0, 64).chars().count(), BAR);
        assert_eq!(bar(1, 63, 64).chars().count(), BAR);
    }
}
