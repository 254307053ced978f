//! Keeps `docs/boundaries.md` whole: every parameter has its row, and every row its tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::scenarios::{named_tests, test_names};

const PAGE: &str = "docs/src/boundaries.md";
const PARAMETERS: &str = "crates/coop-model/src/parameters.rs";

/// Parameters that another one says in another unit.
const IN_OTHER_UNITS: [&str; 3] = ["_HOURS", "_DAYS", "_MINUTES"];

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The public constants of the parameters, but for the tables and for what is there in another unit.
fn parameters() -> BTreeSet<String> {
    let source = read(PARAMETERS);
    let constants = source
        .lines()
        .filter_map(|line| line.strip_prefix("pub const "))
        .filter_map(|line| line.split_once(':'));
    constants
        .map(|(name, _)| name.to_owned())
        .filter(|name| name != "TEXTS" && !IN_OTHER_UNITS.iter().any(|unit| name.ends_with(unit)))
        .collect()
}

#[test]
fn every_parameter_has_a_test_of_its_boundary() {
    let text = read(PAGE);
    let mut rows = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        assert_eq!(cells.len(), 4, "{line}");
        let name = cells[0].trim_start_matches("| ").trim_matches('`');
        assert!(rows.insert(name.to_owned()), "{name} has two rows");
        let mut tests = named_tests(cells[3]).peekable();
        assert!(tests.peek().is_some(), "{name} names no test");
        for (file, function) in tests {
            let source = read(file);
            assert!(
                test_names(&source).contains(&function),
                "{name}: there is no test {file}::{function}"
            );
        }
    }
    assert_eq!(rows, parameters(), "rows of the page and parameters");
}
