//! What runs the code of contracts.

use crate::diagnosis::{CodeAddress, Frame};
use crate::error::ChainError;
use crate::transaction::ApplyContext;
use antelope_types::Checksum256;
use std::sync::Arc;

/// Runs the code of contracts.
///
/// The chain knows of code its bytes and their hash; what they mean is the executor's affair. The
/// engine for WebAssembly is one; a test may stand in another that runs Rust functions.
pub trait Executor: Send + Sync {
    /// Whether an account may have this code.
    ///
    /// # Errors
    /// What `setcode` then fails with.
    fn validate(&self, code: &[u8]) -> Result<(), ChainError>;

    /// Runs the code for one action or notification: what a node calls `apply`.
    ///
    /// # Errors
    /// What the action then fails with. Leaving early, as by `eosio_exit`, is no error.
    fn apply(
        &self,
        code_hash: &Checksum256,
        code: &Arc<[u8]>,
        context: &mut ApplyContext<'_>,
    ) -> Result<(), ChainError>;

    /// What the functions at these addresses of the code are called, for a backtrace; without an
    /// implementation of its own, an executor knows their numbers.
    fn frames(&self, code_hash: &Checksum256, code: &[u8], calls: &[CodeAddress]) -> Vec<Frame> {
        let _ = (code_hash, code);
        calls
            .iter()
            .map(|address| Frame::numbered(address.function))
            .collect()
    }
}

/// An executor for chains without contracts: it refuses all code.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoContracts;

impl Executor for NoContracts {
    fn validate(&self, _: &[u8]) -> Result<(), ChainError> {
        Err(refusal())
    }

    fn apply(
        &self,
        _: &Checksum256,
        _: &Arc<[u8]>,
        _: &mut ApplyContext<'_>,
    ) -> Result<(), ChainError> {
        Err(refusal())
    }
}

fn refusal() -> ChainError {
    let message = "this chain runs no contracts";
    ChainError::new(crate::error::ErrorKind::WasmExecutionError, message)
}
