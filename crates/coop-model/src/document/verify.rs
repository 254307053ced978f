//! What a contract demands of a document before it believes it.

use antelope_contract::prelude::*;

use super::{Document, DocumentSignature, Meta, signing_digest};
use crate::decision::after;
use crate::limits;

impl Document {
    /// Fails unless the document is of the kind `registry_id`, about `coopname` and `username`, and
    /// within its bounds.
    pub fn require_about(&self, registry_id: u64, coopname: Name, username: Name) {
        let meta = &self.meta;
        check!(
            meta.registry_id == registry_id,
            "the document has another registry id than this action takes"
        );
        check!(
            meta.coopname == coopname,
            "the document is about another cooperative"
        );
        check!(
            meta.username == username,
            "the document is about another person"
        );
        meta.require_bounds();
    }

    /// Fails unless `signer`, and nobody else, signed the document; returns the document's hash.
    pub fn require_signed_by(&self, chain_id: &Checksum256, signer: Name) -> Checksum256 {
        let hash = self.hash();
        check!(
            !self.signatures.is_empty(),
            "the document has no signatures"
        );
        match self.signatures.as_slice() {
            [one] => {
                check!(
                    one.signer == signer,
                    "the document is signed by another account than it must be"
                );
                one.require_valid(chain_id, &hash);
            }
            _ => fail("the document must have exactly one signature"),
        }
        hash
    }

    /// Fails unless every signature is valid and every signer signed once; returns the document's
    /// hash. Who the signers are is for the caller to check.
    pub fn require_signed(&self, chain_id: &Checksum256) -> Checksum256 {
        let hash = self.hash();
        check!(
            !self.signatures.is_empty(),
            "the document has no signatures"
        );
        check!(
            self.signatures.len() <= limits::MAX_SIGNATURES,
            "the document has more than 64 signatures"
        );
        let mut rest = self.signatures.as_slice();
        while let Some((one, others)) = rest.split_first() {
            check!(
                others.iter().all(|other| other.signer != one.signer),
                "the document is signed twice by one account"
            );
            one.require_valid(chain_id, &hash);
            rest = others;
        }
        hash
    }
}

impl Meta {
    /// Fails unless every text and list of the meta is within its bound.
    fn require_bounds(&self) {
        check!(
            self.title.len() <= limits::MAX_TITLE,
            "the document's title is longer than 256 bytes"
        );
        check!(
            self.lang.len() <= limits::MAX_LANG,
            "the document's lang is longer than 8 bytes"
        );
        check!(
            self.generator.len() <= limits::MAX_GENERATOR,
            "the document's generator is longer than 32 bytes"
        );
        check!(
            self.version.len() <= limits::MAX_VERSION,
            "the document's version is longer than 32 bytes"
        );
        check!(
            self.timezone.len() <= limits::MAX_TIMEZONE,
            "the document's timezone is longer than 64 bytes"
        );
        check!(
            self.links.len() <= limits::MAX_LINKS,
            "the document has more than 16 links"
        );
    }
}

impl DocumentSignature {
    /// Fails unless this is a signature of `signer` under the document with this hash.
    fn require_valid(&self, chain_id: &Checksum256, hash: &Checksum256) {
        check!(
            self.signed_at <= after(now(), limits::CLOCK_SKEW_SECONDS),
            "the document is signed in the future"
        );
        let digest = signing_digest(chain_id, hash, self.signer, self.signed_at);
        check!(
            recover_key(&digest, &self.signature) == self.public_key,
            "the signature does not belong to this document and key"
        );
        check!(
            permission_satisfied(
                self.signer,
                name!("active"),
                core::slice::from_ref(&self.public_key)
            ),
            "the signing key does not satisfy the signer's active permission"
        );
    }
}
