//! What every action of the three contracts costs, to the instruction, in one life of a cooperative that
//! is the same in every run.

// The file of costs as `cargo antelope test` reads, writes and compares it.
#[allow(dead_code, unused_imports)]
#[path = "../../crates/cargo-antelope/src/costs/mod.rs"]
mod format;
mod limits;
mod measured;
mod page;
mod paths;
mod peer;
mod snapshot;
mod story;
