//! Signed documents as an archive has them: enough to verify them without the chain.

use antelope_rpc_client::signing;
use antelope_types::{Checksum256, Decode, Name, PublicKey, Signature, TimePoint, base64};
use coop_index::DocumentRecord;
use coop_model::Meta;
use coop_model::document::signing_digest;
use serde::{Deserialize, Serialize};

/// A signed document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedDocument {
    /// What it is known by on the chain: the SHA-256 of `meta` and `doc_hash`.
    pub hash: Checksum256,
    /// What it says about itself, packed, in base64.
    pub meta: String,
    /// The SHA-256 of its text.
    pub doc_hash: Checksum256,
    /// The block that recorded it.
    pub block_num: u32,
    /// The transaction.
    pub transaction_id: Checksum256,
    /// Who signed.
    pub signatures: Vec<SignedSignature>,
}

/// A signature under a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedSignature {
    /// Who signed.
    pub signer: Name,
    /// The key.
    pub public_key: PublicKey,
    /// When, by the signer's clock, in microseconds since 1970: the signature covers them, and a time in JSON has only
    /// milliseconds.
    pub signed_at: i64,
    /// The signature.
    pub signature: Signature,
}

impl SignedDocument {
    /// A document of the index; `None` where the index has not kept its contents.
    pub(crate) fn of(record: DocumentRecord) -> Option<Self> {
        let signatures = record.signatures.iter().map(|it| {
            Some(SignedSignature {
                signer: it.signer,
                public_key: it.public_key.parse().ok()?,
                signed_at: it.signed_at.micros(),
                signature: it.signature.parse().ok()?,
            })
        });
        Some(Self {
            hash: record.hash,
            meta: base64::encode(&record.packed?),
            doc_hash: record.doc_hash,
            block_num: record.block,
            transaction_id: record.recorded_in,
            signatures: signatures.collect::<Option<_>>()?,
        })
    }

    /// What is wrong with it, if anything: that it has another hash, says something about another cooperative, or
    /// that a signature is not of its key, of this document or of this chain.
    pub(crate) fn problem(&self, chain_id: &Checksum256, coopname: Name) -> Option<String> {
        let meta = base64::decode(&self.meta).unwrap_or_default();
        if base64::encode(&meta) != self.meta {
            return Some("its meta is no base64".to_owned());
        }
        if Checksum256::sha256_of(&[&meta, &self.doc_hash.0]) != self.hash {
            return Some(format!("{} is not its hash", self.hash));
        }
        match Meta::from_bytes(&meta) {
            Ok(meta) if meta.coopname == coopname => {}
            Ok(meta) => return Some(format!("it belongs to {}", meta.coopname)),
            Err(error) => return Some(error.to_string()),
        }
        if self.signatures.is_empty() {
            return Some("nobody signed it".to_owned());
        }
        let mut signatures = self.signatures.iter();
        let wrong = signatures.find(|it| {
            let digest = signing_digest(
                chain_id,
                &self.hash,
                it.signer,
                TimePoint::from_micros(it.signed_at),
            );
            signing::recover(&digest, &it.signature).ok().as_ref() != Some(&it.public_key)
        });
        wrong.map(|it| format!("the signature of {} is not of its key", it.signer))
    }
}
