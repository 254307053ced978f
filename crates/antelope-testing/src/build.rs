//! Contracts built from their sources, each once in a process.

use crate::costs::record_costs;
use antelope_build::{BuildError, BuildOptions, build};
use antelope_chain::Contract;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// A contract that the first who asks builds, and others wait for.
type Slot = Arc<OnceLock<Result<Contract, Arc<BuildError>>>>;

/// What was built, by folder and package.
type Built = Mutex<HashMap<(PathBuf, Option<String>), Slot>>;

/// The contract of the package in this folder, as `cargo antelope build` builds it; in one process
/// it is built once. [`contract!`](crate::contract) names the folder by itself.
///
/// # Errors
/// Why it does not build, or what it builds is not a contract.
pub fn build_contract(folder: impl AsRef<Path>) -> Result<Contract, Arc<BuildError>> {
    built(folder.as_ref(), None)
}

/// The contract of a package in the workspace that the folder is in, by the package's name.
///
/// # Errors
/// As [`build_contract`].
pub fn build_package(folder: impl AsRef<Path>, package: &str) -> Result<Contract, Arc<BuildError>> {
    built(folder.as_ref(), Some(package))
}

fn built(folder: &Path, package: Option<&str>) -> Result<Contract, Arc<BuildError>> {
    static BUILT: LazyLock<Built> = LazyLock::new(Mutex::default);
    // Who builds a contract to test it, tells `cargo antelope test` what its actions cost.
    record_costs();
    let key = (folder.to_owned(), package.map(str::to_owned));
    let slot = {
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(built.entry(key).or_default())
    };
    slot.get_or_init(|| make(folder, package).map_err(Arc::new))
        .clone()
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

/// The contract of the package that the test is in, built as `cargo antelope build` builds it, or
/// with a name that of another package of the workspace: `contract!("token")`.
///
/// It gives a `Result<Contract, Arc<BuildError>>`. In one process a contract is built once; cargo
/// knows what has not changed since the last time.
#[macro_export]
macro_rules! contract {
    () => {
        $crate::build_contract(::core::env!("CARGO_MANIFEST_DIR"))
    };
    ($package:expr) => {
        $crate::build_package(::core::env!("CARGO_MANIFEST_DIR"), $package)
    };
}
