//! Keeps the tables of `docs/costs.md` equal to what is measured.

use antelope_build::costs::{Cost, Spread};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use veche_tests::drawn_alike;

use super::measured::whole;
use super::paths::Paths;
use super::snapshot::BLESS;
use super::story;
use crate::scenarios::world::{Chain, Coop};

/// Councils whose questions are measured.
const SEATS: [usize; 3] = [3, 5, 64];

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/costs.md")
}

#[test]
fn docs_print_what_everything_costs() {
    let found = fs::read_to_string(file()).expect("the page");
    let mut page = replaced(&found, "steps", &steps());
    for package in ["soviet", "registrator", "gateway"] {
        page = replaced(&page, package, &actions(package));
    }
    if std::env::var_os("VECHE_BLESS").is_some() {
        fs::write(file(), &page).expect("write the page");
        return;
    }
    assert!(found == page, "docs/costs.md is out of date; run: {BLESS}");
}

/// The page with another table between the two comments that name it.
fn replaced(page: &str, name: &str, table: &str) -> String {
    let (begin, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (before, rest) = page.split_once(&begin).expect("the beginning of a table");
    let (_, after) = rest.split_once(&end).expect("the end of a table");
    format!("{before}{begin}\n{table}\n{end}{after}")
}

/// The steps of a question by the seats of the council.
fn steps() -> String {
    let of = |seats| {
        drawn_alike(|| {
            let chain = &Chain::alike();
            let coop = &Coop::new(chain, seats);
            coop.admitted();
            Paths::of(coop).named()
        })
    };
    let columns = SEATS.map(of);
    let head = SEATS.map(|seats| format!("{seats} seats")).join(" | ");
    let mut table = format!(
        "| transaction | {head} |\n|---|{}\n",
        "---:|".repeat(SEATS.len())
    );
    for step in 0..columns[0].len() {
        let numbers = columns
            .map(|column| spaced(column[step].1 as i64))
            .join(" | ");
        let _ = writeln!(table, "| {} | {numbers} |", columns[0][step].0);
    }
    table
}

/// Every action of a contract, in the order of their names.
fn actions(package: &str) -> String {
    let costs = story::costs();
    let mut table = String::from(
        "| action | CPU | CPU with inline actions | NET, words | RAM, bytes |\n|---|---:|---:|---:|---:|\n",
    );
    let of_package = costs.iter().filter_map(|(line, cost)| {
        let action = line.strip_prefix(package)?.strip_prefix("::")?;
        (!action.contains(' ')).then_some((action, cost))
    });
    for (action, cost) in of_package {
        let all = costs.get(&whole(&format!("{package}::{action}")));
        let Cost { cpu, net, ram } = all.unwrap_or(cost);
        let all = all.map_or_else(String::new, |_| cell(cpu));
        let net = net.as_ref().map_or_else(|| "-".to_owned(), cell);
        let _ = writeln!(
            table,
            "| `{action}` | {} | {all} | {net} | {} |",
            cell(&cost.cpu),
            cell(ram)
        );
    }
    table
}

/// The least and the most, or the only.
fn cell(spread: &Spread) -> String {
    match spread.only() {
        Some(only) => spaced(only),
        None => format!("{} … {}", spaced(spread.least), spaced(spread.most)),
    }
}

/// Thousands apart.
fn spaced(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    if number < 0 {
        text.insert(0, '-');
    }
    text
}

#[test]
fn docs_tables_are_replaced_where_they_stand() {
    let page = "a\n<!-- x -->\n\nold\n\n<!-- end of x -->\nb\n";
    let new = replaced(page, "x", "new\n");
    assert_eq!(new, "a\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nb\n");
    assert_eq!(spaced(-1_234_567), "-1 234 567");
    assert_eq!(spaced(100), "100");
}
