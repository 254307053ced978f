//! «Заявление о вступлении»: a person asks to be admitted.

use super::{Fees, Form};
use crate::{locale::Locale, people::Applicant};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::catalogue::registry;
use serde_json::{Value, json};

/// An applicant's statement, signed by the applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who asks to be admitted.
    pub applicant: Applicant,
    /// What the applicant undertakes to pay.
    pub fees: Fees,
}

impl Form for Statement {
    fn registry_id(&self) -> u64 {
        registry::STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/admission.txt"
    }

    fn stem(&self) -> &'static str {
        "statement"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick("Заявление о вступлении", "Application for admission")
            .to_owned()
    }

    fn account(&self) -> Name {
        self.applicant.person.account
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.applicant.person.account]
    }

    fn fields(&self, locale: Locale) -> Value {
        json!({
            "applicant": self.applicant.person.fields(),
            "is_organization": false,
            "birth_date": locale.day(self.applicant.birth_date),
            "address": self.applicant.address,
            "phone": self.applicant.phone,
            "email": self.applicant.email,
            "fees": self.fees.fields(locale),
        })
    }
}
