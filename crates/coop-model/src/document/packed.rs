//! A document as the bytes that came with the action, for contracts.

use super::parts;
use super::subject::{self, Alternative};
use super::verify::Lengths;
use crate::hash::sha256;
use alloc::vec::Vec;
use antelope_contract::auth::permission_satisfied_by_key;
use antelope_contract::crypto::is_signed_by;
use antelope_contract::prelude::*;
use antelope_contract::types::schema::Ty;
use antelope_contract::types::{DecodeError, Decoder, Encoder};

/// A signed document, whole, as it stands in an action's data; rows keep only hashes.
///
/// Its parts are those of the document that programs make: see `parts.rs`.
#[derive(Clone, Debug)]
pub struct Document {
    /// The packed meta and the hash of the file: what the document's hash is of.
    head: Vec<u8>,
    registry_id: u64,
    coopname: Name,
    username: Name,
    created_at: TimePoint,
    lengths: Lengths,
    /// Where in the head the packed subject begins, and where it ends.
    subject: (usize, usize),
    signatures: Vec<DocumentSignature>,
}

/// Bytes of the hash of the file, which follow the meta.
const DOC_HASH: usize = 32;

impl<'a> Decode<'a> for Document {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        let bytes = input.rest();
        let start = input.position();
        let registry_id = Decode::decode(input)?;
        let coopname = Decode::decode(input)?;
        let username = Decode::decode(input)?;
        let [title, lang, generator, version] = [(); 4].map(|()| skip(input, 1));
        u32::decode(input)?;
        let created_at = Decode::decode(input)?;
        let timezone = skip(input, 1);
        let links = skip(input, 32);
        let from = input.position() - start;
        subject::skip(input);
        let to = input.position() - start;
        input.take(DOC_HASH)?;
        let head = bytes.get(..to + DOC_HASH).unwrap_or_default().to_vec();
        Ok(Self {
            head,
            registry_id,
            coopname,
            username,
            created_at,
            lengths: [title, lang, generator, version, timezone, links],
            subject: (from, to),
            signatures: Decode::decode(input)?,
        })
    }
}

/// A signature under a document: the key and the signature are bytes that the chain reads, not the
/// contract.
#[derive(Clone, Debug)]
pub struct DocumentSignature {
    /// Who signs.
    pub signer: Name,
    public_key: Vec<u8>,
    signature: Vec<u8>,
    /// When, by the signer's clock.
    pub signed_at: TimePoint,
}

impl<'a> Decode<'a> for DocumentSignature {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        Ok(Self {
            signer: Decode::decode(input)?,
            public_key: sized(input, |input, is_webauthn| {
                let _ = input.take(33);
                if is_webauthn {
                    let _ = input.take(1);
                    skip(input, 1);
                }
            }),
            signature: sized(input, |input, is_webauthn| {
                let _ = input.take(65);
                if is_webauthn {
                    skip(input, 1);
                    skip(input, 1);
                }
            }),
            signed_at: Decode::decode(input)?,
        })
    }
}

impl Encode for DocumentSignature {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.signer.encode(out);
        out.write(&self.public_key);
        out.write(&self.signature);
        self.signed_at.encode(out);
    }
}

impl DocumentSignature {
    /// Whether the key has signed this digest.
    pub(super) fn is_of(&self, digest: &Checksum256) -> bool {
        is_signed_by(digest, &self.signature, &self.public_key)
    }

    /// Whether the key alone satisfies the signer's `active` permission.
    pub(super) fn satisfies_active(&self) -> bool {
        permission_satisfied_by_key(self.signer, name!("active"), &self.public_key)
    }
}

/// The bytes of a key or a signature; `go_over` reads what follows its kind, which is a WebAuthn one
/// or not. Of an unknown kind the chain says so.
fn sized(input: &mut Decoder<'_>, go_over: impl FnOnce(&mut Decoder<'_>, bool)) -> Vec<u8> {
    let bytes = input.rest();
    let start = input.position();
    let kind = input.take_tag().unwrap_or_default();
    go_over(input, kind == 2);
    bytes
        .get(..input.position() - start)
        .unwrap_or_default()
        .to_vec()
}

/// Goes over a text, or a list of items of this size; returns its length.
fn skip(input: &mut Decoder<'_>, size: usize) -> usize {
    let length = input.take_len().unwrap_or_default();
    let _ = input.take(length.saturating_mul(size));
    length
}

impl Encode for Document {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.write(&self.head);
        self.signatures.encode(out);
    }
}

impl AbiType for Document {
    const TY: &'static Ty = parts::Document::TY;
}

impl Document {
    /// `sha256(pack(meta) ‖ doc_hash)`: what the document is known by on chain.
    pub fn hash(&self) -> Checksum256 {
        sha256(&self.head)
    }

    /// Which kind of document.
    pub fn registry_id(&self) -> u64 {
        self.registry_id
    }

    /// The cooperative that it belongs to.
    pub fn coopname(&self) -> Name {
        self.coopname
    }

    /// The person that it is about.
    pub fn username(&self) -> Name {
        self.username
    }

    /// When it was rendered.
    pub fn created_at(&self) -> TimePoint {
        self.created_at
    }

    /// Who signed.
    pub fn signatures(&self) -> &[DocumentSignature] {
        &self.signatures
    }

    /// Whether it binds itself to something besides the cooperative and the person.
    pub fn has_subject(&self) -> bool {
        self.packed_subject().len() > 1
    }

    /// What it binds itself to, if that is a `T`.
    pub fn subject<T: Alternative>(&self) -> Option<T> {
        match self.packed_subject() {
            [1, tag, bytes @ ..] if *tag == T::TAG => T::from_bytes(bytes).ok(),
            _ => None,
        }
    }

    /// Whether the packed subject, an optional, is this.
    pub(super) fn has_packed_subject(&self, packed: &[u8]) -> bool {
        self.packed_subject() == packed
    }

    /// How long its texts and lists are.
    pub(super) fn lengths(&self) -> Lengths {
        self.lengths
    }

    fn packed_subject(&self) -> &[u8] {
        let (from, to) = self.subject;
        self.head.get(from..to).unwrap_or_default()
    }
}
