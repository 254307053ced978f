//! `document`: a document of the desk, checked, and as a page or for print.
//!
//! What is checked: that the file is the text whose hash was signed, that the signatures are of their keys
//! and of this chain, and that the text is made again from what was recorded of it. The page and the PDF
//! are made from the same record, so they say what was signed.

use super::desk::{Desk, Kept, own_file, unwritten};
use super::faults::failed;
use super::office::{Office, OfficeOptions};
use antelope_cli::{Failure, Fallible, Report};
use antelope_types::{Checksum256, Decode, base64};
use clap::Args;
use coop_documents::{
    Presenter, Rendered, Renderer, Sheet, Surroundings, html, inline, is_file_of, is_signed,
};
use coop_language::Words;
use coop_model::Document;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What stands for the hash of the text in an address.
const HASH: &str = "{hash}";

/// A document of the desk.
#[derive(Args, Clone, Debug)]
pub(crate) struct DocumentArgs {
    /// The file of its text, which is on the desk, or the document's hash
    document: PathBuf,
    /// Write it as a page for a browser
    #[arg(long, conflicts_with = "pdf", requires = "output")]
    html: bool,
    /// Write it as PDF/A
    #[arg(long, requires = "output")]
    pdf: bool,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The page that verifies documents, printed with it; {hash} in it stands for the hash of the text
    #[arg(long, value_name = "URL")]
    verify_at: Option<String>,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
}

/// A document that was found to be whole.
struct Whole {
    document: Document,
    rendered: Rendered,
}

/// Runs the command.
pub(super) fn run(office: &Office<'_>, arguments: &DocumentArgs) -> Fallible<Report> {
    let desk = office.desk()?;
    let whole = whole(&desk, &arguments.document, &office.chain_id()?)?;
    let hash = whole.document.hash();
    let names: Vec<_> = whole
        .document
        .signatures
        .iter()
        .map(|it| it.signer)
        .collect();
    let told: Vec<_> = names.iter().map(ToString::to_string).collect();
    let mut lines = vec![
        inline(&whole.document.meta.title),
        office.say(&Words::of("print.hash").with("hash", hash)),
        office.say(&Words::of("print.sum").with("hash", whole.rendered.doc_hash)),
    ];
    // An act of destruction may be made to be signed on paper.
    lines.push(match names.is_empty() {
        true => office.messages.text("print.unsigned"),
        false => office.say(&Words::of("print.signed").with("names", told.join(", "))),
    });
    if let Some(path) = &arguments.output {
        let bytes = written(&desk, &whole, arguments)?;
        own_file(path, &bytes).map_err(|error| {
            let mut failure = unwritten(&desk.messages, path, &error);
            // There was nothing to send.
            failure.hint = None;
            failure
        })?;
        lines.push(office.say(&Words::of("print.written").with("file", path.display())));
    }
    lines.push(office.messages.text(match names.is_empty() {
        true => "print.made",
        false => "print.whole",
    }));
    let data = json!({
        "title": whole.document.meta.title,
        "hash": hash,
        "doc_hash": whole.rendered.doc_hash,
        "version": whole.document.meta.version,
        "signed": names,
        "file": arguments.output,
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// Finds a document and checks it.
///
/// # Errors
/// `document.none`, `document.old`, `document.changed`, `document.forged`; `document` where its text cannot
/// be made again.
fn whole(desk: &Desk, given: &Path, chain_id: &Checksum256) -> Fallible<Whole> {
    let messages = &desk.messages;
    let name = given.file_name().unwrap_or_default().to_string_lossy();
    let none = || {
        let words = Words::of("print.none").with("name", given.display());
        Failure::not_found("document.none", words.say(messages)).hint(messages.text("print.which"))
    };
    let kept = desk.find(&name)?.ok_or_else(none)?;
    let text = desk.text(&kept)?;
    let Kept {
        file,
        document,
        record,
        ..
    } = kept;
    let says = |code: &'static str, key: &'static str, hint: &'static str| {
        let words = Words::of(key).with("file", &file);
        Failure::new(code, words.say(messages)).hint(messages.text(hint))
    };
    let bytes = document.and_then(|document| base64::decode(&document));
    let document = bytes.and_then(|bytes| Document::from_bytes(&bytes).ok());
    let (Some(document), Some(record)) = (document, record) else {
        return Err(says("document.old", "print.old", "print.text"));
    };
    if !is_file_of(&document, &text) {
        return Err(says("document.changed", "print.changed", "print.backup"));
    }
    // Without signatures there is nothing to be forged; that there are none is told.
    if !document.signatures.is_empty() && !is_signed(&document, chain_id) {
        return Err(says("document.forged", "print.forged", "print.chain"));
    }
    let renderer = Renderer::new().map_err(failed)?;
    let rendered = renderer.regenerate(&document.meta, &document.doc_hash, &record);
    Ok(Whole {
        rendered: rendered.map_err(failed)?,
        document,
    })
}

/// The page, the PDF or the text of a document.
fn written(desk: &Desk, whole: &Whole, arguments: &DocumentArgs) -> Fallible<Vec<u8>> {
    let hash = whole.rendered.doc_hash.to_string();
    let verify_at = arguments.verify_at.as_ref();
    let verify_at = verify_at.map(|address| address.replace(HASH, &hash));
    let sheet = || {
        let around = Surroundings {
            signatures: &whole.document.signatures,
            verify_at: verify_at.as_deref(),
        };
        let presenter = Presenter::new()?;
        presenter.sheet(&whole.rendered, around)
    };
    match (arguments.html, arguments.pdf) {
        (true, _) => {
            let page = sheet().and_then(|sheet| html(&sheet));
            page.map(String::into_bytes).map_err(failed)
        }
        (_, true) => pdf(desk, &sheet().map_err(failed)?),
        _ => Ok(whole.rendered.text.clone().into_bytes()),
    }
}

/// The PDF of a sheet.
#[cfg(feature = "pdf")]
fn pdf(_: &Desk, sheet: &Sheet) -> Fallible<Vec<u8>> {
    let printer = coop_pdf::Printer::new();
    let pdf = printer.and_then(|printer| printer.pdf(sheet));
    pdf.map_err(|error| Failure::new("document.pdf", error.to_string()))
}

/// That there is none.
#[cfg(not(feature = "pdf"))]
fn pdf(desk: &Desk, _: &Sheet) -> Fallible<Vec<u8>> {
    let words = desk.messages.text("print.no_pdf");
    Err(Failure::new("document.no_pdf", words).hint(desk.messages.text("print.build")))
}

#[cfg(test)]
mod tests;
