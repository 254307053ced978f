//! A council that works through the API alone, and whoever keeps its office.

use super::served::{Client, Served};
use crate::scenarios::world::{Coop, Person};
use antelope_types::{Action, Checksum256, Decode, Name, json::bytes};
use coop_model::{Document, DocumentSignature};
use serde_json::{Value, json};

pub(super) const PAPER: &str = "{ hash packed signed_hash }";
pub(super) const PUSHED: &str = "{ transaction_id block_num decision { id hash type status } }";
pub(super) const SUBMIT: &str = "SubmitDocumentInput";
const ACT: &str = "{ property_id document { hash packed html meta { created_at } } \
    signatures { signer public_key signature signed_at } missing { signer signed_hash } }";

/// The council at work, with whoever keeps its office.
pub(super) struct Council<'s> {
    pub(super) served: &'s Served<'s>,
    pub(super) chairman: Client<'s>,
    pub(super) second: Client<'s>,
    pub(super) clerk: Client<'s>,
}

/// What an input names: the cooperative, somebody, and more.
pub(super) fn about(coop: &Coop<'_>, person: Name, more: Value) -> Value {
    let mut data = json!({"coopname": coop.name(), "username": person});
    let more = more.as_object().cloned().unwrap_or_default();
    data.as_object_mut().expect("an object").extend(more);
    data
}

impl<'s> Council<'s> {
    pub(super) fn of(served: &'s Served<'s>) -> Self {
        let coop = &served.coop;
        Self {
            served,
            chairman: served.login(&coop.members[0], 1),
            second: served.login(&coop.members[1], 2),
            clerk: served.login(&coop.cashier, 4),
        }
    }

    pub(super) fn coop(&self) -> &'s Coop<'s> {
        &self.served.coop
    }

    /// What is sent with a document.
    pub(super) fn sending(&self, person: &Person, hash: Checksum256, action: Action) -> Value {
        let transaction = self.served.transaction(&[action], &[person]);
        let more = json!({"hash": hash, "transaction": transaction});
        about(self.coop(), person.name, more)
    }

    /// A document that a person has made, signs and sends.
    pub(super) fn submit(
        &self,
        (client, person): (&Client<'_>, &Person),
        kind: &str,
        (of, data): (&str, Value),
        action: impl FnOnce(Document) -> Action,
    ) -> Value {
        let paper = client.call(&format!("generate{kind}"), of, data, PAPER);
        let document = self.served.document(&paper, person);
        let data = self.sending(person, document.hash(), action(document));
        client.call(&format!("submit{kind}"), SUBMIT, data, PUSHED)
    }

    /// The council agrees to the question, and it is carried out.
    pub(super) fn decide(&self, question: &Value, kind: &str) {
        let (served, coop) = (self.served, self.coop());
        let id = question["id"].as_f64().expect("a number") as u64;
        let hash = question["hash"].as_str().expect("a hash");
        let hash: Checksum256 = hash.parse().expect("a hash");
        served.follow();
        let agenda = "{ getAgenda(data: { limit: 1 }) { cursor table { id hash type } } }";
        let agenda = self.chairman.ask(agenda, json!({}));
        let row = &agenda["data"]["getAgenda"][0]["table"];
        assert_eq!(row["id"], question["id"], "{agenda}");
        for (member, client) in coop.members.iter().zip([&self.chairman, &self.second]) {
            let vote = coop.soviet(member);
            let vote = vote.votefor(coop.name(), member.name, id, hash).to_action();
            let transaction = served.transaction(&[vote], &[member]);
            let more = json!({"decision_id": id, "transaction": transaction});
            client.call(
                "voteFor",
                "VoteInput",
                about(coop, member.name, more),
                PUSHED,
            );
        }
        let chairman = coop.chairman();
        let data = about(coop, chairman.name, json!({"decision_id": id}));
        let of = "ParticipantApplicationDecisionGenerateDocumentInput";
        let made = self
            .chairman
            .call(&format!("generate{kind}Decision"), of, data, PAPER);
        let protocol = served.document(&made, chairman);
        let by = coop.soviet(chairman);
        let both = [
            by.authorize(coop.name(), chairman.name, id, protocol)
                .to_action(),
            by.exec(chairman.name, coop.name(), id).to_action(),
        ];
        let transaction = served.transaction(&both, &[chairman]);
        let more = json!({"decision_id": id, "transaction": transaction});
        let data = about(coop, chairman.name, more);
        let pushed = self
            .chairman
            .call("authorize", "AuthorizeInput", data, PUSHED);
        assert!(pushed["decision"].is_null(), "{pushed}");
        served.follow();
    }

    /// The bank says that the newest payment of a person came or was sent; the question that comes of it.
    pub(super) fn settle(&self, client: &Client<'_>, status: &str) -> Value {
        self.served.follow();
        let payments = "{ getPayments { items { id hash status } } }";
        let payments = client.ask(payments, json!({}));
        let payment = &payments["data"]["getPayments"]["items"][0];
        let reference = format!("order {} {status}", payment["id"]);
        let data = match status {
            "FAILED" => json!({"id": payment["id"], "status": status, "reason": "closed account"}),
            _ => json!({"id": payment["id"], "status": status, "reference": reference}),
        };
        let of = "SetPaymentStatusInput";
        self.clerk
            .call("setPaymentStatus", of, data, "{ id status }");
        self.served.follow();
        let agenda = "{ getAgenda { table { id hash } } }";
        let agenda = self.chairman.ask(agenda, json!({}));
        let agenda = agenda["data"]["getAgenda"].as_array().expect("an agenda");
        let mut rows = agenda.iter().map(|it| &it["table"]);
        let found = rows.find(|it| it["hash"] == payment["hash"]);
        found.cloned().unwrap_or_default()
    }

    /// An act about a thing that the clerk makes, both sides sign and the clerk sends.
    pub(super) fn act(
        &self,
        kind: &str,
        (client, owner): (&Client<'_>, &Person),
        id: u64,
        action: impl FnOnce(Document) -> Action,
    ) -> Value {
        let (coop, keeper) = (self.coop(), &self.coop().cashier);
        let data = about(coop, owner.name, json!({"property_id": id}));
        let of = "PropertyGenerateDocumentInput";
        let made = self.clerk.call(&format!("generate{kind}"), of, data, PAPER);
        let waiting = client.ask(&format!("{{ getActs {ACT} }}"), json!({}));
        let act = &waiting["data"]["getActs"][0];
        assert_eq!(act["document"]["hash"], made["hash"], "{waiting}");
        assert_eq!(act["property_id"], json!(id as f64));
        assert_eq!(act["missing"][1]["signer"], json!(keeper.name));
        let data = |person: &Person, signed: &Value, key: &Person| {
            signing(coop, &made["hash"], (person, key), signed)
        };
        let sign =
            |client: &Client<'_>, data| client.call("signAct", "SignDocumentInput", data, ACT);
        let missing = &act["missing"];
        let wrong = data(owner, &missing[0], keeper);
        let refused = client.refused("signAct", "SignDocumentInput", wrong, ACT);
        assert_eq!(refused, ("BAD_INPUT".into(), json!("data.signature")));
        let stranger = &coop.members[1];
        let wrong = data(stranger, &missing[0], stranger);
        let refused = self
            .second
            .refused("signAct", "SignDocumentInput", wrong, ACT);
        assert_eq!(refused.0, "NOT_FOUND", "who is no signer");
        sign(client, data(owner, &missing[0], owner));
        // Again: one signature of each.
        sign(client, data(owner, &missing[0], owner));
        let signed = sign(&self.clerk, data(keeper, &missing[1], keeper));
        assert_eq!(signed["missing"], json!([]), "{signed}");
        let document = joint(&signed);
        let data = self.sending(keeper, document.hash(), action(document));
        let pushed = self
            .clerk
            .call(&format!("submit{kind}"), SUBMIT, data, PUSHED);
        self.served.follow();
        let of_owner = format!("{{ getActs(username: \"{}\") {ACT} }}", owner.name);
        let waiting = self.clerk.ask(&of_owner, json!({}));
        assert_eq!(waiting["data"]["getActs"], json!([]), "it is on the chain");
        pushed["decision"].clone()
    }
}

/// The signature of a person under a document with this hash, by this key, in the place of one that is missing.
pub(super) fn signing(
    coop: &Coop<'_>,
    hash: &Value,
    (person, key): (&Person, &Person),
    missing: &Value,
) -> Value {
    let digest = missing["signed_hash"].as_str().expect("a hash");
    let digest: Checksum256 = digest.parse().expect("a hash");
    let signature = key.signer().sign(&digest).expect("a signature");
    let more = json!({
        "hash": hash, "public_key": person.public_key().to_string(),
        "signature": signature.to_string(),
    });
    about(coop, person.name, more)
}

/// What several sign, with the signatures that it has.
pub(super) fn joint(act: &Value) -> Document {
    let packed = act["document"]["packed"].as_str().expect("digits");
    let mut packed = bytes::parse(packed).expect("digits");
    packed.push(0);
    let mut document = Document::from_bytes(&packed).expect("a document");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let signatures = act["signatures"].as_array().expect("signatures").iter();
    document.signatures = signatures
        .map(|it| DocumentSignature {
            signer: text(&it["signer"]).parse().expect("a name"),
            public_key: text(&it["public_key"]).parse().expect("a key"),
            signature: text(&it["signature"]).parse().expect("a signature"),
            signed_at: text(&it["signed_at"])
                .trim_end_matches('Z')
                .parse()
                .expect("a moment"),
        })
        .collect();
    document
}
