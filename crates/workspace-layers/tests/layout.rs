//! What holds the layout of sources that CONTRIBUTING.md describes under "Source files".

use std::fs;
use std::path::{Path, PathBuf};
use workspace_layers::packages;

/// The longest unit tests that stand in the file that they test.
const MOST_TEST_LINES: usize = 100;

/// Words that could name many things, each with the crates that own it: whose term it is.
const OWNED: &[(&str, &[&str])] = &[
    ("Chain", &["antelope-chain"]),
    ("Found", &[]),
    ("Given", &[]),
    // The row of a kind of decisions, whose name is in the ABI of soviet.
    ("Kind", &["coop-model"]),
    ("Limits", &[]),
    ("Outcome", &[]),
    ("Place", &[]),
];

/// A source file of a crate.
struct Source {
    package: String,
    path: PathBuf,
    text: String,
}

impl Source {
    fn is_of_a_crate(&self) -> bool {
        let mut parts = self.path.components();
        parts.any(|part| part.as_os_str() == "crates")
    }

    fn is(&self, name: &str) -> bool {
        self.path.file_name().is_some_and(|found| found == name)
    }

    /// The lines, without those of its unit tests, and then those.
    fn code_and_tests(&self) -> (Vec<&str>, Vec<&str>) {
        let mut lines: Vec<_> = self.text.lines().collect();
        let begin = lines.windows(2).position(|pair| {
            pair[0] == "#[cfg(test)]" && (pair[1] == "mod tests {" || pair[1] == "mod tests;")
        });
        let tests = lines.split_off(begin.unwrap_or(lines.len()));
        (lines, tests)
    }
}

/// The sources of all crates of this workspace.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for package in packages() {
        walk(&package.folder.join("src"), &package.name, &mut found);
    }
    assert!(found.len() > 400, "{} files were found", found.len());
    found
}

fn walk(folder: &Path, package: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, package, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            let package = package.to_owned();
            found.push(Source {
                package,
                path,
                text,
            });
        }
    }
}

fn paths<'a>(found: impl Iterator<Item = &'a Source>) -> Vec<&'a Path> {
    found.map(|source| source.path.as_path()).collect()
}

#[test]
fn a_module_with_modules_is_a_file_beside_their_folder() {
    let sources = sources();
    // The tests of the whole workspace are one binary, whose modules are folders.
    let others = sources.iter().filter(|it| it.package != "veche-tests");
    let found = paths(others.filter(|it| it.is("mod.rs")));
    assert!(
        found.is_empty(),
        "`name.rs` and `name/`, not `name/mod.rs`: {found:#?}"
    );
}

#[test]
fn unit_tests_are_last_and_long_ones_have_a_file_of_their_own() {
    const ITEMS: &[&str] = &[
        "#[", "pub ", "fn ", "impl", "struct ", "enum ", "trait ", "mod ", "use ",
    ];
    let item = |line: &&str| ITEMS.iter().any(|word| line.starts_with(word));
    let sources = sources();
    // The root of a crate declares them among its modules.
    let modules = sources
        .iter()
        .filter(|it| !it.is("lib.rs") && !it.is("main.rs"));
    let found = paths(modules.filter(|source| {
        let (_, tests) = source.code_and_tests();
        tests.iter().skip(2).any(item) || tests.len() > MOST_TEST_LINES + 2
    }));
    assert!(
        found.is_empty(),
        "`mod tests` last, and above {MOST_TEST_LINES} lines in `name/tests.rs`: {found:#?}"
    );
}

#[test]
fn imports_stand_in_one_block() {
    let sources = sources();
    let crates = sources.iter().filter(|it| it.is_of_a_crate());
    let found = paths(crates.filter(|source| {
        let (code, _) = source.code_and_tests();
        // The lines at which a block of imports begins.
        let mut blocks = 0;
        let mut within = false;
        for line in code {
            let begins = line.starts_with("use ");
            blocks += usize::from(begins && !within);
            // Re-exports and conditions may stand among them.
            let goes_on = ["use ", "pub use ", "#[", " ", "}"];
            within = goes_on.iter().any(|start| line.starts_with(start)) && (begins || within);
        }
        blocks > 1
    }));
    assert!(found.is_empty(), "imports in one block: {found:#?}");
}

#[test]
fn a_word_names_one_thing() {
    let sources = sources();
    let crates = sources.iter().filter(|it| it.is_of_a_crate());
    let mut found = Vec::new();
    for source in crates {
        for line in source.code_and_tests().0 {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let defined = words
                .any(|word| ["struct", "enum", "trait", "type"].contains(&word))
                .then(|| words.next().unwrap_or_default());
            let owned = OWNED.iter().find(|(word, _)| Some(*word) == defined);
            if let Some((word, owners)) = owned
                && !line.trim_start().starts_with("//")
                && !owners.contains(&source.package.as_str())
            {
                found.push(format!("{}: {word}", source.path.display()));
            }
        }
    }
    assert!(found.is_empty(), "say what they are: {found:#?}");
}
