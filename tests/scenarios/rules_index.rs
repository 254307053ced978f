//! Keeps `docs/rules-and-tests.md` equal to what the test sources say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The subjects of the rules, by the prefix of the tests that hold them.
const SUBJECTS: [(&str, &str); 15] = [
    (
        "r01",
        "R1 Publication: only the owner of a type publishes it; free questions come from voting members",
    ),
    (
        "r02",
        "R2 One question, one meeting, one protocol: ids never reused, one open question per hash",
    ),
    (
        "r03",
        "R3 Electorate: the seats of the board at publication, one vote each, final",
    ),
    (
        "r04",
        "R4 Threshold: approved when 2·for > N and the quorum of the charter is met",
    ),
    (
        "r05",
        "R5 Voting period: votes while now < expires_at, expiry by anyone afterwards",
    ),
    (
        "r06",
        "R6 Certainty: declined when approval is impossible; approved stays approved",
    ),
    (
        "r07",
        "R7 Authorization: by the current chairman, once, with a signed protocol, before the deadline",
    ),
    (
        "r08",
        "R8 Execution: by anyone, exactly once, all or nothing",
    ),
    ("r09", "R9 Decline: what was paid or blocked is given back"),
    (
        "r10",
        "R10 Registry: every outcome is one event that nobody can veto; rows of finished processes are erased",
    ),
    (
        "money",
        "Money: exact amounts, one symbol, the books balance",
    ),
    ("people", "People: accounts, keys, councils, staff rights"),
    ("documents", "Documents: hashes, signatures and subjects"),
    (
        "bounds",
        "Bounds: limits on input, constant cost, freed RAM",
    ),
    (
        "attack",
        "Attacks: known ways to cheat contracts of this kind",
    ),
];

const PATH: &str = "../docs/rules-and-tests.md";

#[test]
fn docs_list_the_tests_of_every_rule() {
    let expected = render(&tests_by_subject());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
    if std::env::var_os("VECHE_BLESS").is_some() {
        fs::write(&path, &expected).expect("write the list");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/rules-and-tests.md is out of date; run: VECHE_BLESS=1 cargo test --workspace --test veche docs_list_the_tests"
    );
}

#[test]
fn every_rule_has_a_test() {
    let tests = tests_by_subject();
    let empty: Vec<_> = SUBJECTS
        .iter()
        .filter(|(prefix, _)| !tests.contains_key(prefix))
        .collect();
    assert!(empty.is_empty(), "no test holds {empty:?}");
}

/// Tests named by a subject's prefix, with the file they stand in, in order of their names.
fn tests_by_subject() -> BTreeMap<&'static str, Vec<(String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = root.parent().expect("the workspace above tests/");
    let mut files = Vec::new();
    for folder in [
        "tests",
        "contracts",
        "crates/coop-model",
        "crates/coop-documents",
    ] {
        rust_files(&root.join(folder), &mut files);
    }
    let mut found: BTreeMap<&'static str, Vec<(String, String)>> = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable source file");
        let place = file
            .strip_prefix(root)
            .expect("inside the workspace")
            .display()
            .to_string();
        for name in test_names(&text) {
            let prefix = name.split('_').next().unwrap_or_default();
            if let Some((prefix, _)) = SUBJECTS.iter().find(|(subject, _)| *subject == prefix) {
                found
                    .entry(prefix)
                    .or_default()
                    .push((name.to_owned(), place.clone()));
            }
        }
    }
    for tests in found.values_mut() {
        tests.sort();
    }
    found
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Names of functions that follow a line `#[test]`, other attributes between them allowed.
pub(crate) fn test_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut after_attribute = false;
    for line in text.lines().map(str::trim) {
        if line == "#[test]" {
            after_attribute = true;
        } else if after_attribute && !line.starts_with("#[") && !line.starts_with("//") {
            names.extend(
                line.strip_prefix("fn ")
                    .and_then(|rest| rest.split_once('('))
                    .map(|(name, _)| name),
            );
            after_attribute = false;
        }
    }
    names
}

fn render(tests: &BTreeMap<&'static str, Vec<(String, String)>>) -> String {
    let mut text = String::from(
        "# Rules and their tests\n\n\
         This page is generated by the test `docs_list_the_tests_of_every_rule`, which fails when the page is out of date.\n\
         Tests in `tests` run on the embedded chain. With `VECHE_NODE=nodeos` they run on a real node, with \
         `VECHE_NODE=both` on both, side by side; the tests in `tests/timetravel` then use the chain library \
         of nodeos, whose clock can be moved. Tests beside the contracts run natively.\n",
    );
    for (prefix, title) in SUBJECTS {
        let list = tests.get(prefix).map_or(&[][..], Vec::as_slice);
        text.push_str(&format!("\n## {title}\n"));
        let mut file = "";
        let mut by_file: Vec<_> = list
            .iter()
            .map(|(name, place)| (place.as_str(), name.as_str()))
            .collect();
        by_file.sort_unstable();
        for (place, name) in by_file {
            if place != file {
                text.push_str(&format!("\n`{place}`\n"));
                file = place;
            }
            text.push_str(&format!(
                "- {}\n",
                name[prefix.len() + 1..].replace('_', " ")
            ));
        }
    }
    text
}
