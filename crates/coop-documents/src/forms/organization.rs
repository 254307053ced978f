//! «Заявление о вступлении» of a legal person.

use super::{Fees, Form};
use crate::{
    locale::Locale,
    people::{Organization, Party},
};
use antelope_types::Name;
use coop_language::Lang;
use coop_model::{
    Subject, catalogue::registry, document::subject::ApplicationSubject, people::kind,
};
use serde_json::{Value, json};

/// A legal person's statement, signed with the key of its account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationStatement {
    /// Who asks to be admitted.
    pub organization: Organization,
    /// What it undertakes to pay.
    pub fees: Fees,
}

impl Form for OrganizationStatement {
    fn registry_id(&self) -> u64 {
        registry::STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/organization.txt"
    }

    fn stem(&self) -> &'static str {
        "statement"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Заявление организации о вступлении",
            "Application of an organization for admission",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.organization.account
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Application(ApplicationSubject {
            kind: kind::ORGANIZATION,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.organization.account]
    }

    fn fields(&self, locale: Locale) -> Value {
        let it = &self.organization;
        json!({
            "applicant": Party::from(it).fields(),
            "is_organization": true,
            "address": it.address,
            "ogrn": it.ogrn,
            "inn": it.inn,
            "kpp": it.kpp,
            "bank": it.bank,
            "phone": it.phone,
            "email": it.email,
            "represented_by": it.represented_by,
            "based_on": it.based_on,
            "fees": self.fees.fields(locale),
        })
    }
}
