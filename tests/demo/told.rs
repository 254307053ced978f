//! What a person reads of the story: in short, whole, and in the README.

use std::ffi::OsString;

use super::story::{EXAMPLE, ROOT};

#[test]
fn the_table_for_people_has_every_step() {
    let folder = tempfile::tempdir().unwrap();
    let example = format!("{ROOT}/examples/cooperative.json");
    let documents = folder.path().display().to_string();
    let arguments = [
        "veche",
        "demo",
        &example,
        "--workspace",
        ROOT,
        "--lang",
        "ru",
        "--all",
        "--full-ids",
        "--out",
        &documents,
    ];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(
        veche::run(arguments.map(OsString::from), &mut out, &mut err),
        0
    );
    let out = String::from_utf8(out).unwrap();
    let head = out
        .lines()
        .find(|line| line.contains("Транзакция"))
        .unwrap();
    for column in [
        "№",
        "Шаг",
        "Кто",
        "CPU, мкс",
        "NET, байт",
        "RAM, байт",
        "Итог",
    ] {
        assert!(head.contains(column), "{head}");
    }
    assert!(
        out.contains("nolifarubime — пайщик, деньги в фондах"),
        "{out}"
    );
    assert!(
        out.contains("отказ 311: голос уже подан и окончателен"),
        "{out}"
    );
}

/// What a person reads, and the folder of the documents.
fn short(lang: &str) -> (String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let documents = folder.path().display().to_string();
    let arguments = [
        "veche",
        "demo",
        EXAMPLE,
        "--workspace",
        ROOT,
        "--lang",
        lang,
        "--out",
        &documents,
    ];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = veche::run(arguments.map(OsString::from), &mut out, &mut err);
    let err = String::from_utf8(err).unwrap();
    assert_eq!(code, 0, "{err}");
    assert_eq!(err.lines().count(), 4, "{err}");
    (String::from_utf8(out).unwrap(), folder)
}

#[test]
fn the_story_is_short_unless_everything_is_asked_for() {
    for lang in ["en", "ru"] {
        let (out, folder) = short(lang);
        let lines = out.lines().filter(|line| !line.is_empty()).count();
        assert!((45..=55).contains(&lines), "{out}");
        // The story and what was refused; after it comes what differs from run to run.
        let told: Vec<_> = out.split("\n\n").take(2).collect();
        super::golden(&format!("story_{lang}"), &told.join("\n\n"));
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name));
        assert!(read("501-protocol-1.txt").unwrap().contains("Решили:"));
        // English texts for reading along lie beside the documents that were signed.
        let english = read("501-protocol-1.en.txt").ok();
        let english = english.map(|text| text.contains("Decided:"));
        assert_eq!(english, (lang == "en").then_some(true));
    }
}

/// The README shows lines of the demo and of a protocol as they are.
#[test]
fn the_readme_shows_what_the_demo_says() {
    let (out, folder) = short("en");
    let protocol = std::fs::read_to_string(folder.path().join("501-protocol-1.txt")).unwrap();
    let readme = std::fs::read_to_string(format!("{ROOT}/README.md")).unwrap();
    // Names and sums are kept on one line by spaces that do not break.
    let [out, protocol] = [out, protocol].map(|text| text.replace('\u{a0}', " "));
    let tour = readme.split("\n## ").find(|part| part.starts_with("Five"));
    let blocks: Vec<_> = tour.unwrap().split("\n```\n").skip(1).step_by(2).collect();
    assert_eq!(blocks.len(), 2);
    for (block, said) in blocks.into_iter().zip([out, protocol]) {
        let said: Vec<_> = said.lines().collect();
        for line in block.lines() {
            assert!(said.contains(&line), "README.md: {line}");
        }
    }
}
