//! The documents of the story: rendered, signed, saved, and found again on the chain.

use std::{
    fs,
    path::{Path, PathBuf},
};

use antelope_types::Checksum256;
use coop_documents::{Form, Stamp, sign};
use coop_model::Document;

use sha2::{Digest, Sha256};

use super::{Stage, StoryError};
use crate::report::SavedDocument;

/// A document of the story.
pub(super) struct Paper {
    /// The document as it goes on chain.
    pub(super) document: Document,
    /// Its place in the report.
    index: Option<usize>,
}

impl Paper {
    /// What the chain knows the document by.
    pub(super) fn hash(&self) -> Checksum256 {
        self.document.hash()
    }
}

impl Stage<'_, '_> {
    /// Renders a document, has it signed, and saves its text.
    pub(super) fn write<F: Form>(&mut self, form: &F) -> Result<Paper, StoryError> {
        let mut paper = self.draft(form)?;
        let (text, file) = (paper.1, paper.2);
        self.save(&file, &text)?;
        let document = &paper.0.document;
        let saved = SavedDocument {
            file,
            registry_id: document.meta.registry_id,
            title: document.meta.title.clone(),
            doc_hash: document.doc_hash,
            hash: document.hash(),
            signers: document
                .signatures
                .iter()
                .map(|signature| signature.signer)
                .collect(),
            transaction_id: None,
        };
        let documents = &mut self.log.report.documents;
        paper.0.index = Some(documents.len());
        documents.push(saved);
        Ok(paper.0)
    }

    /// Renders a document and has it signed, for an attempt that leaves nothing.
    pub(super) fn forge<F: Form>(&self, form: &F) -> Result<Document, StoryError> {
        self.draft(form).map(|(paper, _, _)| paper.document)
    }

    fn draft<F: Form>(&self, form: &F) -> Result<(Paper, String, String), StoryError> {
        let now = self.now()?;
        let stamp = Stamp {
            block_num: now.irreversible_block,
            created_at: now.time.micros(),
        };
        let rendered = self.renderer.render(&self.input.cooperative, form, stamp)?;
        let mut signers = Vec::new();
        for signer in form.signers() {
            signers.push((signer, self.keys.of(signer)?));
        }
        let document = sign(&rendered, &self.chain_id(), &signers, now.time)?;
        Ok((
            Paper {
                document,
                index: None,
            },
            rendered.text,
            rendered.file_name,
        ))
    }

    /// Remembers which transaction carries a document.
    pub(super) fn sent(&mut self, paper: &Paper, transaction: Checksum256) {
        let Some(index) = paper.index else { return };
        if let Some(saved) = self.log.report.documents.get_mut(index) {
            saved.transaction_id = Some(transaction);
        }
        self.sent.push((index, paper.document.clone()));
    }

    /// Saves a text in the folder of documents.
    pub(super) fn save(&self, name: &str, text: &str) -> Result<(), StoryError> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(file_error(&path))
    }
}

/// Says which file it was.
pub(super) fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> StoryError {
    let path = PathBuf::from(path);
    move |source| StoryError::File { path, source }
}

/// The SHA-256 of some bytes.
pub(super) fn sha256(bytes: &[u8]) -> Checksum256 {
    Checksum256(Sha256::digest(bytes).into())
}
