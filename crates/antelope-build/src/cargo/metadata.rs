//! The workspace as cargo describes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::cargo;
use crate::error::BuildError;
use crate::options::{BuildOptions, TARGET};

/// A workspace and its contracts.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target_dir: PathBuf,
    pub(crate) contracts: Vec<Package>,
    /// Packages outside the workspace that end up in a contract.
    pub(crate) dependencies: Vec<Dependency>,
    /// Name of the package whose folder the build was asked for in, contract or not.
    current: Option<String>,
    /// Names of all members.
    members: BTreeSet<String>,
}

/// A contract: a member with a `cdylib` library.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) folder: PathBuf,
    /// The root of its library.
    pub(crate) library: PathBuf,
    /// Bytes of stack that its manifest asks for.
    pub(crate) stack_size: Option<u32>,
}

/// A package that is not a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) folder: PathBuf,
}

impl Workspace {
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

    /// The contract asked for by name, or the one of the current folder, or the only one.
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

    /// What a build without a name means: the contract of the current folder, else all of them.
    pub(crate) fn selection(&self, name: Option<&str>) -> Result<Vec<&Package>, BuildError> {
        match self.contract(name) {
            Ok(package) => Ok(vec![package]),
            Err(BuildError::ManyContracts { .. }) => Ok(self.contracts.iter().collect()),
            Err(error) => Err(error),
        }
    }

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

    fn names(&self) -> Vec<String> {
        self.contracts
            .iter()
            .map(|package| package.name.clone())
            .collect()
    }
}

/// The part of `cargo metadata` that is needed.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<RawPackage>,
    workspace_members: Vec<String>,
    workspace_root: PathBuf,
    target_directory: PathBuf,
    resolve: Option<Resolve>,
}

impl Metadata {
    /// Everything compiled for the target when these packages are: no build scripts' needs, no
    /// tests', no procedural macros'.
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

#[derive(Debug, Deserialize)]
struct RawPackage {
    id: String,
    name: String,
    version: String,
    manifest_path: PathBuf,
    targets: Vec<RawTarget>,
    metadata: Option<serde_json::Value>,
}

impl RawPackage {
    fn has_kind(&self, kind: &str) -> bool {
        self.targets
            .iter()
            .any(|target| target.kind.iter().any(|k| k == kind))
    }

    fn is_contract(&self) -> bool {
        self.has_kind("cdylib")
    }

    fn folder(&self) -> PathBuf {
        self.manifest_path
            .parent()
            .map_or_else(PathBuf::new, Path::to_owned)
    }

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
                .map(|bytes| u32::try_from(bytes).unwrap_or(u32::MAX)),
        }
    }
}

#[derive(Debug, Deserialize)]
struct RawTarget {
    kind: Vec<String>,
    src_path: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<NodeDependency>,
}

#[derive(Debug, Deserialize)]
struct NodeDependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Debug, Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}
