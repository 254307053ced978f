//! Writes all sample documents as text, html and PDF, to be looked at after a change of their look:
//! `cargo run -p coop-pdf --features typst --example samples -- FOLDER`.

use coop_documents::{
    Lang, Presenter, Renderer, Surroundings, html,
    samples::{STAMP, cooperative, every_form, signatures, strange_forms},
};
use coop_pdf::Printer;
use std::{error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or("expected a folder to write to")?;
    fs::create_dir_all(&folder)?;
    let (renderer, presenter, printer) = (Renderer::new()?, Presenter::new()?, Printer::new()?);
    let forms = every_form().into_iter().chain(strange_forms());
    for (name, form) in forms {
        for lang in Lang::ALL {
            let document = renderer.render(&cooperative(), &*form, STAMP, lang)?;
            let address = format!("https://example.org/verify/{}", document.doc_hash);
            let around = Surroundings {
                signatures: &signatures(&*form),
                verify_at: Some(&address),
            };
            let sheet = presenter.sheet(&document, around)?;
            let to = |ending| folder.join(format!("{name}_{}.{ending}", lang.tag()));
            fs::write(to("txt"), &document.text)?;
            fs::write(to("html"), html(&sheet)?)?;
            fs::write(to("pdf"), printer.pdf(&sheet)?)?;
        }
    }
    Ok(())
}
