//! Documents as clients make them.

use antelope_types::{Checksum256, Name, TimePoint};
use coop_model::document::signing_digest;
use coop_model::{Document, DocumentSignature, Meta, Subject};
use veche_tests::Person;

use super::World;

/// A document that nobody has signed yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub meta: Meta,
    pub doc_hash: Checksum256,
}

impl Draft {
    /// A document of the kind `registry_id`, rendered now.
    pub(crate) fn new(
        world: &World,
        registry_id: u64,
        coopname: Name,
        username: Name,
        subject: Option<Subject>,
    ) -> Self {
        Self {
            meta: Meta {
                registry_id,
                coopname,
                username,
                title: "Документ".to_owned(),
                lang: "ru".to_owned(),
                generator: "veche".to_owned(),
                version: "0.1.0".to_owned(),
                block_num: 1,
                created_at: world.clock(),
                timezone: "Europe/Moscow".to_owned(),
                links: Vec::new(),
                subject,
            },
            doc_hash: world.unique_hash(),
        }
    }

    /// The document signed now by these people.
    pub(crate) fn signed_by(self, world: &World, signers: &[&Person]) -> Document {
        let now = world.clock();
        let mut document = Document {
            meta: self.meta,
            doc_hash: self.doc_hash,
            signatures: Vec::new(),
        };
        let hash = document.hash();
        document.signatures = signers
            .iter()
            .map(|signer| signature(signer, &world.id, &hash, now))
            .collect();
        document
    }
}

/// One person's signature under a document's hash.
pub(crate) fn signature(
    signer: &Person,
    chain_id: &Checksum256,
    hash: &Checksum256,
    signed_at: TimePoint,
) -> DocumentSignature {
    let digest = signing_digest(chain_id, hash, signer.name, signed_at);
    DocumentSignature {
        signer: signer.name,
        public_key: signer.public_key(),
        signature: signer.key.sign(&digest).expect("a signature"),
        signed_at,
    }
}

/// A number of a table row: nodes write those above 32 bits as text.
pub(crate) fn number(value: &serde_json::Value) -> u64 {
    value
        .as_u64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap_or_else(|| panic!("not a number: {value}"))
}
