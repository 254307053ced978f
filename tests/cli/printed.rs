//! `veche document --pdf`, by a program that was built with the typesetter: the stage `print` of `scripts/test` says
//! where it is. The other stages do not compile one.

use super::clerk::papers;
use super::{Desk, Said};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output};

/// A participant of the sample.
const MARIA: &str = "nolifarubime";
const SHARE: &str = "910-share-nolifarubime.txt";

/// Says loudly what is not shown; the test harness keeps the words of its macros to itself.
fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}");
}

/// What a program that reads PDF says; `None` where it is not installed.
fn read(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            skipped(&format!(
                "what {program} reads of a PDF: it is not installed"
            ));
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// Runs the program that prints, on this desk.
fn run(program: &str, desk: &Desk, words: &[&str]) -> Said {
    let output = Command::new(program)
        .args(["--url", desk.url(), "--config"])
        .arg(desk.folder.path())
        .args(words)
        .args(["--lang", "en"])
        .env_remove("VECHE_MASTER")
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let [out, err] = [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into());
    let code = output
        .status
        .code()
        .and_then(|code| u8::try_from(code).ok());
    Said {
        code: code.unwrap_or(u8::MAX),
        out,
        err,
    }
}

#[test]
fn a_signed_document_is_printed_by_the_program_from_open_and_sealed_desks() {
    let Ok(program) = std::env::var("VECHE_WITH_PDF") else {
        return skipped(
            "veche document --pdf: VECHE_WITH_PDF names no program, see scripts/test print",
        );
    };
    let desk = Desk::open();
    papers(&desk);
    let key = desk.key(MARIA);
    let options = ["500 RUB", "--yes", "--as", MARIA, "--key-file", &key];
    let said = desk.run("contribute", &options);
    assert_eq!(said.code, 0, "{}", said.err);
    let file = desk.folder.path().join("printed.pdf").display().to_string();
    let print = ["document", SHARE, "--pdf", "-o", &file];
    let address = ["--verify-at", "https://example.org/{hash}"];
    let said = run(&program, &desk, &[&print[..], &address].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    let open = fs::read(&file).expect("a PDF");
    assert!(open.starts_with(b"%PDF-1.7"));
    if let Some(checked) = read("qpdf", &["--check", &file]) {
        assert!(checked.status.success(), "{checked:?}");
    }
    let text = desk
        .folder
        .path()
        .join("desk/zarechyekoop/documents")
        .join(SHARE);
    let text = fs::read_to_string(text).expect("a text");
    if let Some(words) = read("pdftotext", &[&file, "-"]) {
        let words = String::from_utf8_lossy(&words.stdout).into_owned();
        for part in ["500,00", MARIA] {
            assert!(words.contains(part), "{part}: {words}");
        }
    }
    let attached = desk.folder.path().join("attached").display().to_string();
    if read("pdfdetach", &["-save", "1", "-o", &attached, &file]).is_some() {
        assert_eq!(
            fs::read_to_string(Path::new(&attached)).expect("a text"),
            text
        );
    }
    // From a sealed desk the same bytes.
    desk.seal();
    let master = format!("file:{}", desk.folder.path().join("master.key").display());
    let sealed = [&print[..], &address, &["--master", &master]].concat();
    let said = run(&program, &desk, &sealed);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(fs::read(&file).expect("a PDF"), open);
}
