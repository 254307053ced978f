//! A desk in the store of personal data: each document under the key of the person it is about, or of the archive
//! where the law keeps it; papers under the key of the person.

use super::{Kept, Pile, SealedDesk};
use crate::coop::clock::now;
use crate::coop::private::failed;
use antelope_cli::Fallible;
use antelope_types::{Checksum256, Encode, Name, base64};
use coop_documents::Profile;
use coop_language::Messages;
use coop_model::Document;
use coop_private::{PaperKind, PrivateDocument, PrivateError, PrivateStore};
use std::cell::RefCell;
use std::rc::Rc;

/// The store of a desk.
pub(in crate::coop) struct StoreOfDesk {
    store: RefCell<PrivateStore>,
    messages: Messages,
}

impl StoreOfDesk {
    /// A desk in this store.
    pub(in crate::coop) fn new(store: PrivateStore, messages: &Messages) -> Rc<Self> {
        Rc::new(Self {
            store: RefCell::new(store),
            messages: messages.clone(),
        })
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut PrivateStore) -> Result<T, PrivateError>,
    ) -> Fallible<T> {
        act(&mut self.store.borrow_mut()).map_err(failed(&self.messages))
    }

    /// What an earlier release has kept of a document.
    fn old(&self, name: &str) -> Fallible<Option<Kept>> {
        let found = self.with(|store| store.paper(PaperKind::File, name))?;
        Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }
}

impl SealedDesk for StoreOfDesk {
    fn profile(&self, account: Name) -> Fallible<Option<Profile>> {
        self.with(|store| store.profile(account))
    }

    fn keep(&self, document: &Document, stem: &str, text: &str, kept: &Kept) -> Fallible<String> {
        let document = PrivateDocument {
            document: document.clone(),
            text: text.to_owned(),
            record: kept.record.clone(),
            proposal: kept.proposal.clone(),
        };
        // What a candidate signs goes with the person until the council has admitted them.
        let entry = self.with(|store| store.put_document_as(&document, stem, false, now()))?;
        Ok(entry.file.unwrap_or_default())
    }

    fn discard(&self, hash: &Checksum256) -> Fallible<()> {
        self.with(|store| store.remove_document(hash))
    }

    fn kept(&self, hash: &Checksum256) -> Fallible<Option<Kept>> {
        let found = self.with(|store| {
            let Some(entry) = store.document_entry(hash)? else {
                return Ok(None);
            };
            match store.document(hash) {
                Err(PrivateError::NoDocument { .. }) => Ok(None),
                found => Ok(Some((entry, found?))),
            }
        })?;
        let Some((entry, found)) = found else {
            return self.old(&of_documents(&format!("{hash}.json")));
        };
        Ok(Some(Kept {
            file: entry.file.unwrap_or_else(|| format!("{hash}.txt")),
            proposal: found.proposal,
            document: Some(base64::encode(&found.document.to_bytes())),
            record: found.record,
            text: Some(found.text),
        }))
    }

    fn file_of(&self, hash: &Checksum256) -> Fallible<Option<String>> {
        let entry = self.with(|store| store.document_entry(hash))?;
        match entry.and_then(|entry| entry.file) {
            Some(file) => Ok(Some(file)),
            None => Ok(self.kept(hash)?.map(|kept| kept.file)),
        }
    }

    fn called(&self, file: &str) -> Fallible<Option<Kept>> {
        if let Some(hash) = self.with(|store| store.document_called(file))? {
            return self.kept(&hash);
        }
        for entry in self.with(|store| store.papers(PaperKind::File))? {
            if let Some(kept) = self.old(&entry.name)?.filter(|kept| kept.file == file) {
                return Ok(Some(kept));
            }
        }
        Ok(None)
    }

    fn texts(&self) -> Fallible<Vec<(Checksum256, Checksum256)>> {
        self.with(|store| {
            let entries = store.documents(None)?.into_iter();
            let texts = entries.map(|entry| match store.document(&entry.hash) {
                Err(PrivateError::NoDocument { .. }) => Ok(None),
                found => Ok(Some((found?.document.doc_hash, entry.hash))),
            });
            let texts: Result<Vec<_>, PrivateError> = texts.collect();
            Ok(texts?.into_iter().flatten().collect())
        })
    }

    fn old_text(&self, file: &str) -> Fallible<Option<Vec<u8>>> {
        let name = of_documents(file);
        let found = self.with(|store| store.paper(PaperKind::File, &name))?;
        Ok(found.map(|bytes| bytes.to_vec()))
    }

    fn lay(&self, pile: Pile, name: &str, account: Name, content: &[u8]) -> Fallible<()> {
        self.with(|store| store.put_paper(pile.kind(), name, account, content, now()))
    }

    fn paper(&self, pile: Pile, name: &str) -> Fallible<Option<Vec<u8>>> {
        let found = self.with(|store| store.paper(pile.kind(), name))?;
        Ok(found.map(|bytes| bytes.to_vec()))
    }

    fn pile(&self, pile: Pile) -> Fallible<Vec<String>> {
        let papers = self.with(|store| store.papers(pile.kind()))?;
        Ok(papers.into_iter().map(|it| it.name).collect())
    }

    fn take_away(&self, pile: Pile, name: &str) -> Fallible<()> {
        self.with(|store| store.remove_paper(pile.kind(), name))
    }

    fn admit(&self, account: Name) -> Fallible<()> {
        self.with(|store| store.admit(account, now())).map(drop)
    }
}

impl Pile {
    /// What the store calls papers of this pile.
    pub(in crate::coop) fn kind(self) -> PaperKind {
        match self {
            Self::Drafts => PaperKind::Draft,
            Self::Joint => PaperKind::Joint,
            Self::Things => PaperKind::Thing,
        }
    }
}

/// What the store calls a file of the folder of documents.
pub(in crate::coop) fn of_documents(file: &str) -> String {
    format!("documents/{file}")
}
