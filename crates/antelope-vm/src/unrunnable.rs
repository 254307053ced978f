//! The errors of a module, or a machine, that cannot run.

use antelope_types::{ChainError, ErrorKind};

/// The error for a module that the chain's rules allow and the engine cannot compile, for example
/// for its number of parameters. Wasmtime's own text is about its internals, and is not shown.
pub(super) fn unbuildable() -> ChainError {
    let message = "Error building eos-vm interp: the module is beyond the limits of the embedded chain's engine";
    ChainError::new(ErrorKind::WasmExecutionError, message)
}

/// The error for an engine that cannot be made on this machine.
pub(super) fn unavailable(error: wasmtime::Error) -> ChainError {
    let message = format!("this machine cannot run WebAssembly: {error:#}");
    ChainError::new(ErrorKind::WasmExecutionError, message)
}
