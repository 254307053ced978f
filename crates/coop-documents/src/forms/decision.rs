//! «Протокол решения совета» on a free question.

use antelope_types::{Checksum256, Name};
use coop_model::{Subject, decision::registry};
use serde_json::{Value, json};

use super::{Form, protocol_title};
use crate::{calendar::Zone, voting::Voting};

/// The protocol of a free decision, signed by the chairman.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionProtocol {
    /// The vote.
    pub voting: Voting,
    /// The account of the member who put the question.
    pub proposer: Name,
    /// The question, as proposed.
    pub question: String,
    /// The decision, as proposed.
    pub decision: String,
    /// The hash of the proposal the council decided on.
    pub proposal: Checksum256,
    /// The account of the chairman who signs.
    pub chairman: Name,
}

impl Form for DecisionProtocol {
    const REGISTRY_ID: u64 = registry::FREE_PROTOCOL;
    const TEMPLATE: &'static str = "decision.txt";
    const STEM: &'static str = "protocol";

    fn title(&self) -> String {
        protocol_title(&self.voting)
    }

    fn account(&self) -> Name {
        self.proposer
    }

    fn subject(&self) -> Option<Subject> {
        Some(self.voting.subject(self.proposal))
    }

    fn links(&self) -> Vec<Checksum256> {
        vec![self.proposal]
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.chairman]
    }

    fn fields(&self, zone: Zone) -> Value {
        json!({
            "voting": self.voting.fields(|micros| zone.moment(micros)),
            "question": self.question,
            "decision": self.decision,
        })
    }
}
