//! What holds that public libraries are documented: doc lines for each line of code.

use std::fs;
use std::path::Path;
use workspace_layers::packages;

/// Doc lines in 100 lines of code that a public library has at least.
const LEAST: usize = 40;

/// Lines of the sources of a crate, without its unit tests.
#[derive(Default)]
struct Lines {
    code: usize,
    doc: usize,
}

impl Lines {
    /// Counts a folder and those in it, without folders and files of tests.
    fn add_folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is = |name: &str| path.file_name().is_some_and(|found| found == name);
            if path.is_dir() && !is("tests") {
                self.add_folder(&path);
            } else if path.extension().is_some_and(|it| it == "rs") && !is("tests.rs") {
                self.add(&fs::read_to_string(&path).expect("a source file"));
            }
        }
    }

    /// Counts a source file up to its unit tests, which are its last item.
    fn add(&mut self, text: &str) {
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            is_test |= line.starts_with("#[cfg(test)]");
            if is_test {
                // A module of tests in a file of its own: the root of a crate goes on after it.
                is_test = !(line.starts_with("mod ") && line.ends_with(';'));
            } else if line.starts_with("///") || line.starts_with("//!") {
                self.doc += 1;
            } else if !line.is_empty() && !line.starts_with("//") {
                self.code += 1;
            }
        }
    }

    /// Doc lines in 100 lines of code, rounded down.
    fn density(&self) -> usize {
        100 * self.doc / self.code.max(1)
    }
}

#[test]
fn public_libraries_have_two_lines_of_docs_for_five_of_code() {
    let mut found = 0;
    let mut wrong = Vec::new();
    for package in packages() {
        // `cargo-antelope` is a program, `antelope-cli` the commands of one, whose doc comments are their
        // help; the cooperative's crates are not for others.
        if !package.name.starts_with("antelope-") || package.name == "antelope-cli" {
            continue;
        }
        found += 1;
        let mut lines = Lines::default();
        lines.add_folder(&package.folder.join("src"));
        let (name, density) = (&package.name, lines.density());
        let Lines { code, doc } = lines;
        if density < LEAST {
            wrong.push(format!(
                "{name}: {doc} doc lines for {code} lines of code are {density} in 100, expected {LEAST}"
            ));
        }
    }
    assert!(found > 15, "{found} public libraries");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tests_and_comments_are_not_counted() {
    let text = "//! A file.\n\nmod one;\n#[cfg(test)]\nmod tests;\n/// One.\n// Why.\npub struct One;\n\n#[cfg(test)]\nmod more {\n    /// Not counted.\n    fn it() {}\n}\n";
    let mut lines = Lines::default();
    lines.add(text);
    assert_eq!((lines.code, lines.doc, lines.density()), (2, 2, 100));
}
