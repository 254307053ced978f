//! Contracts to deploy: code with its ABI.
//!
//! A [`Contract`] is what [`ChainBuilder::contract`](crate::ChainBuilder::contract) and
//! [`Chain::install`](crate::Chain::install) take. `antelope-testing` builds them from sources;
//! here they come from bytes or files.

use antelope_abi::{Abi, AbiError};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A contract to deploy: its WebAssembly and its ABI. Clones share both.
///
/// ```
/// use antelope_chain::Contract;
///
/// let abi = r#"{ "version": "eosio::abi/1.2" }"#;
/// let contract = Contract::new(*b"\0asm\x01\0\0\0", abi)?;
/// assert_eq!(contract.wasm().len(), 8);
/// # Ok::<(), antelope_chain::ContractError>(())
/// ```
#[derive(Clone)]
pub struct Contract {
    /// The module as it is deployed.
    wasm: Arc<[u8]>,
    /// The ABI in its binary encoding.
    abi: Arc<[u8]>,
}

/// Why a contract could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ContractError {
    /// A file could not be read.
    File {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        error: std::io::Error,
    },
    /// The ABI is not valid JSON, or not a valid ABI.
    Abi(AbiError),
}

impl Contract {
    /// A contract from its code and the JSON of its ABI. The code is not validated here; `setcode`
    /// does that by the rules of the chain.
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

    /// A contract from a `.wasm` and an `.abi` file, the latter as JSON.
    ///
    /// # Errors
    /// [`ContractError::File`] with the path, [`ContractError::Abi`].
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

    /// The WebAssembly, as `setcode` takes it.
    pub fn wasm(&self) -> &[u8] {
        &self.wasm
    }

    /// The ABI in its binary encoding, as `setabi` takes it.
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
