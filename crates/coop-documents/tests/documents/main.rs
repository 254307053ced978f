//! The documents, to the letter: what is signed must not change with a release.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by a panic, in its helpers too"
)]

mod acts;
mod agreements;
mod catalogue;
mod hostile;
mod kept;
mod meetings;
mod pages;
mod protocols;
mod statements;
mod texts;

use coop_documents::{
    Form, Lang, Rendered, Renderer,
    samples::{STAMP, cooperative, every_form},
};

/// Compares a text with the golden file of that name in `snapshots/`.
fn golden(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

/// Renders a form two hours after the vote was opened.
fn rendered(form: &dyn Form, lang: Lang) -> Rendered {
    let renderer = Renderer::new().unwrap();
    renderer.render(&cooperative(), form, STAMP, lang).unwrap()
}

/// The form with this name of a golden file.
fn every(name: &str) -> Box<dyn Form> {
    let mut all = every_form().into_iter();
    all.find(|(known, _)| known == name).unwrap().1
}
