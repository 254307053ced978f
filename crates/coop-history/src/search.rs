//! HistoryFinding hashes in the actions of a log, and what was decided about them.
//!
//! Rows of a question are erased when it is decided. Its actions stay in the history: the statement or
//! proposal with the signed document, the votes, which name the question's hash, the signed protocol, and
//! the execution. What actions say is read by the ABI that the contract had then, which is in the history
//! as well.

use crate::block::LoggedBlock;
use antelope_abi::Abi;
use antelope_chain::TransactionStatus;
use antelope_types::native::{SETABI, SetAbi};
use antelope_types::{
    Action, Checksum256, Decode, Decoder, Encode, Name, PermissionLevel, TimePoint, Transaction,
    name,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The account of the native actions.
const EOSIO: Name = name!("eosio");
/// The account of the multisignature contract, and its action that keeps a transaction.
const MSIG: Name = name!("eosio.msig");
const PROPOSE: Name = name!("propose");
/// The type of a document's meta in the ABIs of the cooperative's contracts.
const META: &str = "Meta";
/// The most findings that are kept; a hash that is in more actions is none of a document.
const MOST: usize = 10_000;

/// How an action has to do with a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryMatch {
    /// It is the id of the block.
    Block,
    /// It is the id of the transaction.
    Transaction,
    /// It is the hash of a document that the action has, whole and signed.
    Document,
    /// It is the hash of the text of such a document.
    Text,
    /// It is named: a vote names the question so.
    Named,
    /// The action is about a question that a found vote named.
    Decision,
}

/// Something that was found.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryFinding {
    /// The hash.
    pub hash: Checksum256,
    /// How it was found.
    #[serde(rename = "match")]
    pub how: HistoryMatch,
    /// The number of the block.
    pub block: u32,
    /// Its time.
    pub time: TimePoint,
    /// The transaction; none for a block.
    pub transaction: Option<Checksum256>,
    /// The contract.
    pub contract: Name,
    /// The action.
    pub action: Name,
    /// Whose authority it had.
    pub actors: Vec<Name>,
    /// The number of the question, where the action names one.
    pub decision: Option<u64>,
}

/// A question of a cooperative.
type Question = (Name, String, u64);

/// What is looked for, and what was found in the blocks that it has seen.
#[derive(Default)]
pub struct HistorySearch {
    wanted: Vec<Checksum256>,
    found: Vec<HistoryFinding>,
    /// The ABIs that contracts have had up to the block that is seen, and those that were proposed.
    abis: HashMap<Name, Vec<Abi>>,
    /// Questions that votes with a wanted hash were about.
    questions: HashMap<Question, Checksum256>,
}

impl HistorySearch {
    /// Looks for these hashes: of documents, of their texts, of questions, of transactions, of blocks.
    #[must_use]
    pub fn of(wanted: Vec<Checksum256>) -> Self {
        Self {
            wanted,
            ..Self::default()
        }
    }

    /// What was found, in the order of the history.
    #[must_use]
    pub fn found(&self) -> &[HistoryFinding] {
        &self.found
    }

    /// The hashes that nothing has.
    #[must_use]
    pub fn missing(&self) -> Vec<Checksum256> {
        let found: HashSet<_> = self.found.iter().map(|it| it.hash).collect();
        let wanted = self.wanted.iter().copied();
        wanted.filter(|it| !found.contains(it)).collect()
    }

    /// Looks through a block. Blocks come in their order.
    pub(crate) fn see(&mut self, block: &LoggedBlock) {
        if self.wanted.is_empty() || self.found.len() >= MOST {
            return;
        }
        let place = HistoryFinding {
            hash: block.id,
            how: HistoryMatch::Block,
            block: block.number(),
            time: block.header.timestamp.into(),
            transaction: None,
            contract: Name::default(),
            action: Name::default(),
            actors: Vec::new(),
            decision: None,
        };
        if self.wanted.contains(&block.id) {
            self.found.push(place.clone());
        }
        for (transaction, signed) in block.transactions.iter().zip(&block.signed) {
            if transaction.receipt.status != TransactionStatus::Executed {
                continue;
            }
            let place = HistoryFinding {
                hash: transaction.id,
                how: HistoryMatch::Transaction,
                transaction: Some(transaction.id),
                ..place.clone()
            };
            if self.wanted.contains(&transaction.id) {
                self.found.push(place.clone());
            }
            let actions = signed.iter().flat_map(|it| &it.transaction.actions);
            for action in actions {
                self.see_action(action, &place);
            }
        }
    }

    fn see_action(&mut self, action: &Action, place: &HistoryFinding) {
        self.learn(action);
        // The newest first; one that was only proposed reads no action to its end, or reads it right.
        let abis = self.abis.get(&action.account).into_iter().flatten().rev();
        let read = abis.map(|abi| (abi, abi.unpack_action(action.name, &action.data)));
        let read = read.filter_map(|(abi, data)| Some((abi, data.ok()?)));
        let read = read.into_iter().next();
        let documents = read.as_ref().map(|(abi, data)| documents(abi, data));
        let (documents, data) = (documents.unwrap_or_default(), read.map(|(_, data)| data));
        let question = data.as_ref().and_then(|it| question(action.account, it));
        let actors = action.authorization.iter().map(|it| it.actor).collect();
        let place = HistoryFinding {
            contract: action.account,
            action: action.name,
            actors,
            decision: question.as_ref().map(|(_, _, id)| *id),
            ..place.clone()
        };
        for hash in &self.wanted {
            let is =
                |of: &dyn Fn(&Hashes) -> Checksum256| documents.iter().any(|it| of(it) == *hash);
            let known = question.as_ref().and_then(|it| self.questions.get(it));
            let how = if is(&|it| it.document) {
                HistoryMatch::Document
            } else if is(&|it| it.text) {
                HistoryMatch::Text
            } else if has(&action.data, hash) {
                HistoryMatch::Named
            } else if known == Some(hash) {
                HistoryMatch::Decision
            } else {
                continue;
            };
            if how == HistoryMatch::Named
                && let Some(question) = &question
            {
                self.questions.insert(question.clone(), *hash);
            }
            self.found.push(HistoryFinding {
                hash: *hash,
                how,
                ..place.clone()
            });
        }
    }

    /// Keeps the ABI that an action sets. A proposal of `eosio.msig` sets it when it is executed, and the
    /// history has that transaction only in the proposal.
    fn learn(&mut self, action: &Action) {
        if action.account == EOSIO && action.name == SETABI {
            let set = SetAbi::from_bytes(&action.data).ok();
            if let Some((account, abi)) =
                set.and_then(|it| Some((it.account, Abi::from_binary(it.abi).ok()?)))
            {
                self.abis.entry(account).or_default().push(abi);
            }
        }
        if action.account == MSIG && action.name == PROPOSE {
            let mut input = Decoder::new(&action.data);
            let proposed = <(Name, Name, Vec<PermissionLevel>)>::decode(&mut input);
            let proposed = proposed.and_then(|_| Transaction::decode(&mut input));
            for action in proposed.iter().flat_map(|it| &it.actions) {
                // A proposal of a proposal is not looked into.
                if action.account == EOSIO {
                    self.learn(action);
                }
            }
        }
    }
}

/// The hashes of a document.
struct Hashes {
    /// Of the document: the SHA-256 of its packed meta and the hash of its text.
    document: Checksum256,
    /// Of its text.
    text: Checksum256,
}

/// The documents among the arguments of an action, however deep.
fn documents(abi: &Abi, value: &Value) -> Vec<Hashes> {
    match value {
        Value::Array(items) => items.iter().flat_map(|it| documents(abi, it)).collect(),
        Value::Object(fields) if fields.contains_key("doc_hash") => {
            hashes(abi, value).into_iter().collect()
        }
        Value::Object(fields) => fields.values().flat_map(|it| documents(abi, it)).collect(),
        _ => Vec::new(),
    }
}

fn hashes(abi: &Abi, document: &Value) -> Option<Hashes> {
    let text: Checksum256 = document["doc_hash"].as_str()?.parse().ok()?;
    let mut bytes = abi.pack(META, &document["meta"]).ok()?;
    bytes.extend(text.to_bytes());
    Some(Hashes {
        document: Checksum256::sha256(&bytes),
        text,
    })
}

/// The question that an action names by its number.
fn question(contract: Name, data: &Value) -> Option<Question> {
    let id = &data["decision_id"];
    let id = id.as_u64().or_else(|| id.as_str()?.parse().ok())?;
    Some((contract, data["coopname"].as_str()?.to_owned(), id))
}

/// Whether bytes have a hash in them.
fn has(bytes: &[u8], hash: &Checksum256) -> bool {
    bytes.windows(hash.0.len()).any(|it| it == hash.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_question_is_named_by_a_number_or_its_text() {
        let contract = name!("soviet");
        let named =
            |id: Value| question(contract, &json!({ "coopname": "coop", "decision_id": id }));
        let expected = Some((contract, "coop".to_owned(), 7));
        assert_eq!(named(json!(7)), expected);
        assert_eq!(named(json!("7")), expected);
        assert_eq!(named(Value::Null), None);
    }

    #[test]
    fn a_hash_is_found_anywhere_in_the_arguments() {
        let hash = Checksum256::sha256(b"a question");
        let data = [&[1, 2, 3][..], &hash.0, &[4]].concat();
        assert!(has(&data, &hash));
        assert!(!has(&data[..34], &hash) && !has(&[], &hash));
    }
}
