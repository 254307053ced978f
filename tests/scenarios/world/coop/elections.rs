//! Boards that a general meeting elects, and what participants say to them.

use antelope_types::{Name, TimePoint, name};
use coop_model::council::board;
use coop_model::{Document, Seat, parameters};
use std::time::Duration;

use super::Coop;
use crate::scenarios::world::{Draft, Outcome, Person, number};

/// An election that goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ballot {
    pub version: u64,
    pub ends_at: TimePoint,
}

impl Coop<'_> {
    /// The version that the next board gets.
    pub(crate) fn next_version(&self) -> u64 {
        number(&self.council()["last_board"]) + 1
    }

    /// Submits a council of members, with everyone's consent.
    pub(crate) fn submit(&self, seats: Vec<Seat>) -> Outcome {
        self.submit_board(board::COUNCIL, seats, &[])
    }

    /// Submits a board with the consent of everyone who is elected, of the members or the `others`.
    pub(crate) fn submit_board(&self, kind: Name, seats: Vec<Seat>, others: &[&Person]) -> Outcome {
        let signers: Vec<&Person> = self
            .members
            .iter()
            .chain(others.iter().copied())
            .filter(|person| seats.iter().any(|seat| seat.username == person.name))
            .collect();
        let meeting = Draft::election(self.chain, self.name(), self.next_version(), kind, &seats)
            .signed_by(self.chain, &signers);
        self.submit_with(kind, seats, meeting)
    }

    /// Submits a board with any document.
    pub(crate) fn submit_with(&self, kind: Name, seats: Vec<Seat>, meeting: Document) -> Outcome {
        let action = self
            .soviet(&self.account)
            .updateboard(self.name(), kind, seats, meeting)
            .to_action();
        self.chain.push(vec![action], &[&self.account])
    }

    /// The election that goes on.
    pub(crate) fn ballot(&self) -> Ballot {
        let row = self.election().expect("an election");
        Ballot {
            version: number(&row["version"]),
            ends_at: row["ends_at"]
                .as_str()
                .expect("a time")
                .parse()
                .expect("a time"),
        }
    }

    /// Submits a council of members and lets time pass until an hour before it may sit.
    pub(crate) fn nearly_elect(&self, seats: Vec<Seat>) -> Ballot {
        self.submit(seats).accepted();
        let ballot = self.ballot();
        let nearly = parameters::SUPPORT_SECONDS - 3600;
        self.chain.advance(Duration::from_secs(nearly.into()));
        ballot
    }

    /// Seats a board as soon as it may sit; anyone may.
    pub(crate) fn sit(&self, ballot: &Ballot) -> Outcome {
        self.chain.jump_to(ballot.ends_at);
        self.seat_board(&self.chain.stranger, ballot.version)
    }

    /// Another council of members, from the meeting to its first sitting.
    pub(crate) fn elect(&self, seats: Vec<Seat>) {
        let ballot = self.nearly_elect(seats);
        self.sit(&ballot).accepted();
    }

    /// Somebody seats a board.
    pub(crate) fn seat_board(&self, sender: &Person, version: u64) -> Outcome {
        let action = self
            .soviet(sender)
            .seatboard(self.name(), version)
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// Somebody erases an election.
    pub(crate) fn drop_board(&self, sender: &Person, version: u64) -> Outcome {
        let action = self
            .soviet(sender)
            .dropboard(self.name(), version)
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// A participant supports a board.
    pub(crate) fn support(&self, person: &Person, version: u64) -> Outcome {
        let action = self
            .soviet(person)
            .support(self.name(), person.name, version)
            .to_action();
        self.chain.push(vec![action], &[person])
    }

    /// A participant objects to a board.
    pub(crate) fn object(&self, person: &Person, version: u64) -> Outcome {
        let action = self
            .soviet(person)
            .object(self.name(), person.name, version)
            .to_action();
        self.chain.push(vec![action], &[person])
    }

    /// Anyone frees voices.
    pub(crate) fn free_voices(&self, limit: u32) -> Outcome {
        let stranger = &self.chain.stranger;
        let action = self
            .soviet(stranger)
            .freevoices(self.name(), limit)
            .to_action();
        self.chain.push(vec![action], &[stranger])
    }

    /// The row of the election that goes on.
    pub(crate) fn election(&self) -> Option<serde_json::Value> {
        let soviet = &self.chain.soviet;
        self.chain
            .row(soviet, soviet.name, name!("elections"), self.name())
    }
}
