use super::*;
use coop_documents::{
    Form, Lang, MAX_FACT, Presenter, Proposal, Renderer, Surroundings,
    samples::{STAMP, cooperative, council, every_form},
};
use proptest::prelude::*;
use std::process::Command;
use typst::layout::{Frame, FrameItem};

const ADDRESS: &str = "https://example.org/verify/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f";
/// Where another process is told to write its PDF.
const ELSEWHERE: &str = "COOP_PDF_TEST_FILE";

fn sheet(form: &dyn Form, lang: Lang) -> Sheet {
    let renderer = Renderer::new().unwrap();
    let document = renderer.render(&cooperative(), form, STAMP, lang).unwrap();
    let around = Surroundings {
        verify_at: Some(ADDRESS),
        ..Surroundings::default()
    };
    Presenter::new().unwrap().sheet(&document, around).unwrap()
}

fn every(name: &str) -> Box<dyn Form> {
    let mut all = every_form().into_iter();
    all.find(|(known, _)| known == name).unwrap().1
}

/// The texts on a page, a line for each that the typesetter has set apart.
fn texts(frame: &Frame, lines: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => texts(&group.frame, lines),
            FrameItem::Text(text) => lines.push(text.text.to_string()),
            _ => {}
        }
    }
}

fn pages(printer: &Printer, sheet: &Sheet) -> Vec<String> {
    let document = printer.lay_out(sheet, Coverage::Any).unwrap();
    let page = |page: &typst_layout::Page| {
        let mut lines = Vec::new();
        texts(&page.frame, &mut lines);
        lines.join("\n")
    };
    document.pages().iter().map(page).collect()
}

#[test]
fn the_prints_of_all_forms() {
    let printer = Printer::new().unwrap();
    for (name, form) in every_form() {
        let sheet = sheet(&*form, Lang::Ru);
        let pages = pages(&printer, &sheet);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{name}_pdf"), pages.join("\n── page ──\n"));
        });
        let pdf = printer.pdf(&sheet).unwrap();
        assert!(pdf.len() < 200_000, "{name}: {} bytes", pdf.len());
    }
}

#[test]
fn a_print_is_archival_and_accessible_and_has_its_text_attached() {
    let sheet = sheet(&*every("501_admission"), Lang::Ru);
    let pdf = Printer::new().unwrap().pdf(&sheet).unwrap();
    let has = |bytes: &[u8]| pdf.windows(bytes.len()).any(|part| part == bytes);
    for part in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/EmbeddedFile",
        "/AFRelationship/Source",
        "/StructTreeRoot",
        "501-protocol-1.txt",
    ] {
        assert!(has(part.as_bytes()), "{part}");
    }
    // What a reader of PDF takes out of it, where one is installed.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, &pdf).unwrap();
    let text = folder.path().join("a.txt");
    let taken = Command::new("pdfdetach")
        .args(["-save", "1", "-o"])
        .args([&text, &file])
        .output();
    if taken.is_ok() {
        assert_eq!(std::fs::read_to_string(&text).unwrap(), sheet.text);
    }
    let read = Command::new("pdftotext").arg(&file).arg("-").output();
    if let Ok(read) = read {
        let words = String::from_utf8_lossy(&read.stdout).replace('\u{200b}', "");
        for word in ["Протокол", "Белозёрова", "Гречишникова", &sheet.doc_hash]
        {
            assert!(words.contains(word), "{word} is not in {words}");
        }
    }
}

#[test]
fn two_processes_print_the_same_bytes() {
    let sheet = sheet(&*every("600_free"), Lang::En);
    let pdf = Printer::new().unwrap().pdf(&sheet).unwrap();
    if let Some(file) = std::env::var_os(ELSEWHERE) {
        std::fs::write(file, pdf).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    let other = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "printer::tests::two_processes_print_the_same_bytes",
        ])
        .current_dir(folder.path())
        .env(ELSEWHERE, &file)
        .output()
        .unwrap();
    assert!(other.status.success(), "{other:?}");
    assert_eq!(std::fs::read(&file).unwrap(), pdf);
}

/// A proposal with this text as its decision.
fn proposal(decision: String) -> Proposal {
    Proposal {
        proposer: council().remove(1),
        project: antelope_types::Checksum256([0xcd; 32]),
        question: "О многом".into(),
        decision,
    }
}

/// All letters and signs that a print shows of a text, without the places where lines may break.
fn letters(text: &str) -> String {
    let seen = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}');
    seen.collect()
}

#[test]
fn a_long_text_stays_on_its_pages() {
    let printer = Printer::new().unwrap();
    for text in ["ё".repeat(MAX_FACT), "слово ".repeat(MAX_FACT / 6)] {
        let sheet = sheet(&proposal(text.clone()), Lang::Ru);
        let pages = pages(&printer, &sheet);
        assert!(pages.len() > 1, "{} pages", pages.len());
        let shown = letters(&pages.concat());
        let count = |text: &str, of: char| text.chars().filter(|c| *c == of).count();
        let of = text.chars().next().unwrap_or_default();
        assert!(count(&shown, of) >= count(&text, of));
        printer.pdf(&sheet).unwrap();
    }
}

const PIECES: &[&str] = &[
    "Иван",
    " ",
    "\u{a0}",
    "\n",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{200b}",
    "\u{301}",
    "\u{5b0}",
    "עברית",
    "العربية",
    "中文",
    "👍🏽",
    "#eval(\"1\")",
    "#import \"@preview/a:0.1.0\"",
    "#read(\"/etc/passwd\")",
    "*жирно*",
    "_",
    "`",
    "$x$",
    "\\",
    "@ref",
    "<label>",
    "// ",
    "/* ",
    "= ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "http://example.org",
    "---",
    "...",
    "~",
    "\\u{202e}",
    "ﬁ",
    "ａ",
    "\u{fffd}",
    "\u{e000}",
    "\u{10ffff}",
    "\u{fe0f}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hostile_text_is_text_in_print(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..16),
        noise in "\\PC{0,24}",
    ) {
        let text = format!("А{}{noise}", pieces.concat());
        let renderer = Renderer::new().unwrap();
        let form = proposal(text);
        let document = renderer.render(&cooperative(), &form, STAMP, Lang::Ru).unwrap();
        let sheet = Presenter::new().unwrap().sheet(&document, Surroundings::default()).unwrap();
        let printer = Printer::new().unwrap();
        let pdf = printer.pdf(&sheet);
        prop_assert!(pdf.is_ok(), "{:?}", pdf.err());
        // No markup was carried out: every Latin letter that was given is there.
        let shown = letters(&pages(&printer, &sheet).concat());
        for word in ["eval(\"1\")", "#read(\"/etc/passwd\")", "*жирно*", "@ref", "<label>", "---"] {
            if document.text.contains(word) {
                prop_assert!(shown.contains(word), "{word} is not in {shown}");
            }
        }
    }
}

#[test]
fn what_no_font_has_is_told_by_its_number() {
    let printer = Printer::new().unwrap();
    let told = shown("я👍\u{e000}", &printer.fonts, Coverage::Any);
    assert_eq!(told, "я‹U+1F44D›‹U+E000›");
    let told = shown("е\u{301}ж", &printer.fonts, Coverage::Plain);
    assert_eq!(told, "е‹U+0301›ж");
}

#[test]
fn the_name_of_the_attached_file_is_harmless() {
    for wrong in ["", "../a.txt", "a/b.txt", "a b.txt", "ё.txt", "a\\b"] {
        assert_eq!(file_name(wrong), "document.txt");
    }
    assert_eq!(file_name("501-protocol-1.en.txt"), "501-protocol-1.en.txt");
}
