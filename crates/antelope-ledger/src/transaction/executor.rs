//! The seam to the engine: what runs the code of contracts.
//!
//! The ledger knows of code its bytes and their hash. Validation, compilation and execution are
//! behind [`Executor`], so that this crate does not depend on an engine, and tests can pass in
//! another.

use super::ApplyContext;
use crate::code_rules::CodeRules;
use crate::diagnosis::{CodeAddress, Frame};
use antelope_types::{ChainError, Checksum256};
use std::sync::Arc;

/// Runs the code of contracts.
///
/// The engine for WebAssembly is one implementation; a test may use another that runs Rust
/// functions. An executor may serve several chains and threads at once, hence `Send + Sync`.
///
/// ```
/// use antelope_ledger::{ApplyContext, CodeRules, Executor};
/// use antelope_types::{ChainError, Checksum256};
///
/// /// Whatever the code, it prints who was called.
/// struct Greeter;
///
/// impl Executor for Greeter {
///     fn validate(&self, _: &Checksum256, _: &[u8], _: &CodeRules) -> Result<(), ChainError> {
///         Ok(())
///     }
///
///     fn apply(&self, _: &Checksum256, context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
///         let receiver = context.receiver();
///         context.print(&format!("hello from {receiver}"));
///         Ok(())
///     }
/// }
/// # let _: &dyn Executor = &Greeter;
/// ```
pub trait Executor: Send + Sync {
    /// Decides whether an account may have this code on a chain with these rules. Called by
    /// `setcode`.
    ///
    /// # Errors
    /// The error that `setcode` fails with.
    fn validate(
        &self,
        code_hash: &Checksum256,
        code: &[u8],
        rules: &CodeRules,
    ) -> Result<(), ChainError>;

    /// Runs the code with this hash, whose bytes are [`ApplyContext::code`], for one action or
    /// notification: a call of its function `apply` with receiver, contract and action.
    ///
    /// # Errors
    /// The error that the action fails with. Leaving early by `eosio_exit` is a success.
    fn apply(
        &self,
        code_hash: &Checksum256,
        context: &mut ApplyContext<'_>,
    ) -> Result<(), ChainError>;

    /// Names the functions at these addresses of the code, for a backtrace. Called only when
    /// somebody asks for one. The default knows their numbers only.
    fn frames(&self, code_hash: &Checksum256, code: &[u8], calls: &[CodeAddress]) -> Vec<Frame> {
        let _ = (code_hash, code);
        calls
            .iter()
            .map(|address| Frame::numbered(address.function))
            .collect()
    }

    /// Code that behaves like the code with this hash but reports a panic as text and place, such
    /// as `panicked at src/lib.rs:12:9:`, where the deployed code only traps. `None` if there is
    /// none, which is the default.
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

/// An executor for chains without contracts: it refuses all code with `wasm_execution_error`
/// (3070002). Native actions work.
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

/// The error of [`NoContracts`].
fn refusal() -> ChainError {
    let message = "this chain was made without an executor and runs no contracts";
    ChainError::new(antelope_types::ErrorKind::WasmExecutionError, message)
}
