//! Signed documents whose transaction may be on its way.
//!
//! A document has a moment and so is another each time it is made. A run that was interrupted after it had
//! sent one must be continued with the very same, or the chain would take the second for a second
//! application. So each signed document stays on the desk, as `documents/draft-KEY.json` or in its store, until it is known what
//! became of its transaction; `KEY` is of what the document says, apart from its moment. The next run that
//! would say the same uses the document again: its transaction has the same actions as before, by which an
//! unfinished one is found, and a chain that has it already refuses it.

use super::desk::{Desk, Kept, Pile, malformed, parsed};
use antelope_cli::Fallible;
use antelope_types::{Action, Checksum256, Decode, Encode, base64};
use coop_model::Document;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What is kept of a draft.
#[derive(Serialize, Deserialize)]
pub(super) struct DraftFile {
    /// What its text is called.
    file: String,
    /// The document as it is in an action, in base64.
    document: String,
}

/// A document that was signed before.
pub(super) struct Draft {
    pub(super) document: Document,
    /// Its text, and what that is called.
    pub(super) text: String,
    pub(super) path: PathBuf,
}

#[cfg(feature = "registry")]
impl DraftFile {
    /// The document; `None` where it is not one.
    pub(super) fn document(&self) -> Option<Document> {
        Document::from_bytes(&base64::decode(&self.document)?).ok()
    }
}

/// The name of the draft of the document that says this.
pub(super) fn place(key: &Checksum256) -> String {
    key.to_string()
}

/// The document that an earlier run has signed and whose fate it did not learn.
///
/// # Errors
/// `desk.read`, `desk.parse` where there is one that cannot be read: it may have been sent. Those of the store.
pub(super) fn find(desk: &Desk, place: &str) -> Fallible<Option<Draft>> {
    let Some(bytes) = desk.paper(Pile::Drafts, place)? else {
        return Ok(None);
    };
    let (messages, path) = (&desk.messages, desk.file(Pile::Drafts, place));
    let draft: DraftFile = parsed(messages, &path, &bytes)?;
    let bytes = base64::decode(&draft.document).unwrap_or_default();
    let document = Document::from_bytes(&bytes).map_err(|error| {
        malformed(messages, &path, &error.to_string()).hint(messages.text("folder.earlier"))
    })?;
    let named = || Kept {
        file: draft.file.clone(),
        ..Kept::default()
    };
    let kept = desk.kept(&document.hash()).unwrap_or_else(named);
    Ok(Some(Draft {
        document,
        text: String::from_utf8_lossy(&desk.text(&kept)?).into_owned(),
        path: desk.documents().join(&draft.file),
    }))
}

/// Keeps a document that is about to be sent, whose text is called so.
///
/// # Errors
/// `desk.write`, those of the store; nothing must be sent then.
pub(super) fn keep(desk: &Desk, place: &str, document: &Document, text: &Path) -> Fallible<()> {
    let file = text.file_name().unwrap_or_default();
    let kept = DraftFile {
        file: file.to_string_lossy().into_owned(),
        document: base64::encode(&document.to_bytes()),
    };
    let bytes = serde_json::to_vec(&kept).unwrap_or_default();
    desk.lay(Pile::Drafts, place, document.meta.username, &bytes)
}

/// Forgets the documents that a transaction with these actions has brought to the chain.
pub(super) fn forget_sent(desk: &Desk, actions: &[Action]) {
    let is_sent = |document: &[u8]| {
        let mut parts = actions
            .iter()
            .flat_map(|it| it.data.windows(document.len()));
        parts.any(|part| part == document)
    };
    for name in desk.pile(Pile::Drafts).unwrap_or_default() {
        let bytes = desk.paper(Pile::Drafts, &name).ok().flatten();
        let kept = bytes.and_then(|bytes| serde_json::from_slice::<DraftFile>(&bytes).ok());
        let document = kept.and_then(|kept| base64::decode(&kept.document));
        if document.is_some_and(|it| !it.is_empty() && is_sent(&it)) {
            desk.take_away(Pile::Drafts, &name);
        }
    }
}

/// Forgets documents whose fate is known. One that stays is offered once more.
pub(super) fn forget(desk: &Desk, places: &[String]) {
    for place in places {
        desk.take_away(Pile::Drafts, place);
    }
}
