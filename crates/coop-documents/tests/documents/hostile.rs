//! Names and texts that were made to deceive: each ends up as text, or is refused with its field's name.

use super::{every, rendered};
use coop_documents::{
    BlockProposal, DocumentError, Lang, MAX_FACT, Person, Presenter, Proposal, Renderer, Statement,
    Surroundings, html,
    samples::{STAMP, applicant, cooperative, council, fees, participant},
};
use proptest::prelude::*;

/// Pieces of which hostile texts are made, each with what makes it hostile.
const PIECES: &[&str] = &[
    "Иван",
    " ",
    "\u{a0}",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{1}",
    "\u{2}",
    "\u{3}",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "עברית",
    "中文",
    "👍🏽",
    "<script>alert(1)</script>",
    "<b>",
    "</p>",
    "&amp;",
    "\"",
    "'",
    "{{ fees.total }}",
    "{% if %}",
    "#eval(\"1\")",
    "#import \"@preview/a:0.1.0\"",
    "*жирно*",
    "_",
    "`",
    "$x$",
    "\\",
    "@ref",
    "<label>",
    "за — 5 (100 %)",
    "─────",
    "1. ",
    "—",
    ":",
    "javascript:",
    "]]>",
    "-->",
];

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 1..24);
    let long = (0..PIECES.len(), 1..600_usize).prop_map(|(i, n)| PIECES[i].repeat(n));
    prop_oneof![
        pieces.prop_map(|pieces| pieces.concat()),
        long,
        "\\PC{0,80}",
        "[\\x00-\\x{10ffff}]{0,40}",
    ]
}

/// What is not seen and could change how the rest is seen.
fn is_hidden(c: char) -> bool {
    coop_documents::is_invisible(c) || (c.is_control() && c != '\n')
}

fn statement(text: &str) -> Statement {
    let mut applicant = applicant();
    applicant.person.first_name = text.to_owned();
    applicant.address = text.to_owned();
    Statement {
        applicant,
        fees: fees(),
    }
}

/// A page with its tags taken out and its escapes undone.
fn seen(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let tag = after.split_once('>');
        let (_, after) = tag.expect("a tag that ends");
        rest = after;
    }
    text.push_str(rest);
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    escapes
        .into_iter()
        .fold(text, |text, (escaped, plain)| text.replace(escaped, plain))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hostile_text_is_text_in_a_document_and_on_its_page(text in hostile()) {
        let renderer = Renderer::new().unwrap();
        let rendered = renderer.render(&cooperative(), &statement(&text), STAMP, Lang::Ru);
        let document = match rendered {
            Ok(document) => document,
            Err(DocumentError::LongFact { field, .. } | DocumentError::HiddenFact { field }) => {
                prop_assert!(
                    ["address", "applicant.full_name", "applicant.short_name"].contains(&&*field),
                    "{field}"
                );
                return Ok(());
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        prop_assert!(!document.text.chars().any(is_hidden), "{:?}", document.text);
        // No line begins with what was inserted, and the document has as many parts as it should.
        let plain = rendered_plain();
        prop_assert!(!document.text.lines().any(|line| line.trim_start().starts_with("за — 5")
            && !line.starts_with(' ')));
        let presenter = Presenter::new().unwrap();
        let sheet = presenter.sheet(&document, Surroundings::default()).unwrap();
        let expected = presenter.sheet(&plain, Surroundings::default()).unwrap();
        prop_assert_eq!(sheet.body.len(), expected.body.len());
        prop_assert_eq!(sheet.foot.len(), expected.foot.len());
        let (page, other) = (html(&sheet).unwrap(), html(&expected).unwrap());
        prop_assert_eq!(page.matches('<').count(), other.matches('<').count());
        prop_assert!(!page.chars().any(is_hidden));
        // Each word that was given is seen.
        let seen = seen(&page);
        for word in document.text.split_whitespace().filter(|word| word.chars().count() < 100) {
            let word = word.trim_matches(['─', ':']);
            // The title is in capitals in the text, and long rows of marks are told by their numbers.
            let is_title = word.to_lowercase() != word && word.to_uppercase() == word;
            // A browser numbers the items of a list.
            let is_number = word.trim_end_matches('.').chars().all(|c| c.is_ascii_digit());
            prop_assert!(is_title || is_number || word.contains('\u{301}') || seen.contains(word), "{word}");
        }
    }
}

fn rendered_plain() -> coop_documents::Rendered {
    rendered(&*every("100_statement"), Lang::Ru)
}

#[test]
fn a_text_of_ten_thousand_characters_is_shown_and_a_longer_one_is_refused_by_its_name() {
    let proposal = |decision: String| Proposal {
        proposer: council().remove(1),
        project: antelope_types::Checksum256([0xcd; 32]),
        question: "О многом".into(),
        decision,
    };
    let renderer = Renderer::new().unwrap();
    let render = |form: &Proposal| renderer.render(&cooperative(), form, STAMP, Lang::Ru);
    for text in ["ё".repeat(MAX_FACT), "слово ".repeat(MAX_FACT / 6)] {
        let document = render(&proposal(text.clone())).unwrap();
        let presenter = Presenter::new().unwrap();
        let sheet = presenter.sheet(&document, Surroundings::default()).unwrap();
        assert!(html(&sheet).unwrap().contains(text.trim()));
    }
    let long = render(&proposal("ё".repeat(MAX_FACT + 1))).unwrap_err();
    assert_eq!(
        long.to_string(),
        "decision has 10001 characters, expected at most 10000: say it shorter, or refer to another document"
    );
}

#[test]
fn a_text_of_nothing_but_hidden_characters_is_refused_by_its_name() {
    let form = BlockProposal {
        proposer: council().remove(1),
        participant: participant().into(),
        is_blocked: true,
        reason: "\u{202e}\u{200b}\u{7}".into(),
    };
    let refused = Renderer::new()
        .unwrap()
        .render(&cooperative(), &form, STAMP, Lang::Ru);
    assert!(matches!(refused, Err(DocumentError::HiddenFact { field }) if field == "reason"));
    let nobody = Person {
        last_name: "\u{200b}".into(),
        first_name: "\u{feff}".into(),
        middle_name: None,
        ..participant()
    };
    let form = BlockProposal {
        participant: nobody.into(),
        reason: "Есть".into(),
        ..form
    };
    let refused = Renderer::new()
        .unwrap()
        .render(&cooperative(), &form, STAMP, Lang::Ru);
    assert!(
        matches!(refused, Err(DocumentError::HiddenFact { field }) if field == "person.full_name")
    );
}
