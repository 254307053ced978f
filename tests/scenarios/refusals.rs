//! Every refusal of the contracts stands in a test.

use std::fs;
use std::path::{Path, PathBuf};

/// Refusals that no transaction can bring about on a sound chain, each with the reason.
const UNREACHABLE: &[(&str, &str)] = &[
    (
        "payment::NO_FUNDS",
        "an active cooperative got them when it was activated",
    ),
    (
        "account::NO_POLICY",
        "init sets it together with the configuration",
    ),
    (
        "council::NO_VERSION",
        "a version stays while anything refers to it",
    ),
    (
        "wallet::NO_WALLET",
        "a process begins with a wallet, and a wallet with a process is not erased",
    ),
    (
        "blocking::NO_BLOCKING",
        "soviet asks once for each question, and the row stays as long as that",
    ),
    (
        "document::ONE_SIDE_TWICE",
        "an owner who acts for the cooperative is refused before",
    ),
    (
        "money::FUNDS_OF_ANOTHER_SYMBOL",
        "registrator changes the fees of no cooperative to another symbol",
    ),
    (
        "founder::CANDIDATE",
        "nobody applies before there is a council, and nobody founds after",
    ),
];

#[test]
fn every_refusal_of_the_contracts_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace above tests/");
    let mut tests = String::new();
    for folder in [
        "scenarios",
        "attacks",
        "invariants",
        "timetravel",
        "upgrade",
    ] {
        for file in rust_files(&root.join("tests").join(folder)) {
            if file.file_stem().is_some_and(|stem| stem == "refusals") {
                continue;
            }
            tests.push_str(&fs::read_to_string(file).expect("a readable source file"));
        }
    }
    let is_tested = |refusal: &str| {
        tests
            .match_indices(&format!("refusal::{refusal}"))
            .any(|(at, found)| {
                let next = tests[at + found.len()..].chars().next();
                !next.is_some_and(|next| next.is_alphanumeric() || next == '_')
            })
    };
    let is_unreachable = |refusal: &str| UNREACHABLE.iter().any(|(known, _)| *known == refusal);
    let all = refusals(&root.join("crates/coop-model/src/refusal"));
    assert!(all.len() > 100, "only {} refusals found", all.len());
    let untested: Vec<&String> = all
        .iter()
        .filter(|refusal| !is_tested(refusal) && !is_unreachable(refusal))
        .collect();
    assert!(
        untested.is_empty(),
        "refusals without a test: {untested:#?}"
    );
    let stale: Vec<&&str> = UNREACHABLE
        .iter()
        .map(|(known, _)| known)
        .filter(|known| is_tested(known) || !all.iter().any(|refusal| refusal == *known))
        .collect();
    assert!(stale.is_empty(), "tested or gone after all: {stale:?}");
}

/// The refusals by subject and name, as tests write them.
fn refusals(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in rust_files(folder) {
        let text = fs::read_to_string(&file).expect("a readable source file");
        let mut subject = "";
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix("pub mod ") {
                subject = name.trim_end_matches([' ', '{']);
            }
            let name = line.split(" = ").next().unwrap_or_default();
            let is_name = name.len() < line.len()
                && name.chars().all(|letter| {
                    letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_'
                });
            if is_name {
                found.push(format!("{subject}::{name}"));
            }
        }
    }
    found
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in folder
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
    {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
