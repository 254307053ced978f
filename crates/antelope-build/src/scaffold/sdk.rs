//! Where a new project takes the SDK from.
//!
//! Until the SDK is published, projects depend on a checkout by path. It is found in this order:
//!
//! 1. the folder that the caller names (`--sdk-path`): a checkout, or `crates/antelope-contract` in
//!    one;
//! 2. the checkout that the new project is inside of;
//! 3. the checkout that the tool was installed from, whose path was compiled into it;
//! 4. the registry, if the tool was installed from there.
//!
//! ```
//! use antelope_build::BuildError;
//! use antelope_build::scaffold::Sdk;
//! use std::path::Path;
//!
//! let temporary = std::env::temp_dir();
//! let error = Sdk::find(Some(&temporary), Path::new("/projects/mine")).unwrap_err();
//! assert!(matches!(error, BuildError::SdkGiven { .. }));
//! assert_eq!(error.code(), "sdk.given");
//!
//! // Inside a checkout, or with a tool that was installed from one, nothing need be named.
//! let here = Path::new(env!("CARGO_MANIFEST_DIR"));
//! println!("{:?}", Sdk::find(None, here)?.origin);
//! # Ok::<(), BuildError>(())
//! ```

use crate::error::BuildError;
use serde::Serialize;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The folder of this crate when it was compiled: in a checkout, or in cargo's registry cache.
const BUILT_IN: &str = env!("CARGO_MANIFEST_DIR");

/// The SDK that a new project depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sdk {
    /// How it was found.
    pub origin: Origin,
    /// The checkout, which contains `crates/antelope-contract`; `None` for published crates.
    pub checkout: Option<PathBuf>,
}

/// How the SDK was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The caller has named the folder.
    Given,
    /// The new project is inside the checkout.
    Around,
    /// The tool was installed from the checkout.
    Installed,
    /// The tool was installed from a registry, which has the SDK too.
    Published,
}

impl Sdk {
    /// The SDK for a project in `folder`: the one given, else the checkout that the folder is in,
    /// else the checkout that this tool was installed from, or the registry.
    ///
    /// # Errors
    /// [`BuildError::SdkGiven`] if the given folder does not contain the SDK,
    /// [`BuildError::SdkMissing`] if none was given and none was found.
    pub fn find(given: Option<&Path>, folder: &Path) -> Result<Self, BuildError> {
        Self::find_from(given, folder, Path::new(BUILT_IN))
    }

    /// As [`find`](Self::find), for a tool that was compiled in `built_in`.
    fn find_from(given: Option<&Path>, folder: &Path, built_in: &Path) -> Result<Self, BuildError> {
        let found = |origin, checkout| Self {
            origin,
            checkout: Some(checkout),
        };
        if let Some(given) = given {
            return match checkout_of(given) {
                Some(checkout) => Ok(found(Origin::Given, checkout)),
                None => Err(BuildError::SdkGiven {
                    folder: given.to_owned(),
                }),
            };
        }
        let around = absolute(folder).ancestors().find_map(checkout_at);
        if let Some(checkout) = around {
            return Ok(found(Origin::Around, checkout));
        }
        if is_registry_folder(built_in) {
            return Ok(Self {
                origin: Origin::Published,
                checkout: None,
            });
        }
        let installed_from = built_in.ancestors().nth(2).unwrap_or(built_in);
        match checkout_at(installed_from) {
            Some(checkout) => Ok(found(Origin::Installed, checkout)),
            None => Err(BuildError::SdkMissing {
                installed_from: installed_from.to_owned(),
            }),
        }
    }

    /// What `Cargo.toml` in `folder` says after the name of a crate of the SDK: a path or a
    /// version. A project inside the checkout gets a relative path, since both move together.
    pub(crate) fn requirement(&self, package: &str, folder: &Path) -> String {
        match &self.checkout {
            None => format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
            Some(checkout) => {
                let path = checkout.join("crates").join(package);
                let path = match self.origin {
                    // The project is part of the checkout and moves with it.
                    Origin::Around => relative(&absolute(folder), &path),
                    _ => path,
                };
                format!("path = {:?}", path.display().to_string())
            }
        }
    }
}

/// The checkout that `path` means: the checkout itself, or the folder of `antelope-contract` in it.
fn checkout_of(path: &Path) -> Option<PathBuf> {
    let path = fs::canonicalize(path).ok()?;
    checkout_at(&path).or_else(|| {
        let manifest = fs::read_to_string(path.join("Cargo.toml")).ok()?;
        let is_sdk = manifest.contains("name = \"antelope-contract\"");
        is_sdk.then(|| path.ancestors().nth(2).and_then(checkout_at))?
    })
}

/// The folder, if it is a checkout.
fn checkout_at(folder: &Path) -> Option<PathBuf> {
    let manifest = folder.join("crates/antelope-contract/Cargo.toml");
    manifest.is_file().then(|| folder.to_owned())
}

/// Whether cargo has unpacked a published crate there: such folders are called `<name>-<version>`.
fn is_registry_folder(folder: &Path) -> bool {
    let name = concat!(env!("CARGO_PKG_NAME"), "-", env!("CARGO_PKG_VERSION"));
    folder.file_name().is_some_and(|last| last == name)
}

/// The path from the root, without resolving links.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path from one absolute folder to another.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let from: Vec<Component<'_>> = from.components().collect();
    let to: Vec<Component<'_>> = to.components().collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = (common..from.len()).map(|_| Component::ParentDir);
    up.chain(to[common..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkout() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let sdk = root.join("crates/antelope-contract");
        fs::create_dir_all(&sdk).unwrap();
        fs::write(
            sdk.join("Cargo.toml"),
            "[package]\nname = \"antelope-contract\"\n",
        )
        .unwrap();
        (folder, root)
    }

    #[test]
    fn the_checkout_that_the_tool_was_installed_from_serves_everywhere() {
        let (_folder, root) = checkout();
        let built_in = root.join("crates/antelope-build");
        let sdk = Sdk::find_from(None, Path::new("/"), &built_in).unwrap();
        assert_eq!(
            (sdk.origin, sdk.checkout.as_deref()),
            (Origin::Installed, Some(&*root))
        );
        let path = root.join("crates/antelope-contract");
        assert_eq!(
            sdk.requirement("antelope-contract", Path::new("/somewhere")),
            format!("path = {:?}", path.display().to_string())
        );
    }

    #[test]
    fn a_checkout_that_is_gone_is_named_with_the_way_on() {
        let gone = Path::new("/gone/crates/antelope-build");
        let error = Sdk::find_from(None, Path::new("/"), gone).unwrap_err();
        assert_eq!(error.code(), "sdk.missing");
        assert!(error.to_string().contains("/gone"), "{error}");
        assert!(
            error.hint().unwrap().contains("--sdk-path CHECKOUT"),
            "{error}"
        );
    }

    #[test]
    fn the_checkout_and_the_crate_both_name_the_sdk() {
        let (_folder, root) = checkout();
        for given in [root.clone(), root.join("crates/antelope-contract")] {
            let sdk = Sdk::find_from(Some(&given), Path::new("/"), Path::new("/gone")).unwrap();
            assert_eq!(
                (sdk.origin, sdk.checkout.as_deref()),
                (Origin::Given, Some(&*root))
            );
        }
        let other = Sdk::find_from(
            Some(&root.join("crates")),
            Path::new("/"),
            Path::new("/gone"),
        );
        assert_eq!(other.unwrap_err().code(), "sdk.given");
    }

    #[test]
    fn a_project_within_the_checkout_names_it_by_a_relative_path() {
        let (_folder, root) = checkout();
        let project = root.join("examples/mine");
        let sdk = Sdk::find_from(None, &project, Path::new("/gone")).unwrap();
        assert_eq!(sdk.origin, Origin::Around);
        assert_eq!(
            sdk.requirement("antelope-chain", &project),
            "path = \"../../crates/antelope-chain\""
        );
    }

    #[test]
    fn a_tool_from_a_registry_takes_the_published_version() {
        let version = env!("CARGO_PKG_VERSION");
        let cache = format!("/cargo/registry/src/index/antelope-build-{version}");
        let sdk = Sdk::find_from(None, Path::new("/"), Path::new(&cache)).unwrap();
        assert_eq!(sdk.origin, Origin::Published);
        assert_eq!(
            sdk.requirement("antelope-contract", Path::new("/")),
            format!("version = \"{version}\"")
        );
    }
}
