//! The SDK that a project has declared, whether it is there or not.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::cargo;

/// A declared dependency on `antelope-contract`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Declared {
    /// In this folder, which may be gone.
    Path(PathBuf),
    /// Of this version, from a registry or a repository.
    Published(String),
}

/// What the project in a folder says; none where there is no project or it has no contract.
///
/// Dependencies are not resolved: that would fail just where the answer is needed.
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

fn declared(metadata: &[u8]) -> Option<Declared> {
    let metadata: Metadata = serde_json::from_slice(metadata).ok()?;
    let mut dependencies = metadata.packages.into_iter().flat_map(|it| it.dependencies);
    let sdk = dependencies.find(|it| it.name == "antelope-contract")?;
    Some(match sdk.path {
        Some(path) => Declared::Path(path),
        None => Declared::Published(sdk.req),
    })
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    req: String,
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
