//! Backtraces: the calls through which a contract came to the place where it failed.
//!
//! The executor reports addresses ([`CodeAddress`]) when it fails; they become [`Frame`]s with
//! names only when a backtrace is shown, by [`Executor::frames`](crate::Executor::frames).

use serde::Serialize;
use std::fmt;

/// A place in the code of a contract, in the numbering of the executor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeAddress {
    /// The index of the function. Indices count imported functions first, as WebAssembly does.
    pub function: u32,
    /// The offset in bytes from the beginning of the module that was compiled, if the executor
    /// knows it.
    pub offset: Option<usize>,
}

/// A function that had been called and had not returned when the action failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The index of the function, imported functions counted first.
    pub function: u32,
    /// Its name, from the module's name section or a file beside it. A host function always has
    /// one.
    pub name: Option<String>,
    /// Whether it is a host function rather than one of the contract.
    pub host: bool,
}

impl Frame {
    /// A function of the contract whose name is not known.
    pub fn numbered(function: u32) -> Self {
        Self {
            function,
            name: None,
            host: false,
        }
    }
}

impl fmt::Display for Frame {
    /// `env.NAME` for a host function, the name of a contract's function, or `wasm function
    /// NUMBER`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) if self.host => write!(f, "env.{name}"),
            Some(name) => f.write_str(name),
            None => write!(f, "wasm function {}", self.function),
        }
    }
}
