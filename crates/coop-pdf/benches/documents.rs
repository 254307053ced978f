//! How many documents a second: `cargo bench -p coop-pdf --features typst`.
//!
//! The sheets of all forms are printed in turn. Rounds are repeated, and the median counts. The first PDF of
//! a process is told apart: the typesetter reads its fonts for it. Texts and html are measured by the bench
//! of `coop-documents`.

#![allow(missing_docs, clippy::unwrap_used)]

use coop_documents::{
    Form, Lang, Presenter, Rendered, Renderer, Sheet, Surroundings,
    samples::{
        STAMP, cooperative, every_form,
        measure::{each, memory, rate},
        strange_forms,
    },
};
use coop_pdf::Printer;
use std::hint::black_box;
use std::time::Instant;

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
    let sheet = |document: &Rendered| presenter.sheet(document, around).unwrap();
    let sheets: Vec<Sheet> = documents.iter().map(sheet).collect();
    println!("{count} forms");
    println!("{}", memory("before the first PDF"));
    let begun = Instant::now();
    let printer = Printer::new().unwrap();
    let fonts = begun.elapsed();
    let first = printer.pdf(&sheets[0]).unwrap().len();
    println!(
        "{:32} {:>34.1?}, fonts {fonts:.1?}",
        "first PDF",
        begun.elapsed()
    );
    black_box(first);
    let mut sizes: Vec<usize> = Vec::new();
    let one = each(count, || {
        let printed = sheets.iter().map(|it| printer.pdf(it).unwrap().len());
        sizes = printed.collect();
    });
    println!("{}", rate("PDF", one));
    sizes.sort_unstable();
    println!(
        "PDF size {} to {} bytes, median {}",
        sizes[0],
        sizes[count - 1],
        sizes[count / 2]
    );
    println!("{}", memory("after them"));
    let (name, form) = strange_forms().remove(0);
    let long = sheet(&render(&*form));
    let begun = Instant::now();
    let size = printer.pdf(&long).unwrap().len();
    println!(
        "{name}, 10 000 characters: {:.1?}, {size} bytes",
        begun.elapsed()
    );
    println!("{}", memory("after a long one"));
}
