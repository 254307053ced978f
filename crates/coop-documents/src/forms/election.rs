//! «Протокол общего собрания»: the council is elected.

use antelope_types::{Checksum256, Name};
use coop_model::{
    Seat, Subject, council::position, decision::registry, document::BoardSubject, list_hash,
};
use serde_json::{Value, json};

use super::Form;
use crate::{calendar::Zone, people::Person};

/// The protocol of a meeting that elects a council, signed by the participants who held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElectionProtocol {
    /// The account of the cooperative.
    pub cooperative: Name,
    /// When the meeting was held, in microseconds since the start of 1970, UTC.
    pub held_at: i64,
    /// The participants who were there and sign.
    pub participants: Vec<Person>,
    /// Which council of the cooperative this is, from 1.
    pub version: u64,
    /// The elected council, in the order the contract is told.
    pub council: Vec<(Person, Seat)>,
}

impl Form for ElectionProtocol {
    const REGISTRY_ID: u64 = registry::MEETING;
    const TEMPLATE: &'static str = "election.txt";
    const STEM: &'static str = "election";

    fn title(&self) -> String {
        "Протокол общего собрания".to_owned()
    }

    fn account(&self) -> Name {
        self.cooperative
    }

    fn subject(&self) -> Option<Subject> {
        let seats: Vec<Seat> = self.council.iter().map(|(_, seat)| *seat).collect();
        Some(Subject::Board(BoardSubject {
            version: self.version,
            members: list_hash(&seats),
        }))
    }

    fn links(&self) -> Vec<Checksum256> {
        Vec::new()
    }

    fn signers(&self) -> Vec<Name> {
        self.participants
            .iter()
            .map(|person| person.account)
            .collect()
    }

    fn fields(&self, zone: Zone) -> Value {
        let council: Vec<_> = self
            .council
            .iter()
            .map(|(person, seat)| {
                json!({
                    "person": person.fields(),
                    "is_chairman": seat.position == position::CHAIRMAN,
                    "is_voting": seat.is_voting,
                })
            })
            .collect();
        json!({
            "held_at": zone.moment(self.held_at),
            "participants": self.participants.iter().map(Person::fields).collect::<Vec<_>>(),
            "version": self.version,
            "council": council,
        })
    }
}
