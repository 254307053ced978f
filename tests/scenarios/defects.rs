//! Keeps the pages that name tests, `docs/defects.md` and `docs/kinds-and-ends.md`, true.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::rules_index::test_names;

const DEFECTS: &str = "docs/src/defects.md";
const PAGES: [&str; 2] = [DEFECTS, "docs/src/kinds-and-ends.md"];
const CONTRACTS: [&str; 3] = ["registrator", "soviet", "gateway"];

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The tests that a text names: a file and a function, as `file::function` between backticks.
pub(crate) fn named(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|code| code.split_once("::"))
        .filter(|(file, _)| file.ends_with(".rs"))
}

#[test]
fn every_test_on_the_pages_exists() {
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let mut missing = Vec::new();
    for page in PAGES {
        let text = read(page);
        assert!(named(&text).count() > 10, "{page} names no tests");
        for (file, function) in named(&text) {
            let source = sources.entry(file.to_owned()).or_insert_with(|| read(file));
            if !test_names(source).contains(&function) {
                missing.push(format!("{page}: {file}::{function}"));
            }
        }
    }
    assert!(missing.is_empty(), "no such tests: {missing:#?}");
}

#[test]
fn every_row_names_its_test_or_says_that_none_shows_it() {
    let text = read(DEFECTS);
    let rows: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("| here |"))
        .collect();
    let silent: Vec<&&str> = rows
        .iter()
        .filter(|row| named(row).next().is_none() && !row.contains("Not shown"))
        .collect();
    assert!(silent.is_empty(), "rows without a test: {silent:#?}");
    let numbered = (1..=35).map(|row| format!("C{row}"));
    for number in numbered.chain((1..=18).map(|row| format!("D{row}"))) {
        let count = rows
            .iter()
            .filter(|row| row.starts_with(&format!("| {number} |")))
            .count();
        assert_eq!(count, 1, "rows of {number}");
    }
}

#[test]
fn every_kind_of_the_catalogue_has_its_ends() {
    let text = read("docs/src/kinds-and-ends.md");
    for kind in coop_model::catalogue::CATALOGUE {
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| `{}` |", kind.name)))
            .unwrap_or_else(|| panic!("no row of {}", kind.name));
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(cells.len(), 5, "{row}");
        let ends = [cells[1], cells[2]];
        for end in ends {
            assert!(named(end).next().is_some(), "no test: {end} of {row}");
        }
    }
}

#[test]
fn no_field_of_the_abis_is_an_extension() {
    for contract in CONTRACTS {
        let abi = veche_tests::built(contract).abi.definition();
        for structure in &abi.structs {
            for field in &structure.fields {
                let place = format!("{contract}: {}.{}", structure.name, field.name);
                assert!(!field.ty.ends_with('$'), "{place}: {}", field.ty);
            }
        }
    }
}

#[test]
fn the_contracts_import_no_deferred_transactions() {
    for contract in CONTRACTS {
        let wasm = &veche_tests::built(contract).wasm;
        let imports = |name: &[u8]| wasm.windows(name.len()).any(|part| part == name);
        assert!(imports(b"require_auth"), "{contract}: no names of imports");
        for name in ["send_deferred", "cancel_deferred"] {
            assert!(!imports(name.as_bytes()), "{contract} imports {name}");
        }
    }
}
