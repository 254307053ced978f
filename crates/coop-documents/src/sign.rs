//! Signing a rendered document, and finding the file behind a signed one.

use crate::{DocumentError, hash::sha256, render::Rendered};
use antelope_rpc_client::{Signer, signing};
use antelope_types::{Checksum256, Name, TimePoint};
use coop_model::{Document, DocumentSignature, document::signing_digest};

/// Signs a document for one chain by one or more people, at one moment.
///
/// `signed_at` is what each signer's clock shows; a chain refuses moments far in its future. The
/// signatures stand in the order of `signers`: an account and a key of its active permission.
///
/// # Errors
/// [`DocumentError::Signing`] when a key cannot sign.
pub fn sign(
    rendered: &Rendered,
    chain_id: &Checksum256,
    signers: &[(Name, &dyn Signer)],
    signed_at: TimePoint,
) -> Result<Document, DocumentError> {
    let mut document = Document {
        meta: rendered.meta.clone(),
        doc_hash: rendered.doc_hash,
        signatures: Vec::new(),
    };
    let hash = document.hash();
    for (signer, key) in signers {
        let digest = signing_digest(chain_id, &hash, *signer, signed_at);
        let signature = key.sign(&digest).map_err(|source| DocumentError::Signing {
            signer: *signer,
            source,
        })?;
        document.signatures.push(DocumentSignature {
            signer: *signer,
            public_key: key.public_key(),
            signature,
            signed_at,
        });
    }
    Ok(document)
}

/// Whether `file` is the text whose hash the document carries: the very same bytes.
pub fn is_file_of(document: &Document, file: &[u8]) -> bool {
    sha256(file) == document.doc_hash
}

/// Whether every signature of a document belongs to its key and to this very document on this chain.
///
/// That the key is the signer's is for the chain to say: it checks the signer's permission.
pub fn is_signed(document: &Document, chain_id: &Checksum256) -> bool {
    let hash = document.hash();
    let is_right = |signature: &DocumentSignature| {
        let digest = signing_digest(chain_id, &hash, signature.signer, signature.signed_at);
        signing::recover(&digest, &signature.signature).is_ok_and(|key| key == signature.public_key)
    };
    !document.signatures.is_empty() && document.signatures.iter().all(is_right)
}

#[cfg(test)]
mod tests {
    use crate::Record;
    use antelope_rpc_client::signing::{generate_k1, generate_r1};
    use antelope_types::name;
    use coop_model::Meta;

    use super::*;

    const CHAIN: Checksum256 = Checksum256([7; 32]);

    fn rendered() -> Rendered {
        let meta = Meta {
            registry_id: 100,
            coopname: name!("zarechyekoop"),
            username: name!("nolifarubime"),
            title: "Заявление".into(),
            lang: "ru".into(),
            generator: "veche".into(),
            version: "1".into(),
            block_num: 1,
            created_at: TimePoint::from_micros(0),
            timezone: "UTC".into(),
            links: vec![],
            subject: None,
        };
        Rendered {
            file_name: "a.txt".into(),
            doc_hash: sha256(b"text\n"),
            text: "text\n".into(),
            meta,
            record: Record {
                form: "statement/admission".into(),
                stem: "statement".into(),
                facts: serde_json::Value::Null,
            },
        }
    }

    #[test]
    fn a_signature_holds_for_one_document_one_signer_one_moment_and_one_chain() {
        let (one, two) = (generate_k1().unwrap(), generate_r1().unwrap());
        let signers: [(Name, &dyn Signer); 2] =
            [(name!("nolifarubime"), &one), (name!("zuketamosiva"), &two)];
        let signed = sign(&rendered(), &CHAIN, &signers, TimePoint::from_micros(5)).unwrap();
        assert!(is_signed(&signed, &CHAIN));
        assert!(!is_signed(&signed, &Checksum256([8; 32])));
        type Change = fn(&mut Document);
        let changes: [Change; 5] = [
            |document| document.meta.title.push('!'),
            |document| document.doc_hash.0[0] ^= 1,
            |document| document.signatures[0].signed_at = TimePoint::from_micros(6),
            |document| document.signatures[1].signer = name!("nolifarubime"),
            |document| document.signatures.clear(),
        ];
        for change in changes {
            let mut changed = signed.clone();
            change(&mut changed);
            assert!(!is_signed(&changed, &CHAIN));
        }
    }

    #[test]
    fn the_file_of_a_document_is_known_by_its_bytes() {
        let key = generate_k1().unwrap();
        let signed = sign(
            &rendered(),
            &CHAIN,
            &[(name!("nolifarubime"), &key)],
            TimePoint::from_micros(5),
        )
        .unwrap();
        assert!(is_file_of(&signed, b"text\n"));
        assert!(!is_file_of(&signed, b"text"));
    }
}
