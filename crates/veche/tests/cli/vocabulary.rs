//! Every command of cleos has one here: the table in `docs/veche-commands.md`.

use crate::support::{Said, cleos, veche_with};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A row of the table.
struct Row {
    cleos: String,
    ours: String,
    tests: Vec<String>,
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn table() -> Vec<Row> {
    let text = fs::read_to_string(repository().join("docs/veche-commands.md")).unwrap();
    let code = |cell: &str| cell.trim().trim_matches('`').to_owned();
    let (_, text) = text.split_once("## The table").unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").collect();
        let tests = cells[2].split(',').map(code).collect();
        Row {
            cleos: code(cells[0]),
            ours: code(cells[1]),
            tests,
        }
    })
    .collect()
}

/// All commands below one, as the program's own help lists them.
fn below(group: &[String], found: &mut Vec<String>) {
    let mut words = group.to_vec();
    words.push("--help".to_owned());
    let help = cleos("http://127.0.0.1:1", &words).out;
    let listed = help.split("Subcommands:").nth(1).unwrap_or_default();
    let names: Vec<_> = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    if names.is_empty() {
        found.push(group.join(" "));
    }
    for name in names {
        let mut group = group.to_vec();
        group.push(name.to_owned());
        below(&group, found);
    }
}

fn run(words: &[&str]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    veche_with(folder.path(), [] as [&str; 0], words)
}

#[test]
fn every_command_of_cleos_has_one_here() {
    let rows: BTreeMap<_, _> = table()
        .into_iter()
        .map(|row| (row.cleos.clone(), row))
        .collect();
    let mut theirs = Vec::new();
    below(&[], &mut theirs);
    assert!(theirs.len() > 90, "{theirs:?}");
    let missing: Vec<_> = theirs.iter().filter(|it| !rows.contains_key(*it)).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
    let gone: Vec<_> = rows.keys().filter(|it| !theirs.contains(it)).collect();
    assert!(gone.is_empty(), "cleos does not have: {gone:?}");
    let mut sources = String::new();
    for folder in ["crates/veche/tests/cli"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            sources += &fs::read_to_string(entry.unwrap().path()).unwrap();
        }
    }
    for row in rows.values() {
        let Row { cleos, ours, tests } = row;
        for test in tests {
            assert!(
                sources.contains(&format!("fn {test}(")),
                "{cleos}: no test {test}"
            );
        }
        if ours == "none" {
            continue;
        }
        let mut words: Vec<_> = ours.split(' ').skip(1).collect();
        words.push("--help");
        let said = run(&words);
        assert_eq!(said.code, 0, "{ours}: {said:?}");
        assert!(said.out.contains("Usage: "), "{ours}");
    }
}

/// What cleos asks for in this order is asked for here in the same order.
#[test]
fn arguments_are_in_the_order_of_cleos() {
    let (mut wrong, mut compared, mut counted) = (Vec::new(), 0, 0);
    for row in table().into_iter().filter(|row| row.ours != "none") {
        if row.ours.strip_prefix("veche ") != Some(&row.cleos) {
            continue;
        }
        let mut words: Vec<_> = row.cleos.split(' ').map(str::to_owned).collect();
        words.push("--help".to_owned());
        let theirs = positionals(&cleos("http://127.0.0.1:1", &words).out);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let ours = positionals(&run(&words).out);
        compared += 1;
        counted += theirs.len();
        if ours.len() < theirs.len() || ours[..theirs.len()] != theirs {
            wrong.push(format!("{}: {theirs:?} and {ours:?}", row.cleos));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        compared > 80 && counted > 150,
        "{counted} arguments of {compared} commands"
    );
}

/// The arguments of a usage line that are not options, spelled alike.
fn positionals(help: &str) -> Vec<String> {
    let usage = help
        .lines()
        .find(|line| line.contains("Usage: "))
        .unwrap_or_default();
    let usage = usage.split("[OPTIONS]").nth(1).unwrap_or_default();
    let mut words = usage.split_whitespace();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        // An option that must be given, with its value.
        if word.starts_with("--") {
            words.next();
        } else if !matches!(word, "SUBCOMMAND" | "<COMMAND>") {
            found.push(plain(word));
        }
    }
    found
}

fn plain(word: &str) -> String {
    let letters = word.chars().filter(|it| it.is_ascii_alphanumeric());
    letters.collect::<String>().to_lowercase()
}
