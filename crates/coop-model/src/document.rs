//! Signed documents: what they say, what their hash is and what a signature under them covers.

use alloc::string::String;
use alloc::vec::Vec;

use antelope_contract::prelude::*;
use antelope_contract::types::Encoder;

use crate::hash::sha256;

pub mod subject;
mod verify;

pub use subject::Subject;
pub use verify::Age;

/// A signed document, whole, as it stands in an action's data; rows keep only hashes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Document {
    /// What the document is and what it is about.
    pub meta: Meta,
    /// SHA-256 of the rendered file.
    pub doc_hash: Checksum256,
    /// Who signed; never empty.
    pub signatures: Vec<DocumentSignature>,
}

impl Document {
    /// `sha256(pack(meta) ‖ doc_hash)`: what the document is known by on chain.
    pub fn hash(&self) -> Checksum256 {
        let mut bytes = self.meta.to_bytes();
        bytes.extend_from_slice(&self.doc_hash.0);
        sha256(&bytes)
    }
}

/// What a document is and what it is about. Holds no personal data: people are account names.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Meta {
    /// Which kind of document: one of [`registry`](crate::catalogue::registry).
    pub registry_id: u64,
    /// The cooperative that it belongs to.
    pub coopname: Name,
    /// The person that it is about; the cooperative for a general meeting.
    pub username: Name,
    /// Title of the form; at most [`MAX_TITLE`](crate::parameters::MAX_TITLE) bytes.
    pub title: String,
    /// Language tag, `ru`.
    pub lang: String,
    /// The program that rendered it.
    pub generator: String,
    /// The version of that program.
    pub version: String,
    /// The block whose state it shows.
    pub block_num: u32,
    /// When it was rendered.
    pub created_at: TimePoint,
    /// The time zone of the dates in its text.
    pub timezone: String,
    /// Hashes of documents that it refers to.
    pub links: Vec<Checksum256>,
    /// What it binds itself to, besides the cooperative and the person.
    pub subject: Option<Subject>,
}

/// A signature under a document.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct DocumentSignature {
    /// Who signs.
    pub signer: Name,
    /// The key: it alone must satisfy the signer's `active` permission.
    pub public_key: PublicKey,
    /// The signature over [`signing_digest`].
    pub signature: Signature,
    /// When, by the signer's clock.
    pub signed_at: TimePoint,
}

/// `sha256(chain_id ‖ hash ‖ pack(signer) ‖ pack(signed_at))`: what a signature covers.
pub fn signing_digest(
    chain_id: &Checksum256,
    hash: &Checksum256,
    signer: Name,
    signed_at: TimePoint,
) -> Checksum256 {
    let mut bytes = [0u8; 32 + 32 + 8 + 8];
    let mut out = Encoder::new(&mut bytes);
    chain_id.encode(&mut out);
    hash.encode(&mut out);
    signer.encode(&mut out);
    signed_at.encode(&mut out);
    sha256(&bytes)
}
