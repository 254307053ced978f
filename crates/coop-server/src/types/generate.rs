//! What documents are made from.
//!
//! The fields of [`RegenerateInput`] are left out for a new document. With all of them a document that was made
//! before comes out again.

use async_graphql::{InputObject, SimpleObject};

/// What makes an earlier document again.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegenerateInput {
    pub(crate) block_num: Option<u32>,
    pub(crate) created_at: Option<String>,
    pub(crate) generator: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) links: Option<Vec<String>>,
    pub(crate) timezone: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) version: Option<String>,
}

/// How a document is made.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GenerateDocumentOptionsInput {
    /// Not to keep the document.
    pub(crate) skip_save: Option<bool>,
    /// The language of the page for people: `ru` or `en`.
    pub(crate) lang: Option<String>,
}

/// A question and the decision that is proposed on it.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateProjectFreeDecisionInput {
    pub(crate) decision: String,
    pub(crate) question: String,
    /// The title of the proposal.
    pub(crate) title: Option<String>,
}

/// A draft of a proposal.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreatedProjectFreeDecision {
    pub(crate) id: String,
    pub(crate) question: String,
    pub(crate) decision: String,
}

/// What a proposal is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ProjectFreeDecisionGenerateDocumentInput {
    pub(crate) coopname: String,
    pub(crate) username: String,
    pub(crate) project_id: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the protocol of a free decision is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct FreeDecisionGenerateDocumentInput {
    pub(crate) coopname: String,
    pub(crate) username: String,
    pub(crate) decision_id: f64,
    pub(crate) project_id: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the protocol of any other decision is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ParticipantApplicationDecisionGenerateDocumentInput {
    pub(crate) coopname: String,
    pub(crate) username: String,
    pub(crate) decision_id: f64,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the statement of who joins is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ParticipantApplicationGenerateDocumentInput {
    pub(crate) coopname: String,
    pub(crate) username: String,
    /// Empty: there are no branches.
    pub(crate) braname: Option<String>,
    /// A drawn signature as a base64 image. It is not kept: the key signs.
    pub(crate) signature: Option<String>,
    pub(crate) skip_save: Option<bool>,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}
