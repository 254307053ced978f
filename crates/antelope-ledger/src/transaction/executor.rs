//! What runs the code of contracts.

use super::ApplyContext;
use crate::code_rules::CodeRules;
use crate::diagnosis::{CodeAddress, Frame};
use antelope_types::{ChainError, Checksum256};
use std::sync::Arc;

/// Runs the code of contracts.
///
/// The chain knows of code its bytes and their hash; what they mean is the executor's affair. The
/// engine for WebAssembly is one; a test may stand in another that runs Rust functions.
pub trait Executor: Send + Sync {
    /// Whether an account may have this code on a chain with these rules.
    ///
    /// # Errors
    /// What `setcode` then fails with.
    fn validate(
        &self,
        code_hash: &Checksum256,
        code: &[u8],
        rules: &CodeRules,
    ) -> Result<(), ChainError>;

    /// Runs the code of this hash, which is [`ApplyContext::code`], for one action or notification:
    /// what a node calls `apply`.
    ///
    /// # Errors
    /// What the action then fails with. Leaving early, as by `eosio_exit`, is no error.
    fn apply(
        &self,
        code_hash: &Checksum256,
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

    /// Code that does what the code of this hash does and, where that panics, fails with the text and
    /// the place, as `panicked at src/lib.rs:12:9:`; none where nobody can make it.
    fn telling(&self, code_hash: &Checksum256) -> Option<Arc<[u8]>> {
        let _ = code_hash;
        None
    }

    /// A second executor that each transaction is executed with once more, in a copy of the state that
    /// is then dropped: for measurements such as line coverage, which must not change what the chain
    /// does. None, the default, costs nothing.
    fn shadow(&self) -> Option<&dyn Shadow> {
        None
    }
}

/// An executor for the second run of transactions; see [`Executor::shadow`].
pub trait Shadow: Executor {
    /// The transaction succeeded and its second run failed with this error, so that what the second run
    /// measured is incomplete.
    fn diverged(&self, error: &ChainError);
}

/// An executor for chains without contracts: it refuses all code.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoContracts;

impl Executor for NoContracts {
    fn validate(&self, _: &Checksum256, _: &[u8], _: &CodeRules) -> Result<(), ChainError> {
        Err(refusal())
    }

    fn apply(&self, _: &Checksum256, _: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        Err(refusal())
    }
}

fn refusal() -> ChainError {
    let message = "this chain runs no contracts";
    ChainError::new(antelope_types::ErrorKind::WasmExecutionError, message)
}
