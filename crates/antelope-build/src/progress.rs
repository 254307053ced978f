//! What a build reports while it runs: the step that begins, and warnings.
//!
//! The library prints nothing itself: a command shows steps on stderr, a test may ignore them.
//!
//! ```
//! use antelope_build::{Progress, Step};
//!
//! let mut steps = Vec::new();
//! let mut report = |step: &Step| steps.push(format!("{} {}: {}", step.package, step.name, step.detail));
//! let progress: &mut Progress<'_> = &mut report; // what `build_with` takes
//! progress(&Step {
//!     package: "token".to_owned(),
//!     name: "write",
//!     detail: "target/antelope/token".to_owned(),
//! });
//! assert_eq!(steps, ["token write: target/antelope/token"]);
//! ```

use serde::Serialize;

/// A step that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The contract that is built.
    pub package: String,
    /// The name of the step: `compile`, `abi`, `strip`, `optimize`, `validate` or `write`.
    pub name: &'static str,
    /// What the step works with, for people: the compiler's version, a folder, a size.
    pub detail: String,
}

/// Something that a build reports without failing.
///
/// | code | what it says |
/// |---|---|
/// | `wasm-opt.missing` | wasm-opt was not found; the contract is larger |
/// | `wasm-opt.version` | another version than the pinned one; other bytes than published builds |
/// | `flags.ignored` | a variable with compiler flags is set and is not used |
/// | `stack.deep` | the deepest chain of calls may need more than the stack has |
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The stable identifier from the table.
    pub code: &'static str,
    /// What it is and what to do about it.
    pub message: String,
}

/// Receives each step of a build when it begins.
pub type Progress<'a> = dyn FnMut(&Step) + 'a;
