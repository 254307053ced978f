//! A parameter that changes leaves no stale number: in a copy of the repository every parameter gets
//! another value, what is generated is generated again, and no text has an old one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use coop_model::parameters::TEXTS;
use coop_texts::{numbers::numbers, pages};

use crate::copy::Copy;
use crate::{phrases, root};

/// Where the parameters stand.
const PARAMETERS: &str = "crates/coop-model/src/parameters.rs";

/// Pages whose blocks of code are output of programs: `the_readme_shows_what_the_demo_says` in
/// `tests/demo` and the days in `tests/cli/clerk` compare them, so they follow the parameters too.
const COMPARED: [&str; 3] = [
    "README.md",
    "docs/clerks-day.en.md",
    "docs/clerks-day.ru.md",
];

/// Numbers that are no parameters, though they look like one.
const OTHER_NUMBERS: [&str; 9] = [
    // The chain's limits.
    "fits 256 bytes",
    "fewer than 12 characters at auctions",
    "names of exactly 12 characters",
    // Of the index over references.
    "Of the hash eight bytes are kept",
    // The unit in which a chain counts NET.
    "words of 8 bytes",
    // Examples that are measured or counted.
    "3 seats | 5 seats | 64 seats",
    "a cooperative with 3 founders",
    "A cooperative with 3 founders",
    "With 1 000 participants and 100 processes",
];

#[test]
fn no_text_keeps_the_old_number_of_a_parameter() {
    let (source, new) = with_every_parameter_changed();
    let Some(copy) = Copy::of_repository((PARAMETERS, &source)) else {
        println!("SKIPPED: stale numbers, for this is no git repository");
        return;
    };
    copy.generate("write");
    let page = copy.read("docs/parameters.md");
    for (name, value) in &new {
        assert!(page.contains(&format!("`{name}` | {value} |")), "{name}");
    }

    let values: BTreeSet<&str> = new.values().map(String::as_str).collect();
    let mut stale = Vec::new();
    for line in copy.generate("print").lines() {
        let (place, text) = line.split_once('\t').expect("a place and a text");
        if let Some(number) = numbers(text).find(|number| !values.contains(number)) {
            stale.push(format!("{place}: {number} in: {text}"));
        }
    }
    for page in pages::OF_PARAMETERS {
        for line in copy.read(page).lines() {
            let text = without_code(line);
            if let Some(number) = numbers(text).find(|number| !values.contains(number)) {
                stale.push(format!("{page}: {number} in: {text}"));
            }
        }
    }
    for path in with_other_numbers(&copy) {
        let mut text = copy.read(&path);
        if COMPARED.contains(&path.as_str()) {
            text = without_blocks(&text);
        }
        for other in OTHER_NUMBERS {
            text = text.replace(other, "");
        }
        let found = phrases::with_numbers_of(TEXTS, &text);
        stale.extend(found.into_iter().map(|phrase| format!("{path}: {phrase}")));
    }
    assert!(stale.is_empty(), "{stale:#?}");
}

/// The page without its blocks of code.
fn without_blocks(page: &str) -> String {
    page.split("\n```").step_by(2).collect()
}

/// Texts that have numbers of other things too: the other pages, forms of documents, messages of
/// the program.
fn with_other_numbers(copy: &Copy) -> Vec<String> {
    let mut paths = pages::hand_written(&copy.root).expect("the pages");
    let generated = pages::generated(&copy.root).expect("the pages");
    paths.extend(generated.into_iter().map(|page| page.path));
    for folder in [
        "crates/coop-documents/src/templates",
        "crates/coop-demo/src/messages",
        "crates/veche/src/demo/messages",
    ] {
        files(&copy.root, Path::new(folder), &mut paths);
    }
    let mut paths: Vec<_> = paths.iter().map(|it| it.display().to_string()).collect();
    paths.sort();
    paths
}

/// Every file of a folder of the copy, by its path there.
fn files(root: &Path, folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in root.join(folder).read_dir().expect("texts").flatten() {
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            files(root, &path, into);
        } else {
            into.push(path);
        }
    }
}

/// A row of a table without the code of a refusal.
fn without_code(line: &str) -> &str {
    let code = line.strip_prefix("| ").and_then(|row| row.split_once(" |"));
    match code {
        Some((code, rest)) if code.parse::<u64>().is_ok() => rest,
        _ => line,
    }
}

/// The source of the parameters in which each has a value that none has now, and these values.
fn with_every_parameter_changed() -> (String, BTreeMap<&'static str, String>) {
    let mut source = fs::read_to_string(root().join(PARAMETERS)).expect("the parameters");
    let mut taken: BTreeSet<u64> = TEXTS.iter().map(|(_, value)| number(value)).collect();
    let mut new = BTreeMap::new();
    for (name, old) in TEXTS {
        let old = number(old);
        let free = (old + 1..).find(|value| taken.insert(*value));
        let value = free.expect("numbers do not end");
        let (constant, before, after) = match name.rsplit_once('_') {
            Some((term, "hours")) => (term, format!("{old} * HOUR"), format!("{value} * HOUR")),
            Some((term, "days")) => (term, format!("{old} * DAY"), format!("{value} * DAY")),
            Some((term, "minutes")) => (term, (old * 60).to_string(), (value * 60).to_string()),
            _ => (*name, grouped(old), value.to_string()),
        };
        let suffix = if constant == *name { "" } else { "_SECONDS" };
        let constant = format!("pub const {}{suffix}: ", constant.to_uppercase());
        let at = source
            .find(&constant)
            .unwrap_or_else(|| panic!("no {constant}"));
        let line = source[at..].lines().next().expect("a line").to_owned();
        let changed = line.replace(&format!("= {before};"), &format!("= {after};"));
        assert_ne!(line, changed, "{name} = {before}");
        source = source.replace(&line, &changed);
        new.insert(*name, value.to_string());
    }
    (source, new)
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}

/// A number as Rust sources group it.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}
