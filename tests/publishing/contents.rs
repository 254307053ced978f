//! What is in the packages.

use super::{cargo, public, text};
use std::collections::BTreeSet;

/// Files that every package has.
const REQUIRED: [&str; 6] = [
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

/// What else may be at the top.
const FOLDERS: [&str; 6] = [
    "benches",
    "examples",
    "fixtures",
    "src",
    "templates",
    "tests",
];

/// Kinds of files that are written by hand, or kept on purpose.
const KINDS: [&str; 14] = [
    "abi", "in", "json", "md", "mjs", "py", "rs", "snap", "stderr", "toml", "txt", "wasm", "lock",
    "orig",
];

/// The files of a package, as cargo would pack them.
fn files(package: &str) -> BTreeSet<String> {
    let output = cargo()
        .args([
            "package",
            "--list",
            "--offline",
            "--allow-dirty",
            "-p",
            package,
        ])
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let list = String::from_utf8(output.stdout).expect("text");
    list.lines().map(str::to_owned).collect()
}

#[test]
fn packages_have_their_readme_and_licences_and_nothing_stray() {
    for package in public() {
        let name = text(&package, "name");
        let files = files(name);
        for required in REQUIRED {
            assert!(files.contains(required), "{name} lacks {required}");
        }
        for file in &files {
            let is_expected = match file.split_once('/') {
                None => REQUIRED.contains(&file.as_str()) || file == ".cargo_vcs_info.json",
                Some((folder, _)) => FOLDERS.contains(&folder),
            };
            assert!(is_expected, "{name} would be published with {file}");
            let name_of_file = file.rsplit('/').next().unwrap_or_default();
            let kind = name_of_file.rsplit_once('.').map_or("", |(_, kind)| kind);
            let has_kind = KINDS.contains(&kind) || name_of_file.starts_with("LICENSE-");
            assert!(
                has_kind && !file.contains(".snap.") && !file.contains("/target/"),
                "{name} would be published with {file}"
            );
        }
    }
}
