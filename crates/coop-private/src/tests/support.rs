//! The people of the tests, and what of them is in files.

use crate::folder::RING;
use crate::ring::{Holder, RingFile};
use crate::{
    Erased, ErasureOrder, MasterSecret, PrivateDocument, PrivateError, PrivateStore, Profile,
};
use antelope_types::{Checksum256, Name, PublicKey, Signature, TimePoint};
use coop_documents::samples::{STAMP, cashier, cooperative, every_form};
use coop_documents::{DestructionReason, Form, Lang, Renderer, sign};
use coop_index::WordQuery;
use coop_model::DocumentSignature;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use zeroize::Zeroizing;

/// The moment of the tests: 28 November 2026.
pub(super) const NOW: TimePoint = TimePoint::from_micros(1_795_860_000_000_000);

pub(super) fn secret(byte: u8) -> MasterSecret {
    MasterSecret::Key(Zeroizing::new([byte; 32]))
}

/// A folder with a store in `coop`.
pub(super) fn store() -> (TempDir, PrivateStore) {
    let folder = tempfile::tempdir().unwrap();
    let coop = folder.path().join("coop");
    let store = PrivateStore::create(&coop, cooperative().account, &secret(1)).unwrap();
    (folder, store)
}

pub(super) fn open(folder: &Path) -> PrivateStore {
    PrivateStore::open(folder, &secret(1)).unwrap()
}

/// The account of a person.
pub(super) fn account(number: u8) -> Name {
    let letter = char::from(b'a' + number % 26);
    format!("person{letter}").parse().unwrap()
}

/// The profile of a person, which is another one each time. All texts of it begin with a word that nothing else has.
pub(super) fn profile(number: u8, version: u32) -> Profile {
    let mark = |field: &str| format!("mark-{field}-{number}-{version}");
    let value = json!({
        "last_name": mark("Фамилия"), "first_name": mark("first"), "middle_name": mark("middle"),
        "birth_date": "1988-04-12", "address": mark("address"), "phone": mark("phone"),
        "email": mark("email"),
    });
    let bytes = serde_json::to_vec(&value).unwrap();
    Profile::from_json(account(number), &bytes).unwrap()
}

/// The document of this golden name.
pub(super) fn document(name: &str) -> PrivateDocument {
    let (_, form) = every_form().into_iter().find(|it| it.0 == name).unwrap();
    of_form(&*form)
}

pub(super) fn of_form(form: &dyn Form) -> PrivateDocument {
    let renderer = Renderer::new().unwrap();
    let rendered = renderer.render(&cooperative(), form, STAMP, Lang::Ru);
    let rendered = rendered.unwrap();
    let mut document = sign(&rendered, &Checksum256([7; 32]), &[], NOW).unwrap();
    // What nobody has signed is a draft, which no archive keeps.
    document.signatures.push(DocumentSignature {
        signer: document.meta.username,
        public_key: PublicKey::K1([3; 33]),
        signature: Signature::K1([0; 65]),
        signed_at: NOW,
    });
    PrivateDocument {
        document,
        text: rendered.text,
        record: Some(rendered.record),
        proposal: Some(["mark-question".to_owned(), "mark-decision".to_owned()]),
    }
}

/// A signed document of this form about an account, with any title and text.
pub(super) fn written(account: Name, form: u64, title: &str, text: &str) -> PrivateDocument {
    let mut written = document("100_statement");
    let document = &mut written.document;
    document.meta.username = account;
    document.meta.registry_id = form;
    document.meta.title = title.to_owned();
    document.doc_hash = Checksum256::sha256(text.as_bytes());
    written.text = text.to_owned();
    written
}

/// The documents whose texts have these words.
pub(super) fn found(
    store: &mut PrivateStore,
    words: &str,
    account: Option<Name>,
) -> BTreeSet<Checksum256> {
    let hits = store.search_texts(&WordQuery::new(words), account);
    hits.unwrap().iter().map(|it| it.hash).collect()
}

/// Each document has its own words, under its own key, and there are no others.
pub(super) fn assert_words_are_of_documents(store: &mut PrivateStore) {
    for sql in [
        "SELECT count(*) FROM documents d LEFT JOIN words w ON w.hash = d.hash WHERE w.sealed IS NULL \
         OR w.key_id <> d.key_id OR w.version <> d.version OR w.account <> d.account",
        "SELECT count(*) FROM words WHERE hash NOT IN (SELECT hash FROM documents)",
    ] {
        let wrong: i64 = store
            .connection
            .query_row(sql, [], |row| row.get(0))
            .unwrap();
        assert_eq!(wrong, 0, "{sql}");
    }
    for entry in store.documents(None).unwrap() {
        // The key of an erasure that is not finished may be gone.
        let Some(document) = store.document_if(&entry.hash).unwrap() else {
            continue;
        };
        let words: Vec<_> = document.text.split_whitespace().rev().take(3).collect();
        assert!(found(store, &words.join(" "), None).contains(&entry.hash));
    }
}

/// Erases an account as the cashier does.
pub(super) fn erase(store: &mut PrivateStore, account: Name) -> Result<Erased, PrivateError> {
    ordered(|order| store.erase(account, order, NOW))
}

pub(super) fn ordered<T>(act: impl FnOnce(&ErasureOrder<'_>) -> T) -> T {
    act(&ErasureOrder {
        by: &cashier(),
        reason: DestructionReason::Withdrawn,
        cooperative: &cooperative(),
        lang: Lang::Ru,
        block_num: 7,
        signer: None,
        media: Vec::new(),
    })
}

/// The wrapped key of an account, as it is in the file of the key ring.
pub(super) fn wrapped(folder: &Path, account: Name) -> Option<Vec<u8>> {
    let path = folder.join(RING);
    let ring = RingFile::load(&path).unwrap();
    let slot = ring
        .slots()
        .find(|it| it.holder == Holder::Person(account))?;
    let bytes = fs::read(&path).unwrap();
    let part = bytes
        .as_chunks::<128>()
        .0
        .iter()
        .find(|part| part[16..32] == slot.id)?;
    Some(part[32..104].to_vec())
}

/// The files below a folder that contain these bytes.
pub(super) fn containing(folder: &Path, part: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let mut at = bytes.iter().enumerate().filter(|it| *it.1 == part[0]);
            if at.any(|(at, _)| bytes[at..].starts_with(part)) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
