//! Every public crate can be published: its manifest is complete, it packages beside the others, and
//! the licences of what it depends on allow it.

mod compile;
mod contents;
mod licences;
mod manifest;
mod package;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is in the repository")
        .to_owned()
}

/// cargo, as this test was built with it.
fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// What `cargo metadata` says with these arguments.
fn metadata(arguments: &[&str]) -> Value {
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(arguments)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The text of a member; empty where there is none.
fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_default()
}

/// The members of a list; none where there is no list.
fn list<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    value[member].as_array().into_iter().flatten()
}

/// The packages of the workspace that may be published.
fn public() -> Vec<Value> {
    let metadata = metadata(&["--no-deps"]);
    // `publish` is null where nothing forbids it, and an empty list with `publish = false`.
    let is_public = |package: &&Value| package["publish"].is_null();
    let public: Vec<_> = list(&metadata, "packages")
        .filter(is_public)
        .cloned()
        .collect();
    assert!(public.len() >= 9, "{} public crates", public.len());
    public
}
