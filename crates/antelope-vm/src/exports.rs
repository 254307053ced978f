//! The names of what a prepared module exports.
//!
//! They contain a space, except `apply`: an export of a contract may be named alike, but of those only
//! `apply` is kept.
//!
//! | export | kind | for |
//! |---|---|---|
//! | `apply` | function | running an action |
//! | `antelope start` | function | running before `apply`, where the contract has a start function |
//! | `antelope memory` | memory | host functions |
//! | `antelope calls` | global | setting how many calls may be nested |
//! | `antelope global 3` | global | resetting the contract's global 3 |
//! | `antelope frame 232` | global | nothing but its name: bytes of a frame |
//! | `antelope frames 16384` | global | nothing but its name: pages of 64 KiB |
//!
//! Numbers are kept in names because these survive compiling and the cache on disk: a compiled module
//! tells its exports, but not its custom sections. Such an export is the global of `antelope calls`
//! once more.

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
