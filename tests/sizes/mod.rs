//! Ceilings for the bytes of every contract: each byte of code costs ten bytes of RAM on chain.

use antelope_node::package_contract;
use std::fmt::Write;
use veche_tests::built;

use crate::token::report::write_report;

/// Packages, and the most bytes that each may have by itself.
const CEILINGS: [(&str, Option<usize>); 8] = [
    ("hello", Some(600)),
    ("token", Some(7_500)),
    ("escrow", Some(6_500)),
    ("nft", Some(6_500)),
    ("msig", Some(11_400)),
    ("registrator", None),
    ("soviet", Some(55_000)),
    ("gateway", None),
];

/// What the cooperative deploys, and the most bytes that it may have together.
const COOPERATIVE: [&str; 3] = ["registrator", "soviet", "gateway"];
const COOPERATIVE_CEILING: usize = 120_000;

fn size(package: &str) -> usize {
    built(package).wasm.len()
}

/// The bytes of the token that CDT has made, where the node's package is at hand.
fn reference_size() -> Option<usize> {
    let (wasm, _) = package_contract("eosio.token").ok()?;
    Some(std::fs::read(wasm).expect("it can be read").len())
}

#[test]
fn every_contract_stays_below_its_ceiling() {
    let together: usize = COOPERATIVE.map(size).iter().sum();
    let each = CEILINGS.map(|(package, ceiling)| (package.to_owned(), size(package), ceiling));
    let all = (COOPERATIVE.join(" + "), together, Some(COOPERATIVE_CEILING));
    let mut table = format!("{:32} {:>8} {:>8}\n", "wasm of", "bytes", "ceiling");
    let mut over = Vec::new();
    for (what, size, ceiling) in each.into_iter().chain([all]) {
        let limit = ceiling.map_or_else(|| "-".to_owned(), |ceiling| ceiling.to_string());
        let _ = writeln!(table, "{what:32} {size:>8} {limit:>8}");
        if ceiling.is_some_and(|ceiling| size > ceiling) {
            over.push(what);
        }
    }
    if let Some(theirs) = reference_size() {
        let _ = writeln!(
            table,
            "{:32} {theirs:>8} {:>8}",
            "(the reference token, by CDT)", "-"
        );
    }
    println!("{table}");
    write_report("sizes.txt", &table);
    let hint = "see `cargo antelope size -p <package>`, and `cargo antelope doctor` for wasm-opt";
    assert!(
        over.is_empty(),
        "above the ceiling: {over:?}; {hint}\n{table}"
    );
}

#[test]
fn the_token_is_less_than_half_of_the_reference() {
    let (ours, theirs) = (size("token"), reference_size().unwrap_or(17_637));
    assert!(
        2 * ours < theirs,
        "ours has {ours} bytes, the reference {theirs}"
    );
}

/// The bytes that a row of the README's table gives for a wasm.
fn printed(readme: &str, what: &str) -> Option<usize> {
    let row = readme
        .lines()
        .find_map(|line| line.strip_prefix(&format!("| {what} | ")))?;
    let figure = row.split('|').next()?;
    figure.replace(' ', "").parse().ok()
}

#[test]
fn the_readme_prints_the_sizes_of_this_tree() {
    let readme = include_str!("../../README.md");
    for (package, _) in CEILINGS {
        assert_eq!(printed(readme, package), Some(size(package)), "{package}");
    }
    let together = COOPERATIVE.map(size).iter().sum();
    assert_eq!(
        printed(readme, "the three contracts together"),
        Some(together)
    );
}
