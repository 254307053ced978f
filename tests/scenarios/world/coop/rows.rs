//! What the contracts' tables, and the agenda, say of a cooperative.

use antelope_rpc_client::ClientError;
use antelope_types::{Checksum256, Name, name};
use serde_json::{Value, json};

use super::{Coop, Question, amount};
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

    /// A person's row in a table of the cooperative.
    pub(crate) fn row_of(&self, contract: &Person, table: Name, person: &Person) -> Option<Value> {
        self.chain.row(contract, self.name(), table, person.name)
    }

    pub(crate) fn participant(&self, person: &Person) -> Option<Value> {
        self.row_of(&self.chain.registrator, name!("participants"), person)
    }

    /// The status of a participant; empty for somebody who is none.
    pub(crate) fn standing(&self, person: &Person) -> String {
        let row = self.participant(person).unwrap_or_default();
        row["status"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn candidate(&self, person: &Person) -> Option<Value> {
        self.row_of(&self.chain.registrator, name!("candidates"), person)
    }

    pub(crate) fn wallet(&self, person: &Person) -> Option<Value> {
        self.row_of(&self.chain.gateway, name!("wallets"), person)
    }

    /// A participant's minimum share, what is available, and what is blocked, in whole roubles.
    pub(crate) fn shares(&self, person: &Person) -> (i64, i64, i64) {
        let wallet = self.wallet(person).expect("a wallet");
        let part = |field: &str| amount(&wallet[field]) / 100;
        (part("minimum"), part("available"), part("blocked"))
    }

    pub(crate) fn property(&self, id: u64) -> Option<Value> {
        self.chain
            .row(&self.chain.gateway, self.name(), name!("properties"), id)
    }

    pub(crate) fn properties(&self) -> Vec<Value> {
        self.chain
            .rows(&self.chain.gateway, self.name(), name!("properties"))
    }

    /// The payment of a process.
    pub(crate) fn payment(&self, hash: Checksum256) -> Option<Value> {
        let hash = hash.to_string();
        self.payments()
            .into_iter()
            .find(|row| row["hash"] == hash.as_str())
    }

    /// What soviet counts for the cooperative.
    pub(crate) fn council(&self) -> Value {
        let soviet = &self.chain.soviet;
        self.chain
            .row(soviet, soviet.name, name!("councils"), self.name())
            .expect("a council")
    }

    /// The row of the cooperative itself.
    pub(crate) fn row(&self) -> Value {
        let registrator = &self.chain.registrator;
        self.chain
            .row(registrator, registrator.name, name!("coops"), self.name())
            .expect("the cooperative")
    }

    pub(crate) fn boards(&self) -> Vec<Value> {
        self.chain
            .rows(&self.chain.soviet, self.name(), name!("boards"))
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
