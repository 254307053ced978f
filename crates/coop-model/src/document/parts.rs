//! A document as its parts, for programs that make and read them.

use super::Subject;
#[cfg(not(target_os = "none"))]
use super::{subject::Alternative, verify::Lengths};
#[cfg(not(target_os = "none"))]
use crate::hash::sha256;
use alloc::string::String;
use alloc::vec::Vec;
use antelope_contract::prelude::*;

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
    /// The signature over [`signing_digest`](super::signing_digest).
    pub signature: Signature,
    /// When, by the signer's clock.
    pub signed_at: TimePoint,
}

#[cfg(not(target_os = "none"))]
impl DocumentSignature {
    /// Whether the key has signed this digest.
    pub(super) fn is_of(&self, digest: &Checksum256) -> bool {
        recover_key(digest, &self.signature) == self.public_key
    }

    /// Whether the key alone satisfies the signer's `active` permission.
    pub(super) fn satisfies_active(&self) -> bool {
        let key = core::slice::from_ref(&self.public_key);
        permission_satisfied(self.signer, name!("active"), key)
    }
}

#[cfg(not(target_os = "none"))]
impl Document {
    /// `sha256(pack(meta) ‖ doc_hash)`: what the document is known by on chain.
    pub fn hash(&self) -> Checksum256 {
        let mut bytes = self.meta.to_bytes();
        bytes.extend_from_slice(&self.doc_hash.0);
        sha256(&bytes)
    }

    /// Which kind of document.
    pub fn registry_id(&self) -> u64 {
        self.meta.registry_id
    }

    /// The cooperative that it belongs to.
    pub fn coopname(&self) -> Name {
        self.meta.coopname
    }

    /// The person that it is about.
    pub fn username(&self) -> Name {
        self.meta.username
    }

    /// When it was rendered.
    pub fn created_at(&self) -> TimePoint {
        self.meta.created_at
    }

    /// Who signed.
    pub fn signatures(&self) -> &[DocumentSignature] {
        &self.signatures
    }

    /// Whether it binds itself to something besides the cooperative and the person.
    pub fn has_subject(&self) -> bool {
        self.meta.subject.is_some()
    }

    /// What it binds itself to, if that is a `T`.
    pub fn subject<T: Alternative>(&self) -> Option<T> {
        self.meta.subject.and_then(T::of)
    }

    /// Whether the packed subject, an optional, is this.
    pub(super) fn has_packed_subject(&self, packed: &[u8]) -> bool {
        self.meta.subject.to_bytes() == packed
    }

    /// How long its texts and lists are.
    pub(super) fn lengths(&self) -> Lengths {
        let meta = &self.meta;
        [
            meta.title.len(),
            meta.lang.len(),
            meta.generator.len(),
            meta.version.len(),
            meta.timezone.len(),
            meta.links.len(),
        ]
    }
}
