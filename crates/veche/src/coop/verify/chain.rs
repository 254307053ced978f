//! Finding a hash in the history of a node.

use crate::coop::faults::unreadable;
use crate::coop::office::Office;
use antelope_cli::{Console, Failure, Fallible};
use antelope_types::{Checksum256, Name, TimePoint};
use coop_client::ReadError;
use coop_client::history::{Before, Executed, History};
use coop_language::{Messages, Words};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A signer and the key, as text.
type Signer = (String, String);

/// What the history tells of a hash.
#[derive(Default)]
pub(super) struct ChainRecord {
    action: Name,
    block: u32,
    is_final: bool,
    time: TimePoint,
    transaction: Checksum256,
    question: Option<u64>,
    outcome: Option<&'static str>,
    signers: Vec<Signer>,
    /// Whether the walk ended at its bound, so that older signatures may be missing.
    is_partial: bool,
}

impl ChainRecord {
    /// For programs.
    pub(super) fn data(&self) -> Value {
        let signed = self.signers.iter();
        let signed = signed.map(|(signer, key)| json!({ "signer": signer, "public_key": key }));
        json!({
            "source": "chain",
            "action": self.action,
            "block_num": self.block,
            "transaction_id": self.transaction,
            "at": self.time,
            "is_final": self.is_final,
            "question": self.question,
            "fate": self.outcome,
            "signatures": signed.collect::<Vec<_>>(),
            "is_partial": self.is_partial,
        })
    }

    /// For people.
    pub(super) fn lines(&self, messages: &Messages) -> Vec<String> {
        let mut lines = vec![
            Words::of("check.recorded")
                .with("block", self.block)
                .with("time", self.time)
                .say(messages),
            Words::of("registry.transaction")
                .with("id", self.transaction)
                .say(messages),
        ];
        for (signer, key) in &self.signers {
            let words = Words::of("check.signed")
                .with("account", signer)
                .with("key", key);
            lines.push(words.say(messages));
        }
        if self.is_partial {
            lines.push(messages.text("check.partial"));
        }
        if let Some(id) = self.question {
            lines.push(Words::of("check.question").with("id", id).say(messages));
        }
        lines.push(messages.text(match self.is_final {
            true => "check.final",
            false => "check.not_final",
        }));
        lines
    }
}

/// Walks back through the history to the action that recorded a hash: the oldest that has the document, or names it.
/// Signatures may come in several transactions, so the walk goes on until the document was not made yet. `None` where
/// nothing has it.
///
/// # Errors
/// `node.history` for a node without a history; `verify.cut` where the walk ended at its bound.
pub(super) fn find(
    office: &Office<'_>,
    console: &mut Console<'_>,
    hash: Checksum256,
    most: u32,
) -> Fallible<Option<ChainRecord>> {
    let (client, contracts) = (office.cooperative.client(), office.cooperative.contracts());
    let history = History::open(client, contracts, Before::Now, most);
    let mut history = history.map_err(|error| match error {
        ReadError::NoHistory => {
            Failure::new("node.history", office.messages.text("registry.no_history"))
                .hint(office.messages.text("registry.take_another"))
        }
        other => unreadable(other),
    })?;
    let told = |history: &History| {
        let words = Words::of("registry.progress")
            .with("block", history.block())
            .with("reads", history.reads());
        office.say(&words)
    };
    let progress = console.progress(told(&history));
    let mut walk = Walk::of(hash);
    let mut reads = 0;
    while let Some(executed) = history.older().map_err(unreadable)? {
        if reads != history.reads() {
            reads = history.reads();
            progress.tell(told(&history));
        }
        if walk.is_beyond(&executed) {
            break;
        }
        walk.see(&executed);
    }
    let mut found = walk.end(history.is_cut());
    match &mut found {
        None if history.is_cut() => {
            let words = Words::of("registry.further").with("block", history.block());
            return Err(Failure::new("verify.cut", office.say(&words)));
        }
        None => {}
        Some(found) => found.is_final = found.block <= office.info()?.last_irreversible_block_num,
    }
    Ok(found)
}

/// What a walk from the newest action to the oldest has seen.
#[derive(Default)]
struct Walk {
    /// The hash, as text.
    wanted: String,
    record: Option<ChainRecord>,
    /// The document, once it is known which it is.
    document: Option<Checksum256>,
    /// When it was made.
    made_at: Option<TimePoint>,
    /// Who signed each document that was passed: which is the wanted one may be told by an older transaction.
    signers: HashMap<Checksum256, Vec<Signer>>,
}

impl Walk {
    fn of(hash: Checksum256) -> Self {
        Self {
            wanted: hash.to_string(),
            ..Self::default()
        }
    }

    /// Whether the document cannot be in this action, nor in older ones.
    fn is_beyond(&self, executed: &Executed) -> bool {
        self.made_at.is_some_and(|made_at| executed.time < made_at)
    }

    fn see(&mut self, executed: &Executed) {
        let documents = documents(&executed.data);
        let is_same = self
            .record
            .as_ref()
            .is_some_and(|it| it.transaction == executed.transaction);
        if self.document.is_none()
            && let Some(found) = wanted(&documents, &self.wanted, is_same)
        {
            self.document = Some(identity(found));
            let made_at = found["meta"]["created_at"].as_str();
            self.made_at = made_at.and_then(|it| it.parse().ok());
        }
        let mut has_it = false;
        for document in documents {
            let identity = identity(document);
            has_it |= self.document == Some(identity);
            let known = self.signers.entry(identity).or_default();
            for (signer, key) in signers(document) {
                // What was recorded first stays.
                known.retain(|(before, _)| *before != signer);
                known.insert(0, (signer, key));
            }
        }
        if has_it || names(&executed.data, &self.wanted) {
            self.record.get_or_insert_default().add(executed);
        }
    }

    /// What was found, by a walk that has come to its end, or was cut.
    fn end(mut self, is_cut: bool) -> Option<ChainRecord> {
        let signers = self.document.and_then(|it| self.signers.remove(&it));
        let mut record = self.record?;
        record.signers = signers.unwrap_or_default();
        record.is_partial = is_cut;
        Some(record)
    }
}

impl ChainRecord {
    fn add(&mut self, executed: &Executed) {
        self.action = executed.action;
        self.block = executed.block;
        self.time = executed.time;
        self.transaction = executed.transaction;
        let id = &executed.data["decision_id"];
        let id = id.as_u64().or_else(|| id.as_str()?.parse().ok());
        self.question = self.question.or(id);
        let outcome = match executed.action.to_string().as_str() {
            "newdecision" => Some("carried_out"),
            "newdeclined" => {
                let reason = executed.data["reason"].as_str().unwrap_or_default();
                Some(coop_client::registry::Fate::of(reason).name())
            }
            _ => None,
        };
        self.outcome = self.outcome.or(outcome);
    }
}

/// Whether a value has this text anywhere.
fn names(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found == text,
        Value::Array(items) => items.iter().any(|it| names(it, text)),
        Value::Object(fields) => fields.values().any(|it| names(it, text)),
        _ => false,
    }
}

/// The documents among the arguments of an action.
fn documents(data: &Value) -> Vec<&Value> {
    let fields = data.as_object().into_iter().flat_map(|it| it.values());
    let items = fields.flat_map(|it| match it {
        Value::Array(items) => items.iter().collect::<Vec<_>>(),
        one => vec![one],
    });
    items.filter(|it| it["signatures"].is_array()).collect()
}

/// The document with this hash of its text, or, in the transaction that has named the document's own hash already, the
/// only one.
fn wanted<'a>(documents: &[&'a Value], text: &str, is_same: bool) -> Option<&'a Value> {
    let by_text = documents.iter().find(|it| it["doc_hash"] == text);
    match (by_text, documents) {
        (Some(found), _) => Some(found),
        (None, [only]) if is_same => Some(only),
        _ => None,
    }
}

/// What tells a document from every other, whoever signed it.
fn identity(document: &Value) -> Checksum256 {
    let said = json!([document["meta"], document["doc_hash"]]);
    Checksum256::sha256(said.to_string().as_bytes())
}

/// Who signed a document, in order.
fn signers(document: &Value) -> Vec<Signer> {
    let signatures = document["signatures"].as_array().into_iter().flatten();
    let text = |it: &Value, field: &str| it[field].as_str().unwrap_or_default().to_owned();
    let signers = signatures.map(|it| (text(it, "signer"), text(it, "public_key")));
    // The last one is taken first by whoever puts each before the others.
    signers.rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(doc_hash: &str, signers: &[&str]) -> Value {
        let signatures = signers.iter();
        let signatures =
            signatures.map(|it| json!({ "signer": it, "public_key": format!("key of {it}") }));
        json!({
            "meta": { "created_at": "2026-01-20T07:00:00.000", "title": doc_hash },
            "doc_hash": doc_hash, "signatures": signatures.collect::<Vec<_>>(),
        })
    }

    /// An action of the second with this number.
    fn executed(second: u8, data: Value) -> Executed {
        Executed {
            sequence: second.into(),
            block: second.into(),
            time: format!("2026-01-20T07:00:{second:02}.000").parse().unwrap(),
            transaction: Checksum256([second; 32]),
            contract: Name::default(),
            action: Name::default(),
            data,
        }
    }

    fn names_of(record: &ChainRecord) -> Vec<&str> {
        record.signers.iter().map(|(it, _)| it.as_str()).collect()
    }

    #[test]
    fn the_document_of_an_action_is_found_by_its_text_or_its_transaction() {
        let [aa, cc] = [document("aa", &["anna"]), document("cc", &["boris"])];
        let one = json!({ "coopname": "c", "statement": aa });
        let found = documents(&one);
        assert_eq!(wanted(&found, "aa", false), Some(&aa));
        assert_eq!(wanted(&found, "bb", true), Some(&aa));
        assert_eq!(wanted(&found, "bb", false), None);
        let two = json!({ "documents": [aa, cc] });
        let found = documents(&two);
        assert_eq!(wanted(&found, "cc", false), Some(&cc));
        assert_eq!(wanted(&found, "bb", true), None);
        assert!(names(&two, "cc") && !names(&two, "dd"));
    }

    #[test]
    fn signatures_of_all_transactions_are_found() {
        let hash = Checksum256([7; 32]);
        let other = document("bb", &["olga"]);
        // The newest one says nothing of the hash, and the oldest one is before the document was made.
        let life = [
            executed(9, json!({ "act": document("aa", &["vera"]) })),
            executed(8, json!({ "hash": hash })),
            executed(8, json!({ "act": document("aa", &["anna", "boris"]) })),
            executed(7, json!({ "act": other })),
            executed(6, json!({ "act": document("aa", &["galina"]) })),
        ];
        let mut walk = Walk::of(hash);
        for executed in &life {
            assert!(!walk.is_beyond(executed));
            walk.see(executed);
        }
        let mut before = executed(0, json!({}));
        before.time = "2026-01-20T06:59:59.500".parse().unwrap();
        assert!(walk.is_beyond(&before));
        let found = walk.end(false).unwrap();
        assert_eq!(names_of(&found), ["galina", "anna", "boris", "vera"]);
        assert_eq!(found.block, 6, "where it was recorded first");
        assert!(!found.is_partial);

        let mut cut = Walk::of(hash);
        life[..3].iter().for_each(|it| cut.see(it));
        let found = cut.end(true).unwrap();
        assert_eq!(names_of(&found), ["anna", "boris", "vera"]);
        assert!(found.is_partial);
        assert!(Walk::of(hash).end(false).is_none());
    }
}
