//! Whether the snapshots of prints are those of the forms as they are. It needs no typesetter, so it runs with all other
//! tests: whoever adds a form or changes its text learns at once that the prints are to be made again.

use coop_documents::{Lang, Renderer, samples};
use std::fs;
use std::path::Path;

#[test]
fn every_form_has_its_print_with_the_hash_of_its_text() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/printer/snapshots");
    let renderer = Renderer::new().expect("the templates");
    for (name, form) in samples::every_form() {
        let cooperative = samples::cooperative();
        let document = renderer.render(&cooperative, &*form, samples::STAMP, Lang::Ru);
        let document = document.expect("a document");
        let file = snapshots.join(format!("{name}_pdf.snap"));
        let print = fs::read_to_string(&file).unwrap_or_else(|error| {
            panic!(
                "{}: {error}; look at what scripts/test print makes of it",
                file.display()
            )
        });
        let hash = document.doc_hash.to_string();
        assert!(print.contains(&hash), "{}: another text", file.display());
    }
}
