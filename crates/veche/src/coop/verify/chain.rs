//! Finding a hash in the history of a node.

use crate::coop::faults::unreadable;
use crate::coop::office::Office;
use antelope_cli::{Console, Failure, Fallible};
use antelope_types::{Checksum256, Name, TimePoint};
use coop_client::ReadError;
use coop_client::history::{Before, Executed, History};
use coop_language::{Messages, Words};
use serde_json::{Value, json};

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
    signers: Vec<(String, String)>,
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

/// Walks back through the history to the action that recorded a hash: the document's own, or the oldest that names
/// it. `None` where none does.
///
/// # Errors
/// `node.history` for a node without a history; `unconfirmed` where the walk ended at its bound.
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
    let text = hash.to_string();
    let mut found: Option<ChainRecord> = None;
    let mut reads = 0;
    while let Some(executed) = history.older().map_err(unreadable)? {
        if reads != history.reads() {
            reads = history.reads();
            progress.tell(told(&history));
        }
        let is_same = found
            .as_ref()
            .is_some_and(|it| it.transaction == executed.transaction);
        let document = document(&executed.data, &text, is_same);
        if !names(&executed.data, &text) && document.is_none() {
            continue;
        }
        let found = found.get_or_insert_default();
        found.add(&executed);
        if let Some(signers) = document {
            found.signers = signers;
            break;
        }
    }
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

/// Who signed the document of an action: the one with this hash of its text, or, in the transaction that has named
/// the document's own hash already, the only one.
fn document(data: &Value, text: &str, is_same: bool) -> Option<Vec<(String, String)>> {
    let fields = data.as_object()?.values();
    let items = fields.flat_map(|it| match it {
        Value::Array(items) => items.iter().collect::<Vec<_>>(),
        one => vec![one],
    });
    let documents: Vec<_> = items.filter(|it| it["signatures"].is_array()).collect();
    let by_text = documents.iter().find(|it| it["doc_hash"] == text);
    let found = match (by_text, documents.as_slice()) {
        (Some(found), _) => found,
        (None, [only]) if is_same => only,
        _ => return None,
    };
    let signatures = found["signatures"].as_array()?.iter();
    let signers = signatures.map(|it| {
        let text = |field: &str| it[field].as_str().unwrap_or_default().to_owned();
        (text("signer"), text("public_key"))
    });
    Some(signers.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_of_an_action_is_found_by_its_text_or_its_transaction() {
        let document_of = |doc_hash: &str, signer: &str| {
            json!({
                "meta": {}, "doc_hash": doc_hash,
                "signatures": [{ "signer": signer, "public_key": "K" }],
            })
        };
        let one = json!({ "coopname": "c", "statement": document_of("aa", "anna") });
        let signers = |found: Option<Vec<(String, String)>>| found.map(|it| it[0].0.clone());
        assert_eq!(
            signers(document(&one, "aa", false)).as_deref(),
            Some("anna")
        );
        assert_eq!(signers(document(&one, "bb", true)).as_deref(), Some("anna"));
        assert_eq!(document(&one, "bb", false), None);
        let two = json!({ "documents": [document_of("aa", "anna"), document_of("cc", "boris")] });
        assert_eq!(
            signers(document(&two, "cc", false)).as_deref(),
            Some("boris")
        );
        assert_eq!(document(&two, "bb", true), None);
        assert!(names(&two, "cc") && !names(&two, "dd"));
    }
}
