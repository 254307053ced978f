//! Texts that were made to deceive the typesetter: each is text in print.

use super::*;
use coop_documents::{Proposal, samples::council};
use proptest::prelude::*;

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
