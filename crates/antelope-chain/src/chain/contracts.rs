//! Chains that run contracts, by the engine for WebAssembly.

use super::{Chain, OpenOptions};
use crate::store::StoreError;
use antelope_ledger::Genesis;
use antelope_types::ChainError;
use antelope_vm::Engine;
use std::path::Path;
use std::sync::OnceLock;

impl Chain {
    /// A chain that begins like any other and runs contracts. All that a process makes are forks of
    /// the first.
    ///
    /// # Errors
    /// Where this machine cannot run WebAssembly.
    pub fn new() -> Result<Self, ChainError> {
        static BOOTED: OnceLock<Result<Chain, ChainError>> = OnceLock::new();
        BOOTED
            .get_or_init(|| Self::start(Genesis::default(), Engine::shared()?))
            .clone()
    }

    /// Opens the chain in a folder, or begins one there that runs contracts; all that it
    /// acknowledges is on the disk. [`OpenOptions`] has more to choose from.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, StoreError> {
        OpenOptions::new().open(folder, Engine::shared()?)
    }
}
