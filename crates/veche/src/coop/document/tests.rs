use super::super::words::messages;
use super::*;
use antelope_rpc_client::signing::generate_k1;
use antelope_types::{Encode, TimePoint, name};
use clap::Parser;
use coop_documents::{Lang, samples, sign};
use std::fs;

const CHAIN: Checksum256 = Checksum256([7; 32]);

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    arguments: DocumentArgs,
}

fn arguments(line: &[&str]) -> DocumentArgs {
    let line = ["document"].iter().chain(line);
    Line::try_parse_from(line).unwrap().arguments
}

/// A desk with the protocol of an admission, and that protocol.
fn desk(folder: &Path) -> (Desk, Document) {
    let cooperative =
        r#"{"name": "Coop", "short_name": "C", "address": "A", "timezone": "Europe/Moscow"}"#;
    fs::write(folder.join("cooperative.json"), cooperative).unwrap();
    let desk = Desk::open(folder.to_owned(), name!("coop"), &messages(Lang::En)).unwrap();
    let mut all = samples::every_form().into_iter();
    let (_, form) = all.find(|(name, _)| name == "501_admission").unwrap();
    let renderer = Renderer::new().unwrap();
    let rendered = renderer
        .render(&samples::cooperative(), &*form, samples::STAMP, Lang::Ru)
        .unwrap();
    let key = generate_k1().unwrap();
    let moment = TimePoint::from_micros(samples::STAMP.created_at);
    let document = sign(
        &rendered,
        &CHAIN,
        &[(samples::chairman().account, &key)],
        moment,
    );
    let document = document.unwrap();
    desk.keep(&document, &rendered, None).unwrap();
    (desk, document)
}

#[test]
fn a_kept_document_is_whole_by_its_file_and_by_its_hash_and_becomes_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, document) = desk(folder.path());
    let hash = document.hash().to_string();
    for given in ["501-protocol-1.txt", "/elsewhere/501-protocol-1.txt", &hash] {
        let found = whole(&desk, Path::new(given), &CHAIN).unwrap();
        assert_eq!(found.document, document);
        let line = [
            given,
            "--html",
            "-o",
            "a.html",
            "--verify-at",
            "https://example.org/{hash}",
        ];
        let page = written(&desk, &found, &arguments(&line)).unwrap();
        let page = String::from_utf8(page).unwrap();
        let address = format!("https://example.org/{}", document.doc_hash);
        assert!(
            page.contains(&address.replace('/', "&#x2f;")) || page.contains(&address),
            "{page}"
        );
        assert!(page.contains("mirodaluvaxe</th>"));
        let text = written(&desk, &found, &arguments(&[given, "-o", "a.txt"])).unwrap();
        assert!(is_file_of(&document, &text));
    }
}

#[test]
fn what_is_wrong_with_a_document_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, document) = desk(folder.path());
    let file = Path::new("501-protocol-1.txt");
    let code = |chain: &Checksum256| {
        whole(&desk, file, chain)
            .err()
            .map(|it| it.code.to_string())
    };
    assert_eq!(code(&CHAIN), None);
    assert_eq!(
        code(&Checksum256([8; 32])).as_deref(),
        Some("document.forged")
    );
    let missing = whole(&desk, Path::new("501-protocol-2.txt"), &CHAIN)
        .err()
        .unwrap();
    assert_eq!(missing.code, "document.none");
    let text = desk.documents().join(file);
    let content = fs::read_to_string(&text).unwrap();
    fs::write(&text, content.replace("Анна", "Инна")).unwrap();
    assert_eq!(code(&CHAIN).as_deref(), Some("document.changed"));
    fs::write(&text, content).unwrap();
    // A record of something else.
    let kept = desk.documents().join(format!("{}.json", document.hash()));
    let content = fs::read_to_string(&kept).unwrap();
    fs::write(&kept, content.replace("Звягинцева", "Звягинцова")).unwrap();
    assert_eq!(code(&CHAIN).as_deref(), Some("document"));
    // What an earlier release has kept.
    fs::write(&kept, r#"{"file": "501-protocol-1.txt"}"#).unwrap();
    assert_eq!(code(&CHAIN).as_deref(), Some("document.old"));
}

#[test]
fn a_document_without_signatures_is_printed_and_one_that_says_nothing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, document) = desk(folder.path());
    let file = Path::new("501-protocol-1.txt");
    let kept = desk.documents().join(format!("{}.json", document.hash()));
    let mut content: serde_json::Value = serde_json::from_slice(&fs::read(&kept).unwrap()).unwrap();
    let mut unsigned = document.clone();
    unsigned.signatures.clear();
    content["document"] = base64::encode(&unsigned.to_bytes()).into();
    fs::write(&kept, content.to_string()).unwrap();
    let found = whole(&desk, file, &CHAIN).unwrap();
    assert!(found.document.signatures.is_empty());

    fs::write(&kept, "{").unwrap();
    for given in ["501-protocol-1.txt", &document.hash().to_string()] {
        let damaged = whole(&desk, Path::new(given), &CHAIN).err().unwrap();
        assert_eq!(damaged.code, "desk.parse");
        let name = kept.display().to_string();
        assert!(damaged.message.contains(&name), "{}", damaged.message);
    }
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_program_without_pdf_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, _) = desk(folder.path());
    let found = whole(&desk, Path::new("501-protocol-1.txt"), &CHAIN).unwrap();
    let line = ["501-protocol-1.txt", "--pdf", "-o", "a.pdf"];
    let failure = written(&desk, &found, &arguments(&line)).unwrap_err();
    assert_eq!(failure.code, "document.no_pdf");
}
