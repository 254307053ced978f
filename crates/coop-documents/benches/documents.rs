//! How many texts and pages a second: `cargo bench -p coop-documents`.
//!
//! All forms are made in turn, as text, as text from its record, and as html. Rounds are repeated, and the
//! median of each counts.

#![allow(missing_docs, clippy::unwrap_used)]

use coop_documents::{
    Form, Lang, Presenter, Rendered, Renderer, Sheet, Surroundings, html,
    samples::{
        STAMP, cooperative, every_form,
        measure::{each, memory, rate},
    },
};
use std::hint::black_box;

fn main() {
    let forms = every_form();
    let count = forms.len();
    let renderer = Renderer::new().unwrap();
    let presenter = Presenter::new().unwrap();
    let render = |form: &dyn Form| {
        renderer
            .render(&cooperative(), form, STAMP, Lang::Ru)
            .unwrap()
    };
    let around = Surroundings {
        verify_at: Some("https://example.org/verify"),
        ..Surroundings::default()
    };
    let documents: Vec<Rendered> = forms.iter().map(|(_, form)| render(&**form)).collect();
    let sheet = |document: &Rendered| -> Sheet { presenter.sheet(document, around).unwrap() };
    println!("{count} forms");
    let texts = each(count, || {
        for (_, form) in &forms {
            black_box(render(&**form));
        }
    });
    println!("{}", rate("text", texts));
    let again = each(count, || {
        for it in &documents {
            let again = renderer.regenerate(&it.meta, &it.doc_hash, &it.record);
            black_box(again.unwrap());
        }
    });
    println!("{}", rate("text from its record", again));
    let pages = each(count, || {
        for it in &documents {
            black_box(html(&sheet(it)).unwrap());
        }
    });
    println!("{}", rate("sheet and html", pages));
    let size = |of: &dyn Fn(&Rendered) -> usize| {
        let mut sizes: Vec<_> = documents.iter().map(of).collect();
        sizes.sort_unstable();
        (sizes[0], sizes[count / 2], sizes[count - 1])
    };
    let texts = size(&|it| it.text.len());
    let pages = size(&|it| html(&sheet(it)).unwrap().len());
    println!("bytes: least, median, most: text {texts:?}, html {pages:?}");
    println!("{}", memory("all of it"));
}
