//! «Предложение о блокировке»: a council member proposes to block a participant, or to end it.

use super::Form;
use crate::{
    locale::Locale,
    people::{Party, Person},
};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::{Subject, catalogue::registry, document::subject::BlockSubject};
use serde_json::{Value, json};

/// A proposal to block a participant, signed by the member who makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockProposal {
    /// The council member who proposes.
    pub proposer: Person,
    /// Whom it is about.
    pub participant: Party,
    /// `true` to block, `false` to end it.
    pub is_blocked: bool,
    /// Why, in the member's words.
    pub reason: String,
}

impl Form for BlockProposal {
    fn registry_id(&self) -> u64 {
        registry::BLOCK_PROPOSAL
    }

    fn template(&self) -> &'static str {
        "statement/blocking.txt"
    }

    fn stem(&self) -> &'static str {
        if self.is_blocked { "block" } else { "unblock" }
    }

    fn title(&self, lang: Lang) -> String {
        if self.is_blocked {
            lang.pick(
                "Предложение о блокировке пайщика",
                "Proposal to block a participant",
            )
        } else {
            lang.pick(
                "Предложение о снятии блокировки",
                "Proposal to end a blocking",
            )
        }
        .to_owned()
    }

    fn account(&self) -> Name {
        self.participant.account()
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Block(BlockSubject {
            is_blocked: self.is_blocked,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.proposer.account]
    }

    fn fields(&self, _: Locale) -> Value {
        json!({
            "proposer": self.proposer.fields(),
            "person": self.participant.fields(),
            "is_blocked": self.is_blocked,
            "reason": self.reason,
        })
    }
}
