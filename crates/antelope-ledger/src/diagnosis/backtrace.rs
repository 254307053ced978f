//! The calls through which a contract came to where it failed.

use serde::Serialize;
use std::fmt;

/// A place in the code of a contract, as the executor counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeAddress {
    /// The number of the function; imported functions come first.
    pub function: u32,
    /// Bytes from the beginning of the module that was compiled, where that is known.
    pub offset: Option<usize>,
}

/// A function that had been called and had not returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The number of the function; imported functions come first.
    pub function: u32,
    /// Its name, where the module or a file beside it tells; of a host function always.
    pub name: Option<String>,
    /// Whether it is a function of the chain.
    pub host: bool,
}

impl Frame {
    /// A function without a name.
    pub fn numbered(function: u32) -> Self {
        Self {
            function,
            name: None,
            host: false,
        }
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) if self.host => write!(f, "env.{name}"),
            Some(name) => f.write_str(name),
            None => write!(f, "wasm function {}", self.function),
        }
    }
}
