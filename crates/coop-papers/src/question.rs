//! A question: its title, its votes by name, its term, and whose turn it is.

use crate::fault::PaperFault;
use antelope_types::{Name, TimePoint};
use coop_client::Cooperative;
use coop_client::rows::{Decision, Question, SittingMember};
use coop_language::Lang;
use coop_model::catalogue;
use coop_model::decision::{Tally, signing_ends, status};

/// The title of a kind of decisions; the name of one that is not in the catalogue.
pub fn kind_title(kind: Name, lang: Lang) -> String {
    match catalogue::find(kind) {
        Some(entry) => lang.pick(entry.title_ru, entry.title_en).to_owned(),
        None => kind.to_string(),
    }
}

/// The question with its votes by name: the bits of its masks are the voting seats of its council, in
/// their order.
///
/// # Errors
/// [`PaperFault::Read`].
pub fn named_votes(cooperative: &Cooperative, decision: &Decision) -> Result<Question, PaperFault> {
    let board = cooperative.board(decision.board)?;
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

/// When the step that the question is in ends: voting, or signing.
pub fn term_ends(question: &Question, approved_at: Option<TimePoint>) -> TimePoint {
    match (question.status, approved_at) {
        (status::APPROVED, Some(approved_at)) => signing_ends(approved_at),
        _ => question.expires_at,
    }
}

/// What a question waits for, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What is missing.
    pub missing: Missing,
    /// Who can give it.
    pub whose: Vec<Name>,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
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
pub fn turn(question: &Question, council: &[SittingMember]) -> Option<Turn> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{Checksum256, name};

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
