//! `cargo antelope coverage` in a project of somebody else's: every line of a contract with what was
//! executed of it, and what the options do.

use super::*;
use serde_json::Value;

/// Its comments say how often a line is executed; on lines without a number there is nothing to execute.
const SOURCE: &str = include_str!("lines.rs.txt");
const TESTS: &str = include_str!("tests.rs.txt");

/// The lines with numbers.
fn expected() -> Vec<(u64, u64)> {
    let lines = (1..).zip(SOURCE.lines());
    let numbered = lines.filter_map(|(number, line)| {
        let (_, count) = line.rsplit_once("// ")?;
        Some((number, count.parse().ok()?))
    });
    numbered.collect()
}

pub fn lines_are_exact(home: &Home) {
    let folder = home.0.clone();
    home.must(&folder, "cargo antelope new lines");
    let project = folder.join("lines");
    fs::write(project.join("src/lib.rs"), SOURCE).expect("the source");
    fs::write(project.join("tests/greeting.rs"), TESTS).expect("the tests");

    let covered = home.run(&project, "cargo antelope coverage --json --lcov lcov.info");
    let told = String::from_utf8_lossy(&covered.stderr).into_owned();
    assert!(covered.status.success(), "{told}");
    let json: Value = serde_json::from_slice(&covered.stdout).expect("JSON");
    assert_eq!(json["warnings"], serde_json::json!([]));
    let contract = &json["data"]["contracts"][0];
    let files = contract["files"].as_array().expect("a list");
    assert_eq!(files.len(), 1, "only files of the contract: {files:#?}");
    let functions = files[0]["functions"].as_array().expect("a list");
    let mut counts: Vec<(u64, u64)> = Vec::new();
    for function in functions {
        let of: Result<Vec<(u64, u64)>, _> = serde_json::from_value(function["counts"].clone());
        counts.extend(of.expect("lines with counts"));
    }
    assert_eq!(counts, expected(), "{told}");

    let names: Vec<_> = functions
        .iter()
        .map(|it| {
            (
                it["name"].as_str(),
                it["kind"].as_str(),
                it["calls"].as_u64(),
            )
        })
        .collect();
    let calls = [
        ("lines::add", "action", 4),
        ("lines::forget", "action", 0),
        ("too_large", "function", 0),
    ];
    let calls = calls.map(|(name, kind, calls)| (Some(name), Some(kind), Some(calls)));
    assert_eq!(names, calls);
    let total = counts.len();
    let hit = counts.iter().filter(|(_, count)| *count > 0).count();
    assert_eq!(
        (&contract["lines"]["hit"], &contract["lines"]["total"]),
        (&hit.into(), &total.into())
    );

    lcov_has_the_same(&project, &counts);
    costs_are_the_same(home, &project, &told);
    the_table_names_missed_lines(home, &project);
    too_few_lines_fail(home, &project);
}

fn lcov_has_the_same(project: &Path, counts: &[(u64, u64)]) {
    let lcov = fs::read_to_string(project.join("lcov.info")).expect("the file");
    let lines = lcov
        .lines()
        .filter_map(|line| line.strip_prefix("DA:")?.split_once(','));
    let lines: Vec<(u64, u64)> = lines
        .map(|(line, count)| {
            (
                line.parse().expect("a number"),
                count.parse().expect("a number"),
            )
        })
        .collect();
    assert_eq!(lines, counts);
    let source = project.join("src/lib.rs");
    assert!(
        lcov.starts_with(&format!("TN:\nSF:{}\n", source.display())),
        "{lcov}"
    );
    assert!(
        lcov.contains("\nFNDA:4,lines::add\n") && lcov.ends_with("end_of_record\n"),
        "{lcov}"
    );
}

/// Tests see the same chain with and without coverage.
fn costs_are_the_same(home: &Home, project: &Path, told: &str) {
    let costs = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("costs "));
        line.expect("the tests print costs").to_owned()
    };
    let with = home.run(project, "cargo antelope coverage -- -- --nocapture");
    let without = home.must(project, "cargo test -- --nocapture");
    assert_eq!(
        costs(&String::from_utf8_lossy(&with.stderr)),
        costs(&without),
        "{told}"
    );
}

fn the_table_names_missed_lines(home: &Home, project: &Path) {
    let table = home.must(project, "cargo antelope coverage --quiet");
    let row = |name: &str| {
        let row = table.lines().find(|line| line.trim().starts_with(name));
        row.unwrap_or_else(|| panic!("{table}")).to_owned()
    };
    let missed = expected().into_iter().find(|(_, count)| *count == 0);
    let (missed, _) = missed.expect("a line");
    assert!(
        row("lines::add (action)").ends_with(&format!("  4  {missed}")),
        "{table}"
    );
    assert!(
        row("lines::forget (action)").contains("0/3   0.0 %      0  "),
        "{table}"
    );
}

fn too_few_lines_fail(home: &Home, project: &Path) {
    let run = |least: &str| {
        let script = format!("cargo antelope coverage --json --quiet --fail-under {least}");
        let output = home.run(project, &script);
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (output.status.code(), json)
    };
    assert_eq!(run("50").0, Some(0));
    let (code, json) = run("90.5");
    assert_eq!(code, Some(8));
    assert_eq!(json["errors"][0]["code"], "coverage.under");
    assert!(
        json["data"]["contracts"].is_array(),
        "the figures come all the same"
    );

    // With the SDK there is more that is not executed.
    let all = home.must(project, "cargo antelope coverage --quiet --all");
    assert!(all.contains("antelope-contract/src/"), "{all}");
}

pub fn a_template_is_covered(home: &Home, project: &Path) {
    let table = home.must(project, "cargo antelope coverage --quiet --fail-under 100");
    assert!(table.contains("token::transfer (action)"), "{table}");
}
