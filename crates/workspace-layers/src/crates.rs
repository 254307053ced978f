//! The crates of the workspace and their arrows, as cargo sees them.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate of the workspace.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The crates of the workspace that it is compiled with; those of its tests are not among them.
    pub dependencies: BTreeSet<String>,
}

impl Package {
    /// Lines of its sources, without its tests and benches.
    pub fn lines(&self) -> usize {
        crate::modules::sources(&self.folder.join("src"))
            .iter()
            .map(|(_, text)| text.lines().count())
            .sum()
    }
}

/// The crates of the workspace.
///
/// # Panics
/// Where cargo cannot read the workspace.
pub fn packages() -> Vec<Package> {
    let output = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value = serde_json::from_str(&output).expect("cargo metadata prints JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages = list(&metadata["packages"]);
    let names: BTreeSet<String> = packages
        .iter()
        .map(|package| text(&package["name"]))
        .collect();
    let package = |package: &Value| {
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        let dependencies = list(&package["dependencies"]);
        let compiled = dependencies.iter().filter(|found| found["kind"].is_null());
        Package {
            name: text(&package["name"]),
            folder: manifest.parent().unwrap_or(Path::new("")).to_owned(),
            dependencies: compiled
                .map(|found| text(&found["name"]))
                .filter(|name| names.contains(name))
                .collect(),
        }
    };
    packages.iter().map(package).collect()
}

/// The names of all crates that are compiled for a crate by itself, with these arguments of
/// `cargo tree` besides.
///
/// # Panics
/// Where cargo cannot resolve the workspace.
pub fn tree(package: &str, arguments: &[&str]) -> BTreeSet<String> {
    let mut all = vec![
        "tree",
        "--package",
        package,
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    all.extend(["--edges", "normal,build"]);
    all.extend(arguments);
    let output = cargo(&all);
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    output
        .lines()
        .map(name)
        .filter(|name| !name.is_empty())
        .collect()
}

fn cargo(arguments: &[&str]) -> String {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // What cargo says now: it does not compile this again in a copy of the workspace with a copy of
    // its target folder, which would then read the original.
    let here = std::env::var_os("CARGO_MANIFEST_DIR");
    let here = here.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let output = Command::new(program)
        .args(arguments)
        .args(["--offline", "--locked"])
        .current_dir(here)
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
