//! Pages of documents: the words of the text, escaped, with what a screen reader needs.

use super::{every, golden, rendered};
use antelope_rpc_client::{Signer, signing};
use antelope_types::{Checksum256, TimePoint, name};
use coop_documents::{
    Block, DocumentError, Form, Lang, Presenter, Sheet, Surroundings, html,
    samples::{every_form, strange_forms},
    sign,
};

fn sheet(form: &dyn Form, lang: Lang) -> Sheet {
    let document = rendered(form, lang);
    let presenter = Presenter::new().unwrap();
    presenter.sheet(&document, Surroundings::default()).unwrap()
}

/// The words of a text in lower case, without what only lays it out.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['─', ':', '—'], " ");
    text.split_whitespace().map(str::to_owned).collect()
}

/// The words of a sheet in the order of its text.
fn words_of(sheet: &Sheet) -> Vec<String> {
    let mut all = words(&format!("{} {}", sheet.organization, sheet.title));
    for block in sheet.body.iter().chain(&sheet.foot) {
        match block {
            Block::Heading { text } | Block::Paragraph { text } | Block::Quote { text } => {
                all.extend(words(text));
            }
            Block::Fields { rows } => {
                for row in rows {
                    all.extend(words(&format!("{} {}", row.label, row.value)));
                }
            }
            Block::Numbered { items } => {
                for (item, number) in items.iter().zip(1..) {
                    all.extend(words(&format!("{number}. {item}")));
                }
            }
            Block::Votes { rows } => {
                for row in rows {
                    let row = format!("{} {} {}", row.choice, row.count, row.names);
                    all.extend(words(&row));
                }
            }
        }
    }
    all
}

#[test]
fn a_sheet_has_the_words_of_the_text_that_is_signed_and_no_other() {
    // Of many marks over one letter a sheet tells the last ones by their numbers.
    let strange = strange_forms()
        .into_iter()
        .filter(|(name, _)| name != "scripts");
    for (name, form) in every_form().into_iter().chain(strange) {
        for lang in Lang::ALL {
            let sheet = sheet(&*form, lang);
            assert_eq!(words_of(&sheet), words(&sheet.text), "{name}");
        }
    }
}

/// What stands between the tags of the body: the head is the same on each page.
fn body(page: &str) -> &str {
    let begin = page.find("<body>").unwrap();
    &page[begin..]
}

#[test]
fn the_pages_of_all_forms() {
    for (name, form) in every_form() {
        let page = html(&sheet(&*form, Lang::Ru)).unwrap();
        golden(&format!("{name}_html"), body(&page));
    }
}

#[test]
fn a_page_is_whole_and_has_what_a_reader_needs() {
    let key = signing::generate_k1().unwrap();
    let form = every("501_admission");
    let document = rendered(&*form, Lang::Ru);
    let chain = Checksum256([7; 32]);
    let signers: [(_, &dyn Signer); 1] = [(name!("mirodaluvaxe"), &key)];
    let signed = sign(&document, &chain, &signers, TimePoint::from_micros(5)).unwrap();
    let around = Surroundings {
        signatures: &signed.signatures,
        verify_at: Some("https://example.org/verify?a=1&b=2"),
    };
    let sheet = Presenter::new().unwrap().sheet(&document, around).unwrap();
    let page = html(&sheet).unwrap();
    for part in [
        "<html lang=\"ru\"",
        "<title>Протокол решения совета № 1 — ",
        "<main>",
        "<h1>Протокол решения совета № 1</h1>",
        "<caption>Голосовали</caption>",
        "<th scope=\"col\">Голос</th>",
        "<th scope=\"row\">за</th>",
        "@media print",
        "default-src 'none'",
        "mirodaluvaxe</th>",
        "verify?a=1&amp;b=2\"",
        &document.doc_hash.to_string(),
        &key.public_key().to_string(),
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    for never in [
        "<script",
        "javascript:",
        " style=",
        "onload",
        "<img",
        "http-equiv=\"refresh",
    ] {
        assert!(!page.contains(never), "{never} is in {page}");
    }
    let count = |tag: &str| page.matches(tag).count();
    assert_eq!(count("<h1>"), 1);
    for tag in [
        "table",
        "dl",
        "ol",
        "main",
        "header",
        "footer",
        "blockquote",
    ] {
        let opened = count(&format!("<{tag}>"));
        assert_eq!(opened, count(&format!("</{tag}>")), "{tag}");
    }
}

#[test]
fn an_address_that_cannot_be_printed_is_refused() {
    let document = rendered(&*every("200_exit"), Lang::En);
    let long = format!("https://{}", "a".repeat(200));
    for wrong in [
        "javascript:alert(1)",
        "example.org",
        "https://a b",
        "https://пример",
        &long,
    ] {
        let around = Surroundings {
            verify_at: Some(wrong),
            ..Surroundings::default()
        };
        let refused = Presenter::new().unwrap().sheet(&document, around);
        assert!(
            matches!(refused, Err(DocumentError::Address { .. })),
            "{wrong}"
        );
    }
}
