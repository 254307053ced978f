//! Contracts to deploy: code and ABI.

use antelope_abi::{Abi, AbiError};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A contract to deploy: its code and its ABI. A clone shares both.
#[derive(Clone)]
pub struct Contract {
    wasm: Arc<[u8]>,
    abi: Arc<[u8]>,
}

/// Why there is no contract to deploy.
#[derive(Debug)]
#[non_exhaustive]
pub enum ContractError {
    /// A file cannot be read.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The ABI is none.
    Abi(AbiError),
}

impl Contract {
    /// A contract of its code and the JSON of its ABI.
    ///
    /// # Errors
    /// [`ContractError::Abi`].
    pub fn new(wasm: impl Into<Arc<[u8]>>, abi: &str) -> Result<Self, ContractError> {
        let abi = Abi::from_json(abi).map_err(ContractError::Abi)?;
        Ok(Self {
            wasm: wasm.into(),
            abi: abi.to_binary().into(),
        })
    }

    /// A contract of a `.wasm` and an `.abi` file.
    ///
    /// # Errors
    /// [`ContractError`].
    pub fn read(wasm: impl AsRef<Path>, abi: impl AsRef<Path>) -> Result<Self, ContractError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| ContractError::File { path, error }
        };
        let (wasm, abi) = (wasm.as_ref(), abi.as_ref());
        let code = std::fs::read(wasm).map_err(failed(wasm))?;
        let json = std::fs::read_to_string(abi).map_err(failed(abi))?;
        Self::new(code, &json)
    }

    /// The code.
    pub fn wasm(&self) -> &[u8] {
        &self.wasm
    }

    /// The ABI in the chain's encoding.
    pub fn abi(&self) -> &[u8] {
        &self.abi
    }
}

impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contract")
            .field("wasm_bytes", &self.wasm.len())
            .field("abi_bytes", &self.abi.len())
            .finish()
    }
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Abi(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ContractError {}
