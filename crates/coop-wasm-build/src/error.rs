//! Why the package cannot be made.

use std::path::PathBuf;

/// Why the package cannot be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackageError {
    /// cargo did not compile the module.
    #[error(
        "cargo could not compile coop-wasm for {target}; if that is missing, run scripts/setup"
    )]
    Compile {
        /// What it is compiled for.
        target: &'static str,
    },
    /// The module is not what wasm-bindgen reads.
    #[error("wasm-bindgen could not read the module: {0}")]
    Bind(String),
    /// The module cannot be parsed.
    #[error("the module cannot be parsed: {0}")]
    Parse(String),
    /// wasm-opt is not there: the bytes would be others.
    #[error("wasm-opt was not found: run scripts/setup, or name it by WASM_OPT")]
    NoOptimizer,
    /// wasm-opt failed.
    #[error("wasm-opt failed: {0}")]
    Optimizer(String),
    /// A file or a program.
    #[error("{path}: {source}")]
    Io {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl PackageError {
    /// An error of this file.
    pub(crate) fn of(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
