//! Every document of every kind of decision has a form, and its text is kept to the letter: a change of a
//! template is a change of every new document.

use super::{golden, rendered};
use coop_documents::{
    Lang, Renderer,
    samples::{effects, every_form},
};
use coop_model::catalogue::CATALOGUE;
use std::collections::BTreeMap;

/// The forms by their registry ids: how many there are, and their names.
fn forms() -> BTreeMap<u64, Vec<String>> {
    let mut found: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for (name, form) in every_form() {
        assert!(
            name.starts_with(&format!("{}_", form.registry_id())),
            "{name}"
        );
        found.entry(form.registry_id()).or_default().push(name);
    }
    found
}

#[test]
fn every_document_of_every_kind_has_a_form() {
    let forms = forms();
    let mut missing = Vec::new();
    for kind in CATALOGUE {
        let mut documents = vec![kind.statement, kind.protocol];
        documents.extend(kind.act);
        let missed = documents.into_iter().filter(|id| !forms.contains_key(id));
        missing.extend(missed.map(|id| format!("{}: {id}", kind.name)));
        // A protocol tells each end of the vote.
        let ends = forms.get(&kind.protocol).into_iter().flatten();
        let ends: Vec<_> = ends.collect();
        for end in ["_declined", "_lapsed"] {
            if !ends.iter().any(|name| name.ends_with(end)) {
                missing.push(format!("{}: {}{end}", kind.name, kind.protocol));
            }
        }
    }
    assert!(missing.is_empty(), "no form for {missing:#?}");
}

#[test]
fn every_kind_of_the_catalogue_has_its_effect() {
    let effects = effects();
    assert_eq!(effects.len(), CATALOGUE.len());
    for ((name, effect), kind) in effects.into_iter().zip(CATALOGUE) {
        assert_eq!(effect.kind(), kind.name);
        assert!(name.starts_with(&kind.protocol.to_string()));
    }
}

/// The golden file of each form is of the first version of its template.
#[test]
fn the_texts_of_all_forms_are_kept_to_the_letter() {
    for (name, form) in every_form() {
        let [ru, en] = Lang::ALL.map(|lang| rendered(&*form, lang));
        golden(&format!("{name}_ru"), &ru.text);
        golden(&format!("{name}_en"), &en.text);
        assert_eq!((ru.meta.lang.as_str(), en.meta.lang.as_str()), ("ru", "en"));
        assert_eq!(
            (ru.meta.subject, ru.meta.registry_id),
            (en.meta.subject, en.meta.registry_id)
        );
    }
}

/// What the chain knows of the documents that are out there.
#[test]
fn the_hashes_of_all_forms_are_kept() {
    let mut lines = Vec::new();
    for (name, form) in every_form() {
        for lang in Lang::ALL {
            let document = rendered(&*form, lang);
            let version = &document.meta.version;
            lines.push(format!(
                "{name} {version} {} {}",
                lang.tag(),
                document.doc_hash
            ));
        }
    }
    golden("hashes", &lines.join("\n"));
}

#[test]
fn a_text_is_made_again_from_its_meta_and_its_record_alone() {
    let renderer = Renderer::new().unwrap();
    for (name, form) in every_form() {
        for lang in Lang::ALL {
            let first = rendered(&*form, lang);
            // As both were written down, by another process and in another order of fields.
            let record = serde_json::to_string(&first.record).unwrap();
            let record = serde_json::from_str(&record).unwrap();
            let again = renderer.regenerate(&first.meta, &first.doc_hash, &record);
            let again = again.unwrap();
            assert_eq!(again.text, first.text, "{name}");
            assert_eq!(again.file_name, first.file_name);
        }
    }
}
