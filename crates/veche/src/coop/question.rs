//! A question as people see it: its title, its votes, its term, and whose turn it is.

use super::office::Office;
use antelope_types::{Checksum256, Name, TimePoint};
use coop_client::rows::{Decision, Question, SittingMember};
use coop_language::{Lang, Words};
use coop_model::catalogue;
use coop_model::decision::{Tally, signing_ends, status};

/// How wide the bar of votes is at most, in seats.
const BAR: usize = 24;

/// The title of a kind of decisions.
pub(super) fn title(kind: Name, lang: Lang) -> String {
    match catalogue::find(kind) {
        Some(entry) => lang.pick(entry.title_ru, entry.title_en).to_owned(),
        None => kind.to_string(),
    }
}

/// The title of a question; of a free one also what it is about, where the desk has the proposal.
pub(super) fn titled(office: &Office<'_>, kind: Name, hash: &Checksum256) -> String {
    let title = title(kind, office.lang());
    let kept = office.papers().and_then(|desk| desk.kept(hash));
    match kept.and_then(|kept| kept.proposal) {
        Some([question, _]) => format!("{title} «{question}»"),
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

/// When the step that the question is in ends: voting, or signing.
pub(super) fn ends(question: &Question, approved_at: Option<TimePoint>) -> TimePoint {
    match (question.status, approved_at) {
        (status::APPROVED, Some(approved_at)) => signing_ends(approved_at),
        _ => question.expires_at,
    }
}

/// What a question waits for, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// What is missing.
    pub(super) missing: Missing,
    /// Who can give it.
    pub(super) whose: Vec<Name>,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// So many votes for it.
    Votes(u32),
    /// So many votes of any kind: a majority is for it, the quorum is not reached.
    Quorum(u32),
    /// The chairman's signature.
    Signature,
    /// Execution, which anyone may do.
    Execution,
}

/// What the question waits for, by the council that sits now.
pub(super) fn turn(question: &Question, council: &[SittingMember]) -> Option<Turn> {
    let voted =
        |name: &Name| question.votes_for.contains(name) || question.votes_against.contains(name);
    let chairmen = council.iter().filter(|it| it.is_chairman);
    let voters = council
        .iter()
        .filter(|it| it.bit.is_some() && !voted(&it.username));
    match question.status {
        status::OPEN => {
            let count = |names: &[Name]| u32::try_from(names.len()).unwrap_or(u32::MAX);
            let tally = Tally {
                votes_for: count(&question.votes_for),
                votes_against: count(&question.votes_against),
                seats: u32::from(question.seats),
                quorum: question.quorum_percent,
            };
            let majority = tally.seats / 2 + 1;
            let missing = match majority.saturating_sub(tally.votes_for) {
                0 => {
                    let wanted = (u32::from(tally.quorum) * tally.seats).div_ceil(100);
                    Missing::Quorum(wanted.saturating_sub(tally.votes_for + tally.votes_against))
                }
                votes => Missing::Votes(votes),
            };
            let whose = voters.map(|it| it.username).collect();
            Some(Turn { missing, whose })
        }
        status::APPROVED => Some(Turn {
            missing: Missing::Signature,
            whose: chairmen.map(|it| it.username).collect(),
        }),
        status::AUTHORIZED => Some(Turn {
            missing: Missing::Execution,
            whose: Vec::new(),
        }),
        _ => None,
    }
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
    use antelope_types::name;

    fn question(votes_for: &[Name], votes_against: &[Name], quorum_percent: u8) -> Question {
        Question {
            id: 7,
            kind: name!("joincoop"),
            username: name!("anna"),
            hash: Checksum256::ZERO,
            status: status::OPEN,
            seats: 5,
            quorum_percent,
            votes_for: votes_for.to_vec(),
            votes_against: votes_against.to_vec(),
            created_at: TimePoint::default(),
            expires_at: TimePoint::default(),
        }
    }

    fn council() -> Vec<SittingMember> {
        let names = [name!("a"), name!("b"), name!("c"), name!("d"), name!("e")];
        let seat = |(username, bit)| SittingMember {
            username,
            board: 1,
            bit: Some(bit),
            is_chairman: bit == 0,
        };
        names.into_iter().zip(0..).map(seat).collect()
    }

    #[test]
    fn votes_are_a_bar() {
        assert_eq!(bar(3, 1, 5), "███▒·");
        assert_eq!(bar(0, 0, 3), "···");
        assert_eq!(bar(64, 0, 64).chars().count(), BAR);
        assert_eq!(bar(1, 63, 64).chars().count(), BAR);
    }

    #[test]
    fn it_is_the_turn_of_who_can_bring_it_on() {
        let (a, b, c) = (name!("a"), name!("b"), name!("c"));
        let open = turn(&question(&[a], &[b], 0), &council()).unwrap();
        assert_eq!(open.missing, Missing::Votes(2));
        assert_eq!(open.whose, [name!("c"), name!("d"), name!("e")]);
        let quorum = turn(&question(&[a, b, c], &[], 80), &council()).unwrap();
        assert_eq!(quorum.missing, Missing::Quorum(1));
        let approved = Question {
            status: status::APPROVED,
            ..question(&[a, b, c], &[], 0)
        };
        let signature = turn(&approved, &council()).unwrap();
        assert_eq!(
            (signature.missing, signature.whose),
            (Missing::Signature, vec![a])
        );
    }
}
