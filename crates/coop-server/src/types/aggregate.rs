//! Signed documents with all their signatures, as later clients ask for them.

use super::document::GeneratedDocument;
use super::scalar::{DateTime, Json};
use async_graphql::SimpleObject;

/// A document with its signatures, and its text where it is kept here and the caller may read it.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct DocumentAggregate {
    /// The hash of the document.
    pub(crate) hash: String,
    /// The document as the chain has it.
    pub(crate) document: SignedDigitalDocument,
    /// The document with its text; null where `binary` would be empty.
    pub(crate) raw_document: Option<GeneratedDocument>,
}

/// A signed document as the chain has it: without its text.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SignedDigitalDocument {
    /// The version of its form.
    pub(crate) version: String,
    /// What is signed: SHA-256 of the packed meta and `doc_hash`.
    pub(crate) hash: String,
    /// SHA-256 of the text.
    pub(crate) doc_hash: String,
    /// SHA-256 of the packed meta; null where the registry does not have its bytes.
    pub(crate) meta_hash: Option<String>,
    /// What the document says about itself.
    pub(crate) meta: Json,
    /// The signatures, in the order of the chain.
    pub(crate) signatures: Vec<SignatureInfo>,
}

/// A signature under a document.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SignatureInfo {
    /// Its place, from 0.
    pub(crate) id: u32,
    /// Who signed.
    pub(crate) signer: String,
    /// The key.
    pub(crate) public_key: String,
    /// The signature.
    pub(crate) signature: String,
    /// When, by the clock of the signer.
    pub(crate) signed_at: DateTime,
    /// What was signed: it binds the document to the chain, the signer and the moment.
    pub(crate) signed_hash: String,
    /// Always empty: a signature says nothing else about itself.
    pub(crate) meta: String,
}

impl DocumentAggregate {
    /// A signed document with its text, as far as that is shown.
    pub(crate) fn of(signed: &SignedDigitalDocument, document: GeneratedDocument) -> Self {
        Self {
            hash: signed.hash.clone(),
            document: signed.clone(),
            raw_document: Some(document).filter(|it| !it.binary.is_empty()),
        }
    }
}
