//! Keeps `contracts/costs.snap` equal to what is measured, and complete.

use antelope_build::costs::{CostSnapshot, Costs, changes};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use antelope_build::WasmOpt;
use veche_tests::built;

use super::story;

/// How the files of costs are written anew.
pub(super) const BLESS: &str = "VECHE_BLESS=1 cargo test --workspace --test veche costs::";

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../contracts/costs.snap")
}

#[test]
fn the_costs_of_the_contracts_are_what_their_file_says() {
    let now = CostSnapshot {
        optimizer: WasmOpt::find().map_or_else(|| "none".to_owned(), |it| it.version),
        costs: story::costs().clone(),
    };
    let text = now.write(BLESS);
    if std::env::var_os("VECHE_BLESS").is_some() {
        fs::write(file(), &text).expect("write the file");
    }
    let found = fs::read_to_string(file()).unwrap_or_default();
    let then = CostSnapshot::read(&found).expect("lines of costs");
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

/// Pages that show the costs of the token.
const SHOWN: [(&str, &str); 4] = [
    ("README.md", include_str!("../../README.md")),
    ("docs/chain.md", include_str!("../../docs/chain.md")),
    (
        "docs/book/src/testing.md",
        include_str!("../../docs/book/src/testing.md"),
    ),
    (
        "crates/cargo-antelope/README.md",
        include_str!("../../crates/cargo-antelope/README.md"),
    ),
];

/// `token::transfer`, CPU, NET and RAM, if the line shows them in either form.
fn shown(line: &str) -> Option<Vec<String>> {
    let mut parts = line
        .split("  ")
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let action = parts.next().filter(|name| name.starts_with("token::"))?;
    let numbers: Vec<&str> = parts.collect();
    let is_number = |part: &str| {
        part.split([' ', '/'])
            .all(|word| word.parse::<i64>().is_ok() || word.is_empty())
    };
    let numbers: Vec<String> = match numbers[..] {
        // Of the file.
        [cpu, net, ram] => vec![
            cpu.strip_prefix("cpu ")?.to_owned(),
            net.strip_prefix("net ")?.to_owned(),
            ram.strip_prefix("ram ")?.to_owned(),
        ],
        // Of the table, with a count.
        [_, cpu, net, ram] => [cpu, net, ram]
            .map(|cell| cell.replace(" / ", " "))
            .to_vec(),
        _ => return None,
    };
    let all = numbers.iter().all(|part| is_number(part));
    all.then(|| [vec![action.to_owned()], numbers].concat())
}

#[test]
fn docs_print_the_costs_of_the_token() {
    let file = include_str!("../../examples/token/costs.snap");
    let real: Vec<Vec<String>> = file.lines().filter_map(shown).collect();
    assert_eq!(real.len(), 6, "{file}");
    for (page, text) in SHOWN {
        let printed: Vec<_> = text.lines().filter_map(shown).collect();
        assert!(printed.len() >= real.len(), "{page} shows no table");
        for line in printed {
            assert!(
                real.contains(&line),
                "{page} prints {line:?}, expected {real:?}"
            );
        }
    }
}
