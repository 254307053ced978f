//! The names of what a prepared module exports.
//!
//! They contain a space, except `apply`: an export of a contract may be named alike, but of those only
//! `apply` is kept.

/// The entry point, which is kept under its own name.
pub(super) const APPLY: &str = "apply";

/// The export of the memory.
pub(super) const MEMORY: &str = "antelope memory";

/// The export of the start function.
pub(super) const START: &str = "antelope start";

/// The export of the global with the number of calls that may still be nested.
pub(super) const CALLS: &str = "antelope calls";

/// The export whose name ends in the number of bytes of native stack that a call takes at most.
pub(super) const FRAME: &str = "antelope frame ";

/// The export whose name ends in the number of pages that the memory for frames may have; there is
/// none in a module without such a memory.
pub(super) const FRAMES: &str = "antelope frames ";

/// The exports of mutable globals: this, a space and the index.
pub(super) const GLOBAL: &str = "antelope global";
