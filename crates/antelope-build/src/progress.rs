//! What a build tells while it runs.

use serde::Serialize;

/// A step that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The contract.
    pub package: String,
    /// The step's name: `compile`, `abi`, `strip`, `optimize`, `validate`, `write`.
    pub name: &'static str,
    /// What it works with.
    pub detail: String,
}

/// Something the build went on in spite of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable identifier.
    pub code: &'static str,
    /// What it is.
    pub message: String,
}

/// Receives the steps of a build.
pub type Progress<'a> = dyn FnMut(&Step) + 'a;
