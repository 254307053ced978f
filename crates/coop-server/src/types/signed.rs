//! Documents that come back signed.

use super::decision::PackedTransactionInput;
use async_graphql::{InputObject, Json};

/// What a signed document says about itself.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "SignedMetaDocumentInput", rename_fields = "snake_case")]
pub(crate) struct SignedMetaInput {
    pub(crate) block_num: u32,
    pub(crate) coopname: String,
    pub(crate) created_at: String,
    pub(crate) generator: String,
    pub(crate) lang: String,
    pub(crate) links: Vec<String>,
    pub(crate) registry_id: u32,
    pub(crate) timezone: String,
    pub(crate) title: String,
    pub(crate) username: String,
    pub(crate) version: String,
    /// Of a proposal: its draft.
    pub(crate) project_id: Option<String>,
    /// Of a protocol: its decision.
    pub(crate) decision_id: Option<f64>,
    /// Of a statement of who joins: empty, there are no branches.
    pub(crate) braname: Option<String>,
    /// Of a statement of who joins: not kept.
    pub(crate) signature: Option<String>,
    pub(crate) skip_save: Option<bool>,
}

/// A signed document. `hash`, `public_key` and `signature` are of the first signature; further ones are in
/// `signatures`.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "SignedDigitalDocumentInput", rename_fields = "snake_case")]
pub(crate) struct SignedDocumentInput {
    pub(crate) hash: String,
    pub(crate) public_key: String,
    pub(crate) signature: String,
    pub(crate) meta: SignedMetaInput,
    pub(crate) version: Option<String>,
    pub(crate) doc_hash: Option<String>,
    pub(crate) meta_hash: Option<String>,
    pub(crate) signatures: Option<Vec<SignatureInfoInput>>,
}

/// A signature under a document.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SignatureInfoInput {
    pub(crate) id: Option<u32>,
    pub(crate) signer: String,
    pub(crate) public_key: String,
    pub(crate) signature: String,
    pub(crate) signed_at: String,
    pub(crate) signed_hash: Option<String>,
    pub(crate) meta: Option<Json<serde_json::Value>>,
}

/// A proposal to put on the agenda.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PublishProjectFreeDecisionInput {
    pub(crate) coopname: String,
    pub(crate) document: SignedDocumentInput,
    /// Not kept: a proposal says what it is about in its document.
    pub(crate) meta: String,
    pub(crate) username: String,
    /// The member's signed transaction with the one action `freedecision`. Without it the cooperative publishes, for a
    /// member who has let it by the permission `propose`.
    pub(crate) transaction: Option<PackedTransactionInput>,
}
