//! What documents are made from.
//!
//! The fields of [`RegenerateInput`] are left out for a new document. With all of them a document that was made
//! before comes out again.

use async_graphql::{InputObject, SimpleObject};

/// What makes an earlier document again.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegenerateInput {
    /// Only for a document that was made before: the block that its facts are of.
    pub(crate) block_num: Option<u32>,
    /// Only for a document that was made before: its moment.
    pub(crate) created_at: Option<String>,
    /// Only for a document that was made before: the program that made it.
    pub(crate) generator: Option<String>,
    /// Only for a document that was made before: the tag of its language.
    pub(crate) lang: Option<String>,
    /// Only for a document that was made before: the hashes of the documents that it follows from.
    pub(crate) links: Option<Vec<String>>,
    /// Only for a document that was made before: its zone.
    pub(crate) timezone: Option<String>,
    /// Only for a document that was made before: its title.
    pub(crate) title: Option<String>,
    /// Only for a document that was made before: the version of its form.
    pub(crate) version: Option<String>,
}

/// How a document is made.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GenerateDocumentOptionsInput {
    /// Not to keep the document.
    pub(crate) skip_save: Option<bool>,
    /// `ru` or `en`. Documents and their pages are in Russian, whichever it is.
    pub(crate) lang: Option<String>,
}

/// A question and the decision that is proposed on it.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateProjectFreeDecisionInput {
    /// The decision that is proposed.
    pub(crate) decision: String,
    /// The question that is put.
    pub(crate) question: String,
    /// Taken as clients send it, and not used: a proposal has the title of its form.
    pub(crate) title: Option<String>,
}

/// A draft of a proposal.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreatedProjectFreeDecision {
    /// The draft, which proposals name.
    pub(crate) id: String,
    /// The question.
    pub(crate) question: String,
    /// The decision that is proposed.
    pub(crate) decision: String,
}

/// What a proposal is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ProjectFreeDecisionGenerateDocumentInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Who proposes: the caller.
    pub(crate) username: String,
    /// The draft of the proposal.
    pub(crate) project_id: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the protocol of a free decision is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct FreeDecisionGenerateDocumentInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Any account; the decision names who proposed it.
    pub(crate) username: String,
    /// The number of the decision.
    pub(crate) decision_id: f64,
    /// The draft of the proposal.
    pub(crate) project_id: String,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the protocol of any other decision is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ParticipantApplicationDecisionGenerateDocumentInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Any account; the decision names the person.
    pub(crate) username: String,
    /// The number of the decision.
    pub(crate) decision_id: f64,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the statement of who joins is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ParticipantApplicationGenerateDocumentInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Who joins.
    pub(crate) username: String,
    /// Empty: there are no branches.
    pub(crate) braname: Option<String>,
    /// A drawn signature as a base64 image. It is not kept: the key signs.
    pub(crate) signature: Option<String>,
    /// Not to keep the document.
    pub(crate) skip_save: Option<bool>,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}
