//! The server as clients see it: good, slow, broken and many.

// A test may panic.
#![allow(clippy::unwrap_used, missing_docs)]

mod beside_node;
mod bounds;
mod crowd;
mod history;
mod support;
mod working;
