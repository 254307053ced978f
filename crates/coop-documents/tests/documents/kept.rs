//! Documents that earlier versions of this program made, as a desk keeps them: each is made again from its
//! meta and its record.
//!
//! `VECHE_BLESS=1` adds a line for every version of a form that has none; a line is never changed.

use super::rendered;
use antelope_types::{Checksum256, Decode, Encode, base64};
use coop_documents::{Lang, Record, Renderer, samples::every_form};
use coop_model::Meta;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/kept.jsonl");

/// A line of the file.
#[derive(Deserialize, Serialize)]
struct Kept {
    /// The packed meta, as base64.
    meta: String,
    doc_hash: String,
    record: Record,
}

impl Kept {
    fn meta(&self) -> Meta {
        Meta::from_bytes(&base64::decode(&self.meta).unwrap()).unwrap()
    }

    /// What distinguishes one template from another: the form, its version, and the kind of decision.
    fn template(&self) -> (String, String, String) {
        let kind = self.record.facts["kind"].as_str().unwrap_or_default();
        let version = self.meta().version;
        (self.record.form.clone(), version, kind.to_owned())
    }
}

fn kept() -> Vec<Kept> {
    let file = fs::read_to_string(FILE).unwrap_or_default();
    let lines = file.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn documents_of_earlier_versions_are_made_again_to_the_byte() {
    let renderer = Renderer::new().unwrap();
    for it in kept() {
        let doc_hash: Checksum256 = it.doc_hash.parse().unwrap();
        let again = renderer.regenerate(&it.meta(), &doc_hash, &it.record);
        assert_eq!(again.unwrap().doc_hash, doc_hash);
    }
}

#[test]
fn a_document_of_every_version_of_every_form_is_kept() {
    let mut known: BTreeSet<_> = kept().iter().map(Kept::template).collect();
    let mut missing = String::new();
    for (_, form) in every_form() {
        let document = rendered(&*form, Lang::Ru);
        let it = Kept {
            meta: base64::encode(&document.meta.to_bytes()),
            doc_hash: document.doc_hash.to_string(),
            record: document.record,
        };
        if known.insert(it.template()) {
            missing.push_str(&serde_json::to_string(&it).unwrap());
            missing.push('\n');
        }
    }
    if std::env::var_os("VECHE_BLESS").is_some_and(|it| it == "1") {
        let file = fs::read_to_string(FILE).unwrap_or_default();
        fs::write(FILE, file + &missing).unwrap();
    } else {
        assert!(
            missing.is_empty(),
            "{FILE} lacks the following lines; `VECHE_BLESS=1 cargo test -p coop-documents kept` adds them:\n{missing}"
        );
    }
}
