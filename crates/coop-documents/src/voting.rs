//! The facts of a vote that a protocol states, all computed from the votes themselves.

use crate::{DocumentError, people::Person};
use antelope_types::{Checksum256, Name};
use coop_model::{Subject, decision::Tally, document::subject::DecisionSubject};

mod facts;

/// What a council member did with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Voted for.
    For,
    /// Voted against.
    Against,
    /// Did not vote, which is how one abstains.
    Silent,
}

/// A voting seat of the council as it was when the question was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who holds the seat.
    pub person: Person,
    /// Whether the seat is the chairman's.
    pub is_chairman: bool,
    /// The member's vote.
    pub choice: Choice,
}

/// When a vote took place, in microseconds since the start of 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VotingTimes {
    /// When the question was published.
    pub opened_at: i64,
    /// Until when votes are accepted.
    pub closes_at: i64,
    /// When the deciding vote was given, if one was.
    pub approved_at: Option<i64>,
    /// Until when votes are counted: the moment the decision's row was read.
    pub counted_at: i64,
}

/// A question's vote: the whole frozen electorate with every voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voting {
    decision_id: u64,
    seats: Vec<Seat>,
    quorum_percent: u8,
    times: VotingTimes,
    counter: Name,
}

impl Voting {
    /// Collects a vote.
    ///
    /// `decision_id` is the number of the decision and of its protocol; `seats` are the voting seats of
    /// the council in the board's own order, at most 64; `quorum_percent` is the quorum that the
    /// question was published with, 0 for none; `counter` is the contract that counts the votes.
    ///
    /// # Errors
    /// [`DocumentError::Seats`], [`DocumentError::SeatTwice`] or [`DocumentError::Times`] when these
    /// cannot be the facts of a vote.
    pub fn new(
        decision_id: u64,
        seats: Vec<Seat>,
        quorum_percent: u8,
        times: VotingTimes,
        counter: Name,
    ) -> Result<Self, DocumentError> {
        if !(1..=64).contains(&seats.len()) {
            return Err(DocumentError::Seats {
                decision_id,
                found: seats.len(),
            });
        }
        for (i, seat) in seats.iter().enumerate() {
            if seats[..i]
                .iter()
                .any(|earlier| earlier.person.account == seat.person.account)
            {
                return Err(DocumentError::SeatTwice {
                    decision_id,
                    account: seat.person.account,
                });
            }
        }
        let approved_at = times.approved_at.unwrap_or(times.opened_at);
        if times.closes_at < times.opened_at
            || !(times.opened_at..=times.counted_at).contains(&approved_at)
        {
            return Err(DocumentError::Times { decision_id, times });
        }
        Ok(Self {
            decision_id,
            seats,
            quorum_percent,
            times,
            counter,
        })
    }

    /// The number of the decision.
    pub fn decision_id(&self) -> u64 {
        self.decision_id
    }

    /// The votes of one kind as the decision's row keeps them: bit `i` is the `i`-th voting seat.
    pub fn mask(&self, choice: Choice) -> u64 {
        let made = self
            .seats
            .iter()
            .enumerate()
            .filter(|(_, seat)| seat.choice == choice);
        made.fold(0, |mask, (i, _)| mask | 1 << i)
    }

    /// The subject of this vote's protocol; `hash` is the question's.
    pub(crate) fn subject(&self, hash: Checksum256) -> Subject {
        Subject::Decision(DecisionSubject {
            decision_id: self.decision_id,
            hash,
            votes_for: self.mask(Choice::For),
            votes_against: self.mask(Choice::Against),
            quorum_percent: self.quorum_percent,
        })
    }

    /// How many members made this choice.
    pub fn count(&self, choice: Choice) -> usize {
        self.seats
            .iter()
            .filter(|seat| seat.choice == choice)
            .count()
    }

    /// How many voting seats the council had.
    pub fn seats(&self) -> usize {
        self.seats.len()
    }

    /// How many members voted, either way.
    pub fn voted(&self) -> usize {
        self.seats() - self.count(Choice::Silent)
    }

    /// How many votes a decision needs: more than half of all seats.
    pub fn majority(&self) -> usize {
        self.seats() / 2 + 1
    }

    /// How many seats must vote, either way, for the quorum of the charter; 0 where it sets none.
    pub fn quorum(&self) -> usize {
        (usize::from(self.quorum_percent) * self.seats()).div_ceil(100)
    }

    /// Whether as many seats voted as the charter asks for.
    pub fn has_quorum(&self) -> bool {
        self.tally().has_quorum()
    }

    /// Whether the decision is taken: more than half of all seats, not of those who voted, and the
    /// quorum.
    pub fn is_approved(&self) -> bool {
        self.tally().is_approved()
    }

    /// Whether the council has declined: with these votes approval is impossible, also if everyone
    /// who is silent votes for. What is neither approved nor declined is not decided.
    pub fn is_declined(&self) -> bool {
        let tally = self.tally();
        tally.is_hopeless(tally.silent())
    }

    /// The votes as the contract counts them.
    fn tally(&self) -> Tally {
        Tally {
            votes_for: self.count(Choice::For) as u32,
            votes_against: self.count(Choice::Against) as u32,
            seats: self.seats() as u32,
            quorum: self.quorum_percent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn council(choices: &[Choice]) -> Vec<Seat> {
        let letters = "abcdefghijklmnopqrstuvwxyz".chars();
        let seat = |(choice, letter): (&Choice, char)| Seat {
            person: Person {
                account: letter.to_string().repeat(12).parse().unwrap(),
                last_name: "Белова".into(),
                first_name: "Мария".into(),
                middle_name: None,
            },
            is_chairman: letter == 'a',
            choice: *choice,
        };
        choices.iter().zip(letters).map(seat).collect()
    }

    fn voting(id: u64, seats: Vec<Seat>, times: VotingTimes) -> Result<Voting, DocumentError> {
        Voting::new(id, seats, 0, times, antelope_types::name!("soviet"))
    }

    fn at(opened_at: i64, counted_at: i64) -> VotingTimes {
        VotingTimes {
            opened_at,
            closes_at: i64::MAX,
            approved_at: None,
            counted_at,
        }
    }

    #[test]
    fn the_majority_is_of_all_seats_for_every_size() {
        for total in 1..=9 {
            for votes in 0..=total {
                let mut choices = vec![Choice::Silent; total];
                choices[..votes].fill(Choice::For);
                let vote = voting(1, council(&choices), at(0, 1)).unwrap();
                assert_eq!(vote.is_approved(), 2 * votes > total, "{votes} of {total}");
            }
        }
    }

    #[test]
    fn silence_is_neither_for_nor_against_and_is_never_negative() {
        let choices = [Choice::For, Choice::Against, Choice::Silent];
        let vote = voting(7, council(&choices), at(5, 5)).unwrap();
        assert_eq!(
            choices.map(|choice| vote.mask(choice)),
            [0b001, 0b010, 0b100]
        );
        assert_eq!((vote.voted(), vote.count(Choice::Silent)), (2, 1));
        assert!(vote.has_quorum());
        assert!(!vote.is_approved());
    }

    #[test]
    fn the_quorum_counts_voices_either_way() {
        let choices = [
            Choice::For,
            Choice::For,
            Choice::For,
            Choice::Silent,
            Choice::Silent,
        ];
        let vote = |quorum| {
            Voting::new(
                1,
                council(&choices),
                quorum,
                at(0, 1),
                antelope_types::name!("soviet"),
            )
            .unwrap()
        };
        assert_eq!(
            (vote(0).quorum(), vote(60).quorum(), vote(61).quorum()),
            (0, 3, 4)
        );
        assert!(vote(60).is_approved());
        assert!(!vote(61).has_quorum() && !vote(61).is_approved());
    }

    #[test]
    fn impossible_facts_are_refused() {
        let empty = voting(1, vec![], at(0, 0));
        assert!(matches!(empty, Err(DocumentError::Seats { found: 0, .. })));
        let mut twice = council(&[Choice::For, Choice::For]);
        twice[1].person.account = twice[0].person.account;
        let twice = voting(1, twice, at(0, 0));
        assert!(matches!(twice, Err(DocumentError::SeatTwice { .. })));
        let late = voting(1, council(&[Choice::For]), at(2, 1));
        assert!(matches!(late, Err(DocumentError::Times { .. })));
    }
}
