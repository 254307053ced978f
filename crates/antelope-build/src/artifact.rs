//! What a build leaves behind.

use std::path::PathBuf;

use crate::error::BuildError;
use crate::files;
use crate::info::BuildInfo;
use crate::progress::Warning;
use crate::size::SizeReport;

/// A contract ready to be deployed.
///
/// The files lie in `<target>/antelope/<package>/`, always.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// The package.
    pub package: String,
    /// The code.
    pub wasm: PathBuf,
    /// The same code with the names of its functions, for backtraces and profiles. Its code is equal
    /// byte for byte to what is deployed, so that a chain can tell by hash which names belong to it.
    pub debug_wasm: PathBuf,
    /// The ABI as canonical JSON.
    pub abi: PathBuf,
    /// What it was made from and with.
    pub build_json: PathBuf,
    /// Contents of `build_json`.
    pub info: BuildInfo,
    /// Where the bytes are.
    pub size: SizeReport,
    /// What the build went on in spite of.
    pub warnings: Vec<Warning>,
}

impl Artifact {
    /// The code's bytes.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read_wasm(&self) -> Result<Vec<u8>, BuildError> {
        files::read(&self.wasm)
    }

    /// The ABI's JSON text.
    ///
    /// # Errors
    /// The file cannot be read or is not text.
    pub fn read_abi(&self) -> Result<String, BuildError> {
        let bytes = files::read(&self.abi)?;
        String::from_utf8(bytes).map_err(|error| BuildError::Output {
            program: "the ABI file",
            message: error.to_string(),
        })
    }
}
