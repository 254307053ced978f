//! Paths that must not get into a contract.
//!
//! A path gets into the wasm through panic locations (`file!()` of every bounds check that the
//! optimizer left) and would make the bytes depend on whose machine built them. Each folder that
//! can appear is replaced by a fixed name:
//!
//! | folder | becomes |
//! |---|---|
//! | the workspace | `/workspace` |
//! | a dependency outside it | `/dependencies/NAME-VERSION` |
//! | cargo's home | `/cargo` |
//! | the cargo target folder (code made by build scripts) | `/target` |
//! | the library sources of the compiler | `/rustc/COMMIT` |
//!
//! Dependencies are named one by one rather than by the registry's folder, because the name of that
//! folder contains a hash of the registry's address: a mirror would give other bytes.
//!
//! Only what ends up in the module is renamed. Errors and warnings of the compiler keep the paths
//! that exist on this machine, so that a terminal or an editor can open them.

use super::metadata::Workspace;
use super::toolchain::Toolchain;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The flags for rustc, most general first: of several prefixes that match, rustc uses the last.
pub(super) fn flags(
    workspace: &Workspace,
    toolchain: &Toolchain,
    target_dir: &Path,
) -> Vec<OsString> {
    let mut flags = vec![OsString::from("--remap-path-scope=object")];
    let mut remap = |from: &Path, to: &str| {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(from);
        flag.push("=");
        flag.push(to);
        flags.push(flag);
    };
    let commit = toolchain.commit.as_deref().unwrap_or("library");
    remap(&toolchain.library_source(), &format!("/rustc/{commit}"));
    if let Some(home) = cargo_home() {
        remap(&home, "/cargo");
    }
    remap(&workspace.root, "/workspace");
    remap(target_dir, "/target");
    for dependency in &workspace.dependencies {
        let name = format!("/dependencies/{}-{}", dependency.name, dependency.version);
        remap(&dependency.folder, &name);
    }
    flags
}

/// Cargo's home folder, where registries and git checkouts are.
fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")))
}
