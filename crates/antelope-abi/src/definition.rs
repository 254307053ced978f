//! From the definition of an ABI to a table of its types, in the steps of a node.
//!
//! | step | file | in a node |
//! |---|---|---|
//! | the bytes are read | `read` | `fc::raw::unpack` of `abi_def` |
//! | definitions are checked | `check` | `abi_serializer::set_abi`, then `validate` |
//! | names are resolved to indices | `resolve` | none: a node looks names up for each value |
//!
//! `names` has what the last two ask about names. After `resolve` nothing can be missing: walks index
//! the lists without checks of their own.

mod check;
mod names;
mod read;
mod resolve;

use crate::{AbiError, AbiException};
use alloc::string::String;

pub use read::read_definition;

pub(crate) use names::{Shape, split};
pub(crate) use resolve::resolve;

/// A fault of an ABI, with a node's number and words.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) exception: AbiException,
    pub(crate) problem: String,
}

impl Fault {
    pub(crate) fn new(exception: AbiException, problem: impl Into<String>) -> Self {
        Self {
            exception,
            problem: problem.into(),
        }
    }

    /// A type that is not known. A node's words are the type itself.
    pub(crate) fn invalid_type(ty: &str) -> Self {
        Self::new(AbiException::InvalidType, shortened(ty))
    }
}

impl From<Fault> for AbiError {
    fn from(fault: Fault) -> Self {
        Self::Definition {
            problem: fault.problem,
            exception: Some(fault.exception),
        }
    }
}

/// A name of a message: hostile ones can be long.
fn shortened(name: &str) -> String {
    const MOST: usize = 256;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => alloc::format!("{}...", &name[..end]),
        None => name.into(),
    }
}
