//! The agenda: questions that wait, with their documents.

use super::action::BlockchainAction;
use super::package::DocumentPackage;
use async_graphql::{InputObject, SimpleObject};

/// Which part of the agenda.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetAgendaInput {
    /// The `cursor` of the last question of the page before.
    pub(crate) cursor: Option<String>,
    /// How many; 1 to 500, 200 where it is left out.
    pub(crate) limit: Option<u32>,
}

/// A question on the agenda.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct AgendaWithDocuments {
    /// The action that published it.
    pub(crate) action: BlockchainAction,
    /// Where the questions behind this one begin; there may be none.
    pub(crate) cursor: String,
    /// The documents that belong to it.
    pub(crate) documents: DocumentPackage,
    /// The row of the question.
    pub(crate) table: BlockchainDecision,
}

/// The row of a question.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BlockchainDecision {
    /// Whether enough have voted for it.
    pub(crate) approved: bool,
    /// The protocol.
    pub(crate) authorization: SignedBlockchainDocument,
    /// Whether the chairman has signed the protocol.
    pub(crate) authorized: bool,
    /// Who signed the protocol; empty before.
    pub(crate) authorized_by: String,
    /// Always 0: one question is one meeting.
    pub(crate) batch_id: f64,
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// When it was published.
    pub(crate) created_at: String,
    /// When voting ends.
    pub(crate) expired_at: String,
    /// The number of the question in its cooperative.
    pub(crate) id: f64,
    /// Empty: what the statement says about itself is in `statement`.
    pub(crate) meta: String,
    /// The statement or the proposal.
    pub(crate) statement: SignedBlockchainDocument,
    /// The kind of the decision.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// Whom the question is about, or who proposed it.
    pub(crate) username: String,
    /// Always true: what is not paid or not signed is not on the agenda.
    pub(crate) validated: bool,
    /// The accounts that voted against it.
    pub(crate) votes_against: Vec<String>,
    /// The accounts that voted for it.
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
    /// The hash of the document.
    pub(crate) hash: String,
    /// What it says about itself, as JSON; empty until the registry has the document.
    pub(crate) meta: String,
    /// The key of the first signature.
    pub(crate) public_key: String,
    /// The first signature.
    pub(crate) signature: String,
}
