//! Contracts for tests: code and ABI, from files or built from their sources.

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
    /// The sources do not build, or what they build is no contract.
    #[cfg(feature = "wasm")]
    Build(Arc<antelope_build::BuildError>),
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
            #[cfg(feature = "wasm")]
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ContractError {}

#[cfg(feature = "wasm")]
mod built {
    use super::{Contract, ContractError};
    use antelope_build::{BuildError, BuildOptions, build};
    use std::collections::HashMap;
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

    /// A contract that the first who asks builds, and others wait for.
    type Slot = Arc<OnceLock<Result<Contract, Arc<BuildError>>>>;

    /// What was built, by folder and package.
    type Built = Mutex<HashMap<(PathBuf, Option<String>), Slot>>;

    impl Contract {
        /// The contract of the package in this folder, as `cargo antelope build` builds it; in one
        /// process it is built once. [`contract!`](crate::contract) names the folder by itself.
        ///
        /// # Errors
        /// [`ContractError`].
        pub fn build(folder: impl AsRef<Path>) -> Result<Self, ContractError> {
            Self::built(folder.as_ref(), None)
        }

        /// The contract of a package in the workspace that the folder is in, by the package's name.
        ///
        /// # Errors
        /// [`ContractError`].
        pub fn build_package(
            folder: impl AsRef<Path>,
            package: &str,
        ) -> Result<Self, ContractError> {
            Self::built(folder.as_ref(), Some(package))
        }

        fn built(folder: &Path, package: Option<&str>) -> Result<Self, ContractError> {
            static BUILT: LazyLock<Built> = LazyLock::new(Mutex::default);
            let key = (folder.to_owned(), package.map(str::to_owned));
            let slot = {
                let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
                Arc::clone(built.entry(key).or_default())
            };
            slot.get_or_init(|| make(folder, package).map_err(Arc::new))
                .clone()
                .map_err(ContractError::Build)
        }
    }

    fn make(folder: &Path, package: Option<&str>) -> Result<Contract, BuildError> {
        let mut options = BuildOptions::new(folder);
        options.package = package.map(str::to_owned);
        let artifact = build(&options)?;
        let wasm = artifact.read_wasm()?;
        let abi = artifact.read_abi()?;
        Contract::new(wasm, &abi).map_err(|error| BuildError::Output {
            program: "the ABI of the build",
            message: error.to_string(),
        })
    }
}

/// The contract of the package that the test is in, built as `cargo antelope build` builds it, or
/// with a name that of another package of the workspace: `contract!("token")`.
///
/// It gives a `Result<Contract, ContractError>`. In one process a contract is built once; cargo
/// knows what has not changed since the last time.
#[cfg(feature = "wasm")]
#[macro_export]
macro_rules! contract {
    () => {
        $crate::Contract::build(::core::env!("CARGO_MANIFEST_DIR"))
    };
    ($package:expr) => {
        $crate::Contract::build_package(::core::env!("CARGO_MANIFEST_DIR"), $package)
    };
}
