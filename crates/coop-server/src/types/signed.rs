//! Documents that come back signed.

use super::decision::PackedTransactionInput;
use async_graphql::{InputObject, Json};

/// What a signed document says about itself.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "SignedMetaDocumentInput", rename_fields = "snake_case")]
pub(crate) struct SignedMetaInput {
    /// The block that its facts are of.
    pub(crate) block_num: u32,
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// When it was made.
    pub(crate) created_at: String,
    /// The program that made it.
    pub(crate) generator: String,
    /// The tag of its language.
    pub(crate) lang: String,
    /// Hashes of the documents that it follows from.
    pub(crate) links: Vec<String>,
    /// The number of its form in the registry of documents.
    pub(crate) registry_id: u32,
    /// The zone that its moments are told in.
    pub(crate) timezone: String,
    /// Its title.
    pub(crate) title: String,
    /// Whom it is about.
    pub(crate) username: String,
    /// The version of its form.
    pub(crate) version: String,
    /// Of a proposal: its draft.
    pub(crate) project_id: Option<String>,
    /// Of a protocol: its decision.
    pub(crate) decision_id: Option<f64>,
    /// Of a statement of who joins: empty, there are no branches.
    pub(crate) braname: Option<String>,
    /// Of a statement of who joins: not kept.
    pub(crate) signature: Option<String>,
    /// Not to keep the document.
    pub(crate) skip_save: Option<bool>,
}

/// A signed document. `hash`, `public_key` and `signature` are of the first signature; further ones are in
/// `signatures`.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "SignedDigitalDocumentInput", rename_fields = "snake_case")]
pub(crate) struct SignedDocumentInput {
    /// The hash of the document.
    pub(crate) hash: String,
    /// The key of the first signature.
    pub(crate) public_key: String,
    /// The first signature.
    pub(crate) signature: String,
    /// What the document says about itself.
    pub(crate) meta: SignedMetaInput,
    /// Not used.
    pub(crate) version: Option<String>,
    /// SHA-256 of the text.
    pub(crate) doc_hash: Option<String>,
    /// Not used: the hash of the document covers its meta.
    pub(crate) meta_hash: Option<String>,
    /// The signatures.
    pub(crate) signatures: Option<Vec<SignatureInfoInput>>,
}

/// A signature under a document.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SignatureInfoInput {
    /// The place of the signature.
    pub(crate) id: Option<u32>,
    /// Who signed.
    pub(crate) signer: String,
    /// The public key.
    pub(crate) public_key: String,
    /// The signature.
    pub(crate) signature: String,
    /// The moment of the signature.
    pub(crate) signed_at: String,
    /// What was signed.
    pub(crate) signed_hash: Option<String>,
    /// Not used.
    pub(crate) meta: Option<Json<serde_json::Value>>,
}

/// A proposal to put on the agenda.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PublishProjectFreeDecisionInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The signed proposal.
    pub(crate) document: SignedDocumentInput,
    /// Not kept: a proposal says what it is about in its document.
    pub(crate) meta: String,
    /// Who proposes: the caller.
    pub(crate) username: String,
    /// The member's signed transaction with the one action `freedecision`. Without it the cooperative publishes, for a
    /// member who has let it by the permission `propose`.
    pub(crate) transaction: Option<PackedTransactionInput>,
}
