//! The facts of a vote that a protocol states, all computed from the votes themselves.

use antelope_types::Checksum256;
use coop_model::{Subject, document::DecisionSubject};
use serde_json::{Value, json};

use crate::{DocumentError, people::Person};

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
    times: VotingTimes,
}

impl Voting {
    /// Collects a vote.
    ///
    /// `decision_id` is the number of the decision and of its protocol; `seats` are the voting seats of
    /// the council in the board's own order, at most 64.
    ///
    /// # Errors
    /// [`DocumentError::Seats`], [`DocumentError::SeatTwice`] or [`DocumentError::Times`] when these
    /// cannot be the facts of a vote.
    pub fn new(
        decision_id: u64,
        seats: Vec<Seat>,
        times: VotingTimes,
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
        if !(times.opened_at..=times.counted_at).contains(&approved_at) {
            return Err(DocumentError::Times { decision_id, times });
        }
        Ok(Self {
            decision_id,
            seats,
            times,
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

    /// Whether more than half of the council took part.
    pub fn has_quorum(&self) -> bool {
        self.voted() >= self.majority()
    }

    /// Whether the decision is taken: more than half of all seats, not of those who voted.
    pub fn is_approved(&self) -> bool {
        self.count(Choice::For) >= self.majority()
    }

    pub(crate) fn fields(&self, moment: impl Fn(i64) -> String) -> Value {
        let total = self.seats();
        let side = |choice| {
            let count = self.count(choice);
            let names: Vec<_> = self
                .seats
                .iter()
                .filter(|seat| seat.choice == choice)
                .map(|seat| seat.person.short_name())
                .collect();
            json!({"count": count, "percent": percent(count, total), "names": names.join(", ")})
        };
        let seats: Vec<_> = self
            .seats
            .iter()
            .map(|seat| json!({"person": seat.person.fields(), "is_chairman": seat.is_chairman}))
            .collect();
        json!({
            "decision_id": self.decision_id,
            "seats": seats,
            "total": total,
            "voted": self.voted(),
            "voted_percent": percent(self.voted(), total),
            "majority": self.majority(),
            "has_quorum": self.has_quorum(),
            "is_approved": self.is_approved(),
            "for": side(Choice::For),
            "against": side(Choice::Against),
            "silent": side(Choice::Silent),
            "opened_at": moment(self.times.opened_at),
            "approved_at": self.times.approved_at.map(&moment),
            "counted_at": moment(self.times.counted_at),
        })
    }
}

/// A share of a whole in percent, rounded half up to two places, in Russian: `66,67`.
///
/// `whole` is at least 1 and at most a few thousand, a number of seats.
fn percent(part: usize, whole: usize) -> String {
    let hundredths = (part * 20_000 + whole) / (2 * whole);
    let (percents, rest) = (hundredths / 100, hundredths % 100);
    let text = if rest == 0 {
        percents.to_string()
    } else {
        format!("{percents},{rest:02}")
    };
    match text.strip_suffix('0') {
        Some(shorter) if text.contains(',') => shorter.to_owned(),
        _ => text,
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

    fn at(opened_at: i64, counted_at: i64) -> VotingTimes {
        VotingTimes {
            opened_at,
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
                let voting = Voting::new(1, council(&choices), at(0, 1)).unwrap();
                assert_eq!(
                    voting.is_approved(),
                    2 * votes > total,
                    "{votes} of {total}"
                );
            }
        }
    }

    #[test]
    fn silence_is_neither_for_nor_against_and_is_never_negative() {
        let choices = [Choice::For, Choice::Against, Choice::Silent];
        let voting = Voting::new(7, council(&choices), at(5, 5)).unwrap();
        assert_eq!(
            choices.map(|choice| voting.mask(choice)),
            [0b001, 0b010, 0b100]
        );
        assert_eq!((voting.voted(), voting.count(Choice::Silent)), (2, 1));
        assert!(voting.has_quorum());
        assert!(!voting.is_approved());
    }

    #[test]
    fn shares_are_rounded_half_up() {
        let shares = [(0, 5), (1, 3), (2, 3), (4, 5), (1, 8), (1, 16), (5, 5)];
        let told: Vec<_> = shares.map(|(part, whole)| percent(part, whole)).into();
        assert_eq!(told, ["0", "33,33", "66,67", "80", "12,5", "6,25", "100"]);
    }

    #[test]
    fn impossible_facts_are_refused() {
        let empty = Voting::new(1, vec![], at(0, 0));
        assert!(matches!(empty, Err(DocumentError::Seats { found: 0, .. })));
        let mut twice = council(&[Choice::For, Choice::For]);
        twice[1].person.account = twice[0].person.account;
        let twice = Voting::new(1, twice, at(0, 0));
        assert!(matches!(twice, Err(DocumentError::SeatTwice { .. })));
        let late = Voting::new(1, council(&[Choice::For]), at(2, 1));
        assert!(matches!(late, Err(DocumentError::Times { .. })));
    }
}
