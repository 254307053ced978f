//! «Предложение повестки»: a council member puts a free question.

use antelope_types::{Checksum256, Name};
use coop_model::{Subject, decision::registry, document::ProjectSubject};
use serde_json::{Value, json};

use super::Form;
use crate::{calendar::Zone, people::Person};

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
    const REGISTRY_ID: u64 = registry::PROPOSAL;
    const TEMPLATE: &'static str = "proposal.txt";
    const STEM: &'static str = "proposal";

    fn title(&self) -> String {
        "Предложение повестки".to_owned()
    }

    fn account(&self) -> Name {
        self.proposer.account
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Project(ProjectSubject {
            project: self.project,
        }))
    }

    fn links(&self) -> Vec<Checksum256> {
        Vec::new()
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.proposer.account]
    }

    fn fields(&self, _: Zone) -> Value {
        json!({
            "proposer": self.proposer.fields(),
            "project": self.project.to_string(),
            "question": self.question,
            "decision": self.decision,
        })
    }
}
