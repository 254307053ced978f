//! The documents of the story: rendered, signed, saved, and found again on the chain.

use super::{Stage, StoryError};
use crate::{off_chain::OffChainDocument, report::SavedDocument};
use antelope_types::{Checksum256, TimePoint};
use coop_documents::{Form, Lang, Rendered, Stamp, sign};
use coop_model::Document;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A document of the story.
pub(super) struct Paper {
    /// The document as it goes on chain.
    pub(super) document: Document,
    /// Its place in the report.
    index: usize,
}

impl Paper {
    /// What the chain knows the document by.
    pub(super) fn hash(&self) -> Checksum256 {
        self.document.hash()
    }
}

impl Stage<'_, '_> {
    /// Renders a document, has it signed, and saves its text; where people read English, an English
    /// text beside it.
    pub(super) fn write(&mut self, form: &dyn Form) -> Result<Paper, StoryError> {
        let stamp = self.stamp()?;
        let (document, rendered) = self.draft(form, stamp)?;
        let stem = self.unused(rendered.file_name.trim_end_matches(".txt"));
        let file = format!("{stem}.txt");
        self.save(&file, &rendered.text)?;
        if self.reads_english {
            let cooperative = &self.input.cooperative;
            let english = self.renderer.render(cooperative, form, stamp, Lang::En)?;
            self.save(&format!("{stem}.en.txt"), &english.text)?;
        }
        let kept = OffChainDocument::new(&document, &rendered);
        self.off_chain.documents.push(kept);
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
        let index = documents.len();
        documents.push(saved);
        Ok(Paper { document, index })
    }

    /// Renders a document and has it signed, for an attempt that leaves nothing.
    pub(super) fn forge(&mut self, form: &dyn Form) -> Result<Document, StoryError> {
        let stamp = self.stamp()?;
        self.draft(form, stamp).map(|(document, _)| document)
    }

    /// The moment of a document. A person's documents serve once and in their order, so no two of
    /// the story are of the same microsecond.
    fn stamp(&mut self) -> Result<Stamp, StoryError> {
        let now = self.now()?;
        let created_at = now.time.micros().max(self.last_stamp + 1);
        self.last_stamp = created_at;
        Ok(Stamp {
            block_num: now.irreversible_block,
            created_at,
        })
    }

    fn draft(&self, form: &dyn Form, stamp: Stamp) -> Result<(Document, Rendered), StoryError> {
        let rendered = self
            .renderer
            .render(&self.input.cooperative, form, stamp, Lang::Ru)?;
        let mut signers = Vec::new();
        for signer in form.signers() {
            signers.push((signer, self.keys.of(signer)?));
        }
        let signed_at = TimePoint::from_micros(stamp.created_at);
        let document = sign(&rendered, &self.chain_id(), &signers, signed_at)?;
        Ok((document, rendered))
    }

    /// A name that no document of the story has: statements of one person are counted.
    fn unused(&self, stem: &str) -> String {
        let documents = &self.log.report.documents;
        let is_used = |name: &str| {
            documents
                .iter()
                .any(|document| document.file.strip_suffix(".txt") == Some(name))
        };
        let mut name = stem.to_owned();
        let mut number = 2;
        while is_used(&name) {
            name = format!("{stem}-{number}");
            number += 1;
        }
        name
    }

    /// Remembers which transaction carries a document.
    pub(super) fn sent(&mut self, paper: &Paper, transaction: Checksum256) {
        if let Some(saved) = self.log.report.documents.get_mut(paper.index) {
            saved.transaction_id = Some(transaction);
        }
        self.sent.push((paper.index, paper.document.clone()));
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
