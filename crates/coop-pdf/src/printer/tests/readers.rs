//! What programs that read PDF make of a print, where they are installed: poppler-utils, qpdf, zbar-tools.

use super::*;
use coop_documents::samples::council;
use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::Output;

fn has(pdf: &[u8], part: &str) -> bool {
    pdf.windows(part.len()).any(|it| it == part.as_bytes())
}

/// Runs a program; `None` where it is not installed.
fn run<I: AsRef<OsStr>>(program: &str, arguments: &[I]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(_) => {
            // Not by a macro, whose words the test harness keeps to itself.
            let skipped = "is not installed: what it reads of a PDF is not compared";
            let _ = writeln!(std::io::stderr(), "SKIPPED: {program} {skipped}");
            None
        }
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_print_is_archival_and_accessible_and_has_its_text_attached() {
    let sheet = sheet(&*every("501_admission"), Lang::Ru);
    let pdf = Printer::new().unwrap().pdf(&sheet).unwrap();
    for part in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/EmbeddedFile",
        "/AFRelationship/Source",
        "/StructTreeRoot",
        "/OutputIntents",
        "501-protocol-1.txt",
        // The time of the document, not of the print.
        "<xmp:CreateDate>2026-11-21T12:00:00Z</xmp:CreateDate>",
    ] {
        assert!(has(&pdf, part), "{part}");
    }
}

#[test]
fn readers_find_the_signed_text_the_words_the_fonts_and_the_address() {
    let printer = Printer::new().unwrap();
    for (name, lang) in [("501_admission", Lang::Ru), ("300_founding", Lang::En)] {
        let sheet = sheet(&*every(name), lang);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.pdf");
        std::fs::write(&file, printer.pdf(&sheet).unwrap()).unwrap();
        attached_is_signed(folder.path(), &file, &sheet);
        words_are_whole(&file, &sheet);
        fonts_are_embedded(&file);
        address_is_read(folder.path(), &file);
        if let Some(checked) = run("qpdf", &[OsStr::new("--check"), file.as_os_str()]) {
            assert!(checked.status.success(), "{checked:?}");
        }
    }
}

/// The attached file is the text whose hash is signed.
fn attached_is_signed(folder: &Path, file: &Path, sheet: &Sheet) {
    let text = folder.join("a.txt");
    let arguments = ["-save", "1", "-o"].map(OsStr::new);
    let arguments = [&arguments[..], &[text.as_os_str(), file.as_os_str()]].concat();
    if run("pdfdetach", &arguments).is_some() {
        assert_eq!(std::fs::read_to_string(&text).unwrap(), sheet.text);
    }
}

/// What is copied from the page has no characters that are not in the text.
fn words_are_whole(file: &Path, sheet: &Sheet) {
    let arguments = [file.as_os_str(), OsStr::new("-")];
    let Some(read) = run("pdftotext", &arguments) else {
        return;
    };
    let read = out(&read);
    assert!(!read.contains('\u{200b}'));
    let key = &sheet.signatures[0].key;
    for word in [&sheet.doc_hash, key, &sheet.title, &council()[0].last_name] {
        assert!(read.contains(word.as_str()), "{word} is not in {read}");
    }
}

fn fonts_are_embedded(file: &Path) {
    let Some(fonts) = run("pdffonts", &[file]) else {
        return;
    };
    let fonts = out(&fonts);
    assert!(fonts.lines().count() > 3, "{fonts}");
    for font in fonts.lines().skip(2) {
        // Embedded, a subset, with a map to Unicode.
        assert!(font.contains("yes yes yes"), "{fonts}");
    }
}

/// The code on the page leads to the address, also from a coarse picture.
fn address_is_read(folder: &Path, file: &Path) {
    let pages = folder.join("page");
    let arguments = ["-r", "100", "-png"].map(OsStr::new);
    let arguments = [&arguments[..], &[file.as_os_str(), pages.as_os_str()]].concat();
    if run("pdftoppm", &arguments).is_none() {
        return;
    }
    let pictures: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "png"))
        .collect();
    let arguments = ["-q", "--raw"].map(OsStr::new);
    let pictures = pictures.iter().map(|it| it.as_os_str());
    let arguments: Vec<_> = arguments.into_iter().chain(pictures).collect();
    if let Some(read) = run("zbarimg", &arguments) {
        assert_eq!(out(&read).trim(), ADDRESS);
    }
}
