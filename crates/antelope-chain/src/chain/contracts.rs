//! Chains that run contracts by the WebAssembly engine: the crate feature `wasm`.

use super::{Chain, OpenOptions};
use crate::store::StoreError;
use antelope_ledger::Genesis;
use antelope_types::ChainError;
use antelope_vm::Engine;
use std::path::Path;
use std::sync::OnceLock;

impl Chain {
    /// A chain with the default genesis that runs contracts. The first call in a process boots it;
    /// later calls return forks of that chain, which takes microseconds.
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) where this machine cannot run WebAssembly.
    pub fn new() -> Result<Self, ChainError> {
        static BOOTED: OnceLock<Result<Chain, ChainError>> = OnceLock::new();
        BOOTED
            .get_or_init(|| Self::start(Genesis::default(), Engine::shared()?))
            .clone()
    }

    /// Opens the chain in a folder, or begins one there, with the default options: each call
    /// returns when what it did is on the disk. [`OpenOptions`] has more to choose from.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, StoreError> {
        OpenOptions::new().open(folder, Engine::shared()?)
    }
}
