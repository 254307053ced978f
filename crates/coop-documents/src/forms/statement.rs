//! «Заявление о вступлении»: a person asks to be admitted.

use antelope_types::{Checksum256, Name};
use coop_model::{Subject, decision::registry};
use serde_json::{Value, json};

use super::{Fees, Form};
use crate::{calendar::Zone, people::Applicant};

/// An applicant's statement, signed by the applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who asks to be admitted.
    pub applicant: Applicant,
    /// What the applicant undertakes to pay.
    pub fees: Fees,
}

impl Form for Statement {
    const REGISTRY_ID: u64 = registry::STATEMENT;
    const TEMPLATE: &'static str = "statement.txt";
    const STEM: &'static str = "statement";

    fn title(&self) -> String {
        "Заявление о вступлении".to_owned()
    }

    fn account(&self) -> Name {
        self.applicant.person.account
    }

    fn subject(&self) -> Option<Subject> {
        None
    }

    fn links(&self) -> Vec<Checksum256> {
        Vec::new()
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.applicant.person.account]
    }

    fn fields(&self, _: Zone) -> Value {
        json!({
            "applicant": self.applicant.person.fields(),
            "birth_date": self.applicant.birth_date.to_string(),
            "address": self.applicant.address,
            "phone": self.applicant.phone,
            "email": self.applicant.email,
            "fees": self.fees.fields(),
        })
    }
}
