//! «Протокол учредительного собрания»: the cooperative is founded.

use super::{Fees, Form, charter};
use crate::{locale::Locale, people::Person};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::{
    Charter, Subject, catalogue::registry, document::subject::FoundersSubject, list_hash,
};
use serde_json::{Value, json};

/// The protocol of the founding meeting, signed by every founder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundingProtocol {
    /// The account of the cooperative.
    pub cooperative: Name,
    /// When the meeting was held, in microseconds since the start of 1970, UTC.
    pub held_at: i64,
    /// The founders, in the order the contract is told.
    pub founders: Vec<Person>,
    /// The contributions the meeting has set.
    pub fees: Fees,
    /// What the charter says about decisions.
    pub charter: Charter,
}

impl Form for FoundingProtocol {
    fn registry_id(&self) -> u64 {
        registry::MEETING
    }

    fn template(&self) -> &'static str {
        "meeting/founding.txt"
    }

    fn stem(&self) -> &'static str {
        "founding"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Протокол учредительного собрания",
            "Protocol of the founding meeting",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.cooperative
    }

    fn subject(&self) -> Option<Subject> {
        let founders: Vec<Name> = self.founders.iter().map(|person| person.account).collect();
        Some(Subject::Founders(FoundersSubject {
            members: list_hash(&founders),
        }))
    }

    fn signers(&self) -> Vec<Name> {
        self.founders.iter().map(|person| person.account).collect()
    }

    fn fields(&self, locale: Locale) -> Value {
        json!({
            "held_at": locale.moment(self.held_at),
            "is_founding": true,
            "people": self.founders.iter().map(Person::fields).collect::<Vec<_>>(),
            "fees": self.fees.fields(locale),
            "charter": charter::fields(self.charter),
        })
    }
}
