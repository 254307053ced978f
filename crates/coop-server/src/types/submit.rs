//! What members send: signed documents, and steps of what they have begun.

use super::decision::PackedTransactionInput;
use super::joint::CollectedSignatures;
use async_graphql::{InputObject, SimpleObject};

/// A signed document that is sent.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SubmitDocumentInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The hash of the document, which was made here.
    pub(crate) hash: String,
    /// The signed transaction with the one action that takes the signed document.
    pub(crate) transaction: PackedTransactionInput,
    /// Who sends it: the caller. A statement, a proposal or an act is sent by one of its signers, the protocol of a
    /// general meeting by the office.
    pub(crate) username: String,
}

/// A thing whose owner, or the cooperative, goes back before it has changed hands.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct WithdrawAssetInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The number of the thing in the cooperative.
    pub(crate) property_id: f64,
    /// The signed transaction with the one action `cancelprop`.
    pub(crate) transaction: PackedTransactionInput,
    /// Who goes back: the caller.
    pub(crate) username: String,
}

/// A step of the move to a new account.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct MoveStepInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The old account.
    pub(crate) participant: String,
    /// The signed transaction with the one action of this step.
    pub(crate) transaction: PackedTransactionInput,
    /// Who takes the step: the caller.
    pub(crate) username: String,
}

/// A step of a payment of one's own.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PaymentStepInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The hash of the payment: that of the statement that it belongs to.
    pub(crate) hash: String,
    /// The signed transaction with the one action of this step.
    pub(crate) transaction: PackedTransactionInput,
    /// Who takes the step: the caller.
    pub(crate) username: String,
}

/// An act about property, which the owner and whoever acts for the cooperative sign.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "PropertyAct", rename_fields = "snake_case")]
pub(crate) struct PropertyAct {
    /// The number of the thing in the cooperative.
    pub(crate) property_id: f64,
    #[graphql(flatten)]
    pub(crate) collected: CollectedSignatures,
}
