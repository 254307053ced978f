//! Contracts for tests: code and ABI, from files or built from their sources.

use antelope_rpc_client::{Abi, AbiError};
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
    use crate::wasm;
    use antelope_build::{BuildError, BuildOptions, build, build_with_panics, contracts};
    use antelope_types::Checksum256;
    use std::collections::HashMap;
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

    /// A contract that the first who asks builds, and others wait for.
    type Slot = Arc<OnceLock<Result<Contract, Arc<BuildError>>>>;

    /// What tells one build of this process from another.
    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Source {
        folder: PathBuf,
        package: Option<String>,
        features: Vec<String>,
    }

    impl Contract {
        /// The contract of the package in this folder, as `cargo antelope build` builds it; in one
        /// process it is built once. [`contract!`](crate::contract) names the folder by itself.
        ///
        /// Backtraces of its failures name its functions, and [`Failure::panic`](crate::Failure::panic)
        /// tells its panics.
        ///
        /// # Errors
        /// [`ContractError`].
        pub fn build(folder: impl AsRef<Path>) -> Result<Self, ContractError> {
            Self::build_with_features(folder, None, &[])
        }

        /// The contract of a package in the workspace that the folder is in, by the package's name.
        ///
        /// # Errors
        /// [`ContractError`].
        pub fn build_package(
            folder: impl AsRef<Path>,
            package: &str,
        ) -> Result<Self, ContractError> {
            Self::build_with_features(folder, Some(package), &[])
        }

        /// The same with cargo features, so that one test can have two versions of a contract:
        ///
        /// ```no_run
        /// use antelope_chain::{Chain, Contract};
        /// use antelope_types::name;
        ///
        /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// let (shop, folder) = (name!("shop"), env!("CARGO_MANIFEST_DIR"));
        /// let before = Contract::build(folder)?;
        /// let after = Contract::build_with_features(folder, None, &["v2"])?;
        /// let mut chain = Chain::new()?;
        /// chain.install(shop, &before)?;
        /// // … rows of the old version …
        /// chain.install(shop, &after)?;
        /// # Ok(()) }
        /// ```
        ///
        /// Each set of features is compiled in a folder of its own below `<target>/antelope/features`.
        ///
        /// # Errors
        /// [`ContractError`].
        pub fn build_with_features(
            folder: impl AsRef<Path>,
            package: Option<&str>,
            features: &[&str],
        ) -> Result<Self, ContractError> {
            static BUILT: LazyLock<Mutex<HashMap<Source, Slot>>> = LazyLock::new(Mutex::default);
            let source = Source {
                folder: folder.as_ref().to_owned(),
                package: package.map(str::to_owned),
                features: features.iter().map(|it| (*it).to_owned()).collect(),
            };
            let slot = {
                let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
                Arc::clone(built.entry(source.clone()).or_default())
            };
            slot.get_or_init(|| make(&source).map_err(Arc::new))
                .clone()
                .map_err(ContractError::Build)
        }
    }

    fn make(source: &Source) -> Result<Contract, BuildError> {
        let options = options(source)?;
        let artifact = build(&options)?;
        let wasm = artifact.read_wasm()?;
        let abi = artifact.read_abi()?;
        // Without names a backtrace has numbers, and the contract works all the same.
        let _ = std::fs::read(&artifact.debug_wasm).map(|named| wasm::add_names(&named));
        wasm::telling::remember(Checksum256::sha256(&wasm), move || {
            build_with_panics(&options).ok()
        });
        Contract::new(wasm, &abi).map_err(|error| BuildError::Output {
            program: "the ABI of the build",
            message: error.to_string(),
        })
    }

    fn options(source: &Source) -> Result<BuildOptions, BuildError> {
        let mut options = BuildOptions::new(&source.folder);
        options.package.clone_from(&source.package);
        options.features.clone_from(&source.features);
        if !source.features.is_empty()
            && let Some(package) = contracts(&options)?.first()
        {
            // Files of different features would overwrite each other.
            let folder = package.target_dir.join("antelope/features");
            options.target_dir = Some(folder.join(source.features.join("+")));
        }
        Ok(options)
    }
}

/// The contract of the package that the test is in, built as `cargo antelope build` builds it, or
/// with a name that of another package of the workspace: `contract!("token")`.
///
/// It gives a `Result<Contract, ContractError>`. In one process a contract is built once; cargo
/// knows what has not changed since the last time. Features follow the name, or stand alone:
/// `contract!("token", features = ["v2"])`, `contract!(features = ["v2"])`.
#[cfg(feature = "wasm")]
#[macro_export]
macro_rules! contract {
    (features = [$($feature:expr),* $(,)?]) => {
        $crate::Contract::build_with_features(
            ::core::env!("CARGO_MANIFEST_DIR"),
            ::core::option::Option::None,
            &[$($feature),*],
        )
    };
    ($package:expr, features = [$($feature:expr),* $(,)?]) => {
        $crate::Contract::build_with_features(
            ::core::env!("CARGO_MANIFEST_DIR"),
            ::core::option::Option::Some($package),
            &[$($feature),*],
        )
    };
    () => {
        $crate::Contract::build(::core::env!("CARGO_MANIFEST_DIR"))
    };
    ($package:expr) => {
        $crate::Contract::build_package(::core::env!("CARGO_MANIFEST_DIR"), $package)
    };
}
