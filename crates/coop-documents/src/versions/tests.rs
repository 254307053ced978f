use super::*;
use crate::samples::{STAMP, cooperative, every_form};
use crate::templates::{Layout, Template};
use crate::{DocumentError, Form, Lang, Renderer};

/// The protocol as a later release would word it.
const SECOND: Template = Template {
    name: "protocol.2.txt",
    ru: "{% include \"head.txt\" %}\n\n{{ matter | field(\"Вопрос:\") }}\n{% include \"foot.txt\" %}\n",
    en: "{% include \"head.txt\" %}\n\n{{ matter | field(\"Question:\") }}\n{% include \"foot.txt\" %}\n",
};
const TWO: &[FormVersion] = &[FormVersion {
    form: "protocol",
    version: "2",
    template: "protocol.2.txt",
}];

fn form(name: &str) -> Box<dyn Form> {
    let mut all = every_form().into_iter();
    all.find(|(known, _)| known == name).unwrap().1
}

/// A program that knows a second version of the protocol.
fn later_release() -> Renderer {
    Renderer::load(Layout::Text, &[SECOND], TWO).unwrap()
}

#[test]
fn a_second_version_of_a_form_leaves_the_documents_of_the_first_as_they_are() {
    let (now, later) = (Renderer::new().unwrap(), later_release());
    for (name, form) in every_form() {
        for lang in Lang::ALL {
            let old = now.render(&cooperative(), &*form, STAMP, lang).unwrap();
            assert_eq!(old.meta.version, FIRST);
            let again = later.regenerate(&old.meta, &old.doc_hash, &old.record);
            assert_eq!(again.unwrap().text, old.text, "{name}");
            // Whoever makes one after that makes it by the newest version of its form.
            let new = later.render(&cooperative(), &*form, STAMP, lang).unwrap();
            let is_protocol = old.record.form == "protocol";
            assert_eq!(new.meta.version, if is_protocol { "2" } else { FIRST });
            assert_eq!(new.text != old.text, is_protocol, "{name}");
            let again = later.regenerate(&new.meta, &new.doc_hash, &new.record);
            assert_eq!(again.unwrap().text, new.text);
        }
    }
}

#[test]
fn an_older_program_says_which_versions_it_has() {
    let protocol = form("501_admission");
    let new = later_release().render(&cooperative(), &*protocol, STAMP, Lang::Ru);
    let new = new.unwrap();
    let old = Renderer::new().unwrap();
    let refused = old.regenerate(&new.meta, &new.doc_hash, &new.record);
    let refused = refused.unwrap_err();
    assert!(matches!(refused, DocumentError::Version { .. }));
    assert!(
        refused.to_string().contains("expected one of 0.1.0"),
        "{refused}"
    );
}

#[test]
fn what_is_not_of_the_document_is_told() {
    let renderer = Renderer::new().unwrap();
    let document = renderer
        .render(&cooperative(), &*form("501_admission"), STAMP, Lang::Ru)
        .unwrap();
    let mut record = document.record.clone();
    record.facts["person"]["full_name"] = "Другая Анна".into();
    let refused = renderer.regenerate(&document.meta, &document.doc_hash, &record);
    assert!(matches!(refused, Err(DocumentError::AnotherText { .. })));
    let mut meta = document.meta.clone();
    meta.block_num += 1;
    let refused = renderer.regenerate(&meta, &document.doc_hash, &document.record);
    assert!(matches!(refused, Err(DocumentError::AnotherText { .. })));
    let mut meta = document.meta.clone();
    meta.lang = "de".into();
    let refused = renderer.regenerate(&meta, &document.doc_hash, &document.record);
    assert!(matches!(refused, Err(DocumentError::UnknownLang { .. })));
    record.facts = serde_json::Value::Null;
    let refused = renderer.regenerate(&document.meta, &document.doc_hash, &record);
    assert!(matches!(refused, Err(DocumentError::Template { .. })));
    record.form = "../../etc/passwd".into();
    let refused = renderer.regenerate(&document.meta, &document.doc_hash, &record);
    assert!(matches!(refused, Err(DocumentError::Template { .. })));
}

/// The numbers that held when a document was made are in its record: another term of voting changes no
/// old document.
#[test]
fn parameters_are_those_of_the_time() {
    let renderer = Renderer::new().unwrap();
    let document = renderer
        .render(&cooperative(), &*form("501_admission"), STAMP, Lang::Ru)
        .unwrap();
    let mut record = document.record.clone();
    assert!(document.text.contains("принимаются 48 часов"));
    record.facts["parameters"]["voting_hours"] = "72".into();
    let hash = document.doc_hash;
    let refused = renderer.regenerate(&document.meta, &hash, &record);
    assert!(matches!(refused, Err(DocumentError::AnotherText { .. })));
}
