//! The workspace as `cargo metadata` describes it: its contracts, and what else ends up in them.
//!
//! Of cargo's output these parts are read:
//!
//! ```json
//! {
//!   "packages": [{
//!     "id": "path+file:///home/me/token#0.1.0",
//!     "name": "token",
//!     "version": "0.1.0",
//!     "manifest_path": "/home/me/token/Cargo.toml",
//!     "targets": [{ "kind": ["cdylib", "rlib"], "src_path": "/home/me/token/src/lib.rs" }],
//!     "metadata": { "antelope": { "stack-size": 16384 } }
//!   }],
//!   "workspace_members": ["path+file:///home/me/token#0.1.0"],
//!   "workspace_root": "/home/me/token",
//!   "target_directory": "/home/me/token/target",
//!   "resolve": { "nodes": [{
//!     "id": "path+file:///home/me/token#0.1.0",
//!     "deps": [{ "pkg": "registry+…#serde@1.0.0", "dep_kinds": [{ "kind": null }] }]
//!   }] }
//! }
//! ```
//!
//! The graph is filtered for the target, so dependencies of other platforms do not count.

use super::cargo;
use crate::error::BuildError;
use crate::options::{BuildOptions, TARGET};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A workspace and its contracts.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The folder of the workspace.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, or the one from the options.
    pub(crate) target_dir: PathBuf,
    /// Its contracts.
    pub(crate) contracts: Vec<Package>,
    /// Packages outside of the workspace that end up in a contract.
    pub(crate) dependencies: Vec<Dependency>,
    /// The name of the member whose folder the build was asked for in, contract or not.
    current: Option<String>,
    /// The names of all members.
    members: BTreeSet<String>,
}

/// A contract: a member whose library has the crate type `cdylib`.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    /// The name of the package.
    pub(crate) name: String,
    /// The version of the package.
    pub(crate) version: String,
    /// The folder of the package.
    pub(crate) folder: PathBuf,
    /// The root file of its library.
    pub(crate) library: PathBuf,
    /// The size of the stack that its manifest asks for, in bytes.
    pub(crate) stack_size: Option<u32>,
}

/// A package outside of the workspace, whose path must not get into a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dependency {
    /// The name of the package.
    pub(crate) name: String,
    /// The version of the package.
    pub(crate) version: String,
    /// The folder of its sources.
    pub(crate) folder: PathBuf,
}

impl Workspace {
    /// Asks cargo for the workspace around the folder in the options.
    ///
    /// # Errors
    /// [`BuildError::Metadata`] with what cargo printed.
    pub(crate) fn load(options: &BuildOptions) -> Result<Self, BuildError> {
        let mut command = cargo();
        command
            .args([
                "metadata",
                "--format-version",
                "1",
                "--filter-platform",
                TARGET,
            ])
            .current_dir(&options.folder);
        if options.locked {
            command.arg("--locked");
        }
        if options.offline {
            command.arg("--offline");
        }
        let output = command.output().map_err(BuildError::spawn("cargo"))?;
        if !output.status.success() {
            return Err(BuildError::Metadata {
                folder: options.folder.clone(),
                stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            });
        }
        let metadata: Metadata =
            serde_json::from_slice(&output.stdout).map_err(|error| BuildError::Output {
                program: "cargo metadata",
                message: error.to_string(),
            })?;
        Ok(Self::from_metadata(&metadata, options))
    }

    /// Selects what builds need. Several members may lie around the folder, for example a workspace
    /// root that is a package; the innermost is meant.
    fn from_metadata(metadata: &Metadata, options: &BuildOptions) -> Self {
        let members: BTreeSet<&str> = metadata
            .workspace_members
            .iter()
            .map(String::as_str)
            .collect();
        let is_member = |package: &RawPackage| members.contains(package.id.as_str());
        let here = options
            .folder
            .canonicalize()
            .unwrap_or_else(|_| options.folder.clone());
        let contracts: Vec<&RawPackage> = metadata
            .packages
            .iter()
            .filter(|package| is_member(package) && package.is_contract())
            .collect();
        let reached = metadata.reached_from(contracts.iter().map(|package| package.id.as_str()));
        let mut dependencies: Vec<Dependency> = metadata
            .packages
            .iter()
            .filter(|package| !is_member(package) && reached.contains(package.id.as_str()))
            .map(|package| Dependency {
                name: package.name.clone(),
                version: package.version.clone(),
                folder: package.folder(),
            })
            .collect();
        dependencies.sort();
        Self {
            root: metadata.workspace_root.clone(),
            target_dir: options
                .target_dir
                .clone()
                .unwrap_or_else(|| metadata.target_directory.clone()),
            contracts: contracts.iter().map(|package| package.describe()).collect(),
            dependencies,
            current: metadata
                .packages
                .iter()
                .filter(|package| is_member(package) && here.starts_with(package.folder()))
                .max_by_key(|package| package.folder().components().count())
                .map(|package| package.name.clone()),
            members: metadata
                .packages
                .iter()
                .filter(|package| is_member(package))
                .map(|package| package.name.clone())
                .collect(),
        }
    }

    /// The contract with this name, or the one that the folder is in, or the only one.
    ///
    /// # Errors
    /// [`BuildError::NoPackage`], [`BuildError::NotAContract`], [`BuildError::NoContract`] or
    /// [`BuildError::ManyContracts`].
    pub(crate) fn contract(&self, name: Option<&str>) -> Result<&Package, BuildError> {
        if let Some(name) = name {
            return self.named(name);
        }
        if let Some(current) = &self.current
            && let Ok(package) = self.named(current)
        {
            return Ok(package);
        }
        match self.contracts.as_slice() {
            [] => Err(BuildError::NoContract {
                root: self.root.clone(),
            }),
            [one] => Ok(one),
            _ => Err(BuildError::ManyContracts {
                root: self.root.clone(),
                known: self.names(),
            }),
        }
    }

    /// What a build means that may be of several contracts: the one with this name or that the
    /// folder is in, else all of them.
    pub(crate) fn selection(&self, name: Option<&str>) -> Result<Vec<&Package>, BuildError> {
        match self.contract(name) {
            Ok(package) => Ok(vec![package]),
            Err(BuildError::ManyContracts { .. }) => Ok(self.contracts.iter().collect()),
            Err(error) => Err(error),
        }
    }

    /// The contract with this name.
    fn named(&self, name: &str) -> Result<&Package, BuildError> {
        let found = self.contracts.iter().find(|package| package.name == name);
        found.ok_or_else(|| {
            if self.members.contains(name) {
                BuildError::NotAContract {
                    name: name.to_owned(),
                }
            } else {
                BuildError::NoPackage {
                    name: name.to_owned(),
                    root: self.root.clone(),
                    known: self.names(),
                }
            }
        })
    }

    /// The names of all contracts, for error messages.
    fn names(&self) -> Vec<String> {
        self.contracts
            .iter()
            .map(|package| package.name.clone())
            .collect()
    }
}

/// The parts of `cargo metadata` that are needed; the rest is ignored.
#[derive(Debug, Deserialize)]
struct Metadata {
    /// Every package of the resolved graph.
    packages: Vec<RawPackage>,
    /// The ids of members.
    workspace_members: Vec<String>,
    /// The folder of the workspace.
    workspace_root: PathBuf,
    /// Cargo's target folder.
    target_directory: PathBuf,
    /// The graph of dependencies.
    resolve: Option<Resolve>,
}

impl Metadata {
    /// The ids of everything that is compiled for the target if these packages are: not what only
    /// build scripts, tests or procedural macros need.
    fn reached_from<'a>(&'a self, roots: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let nodes: BTreeMap<&str, &Node> = self
            .resolve
            .iter()
            .flat_map(|resolve| &resolve.nodes)
            .map(|node| (node.id.as_str(), node))
            .collect();
        let macros: BTreeSet<&str> = self
            .packages
            .iter()
            .filter(|package| package.has_kind("proc-macro"))
            .map(|package| package.id.as_str())
            .collect();
        let mut reached = BTreeSet::new();
        let mut queue: Vec<&str> = roots.collect();
        while let Some(id) = queue.pop() {
            if macros.contains(id) || !reached.insert(id) {
                continue;
            }
            for dependency in nodes.get(id).into_iter().flat_map(|node| &node.deps) {
                if dependency.dep_kinds.iter().any(|kind| kind.kind.is_none()) {
                    queue.push(&dependency.pkg);
                }
            }
        }
        reached
    }
}

/// A package as cargo describes it.
#[derive(Debug, Deserialize)]
struct RawPackage {
    /// The id by which the graph refers to it.
    id: String,
    /// The name of the package.
    name: String,
    /// The version of the package.
    version: String,
    /// Its `Cargo.toml`.
    manifest_path: PathBuf,
    /// Its library, binaries and tests.
    targets: Vec<RawTarget>,
    /// The section `[package.metadata]` of the manifest; `antelope.stack-size` is read from it.
    metadata: Option<serde_json::Value>,
}

impl RawPackage {
    /// Whether one of its targets has this kind.
    fn has_kind(&self, kind: &str) -> bool {
        self.targets
            .iter()
            .any(|target| target.kind.iter().any(|k| k == kind))
    }

    /// Whether it is a contract. Any `cdylib` counts, since nothing else is built for the target.
    fn is_contract(&self) -> bool {
        self.has_kind("cdylib")
    }

    /// The folder of its manifest.
    fn folder(&self) -> PathBuf {
        self.manifest_path
            .parent()
            .map_or_else(PathBuf::new, Path::to_owned)
    }

    /// The package as a contract.
    fn describe(&self) -> Package {
        Package {
            name: self.name.clone(),
            version: self.version.clone(),
            folder: self.folder(),
            library: self
                .targets
                .iter()
                .find(|target| target.kind.iter().any(|kind| kind == "cdylib"))
                .map_or_else(PathBuf::new, |target| target.src_path.clone()),
            stack_size: self
                .metadata
                .as_ref()
                .and_then(|it| it.get("antelope")?.get("stack-size")?.as_u64())
                // A number beyond 32 bits becomes the largest, a stack that no node accepts:
                // validation says so.
                .map(|bytes| u32::try_from(bytes).unwrap_or(u32::MAX)),
        }
    }
}

/// A library, binary or test of a package.
#[derive(Debug, Deserialize)]
struct RawTarget {
    /// Its crate types: `cdylib`, `rlib`, `bin`, `proc-macro`, …
    kind: Vec<String>,
    /// Its root file.
    src_path: PathBuf,
}

/// The graph of dependencies.
#[derive(Debug, Deserialize)]
struct Resolve {
    /// One node for each package.
    nodes: Vec<Node>,
}

/// A package in the graph.
#[derive(Debug, Deserialize)]
struct Node {
    /// The id of the package.
    id: String,
    /// What it depends on.
    deps: Vec<NodeDependency>,
}

/// A dependency of a package in the graph.
#[derive(Debug, Deserialize)]
struct NodeDependency {
    /// The id of the dependency.
    pkg: String,
    /// What it is needed for; several, if it is listed in several sections of the manifest.
    dep_kinds: Vec<DependencyKind>,
}

/// What a dependency is needed for.
#[derive(Debug, Deserialize)]
struct DependencyKind {
    /// `None` for an ordinary dependency, `dev` or `build` otherwise.
    kind: Option<String>,
}
