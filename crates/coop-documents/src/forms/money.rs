//! Statements about shares in money: contributed and asked back.

use super::Form;
use crate::{locale::Locale, people::Party};
use antelope_types::{Asset, Name};
use coop_language::Lang;
use coop_model::{Subject, catalogue::registry, document::subject::MoneySubject};
use serde_json::{Value, json};

/// «Заявление о паевом взносе деньгами», signed by the participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyStatement {
    /// Who contributes.
    pub participant: Party,
    /// The exact sum.
    pub quantity: Asset,
}

/// «Заявление о возврате паевого взноса деньгами», signed by the participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyReturnStatement {
    /// Who asks.
    pub participant: Party,
    /// The exact sum.
    pub quantity: Asset,
}

impl Form for MoneyStatement {
    fn registry_id(&self) -> u64 {
        registry::MONEY_STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/money.txt"
    }

    fn stem(&self) -> &'static str {
        "share"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Заявление о паевом взносе деньгами",
            "Statement of a share contribution in money",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.participant.account()
    }

    fn subject(&self) -> Option<Subject> {
        subject(self.quantity)
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.participant.account()]
    }

    fn fields(&self, locale: Locale) -> Value {
        fields(&self.participant, self.quantity, locale)
    }
}

impl Form for MoneyReturnStatement {
    fn registry_id(&self) -> u64 {
        registry::MONEY_RETURN_STATEMENT
    }

    fn template(&self) -> &'static str {
        "statement/money_return.txt"
    }

    fn stem(&self) -> &'static str {
        "return"
    }

    fn title(&self, lang: Lang) -> String {
        lang.pick(
            "Заявление о возврате паевого взноса деньгами",
            "Statement that asks for a share in money",
        )
        .to_owned()
    }

    fn account(&self) -> Name {
        self.participant.account()
    }

    fn subject(&self) -> Option<Subject> {
        subject(self.quantity)
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.participant.account()]
    }

    fn fields(&self, locale: Locale) -> Value {
        fields(&self.participant, self.quantity, locale)
    }
}

fn subject(quantity: Asset) -> Option<Subject> {
    Some(Subject::Money(MoneySubject { quantity }))
}

fn fields(participant: &Party, quantity: Asset, locale: Locale) -> Value {
    json!({
        "person": participant.fields(),
        "quantity": locale.sum(quantity),
    })
}
