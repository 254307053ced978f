//! Signed documents whose transaction may be on its way.
//!
//! A document has a moment and so is another each time it is made. A run that was interrupted after it had
//! sent one must be continued with the very same, or the chain would take the second for a second
//! application. So each signed document stays in a file, `documents/draft-KEY.json`, until it is known what
//! became of its transaction; `KEY` is of what the document says, apart from its moment. The next run that
//! would say the same uses the document again: its transaction has the same actions as before, by which an
//! unfinished one is found, and a chain that has it already refuses it.

use super::desk::{Desk, malformed, own_file, read, unreadable, unwritten};
use antelope_cli::Fallible;
use antelope_types::{Action, Checksum256, Decode, Encode, base64};
use coop_model::Document;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// `documents/draft-KEY.json`.
#[derive(Serialize, Deserialize)]
struct DraftFile {
    /// The file of the text.
    file: String,
    /// The document as it is in an action, in base64.
    document: String,
}

/// A document that was signed before.
pub(super) struct Draft {
    pub(super) document: Document,
    /// Its text, and where that is.
    pub(super) text: String,
    pub(super) path: PathBuf,
}

/// The place of the document that says this.
pub(super) fn place(desk: &Desk, key: &Checksum256) -> PathBuf {
    desk.documents().join(format!("draft-{key}.json"))
}

/// The document that an earlier run has signed and whose fate it did not learn.
///
/// # Errors
/// `desk.read`, `desk.parse` where there is one that cannot be read: it may have been sent.
pub(super) fn find(desk: &Desk, place: &Path) -> Fallible<Option<Draft>> {
    if !place.exists() {
        return Ok(None);
    }
    let messages = &desk.messages;
    let kept: DraftFile = read(messages, place)?;
    let bytes = base64::decode(&kept.document).unwrap_or_default();
    let document = Document::from_bytes(&bytes).map_err(|error| {
        malformed(messages, place, &error.to_string()).hint(messages.text("folder.earlier"))
    })?;
    let path = desk.documents().join(&kept.file);
    let text = fs::read_to_string(&path).map_err(|error| unreadable(messages, &path, &error))?;
    Ok(Some(Draft {
        document,
        text,
        path,
    }))
}

/// Keeps a document that is about to be sent, whose text is in this file.
///
/// # Errors
/// `desk.write`; nothing must be sent then.
pub(super) fn keep(desk: &Desk, place: &Path, document: &Document, text: &Path) -> Fallible<()> {
    let file = text.file_name().unwrap_or_default();
    let kept = DraftFile {
        file: file.to_string_lossy().into_owned(),
        document: base64::encode(&document.to_bytes()),
    };
    let bytes = serde_json::to_vec(&kept).unwrap_or_default();
    own_file(place, &bytes).map_err(|error| unwritten(&desk.messages, place, &error))
}

/// Forgets the documents that a transaction with these actions has brought to the chain.
pub(super) fn forget_sent(desk: &Desk, actions: &[Action]) {
    let is_sent = |document: &[u8]| {
        let mut parts = actions
            .iter()
            .flat_map(|it| it.data.windows(document.len()));
        parts.any(|part| part == document)
    };
    let files = fs::read_dir(desk.documents()).into_iter().flatten();
    for file in files.flatten() {
        let name = file.file_name();
        if !name.to_string_lossy().starts_with("draft-") {
            continue;
        }
        let kept: Option<DraftFile> = read(&desk.messages, &file.path()).ok();
        let document = kept.and_then(|kept| base64::decode(&kept.document));
        if document.is_some_and(|it| !it.is_empty() && is_sent(&it)) {
            forget(&[file.path()]);
        }
    }
}

/// Forgets documents whose fate is known. A file that stays has its document offered once more.
pub(super) fn forget(places: &[PathBuf]) {
    for place in places {
        let _ = fs::remove_file(place);
    }
}
