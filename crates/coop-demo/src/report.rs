//! What a run of the demo leaves: the steps, the documents and the checks, as data.

use crate::node_kind::NodeKind;
use antelope_types::{Checksum256, Name};
use coop_language::Lang;
use coop_model::refusal::Message;
use serde::Serialize;

/// A whole run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Where it ran; `None` when no node was started.
    pub chain: Option<ChainPlayedOn>,
    /// The contracts, in the order of deployment.
    pub contracts: Vec<DeployedContract>,
    /// The story in short, a sentence for each thing that happened.
    pub story: Vec<String>,
    /// Everything that was done, in order.
    pub steps: Vec<Step>,
    /// The documents, in the order of their making.
    pub documents: Vec<SavedDocument>,
    /// What was read back from the chain and compared.
    pub checks: Vec<Check>,
    /// The sums over all steps.
    pub totals: Totals,
    /// The node that was left running, if it was.
    pub kept: Option<KeptNode>,
}

/// The chain a run was made on.
#[derive(Clone, Debug, Serialize)]
pub struct ChainPlayedOn {
    /// The chain's id.
    pub id: Checksum256,
    /// What ran it.
    pub node: NodeKind,
    /// The version of what ran it, in its own words.
    pub node_version: String,
    /// The address of a node's HTTP API; `embedded:` for the chain of the process.
    pub url: String,
}

/// A deployed contract.
#[derive(Clone, Debug, Serialize)]
pub struct DeployedContract {
    /// The account it is on.
    pub account: Name,
    /// The length of the wasm in bytes.
    pub wasm_bytes: usize,
    /// The SHA-256 of the wasm, as the chain tells it.
    pub code_hash: Checksum256,
}

/// One thing that was done, or was refused as it should be.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// From 1.
    pub number: usize,
    /// A name that stays the same in all languages: `vote_for`.
    pub name: &'static str,
    /// What was done, in words.
    pub title: String,
    /// The account that did it.
    pub who: Name,
    /// What the account is in this story, in words.
    pub role: String,
    /// The name of the person whose account it is.
    pub person: Option<String>,
    /// The transaction, when there is one on the chain.
    pub transaction: Option<TransactionCost>,
    /// How it ended.
    pub outcome: StepOutcome,
    /// The outcome in words.
    pub result: String,
}

/// An executed transaction and what it cost.
#[derive(Clone, Debug, Serialize)]
pub struct TransactionCost {
    /// The transaction's id.
    pub id: Checksum256,
    /// The block it is in.
    pub block_num: u32,
    /// The names of its own actions, `contract::action`.
    pub actions: Vec<String>,
    /// Billed processor time in microseconds.
    pub cpu_us: u32,
    /// Billed network use in bytes.
    pub net_bytes: u32,
    /// The change of memory use of all accounts together, in bytes; below zero when memory was freed.
    pub ram_bytes: i64,
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepOutcome {
    /// It was executed.
    Done,
    /// It was read, without a transaction.
    Read,
    /// The chain refused it, as it should.
    Refused {
        /// The chain's error code.
        code: u64,
        /// The chain's name of the error.
        error: String,
        /// The chain's text.
        message: String,
        /// What was attempted, in words.
        attempt: String,
        /// The contract's reason, when it is one of the table of refusals.
        refusal: Option<ContractRefusal>,
    },
}

/// A refusal of the contracts as their table has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContractRefusal {
    /// Its code.
    pub code: u64,
    /// What went wrong, in English: the text on the chain.
    pub en: &'static str,
    /// What went wrong, in Russian.
    pub ru: &'static str,
    /// What to do about it, in English.
    pub do_en: &'static str,
    /// What to do about it, in Russian.
    pub do_ru: &'static str,
}

impl ContractRefusal {
    /// What went wrong.
    pub fn told(&self, lang: Lang) -> &'static str {
        lang.pick(self.ru, self.en)
    }
}

impl From<&'static Message> for ContractRefusal {
    fn from(message: &'static Message) -> Self {
        Self {
            code: message.refusal.code,
            en: message.refusal.text,
            ru: message.ru,
            do_en: message.do_en,
            do_ru: message.do_ru,
        }
    }
}

/// A document: a file here, a hash on the chain.
#[derive(Clone, Debug, Serialize)]
pub struct SavedDocument {
    /// The name of the file in the folder of documents.
    pub file: String,
    /// Its number in the registry of documents.
    pub registry_id: u64,
    /// Its title.
    pub title: String,
    /// The SHA-256 of the file.
    pub doc_hash: Checksum256,
    /// What the chain knows the document by: the hash of its meta and of `doc_hash`.
    pub hash: Checksum256,
    /// Who signed.
    pub signers: Vec<Name>,
    /// The transaction that carries it; `None` when the document was never sent.
    pub transaction_id: Option<Checksum256>,
}

/// A fact read back from the chain.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What was compared, in words.
    pub title: String,
    /// What it should be.
    pub expected: String,
    /// What it is.
    pub found: String,
    /// Whether the two are the same.
    pub ok: bool,
}

/// Sums over the transactions of a run.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Totals {
    /// How many transactions were executed.
    pub transactions: usize,
    /// How many attempts were refused.
    pub refusals: usize,
    /// Billed processor time in microseconds.
    pub cpu_us: u64,
    /// Billed network use in bytes.
    pub net_bytes: u64,
    /// The change of memory use in bytes.
    pub ram_bytes: i64,
}

/// A node that was left running.
#[derive(Clone, Debug, Serialize)]
pub struct KeptNode {
    /// Its process id.
    pub process_id: u32,
    /// The folder of its state and log.
    pub folder: std::path::PathBuf,
    /// Commands to look around with.
    pub commands: Vec<ShellCommand>,
}

/// A command with what it shows.
#[derive(Clone, Debug, Serialize)]
pub struct ShellCommand {
    /// What it shows, in words.
    pub title: String,
    /// The command line, as a shell takes it.
    pub line: String,
}

impl Report {
    /// Adds up the steps.
    pub(crate) fn sum_up(&mut self) {
        let mut totals = Totals::default();
        for step in &self.steps {
            totals.refusals += usize::from(matches!(step.outcome, StepOutcome::Refused { .. }));
            if let Some(transaction) = &step.transaction {
                totals.transactions += 1;
                totals.cpu_us += u64::from(transaction.cpu_us);
                totals.net_bytes += u64::from(transaction.net_bytes);
                totals.ram_bytes += transaction.ram_bytes;
            }
        }
        self.totals = totals;
    }
}
