//! Every text with which an action of the three contracts fails stands in `docs/contracts.md`.

use std::fs;
use std::path::{Path, PathBuf};

/// The sources of the contracts and of what they share, without tests.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<_> = [
        "crates/coop-model",
        "contracts/registrator",
        "contracts/soviet",
        "contracts/gateway",
    ]
    .map(|folder| root.join(folder).join("src"))
    .into();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tests.rs") {
                files.push(path);
            }
        }
    }
    files
}

/// Whatever stands between quotes on lines that are not comments and reads like a sentence.
fn sentences(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .filter_map(|line| {
            let (_, rest) = line.split_once('"')?;
            rest.rsplit_once('"').map(|(text, _)| text)
        })
        .filter(|text| text.contains(' '))
}

#[test]
fn every_error_text_is_documented() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/contracts.md");
    let docs = fs::read_to_string(docs).unwrap();
    let mut found = 0;
    let mut missing = Vec::new();
    for file in sources() {
        let source = fs::read_to_string(&file).unwrap();
        for text in sentences(&source) {
            found += 1;
            if !docs.contains(&format!("`{text}`")) {
                missing.push(format!("{}: {text}", file.display()));
            }
        }
    }
    assert!(found > 80, "only {found} texts found");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_documented_error_text_is_left_without_code() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/contracts.md");
    let docs = fs::read_to_string(docs).unwrap();
    let (_, list) = docs.split_once("## Error texts").unwrap();
    let code: String = sources()
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let missing: Vec<_> = list
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.strip_suffix('`'))
        .filter(|text| !code.contains(text))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
