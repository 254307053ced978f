//! The result of a build: files, record, size and warnings.
//!
//! | file | contents |
//! |---|---|
//! | `<package>.wasm` | the module to deploy with `setcode` |
//! | `<package>.abi` | the ABI as canonical JSON, for people, version control and clients |
//! | `<package>.build.json` | the [build record](crate::BuildInfo) |
//! | `<package>.debug.wasm` | the module with the names of its functions |
//!
//! Each file is replaced in one step, but the four are not replaced together: whoever reads them
//! while a build runs may see files of two builds, which the hashes in the record tell apart.

use crate::error::BuildError;
use crate::files;
use crate::info::BuildInfo;
use crate::progress::Warning;
use crate::size::SizeReport;
use std::path::PathBuf;

/// A built contract, ready to be deployed.
///
/// Its files are always in `<target>/antelope/<package>/`, whatever the options say otherwise.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// The name of the package.
    pub package: String,
    /// The module to deploy, `<package>.wasm`.
    pub wasm: PathBuf,
    /// The same code with the names of its functions, `<package>.debug.wasm`, for backtraces and
    /// profiles. Without its name section it is equal to the deployed module byte for byte, so a
    /// chain can tell by hash which names belong to the code that it runs.
    pub debug_wasm: PathBuf,
    /// The ABI as canonical JSON, `<package>.abi`.
    pub abi: PathBuf,
    /// The build record, `<package>.build.json`.
    pub build_json: PathBuf,
    /// Contents of the build record.
    pub info: BuildInfo,
    /// Which functions and sections the bytes belong to.
    pub size: SizeReport,
    /// Warnings of the build.
    pub warnings: Vec<Warning>,
}

impl Artifact {
    /// Reads the module.
    ///
    /// # Errors
    /// [`BuildError::Io`] if the file cannot be read.
    pub fn read_wasm(&self) -> Result<Vec<u8>, BuildError> {
        files::read(&self.wasm)
    }

    /// Reads the ABI's JSON.
    ///
    /// # Errors
    /// [`BuildError::Io`] if the file cannot be read, [`BuildError::Output`] if it is not UTF-8.
    pub fn read_abi(&self) -> Result<String, BuildError> {
        let bytes = files::read(&self.abi)?;
        String::from_utf8(bytes).map_err(|error| BuildError::Output {
            program: "the ABI file",
            message: error.to_string(),
        })
    }
}
