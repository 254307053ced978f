//! «Протокол общего собрания»: a board is elected.

use super::Form;
use crate::{locale::Locale, people::Person};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::{
    Seat, Subject, catalogue::registry, council::position, document::subject::BoardSubject,
    list_hash,
};
use serde_json::{Value, json};

/// The protocol of a meeting that elects a board. All founders sign that of the first council; later
/// everyone elected signs, and nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElectionProtocol {
    /// The account of the cooperative.
    pub cooperative: Name,
    /// When the meeting was held, in microseconds since the start of 1970, UTC.
    pub held_at: i64,
    /// Who signs.
    pub people: Vec<Person>,
    /// Whether this is the first council, which all founders elect.
    pub is_founding: bool,
    /// One of [`coop_model::council::board`].
    pub board: Name,
    /// Which board of the cooperative this is, from 1, over all kinds.
    pub version: u64,
    /// The elected board, in the order the contract is told.
    pub seats: Vec<(Person, Seat)>,
}

impl Form for ElectionProtocol {
    fn registry_id(&self) -> u64 {
        registry::MEETING
    }

    fn template(&self) -> &'static str {
        "meeting/election.txt"
    }

    fn stem(&self) -> &'static str {
        "election"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Протокол общего собрания о выборах",
            "Protocol of a general meeting on an election",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.cooperative
    }

    fn subject(&self) -> Option<Subject> {
        let seats: Vec<Seat> = self.seats.iter().map(|(_, seat)| *seat).collect();
        Some(Subject::Board(BoardSubject {
            version: self.version,
            kind: self.board,
            members: list_hash(&seats),
        }))
    }

    fn signers(&self) -> Vec<Name> {
        self.people.iter().map(|person| person.account).collect()
    }

    fn fields(&self, locale: Locale) -> Value {
        let seat = |(person, seat): &(Person, Seat)| {
            json!({
                "person": person.fields(),
                "is_chairman": seat.position == position::CHAIRMAN,
                "is_voting": seat.is_voting,
            })
        };
        json!({
            "held_at": locale.moment(self.held_at),
            "is_founding": self.is_founding,
            "people": self.people.iter().map(Person::fields).collect::<Vec<_>>(),
            "board": self.board.to_string(),
            "version": self.version,
            "seats": self.seats.iter().map(seat).collect::<Vec<_>>(),
        })
    }
}
