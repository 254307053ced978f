//! «Протокол общего собрания»: what the charter says about decisions is changed.

use super::Form;
use crate::{locale::Locale, people::Person};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::{Charter, Subject, catalogue::registry, document::subject::CharterSubject};
use serde_json::{Value, json};

/// The protocol of a meeting that changes the charter, signed by the participants who held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterProtocol {
    /// The account of the cooperative.
    pub cooperative: Name,
    /// When the meeting was held, in microseconds since the start of 1970, UTC.
    pub held_at: i64,
    /// The participants who were there and sign.
    pub participants: Vec<Person>,
    /// How many participants the cooperative has.
    pub of_participants: usize,
    /// The participants who voted against, whom the protocol records by name.
    pub against: Vec<Person>,
    /// What the charter says about decisions from now on.
    pub charter: Charter,
}

impl Form for CharterProtocol {
    fn registry_id(&self) -> u64 {
        registry::MEETING
    }

    fn template(&self) -> &'static str {
        "meeting/charter.txt"
    }

    fn stem(&self) -> &'static str {
        "charter"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Протокол общего собрания об уставе",
            "Protocol of a general meeting on the charter",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.cooperative
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Charter(CharterSubject {
            charter: self.charter,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        self.participants
            .iter()
            .map(|person| person.account)
            .collect()
    }

    fn fields(&self, locale: Locale) -> Value {
        let opposed: Vec<_> = self
            .against
            .iter()
            .map(|it| it.account.to_string())
            .collect();
        json!({
            "held_at": locale.moment(self.held_at),
            "is_founding": false,
            "people": self.participants.iter().map(Person::fields).collect::<Vec<_>>(),
            "participants": self.of_participants,
            "against": self.against.iter().map(Person::full_name).collect::<Vec<_>>(),
            // Not in the text: whoever shows it knows whose names these are.
            "opposed": opposed.join(", "),
            "charter": fields(self.charter),
        })
    }
}

pub(super) fn fields(charter: Charter) -> Value {
    json!({
        "quorum_percent": charter.quorum_percent,
        "board_support": charter.board_support,
    })
}
