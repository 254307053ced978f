//! The build record: what a contract was built from and with, written beside it as
//! `<package>.build.json`. `cargo antelope verify` reads it, rebuilds and compares the hashes.
//!
//! ```json
//! {
//!   "schema_version": 1,
//!   "package": "escrow",
//!   "version": "0.1.0",
//!   "tool": { "name": "antelope-build", "version": "0.1.0" },
//!   "rustc": "rustc 1.95.0 (59807616e 2026-04-14)",
//!   "rustc_commit": "59807616e1fa2540724bfbac14d7976d7e4a3860",
//!   "target": "wasm32v1-none",
//!   "profile": { "codegen-units": "1", "lto": "\"fat\"", "opt-level": "\"z\"" },
//!   "link_args": ["-zstack-size=8192"],
//!   "large_frames_apart": false,
//!   "features": [],
//!   "build_std": false,
//!   "lock_sha256": "ed1195e25270b95cfe78005d3fd1d24264b7b318f6bf4d0ee2a20e3fb94fefaf",
//!   "commit": "396e84601119084e94fe04e95a2cde211f373b1a",
//!   "dirty": false,
//!   "wasm_opt": "wasm-opt version 132 (version_132)",
//!   "wasm_sha256": "2010cc01a3e358b14d978db6d034333ccc65e1d04dd4655b9124156c9d0e8e83",
//!   "abi_sha256": "d7a50581aed0d46fe5a438bb9629c2483d955e2d685dd5eff086ab66cdeca4a6",
//!   "wasm_bytes": 5334,
//!   "imports": ["current_receiver", "require_auth", "db_get_i64"],
//!   "protocol_features": []
//! }
//! ```
//!
//! (The profile has eight more settings, the imports fifteen more names.)

use crate::chain::ProtocolFeature;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Contents of `<package>.build.json`.
///
/// Two builds with equal `wasm_sha256` deploy the same code; the other fields say how to build it
/// again. Nothing in the record depends on the folder or the time of the build.
#[derive(Debug, Clone, Serialize)]
pub struct BuildInfo {
    /// The version of this format: 1.
    pub schema_version: u32,
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The program that made the build.
    pub tool: Tool,
    /// The first line of `rustc --version`.
    pub rustc: String,
    /// The commit of the compiler, which also names its library sources in the module. `None` for a
    /// compiler built without one.
    pub rustc_commit: Option<String>,
    /// The compilation target: [`TARGET`](crate::TARGET).
    pub target: &'static str,
    /// The settings of the release profile that were passed to cargo.
    pub profile: BTreeMap<&'static str, &'static str>,
    /// Arguments for the linker: the size of the stack.
    pub link_args: Vec<String>,
    /// Whether functions with large locals were kept out of `apply`, so that these are on the stack
    /// only while such a function runs.
    pub large_frames_apart: bool,
    /// The cargo features that were activated.
    pub features: Vec<String>,
    /// Whether `core` and `alloc` were compiled from source instead of using the installed target.
    /// That may change bytes.
    pub build_std: bool,
    /// The SHA-256 of `Cargo.lock`, in hexadecimal; `None` if it could not be read.
    pub lock_sha256: Option<String>,
    /// The commit of the sources; `None` outside of git.
    pub commit: Option<String>,
    /// Whether tracked files differ from that commit; `None` outside of git.
    pub dirty: Option<bool>,
    /// The output of `wasm-opt --version`; `None` if it was not used.
    pub wasm_opt: Option<String>,
    /// The SHA-256 of the wasm file, in hexadecimal: the code hash that nodes report.
    pub wasm_sha256: String,
    /// The SHA-256 of the ABI's JSON file, in hexadecimal. It differs from the ABI hash that nodes
    /// report, which is of the packed form.
    pub abi_sha256: String,
    /// The length of the wasm file in bytes.
    pub wasm_bytes: u64,
    /// The host functions that the contract imports.
    pub imports: Vec<&'static str>,
    /// The protocol features that must be active on the chain for these host functions.
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

/// The commit of a folder, and whether its tracked files differ from it. Both `None` without git.
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
