//! What statements, agreements, proposals and acts are made from.

use super::generate::RegenerateInput;
use async_graphql::InputObject;

/// What an agreement is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "AgreementGenerateDocumentInput", rename_fields = "snake_case")]
pub(crate) struct AgreementInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Whose agreement it is.
    pub(crate) username: String,
    /// The key that the person will sign with; the one of the account where it is left out.
    pub(crate) public_key: Option<String>,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What a statement without further facts is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "StatementGenerateDocumentInput", rename_fields = "snake_case")]
pub(crate) struct StatementInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Whose statement it is.
    pub(crate) username: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What a statement about money is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    name = "MoneyStatementGenerateDocumentInput",
    rename_fields = "snake_case"
)]
pub(crate) struct MoneyInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Whose statement it is.
    pub(crate) username: String,
    /// How much, such as `100.0000 RUB`.
    pub(crate) quantity: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the statement of a contribution in property is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    name = "AssetContributionGenerateDocumentInput",
    rename_fields = "snake_case"
)]
pub(crate) struct AssetContributionInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Whose thing it is.
    pub(crate) username: String,
    /// What it is. The chain has the hash of this text.
    pub(crate) description: String,
    /// What it is worth as a share, such as `60000.0000 RUB`.
    pub(crate) valuation: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What a document about property of the cooperative is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "PropertyGenerateDocumentInput", rename_fields = "snake_case")]
pub(crate) struct PropertyInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Whose it is.
    pub(crate) username: String,
    /// Its number in the cooperative.
    pub(crate) property_id: f64,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the statement of a new account is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    name = "MoveStatementGenerateDocumentInput",
    rename_fields = "snake_case"
)]
pub(crate) struct MoveInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The old account.
    pub(crate) username: String,
    /// The new one, whose key signs.
    pub(crate) new_username: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the proposal to block a participant is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    name = "BlockProposalGenerateDocumentInput",
    rename_fields = "snake_case"
)]
pub(crate) struct BlockProposalInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The member of the council who proposes.
    pub(crate) username: String,
    /// Whom it is about.
    pub(crate) participant: String,
    /// `true` to block, `false` to end it.
    pub(crate) is_blocked: bool,
    /// Why.
    pub(crate) reason: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}
