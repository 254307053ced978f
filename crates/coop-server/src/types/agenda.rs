//! The agenda: questions that wait, with their documents.

use super::action::BlockchainAction;
use super::package::DocumentPackage;
use async_graphql::SimpleObject;

/// A question on the agenda.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct AgendaWithDocuments {
    /// The action that published it.
    pub(crate) action: BlockchainAction,
    pub(crate) documents: DocumentPackage,
    pub(crate) table: BlockchainDecision,
}

/// The row of a question.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BlockchainDecision {
    /// Whether enough have voted for it.
    pub(crate) approved: bool,
    pub(crate) authorization: SignedBlockchainDocument,
    /// Whether the chairman has signed the protocol.
    pub(crate) authorized: bool,
    pub(crate) authorized_by: String,
    /// Always 0: one question is one meeting.
    pub(crate) batch_id: f64,
    pub(crate) coopname: String,
    pub(crate) created_at: String,
    pub(crate) expired_at: String,
    pub(crate) id: f64,
    pub(crate) meta: String,
    pub(crate) statement: SignedBlockchainDocument,
    /// The kind of the decision.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    pub(crate) username: String,
    /// Always true: what is not paid or not signed is not on the agenda.
    pub(crate) validated: bool,
    pub(crate) votes_against: Vec<String>,
    pub(crate) votes_for: Vec<String>,
    /// The hash of the statement, which names the question.
    pub(crate) hash: String,
    /// `open`, `approved` or `authorized`.
    pub(crate) status: String,
    /// How many seats may vote.
    pub(crate) seats: u32,
    /// The quorum in percent of the seats; 0 for none.
    pub(crate) quorum_percent: u32,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// A signed document as a row of the chain names it; empty texts where there is none.
#[derive(Clone, Debug, Default, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SignedBlockchainDocument {
    pub(crate) hash: String,
    /// What it says about itself, as JSON.
    pub(crate) meta: String,
    pub(crate) public_key: String,
    pub(crate) signature: String,
}
