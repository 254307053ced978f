//! Reads the layers of this workspace from the code: which crate depends on which, and which module
//! of a crate imports which.
//!
//! `./scripts/layers` draws them; the tests of this crate hold them.

mod crates;
mod drawing;
mod modules;

pub use crates::{Package, packages, tree};
pub use drawing::drawing;
pub use modules::{Modules, cycles};
