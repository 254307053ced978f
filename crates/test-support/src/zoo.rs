//! Hand-made modules, good and bad, each with the verdict a node must give too.
//!
//! The same modules go to a real node's `setcode` in the repository's own tests.

mod build;
mod good;
mod limits;
mod malformed;

pub use build::Source;

/// What is expected of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// `setcode` takes it.
    Accepted,
    /// `setcode` refuses it; here with this code.
    Refused(&'static str),
    /// `setcode` takes it and every action fails; here refused with this code.
    Useless(&'static str),
}

/// A module with its name and verdict.
pub struct Specimen {
    pub name: &'static str,
    pub wasm: Vec<u8>,
    pub verdict: Verdict,
}

/// Every specimen.
pub fn all() -> Vec<Specimen> {
    let mut specimens = good::all();
    specimens.extend(malformed::all());
    specimens.extend(limits::all());
    specimens
}
