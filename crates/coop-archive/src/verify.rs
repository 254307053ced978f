//! Verifying an archive without the chain.

use crate::documents::SignedDocument;
use crate::error::{ArchiveError, ForgedPart, forged};
use crate::manifest::{FORMAT, Manifest, Seal, written};
use crate::tar;
use antelope_rpc_client::signing;
use antelope_types::Checksum256;
use serde_json::Value;
use std::collections::BTreeSet;

/// The name that the first file of every archive has.
const FIRST: &[u8] = b"manifest.json\0";

/// An archive of which every byte is what was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedArchive {
    /// What it is of.
    pub manifest: Manifest,
    /// Who signed it.
    pub seal: Seal,
    /// Its documents, each with good signatures.
    pub documents: Vec<SignedDocument>,
    /// How many texts it has, each of one of the documents.
    pub texts: u64,
}

/// Whether these bytes begin as an archive does.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(FIRST)
}

/// Verifies an archive: its frame, the signature of its manifest, every file by its SHA-256, every document by its
/// hash and signatures, every text by its document.
///
/// # Errors
/// [`ArchiveError::NotAnArchive`]; [`ArchiveError::UnknownFormat`]; [`ArchiveError::Forged`], which names the part.
pub fn verify(bytes: &[u8]) -> Result<VerifiedArchive, ArchiveError> {
    if !is_archive(bytes) {
        return Err(ArchiveError::NotAnArchive);
    }
    let files = tar::files(bytes)?;
    let [
        ("manifest.json", head),
        ("signature.json", seal),
        files @ ..,
    ] = files.as_slice()
    else {
        let problem = "the manifest and the signature do not come first";
        return Err(forged(ForgedPart::Frame, problem));
    };
    let manifest = manifest_of(head)?;
    let seal = seal_of(seal, &manifest, head)?;
    let names = files.iter().map(|(name, _)| *name);
    if !names.eq(manifest.files.iter().map(|it| it.name.as_str())) {
        let problem = "it lists other files than there are";
        return Err(forged(ForgedPart::Manifest, problem));
    }
    for ((name, content), listed) in files.iter().zip(&manifest.files) {
        let is_it =
            listed.bytes == content.len() as u64 && listed.sha256 == Checksum256::sha256(content);
        if !is_it {
            let problem = "it has another length or SHA-256 than in the manifest";
            return Err(forged(ForgedPart::File((*name).to_owned()), problem));
        }
    }
    let documents = documents_of(files, &manifest)?;
    let texts = texts_of(files, &documents)?;
    Ok(VerifiedArchive {
        manifest,
        seal,
        documents,
        texts,
    })
}

fn manifest_of(bytes: &[u8]) -> Result<Manifest, ArchiveError> {
    let wrong = |problem: String| forged(ForgedPart::Manifest, problem);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
    let format = value["format"].as_str().unwrap_or_default();
    if format != FORMAT && format.starts_with("veche-archive-") {
        return Err(ArchiveError::UnknownFormat {
            found: format.to_owned(),
            known: FORMAT,
        });
    }
    let manifest: Manifest =
        serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
    match manifest.format == FORMAT {
        true => Ok(manifest),
        false => Err(wrong("it names no format".to_owned())),
    }
}

fn seal_of(bytes: &[u8], manifest: &Manifest, head: &[u8]) -> Result<Seal, ArchiveError> {
    let wrong = |problem: &str| forged(ForgedPart::Seal, problem);
    let seal: Seal = serde_json::from_slice(bytes).map_err(|error| wrong(&error.to_string()))?;
    if written(&seal) != bytes {
        return Err(wrong("it is not written as it was signed"));
    }
    let digest = Seal::digest(&manifest.chain_id, head, seal.account, seal.signed_at);
    match signing::recover(&digest, &seal.signature) {
        Ok(key) if key == seal.public_key => Ok(seal),
        _ => Err(wrong(
            "the signature is not of its key, or of another manifest",
        )),
    }
}

fn documents_of(
    files: &[(&str, &[u8])],
    manifest: &Manifest,
) -> Result<Vec<SignedDocument>, ArchiveError> {
    let Some((_, lines)) = files.iter().find(|(name, _)| *name == "documents.jsonl") else {
        return Err(forged(ForgedPart::Manifest, "it lists no documents.jsonl"));
    };
    let lines = lines.split_inclusive(|byte| *byte == b'\n');
    let mut documents = Vec::new();
    for (number, line) in (1..).zip(lines) {
        let wrong = |problem: String| forged(ForgedPart::Document(number), problem);
        let document: SignedDocument =
            serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
        if let Some(problem) = document.problem(&manifest.chain_id, manifest.coopname) {
            return Err(wrong(problem));
        }
        documents.push(document);
    }
    match documents.len() as u64 == manifest.documents {
        true => Ok(documents),
        false => Err(forged(
            ForgedPart::Manifest,
            format!("it promises {} documents", manifest.documents),
        )),
    }
}

fn texts_of(files: &[(&str, &[u8])], documents: &[SignedDocument]) -> Result<u64, ArchiveError> {
    let known: BTreeSet<_> = documents.iter().map(|it| it.doc_hash).collect();
    let mut texts = 0;
    for (name, content) in files {
        let Some(text) = name.strip_prefix("texts/") else {
            continue;
        };
        let hash = Checksum256::sha256(content);
        if text != format!("{hash}.txt") || !known.contains(&hash) {
            let problem = "it is not the text of a document of the archive";
            return Err(forged(ForgedPart::File((*name).to_owned()), problem));
        }
        texts += 1;
    }
    Ok(texts)
}
