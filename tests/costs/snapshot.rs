//! Keeps `contracts/costs.snap` equal to what is measured, and complete.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use antelope_build::WasmOpt;
use veche_tests::built;

use super::format::{Costs, Snapshot, changes};
use super::story;

/// How the files of costs are written anew.
pub(super) const BLESS: &str = "VECHE_BLESS=1 cargo test --workspace --test veche costs::";

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../contracts/costs.snap")
}

#[test]
fn the_costs_of_the_contracts_are_what_their_file_says() {
    let now = Snapshot {
        optimizer: WasmOpt::find().map_or_else(|| "none".to_owned(), |it| it.version),
        costs: story::costs().clone(),
    };
    let text = now.write(BLESS);
    if std::env::var_os("VECHE_BLESS").is_some() {
        fs::write(file(), &text).expect("write the file");
    }
    let found = fs::read_to_string(file()).unwrap_or_default();
    let then = Snapshot::read(&found).expect("lines of costs");
    let changes = changes(&then.costs, &now.costs);
    let grown = changes.iter().filter(|change| change.is_growth()).count();
    let list: Vec<_> = changes.iter().map(ToString::to_string).collect();
    assert!(
        found == text,
        "contracts/costs.snap: {} changes, more than before: {grown}\n{}\n\
         it was written with the optimizer {}, here it is {}\nto accept them: {BLESS}",
        list.len(),
        list.join("\n"),
        then.optimizer,
        now.optimizer,
    );
}

#[test]
fn every_action_of_the_three_contracts_has_its_line() {
    let costs: &Costs = story::costs();
    let named = |package: &str| -> BTreeSet<String> {
        let actions = built(package).abi.definition().actions.iter();
        actions
            .map(|action| format!("{package}::{}", action.name))
            .collect()
    };
    let named: BTreeSet<String> = ["registrator", "soviet", "gateway"]
        .into_iter()
        .flat_map(named)
        .collect();
    let missing: Vec<_> = named
        .iter()
        .filter(|action| !costs.contains_key(*action))
        .collect();
    assert!(
        missing.is_empty(),
        "nobody sends these in tests/costs/story: {missing:?}"
    );
}
