//! Contracts to deploy: built from this repository, or from the node's package.

use antelope_abi::Abi;
use antelope_build::{BuildOptions, build};
use antelope_rpc_client::{Client, ClientError, Signer, TransactionTrace, native};
use antelope_types::Name;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

/// A contract's code and ABI.
#[derive(Debug)]
pub struct Contract {
    /// The code.
    pub wasm: Vec<u8>,
    /// The ABI.
    pub abi: Abi,
}

impl Contract {
    fn read(wasm: &Path, abi: &Path) -> Self {
        let file =
            |path: &Path| fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let json = String::from_utf8(file(abi)).expect("an ABI file is text");
        let abi = Abi::from_json(&json).unwrap_or_else(|e| panic!("{}: {e}", abi.display()));
        Self {
            wasm: file(wasm),
            abi,
        }
    }

    /// Sets code and ABI of an account.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn deploy(
        &self,
        client: &Client,
        account: Name,
        owner: &dyn Signer,
    ) -> Result<TransactionTrace, ClientError> {
        let abi = native::set_abi(account, &self.abi.to_binary());
        client.push(&[native::set_code(account, &self.wasm), abi], &[owner])
    }
}

/// Contracts that tests have asked for, each made once.
type Made = Mutex<HashMap<String, &'static OnceLock<Contract>>>;

fn once(made: &Made, name: &str, make: impl FnOnce() -> Contract) -> &'static Contract {
    let slot = {
        let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
        *made
            .entry(name.to_owned())
            .or_insert_with(|| Box::leak(Box::default()))
    };
    slot.get_or_init(make)
}

/// A contract of this repository by its package name, built by the first test that asks; with
/// `VECHE_BUILT` set to a folder, as it was built there before.
///
/// # Panics
/// When it does not build.
pub fn built(package: &str) -> &'static Contract {
    static MADE: LazyLock<Made> = LazyLock::new(Made::default);
    once(&MADE, package, || match std::env::var_os("VECHE_BUILT") {
        Some(folder) => {
            let file = Path::new(&folder).join(package).join(package);
            Contract::read(&file.with_extension("wasm"), &file.with_extension("abi"))
        }
        None => build_with(package, None),
    })
}

/// The same with the action that carries rows of the version before over.
///
/// # Panics
/// When it does not build.
pub fn migrating(package: &str) -> &'static Contract {
    static MADE: LazyLock<Made> = LazyLock::new(Made::default);
    once(&MADE, package, || build_with(package, Some("migration")))
}

fn build_with(package: &str, feature: Option<&str>) -> Contract {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut options = BuildOptions::new(root).package(package);
    options.features.extend(feature.map(str::to_owned));
    if feature.is_some() {
        // Beside the contract that is deployed, not in its place.
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
            Into::into,
        );
        options.target_dir = Some(target.join("migrating"));
    }
    let artifact = build(&options).unwrap_or_else(|e| panic!("build of {package}: {e}"));
    Contract::read(&artifact.wasm, &artifact.abi)
}

/// A contract that comes with the node's package, e.g. `eosio.token`.
///
/// # Panics
/// When the package is not there.
pub fn reference(name: &str) -> &'static Contract {
    static MADE: LazyLock<Made> = LazyLock::new(Made::default);
    once(&MADE, name, || {
        let (wasm, abi) = antelope_node::package_contract(name).unwrap_or_else(|e| panic!("{e}"));
        Contract::read(&wasm, &abi)
    })
}
