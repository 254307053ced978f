//! «Протокол решения совета» on the admission of a participant.

use antelope_types::{Checksum256, Name};
use coop_model::{Subject, decision::registry};
use serde_json::{Value, json};

use super::{Fees, Form, protocol_title};
use crate::{calendar::Zone, people::Person, voting::Voting};

/// The protocol of a decision on an applicant, signed by the chairman.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdmissionProtocol {
    /// The vote.
    pub voting: Voting,
    /// Who asked to be admitted.
    pub applicant: Person,
    /// What the applicant has paid.
    pub fees: Fees,
    /// The hash of the statement the council decided on.
    pub statement: Checksum256,
    /// The account of the chairman who signs.
    pub chairman: Name,
}

impl Form for AdmissionProtocol {
    const REGISTRY_ID: u64 = registry::ADMISSION_PROTOCOL;
    const TEMPLATE: &'static str = "admission.txt";
    const STEM: &'static str = "protocol";

    fn title(&self) -> String {
        protocol_title(&self.voting)
    }

    fn account(&self) -> Name {
        self.applicant.account
    }

    fn subject(&self) -> Option<Subject> {
        Some(self.voting.subject(self.statement))
    }

    fn links(&self) -> Vec<Checksum256> {
        vec![self.statement]
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.chairman]
    }

    fn fields(&self, zone: Zone) -> Value {
        let name = self.applicant.full_name();
        json!({
            "voting": self.voting.fields(|micros| zone.moment(micros)),
            "applicant": self.applicant.fields(),
            "fees": self.fees.fields(),
            "question": format!("о приёме в пайщики кооператива. Заявитель: {name}."),
        })
    }
}
