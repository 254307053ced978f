//! The record written beside a contract: what it was made from and with.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

use crate::chain::ProtocolFeature;

/// Contents of `<package>.build.json`.
///
/// Two builds with equal `wasm_sha256` deploy the same code; the other fields say how to get there
/// again. Nothing in it depends on the folder or the time of the build.
#[derive(Debug, Clone, Serialize)]
pub struct BuildInfo {
    /// Version of this record.
    pub schema_version: u32,
    /// The package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// What made the build.
    pub tool: Tool,
    /// `rustc --version`.
    pub rustc: String,
    /// The compiler's commit.
    pub rustc_commit: Option<String>,
    /// The compilation target.
    pub target: &'static str,
    /// Settings of the profile.
    pub profile: BTreeMap<&'static str, &'static str>,
    /// Arguments for the linker.
    pub link_args: Vec<String>,
    /// Activated cargo features.
    pub features: Vec<String>,
    /// Whether `core` and `alloc` were compiled from source.
    pub build_std: bool,
    /// Hash of `Cargo.lock`.
    pub lock_sha256: Option<String>,
    /// Commit of the sources.
    pub commit: Option<String>,
    /// Whether the sources differ from that commit.
    pub dirty: Option<bool>,
    /// Version of wasm-opt, or none if it was not used.
    pub wasm_opt: Option<String>,
    /// Hash of the wasm file: the code hash on chain.
    pub wasm_sha256: String,
    /// Hash of the ABI file.
    pub abi_sha256: String,
    /// Bytes of the wasm file.
    pub wasm_bytes: u64,
    /// Host functions it imports.
    pub imports: Vec<&'static str>,
    /// Protocol features it needs on the chain.
    pub protocol_features: Vec<ProtocolFeature>,
}

/// The program that made a build.
#[derive(Debug, Clone, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Tool {
    /// This library.
    pub(crate) const THIS: Self = Self {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
}

/// The commit of a folder and whether its tracked files differ from it.
pub(crate) fn commit(folder: &Path) -> (Option<String>, Option<bool>) {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(arguments)
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let commit = git(&["rev-parse", "--verify", "--quiet", "HEAD"]);
    let dirty = commit
        .as_ref()
        .and_then(|_| git(&["status", "--porcelain", "--untracked-files=no"]))
        .map(|status| !status.is_empty());
    (commit, dirty)
}
