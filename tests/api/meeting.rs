//! A cooperative whose general meetings are held by the API alone, and what they are asked with.

use super::council::{about, signing};
use super::served::{Client, Served};
use crate::scenarios::world::{Coop, Person};
use antelope_types::{Action, Name};
use coop_model::council::position;
use coop_model::{Document, Seat};
use serde_json::{Value, json};

pub(super) const ELECT: &str = "ElectionProtocolGenerateDocumentInput";
pub(super) const CHARTER: &str = "CharterProtocolGenerateDocumentInput";
pub(super) const SIGN: &str = "SignDocumentInput";
pub(super) const STEP: &str = "ElectionStepInput";
pub(super) const PROTOCOL: &str = "{ document { hash packed html meta { created_at } } \
    founders election { board version seats { username is_voting is_chairman } } \
    charter { quorum_percent board_support } \
    signatures { signer public_key signature signed_at } missing { signer signed_hash } }";

/// A seat as an input names it.
pub(super) fn seat(person: &Person, is_voting: bool, is_chairman: bool) -> Value {
    json!({"username": person.name, "is_voting": is_voting, "is_chairman": is_chairman})
}

/// The same as the contract is told.
pub(super) fn seats(given: &Value) -> Vec<Seat> {
    let given = given.as_array().expect("seats").iter();
    let seats = given.map(|it| Seat {
        username: it["username"]
            .as_str()
            .expect("a name")
            .parse()
            .expect("a name"),
        is_voting: it["is_voting"] == true,
        position: match it["is_chairman"] == true {
            true => position::CHAIRMAN,
            false => position::MEMBER,
        },
    });
    seats.collect()
}

/// How many a list has.
pub(super) fn count(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

/// A cooperative whose meetings are held here.
pub(super) struct Meeting<'s> {
    pub(super) served: &'s Served<'s>,
    pub(super) office: Client<'s>,
}

impl<'s> Meeting<'s> {
    pub(super) fn of(served: &'s Served<'s>) -> Self {
        Self {
            served,
            office: served.cooperative(),
        }
    }

    pub(super) fn coop(&self) -> &'s Coop<'s> {
        &self.served.coop
    }

    /// What the cooperative sends, or whoever else is named.
    pub(super) fn sending(&self, who: Name, hash: &Value, action: Action, by: &Person) -> Value {
        let transaction = self.served.transaction(&[action], &[by]);
        let more = json!({"hash": hash, "transaction": transaction});
        about(self.coop(), who, more)
    }

    /// The protocol that waits for somebody, as they read it.
    pub(super) fn waiting(&self, client: &Client<'_>) -> Value {
        let query = format!("{{ getMeetingProtocols {PROTOCOL} }}");
        let answer = client.ask(&query, json!({}));
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"]["getMeetingProtocols"].clone()
    }

    /// Somebody finds the newest protocol, reads it and signs it.
    pub(super) fn sign(&self, client: &Client<'_>, person: &Person) -> Value {
        let protocol = self.waiting(client)[0].clone();
        let page = protocol["document"]["html"].as_str().unwrap_or_default();
        assert!(!page.is_empty(), "{protocol}");
        let missing = protocol["missing"].as_array().expect("a list").iter();
        let mut missing = missing.filter(|it| it["signer"] == json!(person.name));
        let missing = missing.next().unwrap_or_else(|| panic!("{protocol}"));
        let hash = &protocol["document"]["hash"];
        let data = signing(self.coop(), hash, (person, person), missing);
        client.call("signMeetingProtocol", SIGN, data, PROTOCOL)
    }

    /// Who was shown the data of somebody, by which operations.
    pub(super) fn audit(&self, client: &Client<'_>, about: Name) -> Vec<Value> {
        let audit = format!("{{ getAudit(about: \"{about}\") {{ who operation }} }}");
        let answer = client.ask(&audit, json!({}));
        let entries = answer["data"]["getAudit"].as_array();
        entries.unwrap_or_else(|| panic!("{answer}")).clone()
    }

    pub(super) fn election(&self, client: &Client<'_>) -> Value {
        let fields = "board version seats { username is_voting is_chairman } hash support \
            support_needed objections is_over supports ends_at created_at";
        let answer = client.ask(&format!("{{ getElection {{ {fields} }} }}"), json!({}));
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"]["getElection"].clone()
    }

    /// What somebody does about an election.
    pub(super) fn step(&self, version: u64, person: &Person, actions: &[Action]) -> Value {
        let transaction = self.served.transaction(actions, &[person]);
        let more = json!({"version": version, "transaction": transaction});
        about(self.coop(), person.name, more)
    }

    /// The action of `seatboard` or `dropboard` with the one that frees the voices.
    pub(super) fn end(&self, is_seated: bool, version: u64, person: &Person) -> [Action; 2] {
        let (coop, soviet) = (self.coop().name(), self.coop().soviet(person));
        let end = match is_seated {
            true => soviet.seatboard(coop, version).to_action(),
            false => soviet.dropboard(coop, version).to_action(),
        };
        [end, soviet.freevoices(coop, 50).to_action()]
    }

    pub(super) fn voice(&self, supports: bool, version: u64, person: &Person) -> Value {
        let (coop, soviet) = (self.coop().name(), self.coop().soviet(person));
        let action = match supports {
            true => soviet.support(coop, person.name, version).to_action(),
            false => soviet.object(coop, person.name, version).to_action(),
        };
        self.step(version, person, &[action])
    }

    pub(super) fn update_board(&self, kind: Name, seats: &Value, protocol: &Document) -> Action {
        let soviet = self.coop().soviet(&self.coop().account);
        let seats = self::seats(seats);
        soviet
            .updateboard(self.coop().name(), kind, seats, protocol.clone())
            .to_action()
    }
}

pub(super) fn field(name: &str) -> (String, Value) {
    ("BAD_INPUT".to_owned(), json!(name))
}
