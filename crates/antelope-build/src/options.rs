//! What to build and how.
//!
//! The fields correspond to arguments of `cargo antelope build`, which has the names of cargo where
//! cargo has the same: `--package`, `--target-dir`, `--locked`, `--offline`, `--features`,
//! `--no-default-features`; its own are `--no-opt` and `--build-std`. The size of the stack is set
//! in the contract's manifest, so that everybody who builds it gets the same bytes.

use crate::chain::ModuleRules;
use std::path::PathBuf;

/// The compilation target of every contract: WebAssembly as of its first version with mutable
/// globals, and `core` and `alloc` but no `std`. Later instructions, which EOS VM does not know,
/// are never generated for it.
pub const TARGET: &str = "wasm32v1-none";

/// The size of the stack in bytes, unless a contract asks for another.
///
/// The stack is at the beginning of the memory (`--stack-first`), and data follow it; both must fit
/// into the 64 KiB of initial memory that nodeos allows for data.
pub const STACK_SIZE: u32 = 8192;

/// Choices for a build. Begin with [`new`](Self::new), and set fields.
///
/// Flags that decide about bytes, such as the optimization level, are not among them: all contracts
/// are built alike, so that a build can be repeated.
///
/// ```
/// use antelope_build::{BuildOptions, STACK_SIZE};
///
/// let mut options = BuildOptions::new("contracts/token").package("token");
/// options.locked = true;
/// options.stack_size = Some(2 * STACK_SIZE);
/// assert_eq!(options.package.as_deref(), Some("token"));
/// assert!(options.optimize);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BuildOptions {
    /// A folder in the workspace. Relative paths are resolved from the folder of the process.
    pub folder: PathBuf,
    /// The name of the contract's package. `None` for the package that `folder` is in, or else the
    /// only contract of the workspace.
    pub package: Option<String>,
    /// A cargo target folder to use instead of the workspace's own.
    pub target_dir: Option<PathBuf>,
    /// Fail if `Cargo.lock` would have to change, as `cargo --locked`.
    pub locked: bool,
    /// Do not use the network, as `cargo --offline`.
    pub offline: bool,
    /// Run wasm-opt if it is found. On by default.
    pub optimize: bool,
    /// Cargo features to activate.
    pub features: Vec<String>,
    /// Do not activate the default features.
    pub no_default_features: bool,
    /// Compile `core` and `alloc` from source, for machines where rustup cannot download the
    /// target. On by default if the environment variable `ANTELOPE_BUILD_STD` is set and not `0`.
    pub build_std: bool,
    /// The chain to validate for: which protocol features and limits it has.
    pub chain: ModuleRules,
    /// The size of the stack in bytes. `None` for what the contract's manifest says, or else
    /// [`STACK_SIZE`]:
    ///
    /// ```toml
    /// [package.metadata.antelope]
    /// stack-size = 16384
    /// ```
    ///
    /// It must be a multiple of 16. A larger stack leaves less room for data, which must end below
    /// 64 KiB, and costs nothing on chain.
    pub stack_size: Option<u32>,
    /// Let cargo write to stderr while it compiles. Off by default: its messages are then part of
    /// the error.
    pub show_cargo: bool,
}

impl BuildOptions {
    /// The default options for a folder in a workspace.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            package: None,
            target_dir: None,
            locked: false,
            offline: false,
            optimize: true,
            features: Vec::new(),
            no_default_features: false,
            build_std: std::env::var_os("ANTELOPE_BUILD_STD").is_some_and(|value| value != "0"),
            chain: ModuleRules::current(),
            stack_size: None,
            show_cargo: false,
        }
    }

    /// Sets the name of the contract's package.
    #[must_use]
    pub fn package(mut self, name: impl Into<String>) -> Self {
        self.package = Some(name.into());
        self
    }
}
