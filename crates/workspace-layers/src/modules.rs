//! The modules of a crate and what they import of one another.
//!
//! Files are read as text: paths that begin with `crate::` or `super::`. That is enough for this
//! workspace, whose files import at their head, and needs no parser. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The top-level modules of a crate, each with those that it imports.
#[derive(Clone, Debug, Default)]
pub struct Modules(pub BTreeMap<String, BTreeSet<String>>);

impl Modules {
    /// Reads the sources in a crate's `src`.
    pub fn read(folder: &Path) -> Self {
        let sources = sources(folder);
        let top = |path: &[String]| path.first().cloned().unwrap_or_default();
        let root = ["lib", "main"];
        let names: BTreeSet<String> = sources
            .iter()
            .map(|(path, _)| top(path))
            .filter(|name| !root.contains(&name.as_str()))
            .collect();
        let mut modules = Self::default();
        for (path, text) in &sources {
            let module = top(path);
            if !names.contains(&module) {
                continue;
            }
            let imports = modules.0.entry(module.clone()).or_default();
            for import in imports_of(text, path.len()) {
                if import != module && names.contains(&import) {
                    imports.insert(import);
                }
            }
        }
        modules
    }
}

/// The groups of modules that import one another, directly or around corners.
pub fn cycles(modules: &Modules) -> Vec<BTreeSet<String>> {
    let reach = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = modules.0.get(from).into_iter().flatten().collect();
        while let Some(module) = next.pop() {
            if seen.insert(module.clone()) {
                next.extend(modules.0.get(module).into_iter().flatten());
            }
        }
        seen
    };
    let reached: BTreeMap<_, _> = modules.0.keys().map(|name| (name, reach(name))).collect();
    let mut groups = BTreeSet::new();
    for (name, all) in &reached {
        if !all.contains(*name) {
            continue;
        }
        let back = |other: &&String| reached.get(other).is_some_and(|all| all.contains(*name));
        groups.insert(all.iter().filter(back).cloned().collect::<BTreeSet<_>>());
    }
    groups.into_iter().collect()
}

/// The files of a crate by their module paths, without tests.
pub(crate) fn sources(folder: &Path) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    walk(folder, &mut Vec::new(), &mut found);
    found
}

fn walk(folder: &Path, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let file = entry.path();
        let stem = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if stem == "tests" || stem.ends_with("_tests") {
            continue;
        }
        if file.is_dir() {
            path.push(stem);
            walk(&file, path, found);
            path.pop();
        } else if file.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&file).unwrap_or_default();
            // Unit tests stand at the end of files.
            let code = text
                .split("\n#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            let mut module = path.clone();
            if stem != "mod" {
                module.push(stem);
            }
            found.push((module, code.to_owned()));
        }
    }
}

/// What a file imports from the root of its crate: the first names after the root's path.
fn imports_of(text: &str, depth: usize) -> BTreeSet<String> {
    let code: Vec<&str> = text
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with("//"))
        .collect();
    let code = code.join("\n");
    let root = "super::".repeat(depth);
    let mut names = BTreeSet::new();
    for prefix in ["crate::", root.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            let before = code[..at].chars().next_back();
            // Part of another path: `$crate::`, `super::super::`.
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
                continue;
            }
            let rest = &code[at + prefix.len()..];
            match rest.strip_prefix('{') {
                Some(list) => names.extend(list_heads(list)),
                None => {
                    names.insert(head(rest));
                }
            }
        }
    }
    names
}

/// The first names of the items of a list in braces.
fn list_heads(list: &str) -> BTreeSet<String> {
    let mut depth = 0;
    let mut heads = BTreeSet::from([head(list.trim_start())]);
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.insert(head(list[at + 1..].trim_start()));
            }
            _ => {}
        }
    }
    heads
}

fn head(path: &str) -> String {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
    path[..end.unwrap_or(path.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_the_root_are_found_in_every_form() {
        let text = "use crate::state::{State, ram};\nuse crate::{config, text::level};\n// crate::no\n\
                    use super::super::trace::Trace;\nuse super::own;\nfn f() { $crate::no(); }";
        let found: Vec<_> = imports_of(text, 2).into_iter().collect();
        assert_eq!(found, ["config", "state", "text", "trace"]);
    }

    #[test]
    fn a_cycle_is_found_around_corners() {
        let module = |name: &str, imports: &[&str]| {
            let imports = imports.iter().map(|import| (*import).to_owned()).collect();
            (name.to_owned(), imports)
        };
        let modules = Modules(BTreeMap::from([
            module("a", &["b"]),
            module("b", &["c"]),
            module("c", &["a", "d"]),
            module("d", &[]),
        ]));
        let expected: BTreeSet<_> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(cycles(&modules), [expected]);
    }
}
