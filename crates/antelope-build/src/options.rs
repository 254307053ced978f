//! What to build and how.

use std::path::PathBuf;

use crate::chain::Chain;

/// The target of every contract: MVP WebAssembly with mutable globals, `core` and `alloc` only.
pub const TARGET: &str = "wasm32v1-none";

/// Bytes of stack. With `--stack-first` the data begins above it and must end below 64 KiB.
pub const STACK_SIZE: u32 = 8192;

/// Choices for a build. Flags that decide about bytes are not among them: the tool owns those.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BuildOptions {
    /// A folder in the workspace.
    pub folder: PathBuf,
    /// The contract, by package name. None: the package of `folder`, or the only contract there is.
    pub package: Option<String>,
    /// Cargo target folder instead of the workspace's own.
    pub target_dir: Option<PathBuf>,
    /// Fail if `Cargo.lock` would change.
    pub locked: bool,
    /// No network.
    pub offline: bool,
    /// Run wasm-opt if there is one. On by default.
    pub optimize: bool,
    /// Cargo features to activate.
    pub features: Vec<String>,
    /// Leave default features out.
    pub no_default_features: bool,
    /// Compile `core` and `alloc` too, for machines where rustup cannot download the target.
    pub build_std: bool,
    /// Chain to validate for.
    pub chain: Chain,
    /// Bytes of stack instead of what the contract's manifest says, or else [`STACK_SIZE`]:
    ///
    /// ```toml
    /// [package.metadata.antelope]
    /// stack-size = 16384
    /// ```
    ///
    /// A multiple of 16. More stack leaves less room for data, which ends below 64 KiB, and costs
    /// nothing on chain.
    pub stack_size: Option<u32>,
    /// Let cargo write to stderr. Off by default: its words come with the error.
    pub show_cargo: bool,
}

impl BuildOptions {
    /// Defaults for a folder in a workspace.
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
            chain: Chain::current(),
            stack_size: None,
            show_cargo: false,
        }
    }

    /// Names the contract's package.
    #[must_use]
    pub fn package(mut self, name: impl Into<String>) -> Self {
        self.package = Some(name.into());
        self
    }
}
