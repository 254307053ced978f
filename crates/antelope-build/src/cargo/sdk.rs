//! Which SDK a project declares in its manifest, whether or not it exists. For the doctor.
//!
//! A project whose SDK was moved or deleted cannot be resolved by cargo, and the message of cargo
//! names a file and not the cure. The doctor therefore reads what is declared and looks for it
//! itself.

use super::cargo;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A declared dependency on `antelope-contract`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Declared {
    /// In this folder, which may not exist.
    Path(PathBuf),
    /// Of this version, from a registry or a git repository.
    Published(String),
}

/// The SDK that the project in a folder declares; `None` if there is no project, or it does not
/// depend on the SDK.
///
/// Dependencies are not resolved (`--no-deps`): resolving fails if the SDK is missing, which is the
/// very case that the doctor must explain.
pub(crate) fn declared_sdk(folder: &Path) -> Option<Declared> {
    let output = cargo()
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(folder)
        .output()
        .ok()?;
    declared(&output.stdout)
}

/// Finds the dependency in the output of `cargo metadata`.
fn declared(metadata: &[u8]) -> Option<Declared> {
    let metadata: Metadata = serde_json::from_slice(metadata).ok()?;
    let mut dependencies = metadata.packages.into_iter().flat_map(|it| it.dependencies);
    let sdk = dependencies.find(|it| it.name == "antelope-contract")?;
    Some(match sdk.path {
        Some(path) => Declared::Path(path),
        None => Declared::Published(sdk.req),
    })
}

/// The parts of `cargo metadata` that are needed.
#[derive(Deserialize)]
struct Metadata {
    /// The members of the workspace; dependencies are not among them.
    packages: Vec<Package>,
}

/// A package of the workspace.
#[derive(Deserialize)]
struct Package {
    /// The dependencies that its manifest declares.
    dependencies: Vec<Dependency>,
}

/// A declared dependency.
#[derive(Deserialize)]
struct Dependency {
    /// The name of the crate.
    name: String,
    /// The version requirement; `*` for a path without a version.
    req: String,
    /// The folder, for a dependency by path.
    path: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_also_where_nothing_is_there() {
        let metadata = r#"{"packages":[{"dependencies":[
            {"name":"other","req":"^1"},
            {"name":"antelope-contract","req":"*","path":"/gone/crates/antelope-contract"}]}]}"#;
        let path = PathBuf::from("/gone/crates/antelope-contract");
        assert_eq!(declared(metadata.as_bytes()), Some(Declared::Path(path)));
        assert_eq!(declared(b"{\"packages\":[]}"), None);
        assert_eq!(declared(b""), None);
    }
}
