//! What the contracts' tables, and the agenda, say of a cooperative.

use antelope_client::ClientError;
use antelope_types::name;
use serde_json::{Value, json};

use super::{Coop, Question};
use crate::scenarios::world::{Person, number};

impl Coop<'_> {
    /// What the read-only action `getagenda` answers.
    pub(crate) fn agenda(&self, from_id: u64, limit: u32) -> Value {
        self.try_agenda(from_id, limit).expect("an agenda")
    }

    pub(crate) fn try_agenda(&self, from_id: u64, limit: u32) -> Result<Value, ClientError> {
        let arguments =
            json!({ "coopname": self.name().to_string(), "from_id": from_id, "limit": limit });
        self.chain
            .client
            .read_only_json(self.chain.soviet.name, name!("getagenda"), &arguments)
    }

    /// Ids of the questions on the agenda.
    pub(crate) fn agenda_ids(&self) -> Vec<u64> {
        let agenda = self.agenda(0, 50);
        let questions = agenda["questions"].as_array().expect("a list of questions");
        questions
            .iter()
            .map(|question| number(&question["id"]))
            .collect()
    }

    pub(crate) fn decisions(&self) -> Vec<Value> {
        self.chain
            .rows(&self.chain.soviet, self.name(), name!("decisions"))
    }

    pub(crate) fn decision(&self, id: u64) -> Option<Value> {
        self.chain
            .row(&self.chain.soviet, self.name(), name!("decisions"), id)
    }

    /// `open`, `approved`, `authorized`, `declined`, or `gone` when the row is erased.
    pub(crate) fn status(&self, question: &Question) -> String {
        let row = self.decision(question.id);
        row.and_then(|row| row["status"].as_str().map(str::to_owned))
            .unwrap_or_else(|| "gone".to_owned())
    }

    pub(crate) fn participant(&self, person: &Person) -> Option<Value> {
        self.chain.row(
            &self.chain.registrator,
            self.name(),
            name!("participants"),
            person.name,
        )
    }

    pub(crate) fn candidate(&self, person: &Person) -> Option<Value> {
        self.chain.row(
            &self.chain.registrator,
            self.name(),
            name!("candidates"),
            person.name,
        )
    }

    pub(crate) fn payments(&self) -> Vec<Value> {
        self.chain
            .rows(&self.chain.gateway, self.name(), name!("payments"))
    }

    pub(crate) fn funds(&self) -> Value {
        let gateway = &self.chain.gateway;
        self.chain
            .row(gateway, gateway.name, name!("funds"), self.name())
            .expect("the cooperative's funds")
    }
}
