//! «Заявление о вступлении» of an entrepreneur.

use super::{Fees, Form, Statement};
use crate::{locale::Locale, people::Entrepreneur};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::{
    Subject, catalogue::registry, document::subject::ApplicationSubject, people::kind,
};
use serde_json::{Value, json};

/// An entrepreneur's statement, signed by the entrepreneur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrepreneurStatement {
    /// Who asks to be admitted.
    pub entrepreneur: Entrepreneur,
    /// What the entrepreneur undertakes to pay.
    pub fees: Fees,
}

impl EntrepreneurStatement {
    /// The statement of the person alone.
    fn person(&self) -> Statement {
        Statement {
            applicant: self.entrepreneur.applicant.clone(),
            fees: self.fees.clone(),
        }
    }
}

impl Form for EntrepreneurStatement {
    fn registry_id(&self) -> u64 {
        registry::STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/entrepreneur.txt"
    }

    fn stem(&self) -> &'static str {
        "statement"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Заявление предпринимателя о вступлении",
            "Application of an entrepreneur for admission",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.entrepreneur.applicant.person.account
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Application(ApplicationSubject {
            kind: kind::ENTREPRENEUR,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.account()]
    }

    fn fields(&self, locale: Locale) -> Value {
        let mut fields = self.person().fields(locale);
        fields["ogrnip"] = json!(self.entrepreneur.ogrnip);
        fields["inn"] = json!(self.entrepreneur.inn);
        fields["bank"] = json!(self.entrepreneur.bank);
        fields
    }
}
