//! The contracts that are deployed for the first time, and that nobody has compiled yet.

use crate::Failed;
use antelope_abi::Abi;
use antelope_build::{BuildOptions, build};
use antelope_node::package_contract;
use std::path::{Path, PathBuf};

/// Files of a contract.
pub struct Files {
    pub wasm: PathBuf,
    pub abi: PathBuf,
}

impl Files {
    /// `soviet` of this repository, built if it is not.
    pub fn soviet() -> Result<Self, Failed> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let built = build(&BuildOptions::new(root).package("soviet"))?;
        Ok(Self {
            wasm: built.wasm,
            abi: built.abi,
        })
    }

    /// `eosio.system` in this folder with a section of its own, so that no other code has its hash: chains that run
    /// `eosio.system` know that.
    pub fn large(folder: &Path) -> Result<Self, Failed> {
        let (system, abi) = package_contract("eosio.system")?;
        let mut code = std::fs::read(system)?;
        code.extend(b"\0\x06\x05large");
        let wasm = folder.join("large.wasm");
        std::fs::write(&wasm, code)?;
        Ok(Self { wasm, abi })
    }

    /// What they hold, the ABI in binary form.
    pub fn read(&self) -> Result<(Vec<u8>, Vec<u8>), Failed> {
        let abi = Abi::from_json(&std::fs::read_to_string(&self.abi)?)?;
        Ok((std::fs::read(&self.wasm)?, abi.to_binary()))
    }
}
