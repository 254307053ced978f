//! What is sent about a decision, and what comes of it.

use async_graphql::{InputObject, SimpleObject};

/// A signed transaction, packed as nodes take it.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PackedTransactionInput {
    /// Each signature as text.
    pub(crate) signatures: Vec<String>,
    /// The packed transaction in hexadecimal digits.
    pub(crate) packed_trx: String,
    /// Packed context-free data in hexadecimal digits; empty or left out.
    pub(crate) packed_context_free_data: Option<String>,
    /// `none` or 0, the only one that is taken.
    pub(crate) compression: Option<String>,
}

/// A vote.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct VoteInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The number of the decision.
    pub(crate) decision_id: f64,
    /// Who votes: the caller.
    pub(crate) username: String,
    /// The signed transaction with the one action of the vote.
    pub(crate) transaction: PackedTransactionInput,
}

/// The chairman's signature under a protocol.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct AuthorizeInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The number of the decision.
    pub(crate) decision_id: f64,
    /// Who presides: the caller.
    pub(crate) username: String,
    /// The signed transaction with the action `authorize`, and `exec` behind it where both are wanted.
    pub(crate) transaction: PackedTransactionInput,
}

/// The execution of a decision that was signed.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ExecInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The number of the decision.
    pub(crate) decision_id: f64,
    /// Who executes it: the caller.
    pub(crate) username: String,
    /// The signed transaction with the one action `exec`.
    pub(crate) transaction: PackedTransactionInput,
}

/// What a node answered to a transaction.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PushedTransaction {
    /// The transaction.
    pub(crate) transaction_id: String,
    /// The block that it is in, or that the node expects it in.
    pub(crate) block_num: u32,
    /// The decision as the chain has it after that; null where it is carried out and gone.
    pub(crate) decision: Option<super::agenda::BlockchainDecision>,
}
