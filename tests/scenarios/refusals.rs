//! Every text with which a contract refuses stands in a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts that no transaction can bring about on a sound chain, each with the reason.
const UNREACHABLE: [(&str, &str); 5] = [
    (
        "the cooperative has no funds",
        "an active cooperative got them when it was activated",
    ),
    (
        "the contract has no policy for accounts",
        "init sets it together with the configuration",
    ),
    (
        "the cooperative has no such version of its council",
        "a version stays while anything refers to it",
    ),
    (
        "there is less money than the amount",
        "processing holds every payment that came and is not finished",
    ),
    (
        "the account is not a participant",
        "a member of the council is one, and no participant leaves yet",
    ),
];

#[test]
fn every_refusal_of_the_contracts_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace above tests/");
    let mut tests = String::new();
    for folder in ["scenarios", "attacks", "invariants", "timetravel"] {
        for file in rust_files(&root.join("tests").join(folder)) {
            tests.push_str(&fs::read_to_string(file).expect("a readable source file"));
        }
    }
    let untested: Vec<String> = refusals(root)
        .into_iter()
        .filter(|(text, _)| !tests.contains(&format!("\"{text}\"")))
        .filter(|(text, _)| !UNREACHABLE.iter().any(|(known, _)| known == text))
        .map(|(text, file)| format!("{}: {text}", file.display()))
        .collect();
    assert!(
        untested.is_empty(),
        "texts without a test:\n{}",
        untested.join("\n")
    );
}

/// The texts of the contracts and of what they share, with the file each stands in.
fn refusals(root: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for folder in [
        "contracts/registrator/src",
        "contracts/soviet/src",
        "contracts/gateway/src",
        "crates/coop-model/src",
    ] {
        for file in rust_files(&root.join(folder)) {
            let text = fs::read_to_string(&file).expect("a readable source file");
            // Native tests stand in files of their own.
            if file.file_stem().is_some_and(|stem| stem == "tests") {
                continue;
            }
            for literal in literals(&text) {
                found.insert(
                    literal.to_owned(),
                    file.strip_prefix(root).unwrap_or(&file).to_owned(),
                );
            }
        }
    }
    found
}

/// String literals of several words, those of comments left out.
fn literals(source: &str) -> Vec<&str> {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .filter(|literal| literal.contains(' '))
        .collect()
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
