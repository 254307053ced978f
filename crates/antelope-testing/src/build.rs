//! Contracts built from their sources, each once per process.
//!
//! A test binary has many tests that run at the same time and need the same contract. The first one
//! that asks builds it, with the steps of `cargo antelope build`; the others wait for it and share
//! the result. Across processes cargo decides whether anything has to be compiled again.

use crate::costs::record_costs;
use crate::coverage::record_coverage;
use antelope_build::{BuildError, BuildOptions, build, build_with_panics, contracts};
use antelope_chain::Contract;
use antelope_chain::wasm::{add_names, add_telling_code};
use antelope_types::Checksum256;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// A build: its result, once there is one. `OnceLock` makes concurrent callers wait for the first.
type Slot = Arc<OnceLock<Result<Contract, Arc<BuildError>>>>;

/// What identifies a build in this process.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Source {
    /// A folder in the package or workspace.
    folder: PathBuf,
    /// The package in the workspace; `None` for the one in the folder.
    package: Option<String>,
    /// Cargo features.
    features: Vec<String>,
}

/// Builds the contract of the package in this folder as `cargo antelope build` does.
/// [`contract!`](crate::contract) passes the folder of the calling package.
///
/// Names of its functions are registered for backtraces, and
/// [`Failure::panic`](crate::Failure::panic) can report its panics.
///
/// # Errors
/// [`BuildError`]: cargo failed, or what was built is not a valid contract.
pub fn build_contract(folder: impl AsRef<Path>) -> Result<Contract, Arc<BuildError>> {
    build_with_features(folder, None, &[])
}

/// Builds the contract of another package of the workspace that contains the folder.
///
/// # Errors
/// As for [`build_contract`]; also where there is no package of that name.
pub fn build_package(folder: impl AsRef<Path>, package: &str) -> Result<Contract, Arc<BuildError>> {
    build_with_features(folder, Some(package), &[])
}

/// Builds a contract with cargo features, so that one test can have two versions of it:
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
/// Each set of features is compiled in a folder of its own below `<target>/antelope/features`,
/// since cargo would otherwise overwrite one build with the other.
///
/// # Errors
/// As for [`build_contract`].
pub fn build_with_features(
    folder: impl AsRef<Path>,
    package: Option<&str>,
    features: &[&str],
) -> Result<Contract, Arc<BuildError>> {
    static BUILT: LazyLock<Mutex<HashMap<Source, Slot>>> = LazyLock::new(Mutex::default);
    // Whoever builds a contract tests it, so that its costs are wanted by `cargo antelope test`.
    record_costs();
    let source = Source {
        folder: folder.as_ref().to_owned(),
        package: package.map(str::to_owned),
        features: features.iter().map(|it| (*it).to_owned()).collect(),
    };
    // The lock is held for a look-up only: other contracts are built at the same time.
    let slot = {
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(built.entry(source.clone()).or_default())
    };
    slot.get_or_init(|| make(&source).map_err(Arc::new)).clone()
}

/// Builds a contract, and registers what makes its failures readable.
fn make(source: &Source) -> Result<Contract, BuildError> {
    let options = options(source)?;
    let artifact = build(&options)?;
    let wasm = artifact.read_wasm()?;
    let abi = artifact.read_abi()?;
    // Names are a convenience: without them a backtrace has numbers.
    let _ = std::fs::read(&artifact.debug_wasm).map(|named| add_names(&named));
    let code_hash = Checksum256::sha256(&wasm);
    record_coverage(code_hash, &artifact.package, &options);
    add_telling_code(code_hash, move || build_with_panics(&options).ok());
    Contract::new(wasm, &abi).map_err(|error| BuildError::Output {
        program: "the ABI of the build",
        message: error.to_string(),
    })
}

/// The options of the build.
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

/// Builds the contract of the calling package, or of another package of the workspace, for a test.
///
/// | call | builds |
/// |---|---|
/// | `contract!()` | this package |
/// | `contract!("token")` | the package `token` of this workspace |
/// | `contract!(features = ["v2"])` | this package with cargo features |
/// | `contract!("token", features = ["v2"])` | both |
///
/// It evaluates to `Result<Contract, Arc<BuildError>>`. Each is built once per process.
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
