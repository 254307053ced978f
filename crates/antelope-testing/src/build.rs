//! Contracts built from their sources, each once in a process.

use crate::costs::record_costs;
use crate::coverage::record_coverage;
use antelope_build::{BuildError, BuildOptions, build, build_with_panics, contracts};
use antelope_chain::Contract;
use antelope_chain::wasm::{add_names, add_telling_code};
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

/// The contract of the package in this folder, as `cargo antelope build` builds it; in one process
/// it is built once. [`contract!`](crate::contract) names the folder by itself.
///
/// Backtraces of its failures name its functions, and [`Failure::panic`](crate::Failure::panic) tells
/// its panics.
///
/// # Errors
/// Why it does not build, or what it builds is not a contract.
pub fn build_contract(folder: impl AsRef<Path>) -> Result<Contract, Arc<BuildError>> {
    build_with_features(folder, None, &[])
}

/// The contract of a package in the workspace that the folder is in, by the package's name.
///
/// # Errors
/// As [`build_contract`].
pub fn build_package(folder: impl AsRef<Path>, package: &str) -> Result<Contract, Arc<BuildError>> {
    build_with_features(folder, Some(package), &[])
}

/// The same with cargo features, so that one test can have two versions of a contract:
///
/// ```no_run
/// use antelope_testing::{Chain, contract};
/// use antelope_types::name;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let shop = name!("shop");
/// let mut chain = Chain::builder().contract(shop, &contract!()?).build()?;
/// // … rows of the first version …
/// chain.install(shop, &contract!(features = ["v2"])?)?;
/// # Ok(()) }
/// ```
///
/// Each set of features is compiled in a folder of its own below `<target>/antelope/features`.
///
/// # Errors
/// As [`build_contract`].
pub fn build_with_features(
    folder: impl AsRef<Path>,
    package: Option<&str>,
    features: &[&str],
) -> Result<Contract, Arc<BuildError>> {
    static BUILT: LazyLock<Mutex<HashMap<Source, Slot>>> = LazyLock::new(Mutex::default);
    // Who builds a contract to test it, tells `cargo antelope test` what its actions cost.
    record_costs();
    let source = Source {
        folder: folder.as_ref().to_owned(),
        package: package.map(str::to_owned),
        features: features.iter().map(|it| (*it).to_owned()).collect(),
    };
    let slot = {
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(built.entry(source.clone()).or_default())
    };
    slot.get_or_init(|| make(&source).map_err(Arc::new)).clone()
}

fn make(source: &Source) -> Result<Contract, BuildError> {
    let options = options(source)?;
    let artifact = build(&options)?;
    let wasm = artifact.read_wasm()?;
    let abi = artifact.read_abi()?;
    // Without names a backtrace has numbers, and the contract works all the same.
    let _ = std::fs::read(&artifact.debug_wasm).map(|named| add_names(&named));
    let code_hash = Checksum256::sha256(&wasm);
    record_coverage(code_hash, &artifact.package, &options);
    add_telling_code(code_hash, move || build_with_panics(&options).ok());
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

/// The contract of the package that the test is in, built as `cargo antelope build` builds it, or
/// with a name that of another package of the workspace: `contract!("token")`.
///
/// It gives a `Result<Contract, Arc<BuildError>>`. In one process a contract is built once; cargo
/// knows what has not changed since the last time. Features follow the name, or stand alone:
/// `contract!("token", features = ["v2"])`, `contract!(features = ["v2"])`.
#[macro_export]
macro_rules! contract {
    (features = [$($feature:expr),* $(,)?]) => {
        $crate::build_with_features(
            ::core::env!("CARGO_MANIFEST_DIR"),
            ::core::option::Option::None,
            &[$($feature),*],
        )
    };
    ($package:expr, features = [$($feature:expr),* $(,)?]) => {
        $crate::build_with_features(
            ::core::env!("CARGO_MANIFEST_DIR"),
            ::core::option::Option::Some($package),
            &[$($feature),*],
        )
    };
    () => {
        $crate::build_contract(::core::env!("CARGO_MANIFEST_DIR"))
    };
    ($package:expr) => {
        $crate::build_package(::core::env!("CARGO_MANIFEST_DIR"), $package)
    };
}
