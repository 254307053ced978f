//! Documents that come back signed.

use crate::api::Api;
use crate::error::ApiError;
use crate::fields;
use crate::stored;
use crate::types::generate::RegenerateInput;
use crate::types::signed::{SignedDocumentInput, SignedMetaInput};
use crate::written;
use antelope_rpc_client::signing::recover;
use antelope_types::{Checksum256, Name, PublicKey, Signature};
use coop_language::Words;
use coop_model::document::signing_digest;
use coop_model::{Document, DocumentSignature, Meta, Subject};
use coop_private::PrivateDocument;

/// A document of this form that was made here for a person, with the person's signature that came back in a field.
/// What was sent with it must be what it says about itself. Of a thread that may wait.
///
/// # Errors
/// [`ApiError::NotFound`] for a document that was not made here; [`ApiError::Field`] for a meta that is another one, and
/// for a signature that is not of this key, this document, this chain and the moment of the document.
pub(crate) fn signed(
    api: &Api,
    (who, registry_id): (Name, u64),
    field: &str,
    input: &SignedDocumentInput,
) -> Result<Document, ApiError> {
    let refused = |part: &str, key| ApiError::field(format!("{field}.{part}"), Words::of(key));
    let hash = fields::hash(&format!("{field}.hash"), &input.hash)?;
    let kept = stored::document(api, &hash)?;
    let kept = kept.map(|it| it.document).filter(|it| {
        let meta = &it.meta;
        meta.registry_id == registry_id && meta.username == who
    });
    let mut document = kept.ok_or_else(|| ApiError::not_found("what.paper"))?;
    if let Some(part) = difference(&input.meta, &document.meta)? {
        return Err(refused(&format!("meta.{part}"), "expected.same"));
    }
    let is_same = |given: &str, is: Checksum256| given.parse() == Ok(is);
    let doc_hash = input.doc_hash.as_deref();
    if doc_hash.is_some_and(|it| !is_same(it, document.doc_hash)) {
        return Err(refused("doc_hash", "expected.same"));
    }
    let others = input.signatures.iter().flatten();
    if others
        .clone()
        .any(|it| it.signature != input.signature || it.signer != who.to_string())
    {
        return Err(refused("signatures", "expected.own_signature"));
    }
    let given = (&*input.public_key, &*input.signature);
    document.signatures = vec![signature(api, &document, who, field, given)?];
    Ok(document)
}

/// The document of one of these forms that was made here for this signer, alone or with others. Of a thread that may
/// wait.
///
/// # Errors
/// [`ApiError::NotFound`]; those of the store.
pub(crate) fn made(
    api: &Api,
    signer: Name,
    forms: &[u64],
    hash: &Checksum256,
) -> Result<PrivateDocument, ApiError> {
    let kept = stored::document(api, hash)?.filter(|it| {
        let is_signer = |it| stored::signers(it).contains(&signer);
        forms.contains(&it.document.meta.registry_id) && it.record.as_ref().is_some_and(is_signer)
    });
    kept.ok_or_else(|| ApiError::not_found("what.paper"))
}

/// A person's signature under a document, at the moment of the document, that came in a field as a key and a signature.
///
/// # Errors
/// [`ApiError::Field`] for one that is not of this key, this document and this chain. Whether the key is the person's
/// is for the chain to say.
pub(crate) fn signature(
    api: &Api,
    document: &Document,
    signer: Name,
    field: &str,
    (public_key, signature): (&str, &str),
) -> Result<DocumentSignature, ApiError> {
    let refused = |part: &str, key| ApiError::field(format!("{field}.{part}"), Words::of(key));
    let key = public_key.parse::<PublicKey>();
    let key = key.map_err(|_| refused("public_key", "expected.key"))?;
    let signature = signature.parse::<Signature>();
    let signature = signature.map_err(|_| refused("signature", "expected.signature"))?;
    let signed_at = document.meta.created_at;
    let digest = signing_digest(
        &api.contracts().chain_id,
        &document.hash(),
        signer,
        signed_at,
    );
    if !recover(&digest, &signature).is_ok_and(|found| found == key) {
        return Err(refused("signature", "expected.signed_hash"));
    }
    Ok(DocumentSignature {
        signer,
        public_key: key,
        signature,
        signed_at,
    })
}

/// The first field that was sent otherwise than the document has it.
fn difference(given: &SignedMetaInput, meta: &Meta) -> Result<Option<&'static str>, ApiError> {
    if given.coopname != meta.coopname.to_string() {
        return Ok(Some("coopname"));
    }
    if given.username != meta.username.to_string() {
        return Ok(Some("username"));
    }
    if u64::from(given.registry_id) != meta.registry_id {
        return Ok(Some("registry_id"));
    }
    let (project, decision) = match meta.subject {
        Some(Subject::Project(it)) => (Some(it.project.to_string()), None),
        Some(Subject::Decision(it)) => (None, Some(it.decision_id as f64)),
        _ => (None, None),
    };
    if given.project_id.is_some() && given.project_id != project {
        return Ok(Some("project_id"));
    }
    if given.decision_id.is_some() && given.decision_id != decision {
        return Ok(Some("decision_id"));
    }
    let repeat = written::repeat(RegenerateInput {
        block_num: Some(given.block_num),
        created_at: Some(given.created_at.clone()),
        generator: Some(given.generator.clone()),
        lang: Some(given.lang.clone()),
        links: Some(given.links.clone()),
        timezone: Some(given.timezone.clone()),
        title: Some(given.title.clone()),
        version: Some(given.version.clone()),
    })?;
    Ok(repeat.difference(meta))
}
