//! Documents that several sign, while they collect signatures.

use super::document::GeneratedDocument;
use super::records::RecordedSignature;
use async_graphql::{InputObject, SimpleObject};

/// A signature under a document that several sign.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SignDocumentInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The hash of the document.
    pub(crate) hash: String,
    /// The key of the signature.
    pub(crate) public_key: String,
    /// The signature of the caller's `signed_hash`.
    pub(crate) signature: String,
    /// Who signs: the caller.
    pub(crate) username: String,
}

/// A document with the signatures that it has and those that it waits for.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CollectedSignatures {
    /// The document.
    pub(crate) document: GeneratedDocument,
    /// The signatures so far. A contract takes them behind `document.packed`.
    pub(crate) signatures: Vec<RecordedSignature>,
    /// Who has not signed yet.
    pub(crate) missing: Vec<MissingSignature>,
}

/// A signature that a document waits for.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct MissingSignature {
    /// Who has yet to sign.
    pub(crate) signer: String,
    /// What this signer signs, with the moment `document.meta.created_at`.
    pub(crate) signed_hash: String,
}
