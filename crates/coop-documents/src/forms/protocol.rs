//! «Протокол решения совета», one form for every kind of decision.

use super::{Effect, Form};
use crate::{
    locale::Locale,
    people::{Party, Person},
    voting::Voting,
};
use antelope_types::{Checksum256, Name};
use coop_language::Lang;
use coop_model::Subject;
use serde_json::Value;

/// The protocol of a decision of the council, signed by the chairman.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The vote.
    pub voting: Voting,
    /// Whom the question is about, or who proposed it.
    pub person: Party,
    /// What was decided.
    pub effect: Effect,
    /// The hash of the statement or proposal the council decided on.
    pub question: Checksum256,
    /// The chairman who signs.
    pub chairman: Person,
}

impl Form for Protocol {
    fn registry_id(&self) -> u64 {
        self.effect.entry().map_or(0, |entry| entry.protocol)
    }

    fn template(&self) -> &'static str {
        "protocol.txt"
    }

    fn stem(&self) -> &'static str {
        "protocol"
    }

    fn title(&self, lang: Lang) -> String {
        let what = lang.pick(
            "Протокол решения совета №",
            "Protocol of the council's decision No.",
        );
        format!("{what} {}", self.voting.decision_id())
    }

    fn account(&self) -> Name {
        self.person.account()
    }

    fn subject(&self) -> Option<Subject> {
        Some(self.voting.subject(self.question))
    }

    fn links(&self) -> Vec<Checksum256> {
        vec![self.question]
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.chairman.account]
    }

    fn fields(&self, locale: Locale) -> Value {
        let mut fields = self.effect.fields(&self.person, locale);
        fields["voting"] = self.voting.fields(locale);
        fields["chairman"] = self.chairman.fields();
        fields
    }
}
