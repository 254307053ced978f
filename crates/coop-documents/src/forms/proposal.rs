//! «Предложение повестки»: a council member puts a free question.

use super::Form;
use crate::{locale::Locale, people::Person};
use antelope_types::{Checksum256, Name};
use coop_language::Lang;
use coop_model::{Subject, catalogue::registry, document::subject::ProjectSubject};
use serde_json::{Value, json};

/// A question for the agenda with a draft of its decision, signed by the member who puts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The council member who puts the question.
    pub proposer: Person,
    /// The project the proposal carries out, chosen by whoever drafts it.
    pub project: Checksum256,
    /// The question.
    pub question: String,
    /// The decision that is proposed.
    pub decision: String,
}

impl Form for Proposal {
    fn registry_id(&self) -> u64 {
        registry::PROPOSAL
    }

    fn template(&self) -> &'static str {
        "statement/proposal.txt"
    }

    fn stem(&self) -> &'static str {
        "proposal"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick("Предложение повестки", "Proposal for the agenda")
            .to_owned()
    }

    fn account(&self) -> Name {
        self.proposer.account
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Project(ProjectSubject {
            project: self.project,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.proposer.account]
    }

    fn fields(&self, _: Locale) -> Value {
        json!({
            "proposer": self.proposer.fields(),
            "project": self.project.to_string(),
            "question": self.question,
            "decision": self.decision,
        })
    }
}
