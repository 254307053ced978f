//! Statements about shares in property: contributed and asked back.

use super::Form;
use crate::{hash::sha256, locale::Locale, people::Party};
use antelope_types::{Asset, Checksum256, Name};
use coop_language::Lang;
use coop_model::{
    Subject,
    catalogue::registry,
    document::subject::{PropertySubject, ReturnSubject},
};
use serde_json::{Value, json};

/// A thing that is a share, or may become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What it is, in words. Kept off chain; the chain knows its hash.
    pub description: String,
    /// What it is worth as a share.
    pub valuation: Asset,
}

impl Thing {
    /// The SHA-256 of the description: what the chain knows the thing by.
    pub fn hash(&self) -> Checksum256 {
        sha256(self.description.as_bytes())
    }

    pub(super) fn fields(&self, locale: Locale) -> Value {
        json!({
            "description": self.description,
            "valuation": locale.sum(self.valuation),
            "hash": self.hash().to_string(),
        })
    }
}

/// «Заявление о паевом взносе имуществом», signed by the participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyStatement {
    /// Who contributes.
    pub participant: Party,
    /// What.
    pub thing: Thing,
}

/// «Заявление о возврате паевого взноса имуществом», signed by the participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyReturnStatement {
    /// Who asks.
    pub participant: Party,
    /// The number of the thing in the cooperative.
    pub property_id: u64,
    /// What.
    pub thing: Thing,
}

impl Form for PropertyStatement {
    fn registry_id(&self) -> u64 {
        registry::PROPERTY_STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/property.txt"
    }

    fn stem(&self) -> &'static str {
        "property"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Заявление о паевом взносе имуществом",
            "Statement of a share contribution in property",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.participant.account()
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Property(PropertySubject {
            description: self.thing.hash(),
            valuation: self.thing.valuation,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.participant.account()]
    }

    fn fields(&self, locale: Locale) -> Value {
        json!({
            "person": self.participant.fields(),
            "thing": self.thing.fields(locale),
        })
    }
}

impl Form for PropertyReturnStatement {
    fn registry_id(&self) -> u64 {
        registry::PROPERTY_RETURN_STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/property_return.txt"
    }

    fn stem(&self) -> &'static str {
        "return"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Заявление о возврате паевого взноса имуществом",
            "Statement that asks for a share in property",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.participant.account()
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Return(ReturnSubject {
            property_id: self.property_id,
            valuation: self.thing.valuation,
        }))
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.participant.account()]
    }

    fn fields(&self, locale: Locale) -> Value {
        json!({
            "person": self.participant.fields(),
            "property_id": self.property_id,
            "thing": self.thing.fields(locale),
        })
    }
}
