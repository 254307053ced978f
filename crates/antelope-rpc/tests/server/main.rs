//! The server as clients see it: good, slow, broken and many.

// A test may panic.
#![allow(clippy::unwrap_used, missing_docs)]

mod beside_node;
mod bounds;
mod busy;
mod crowd;
mod dev;
mod errors;
mod forks;
mod health;
mod history;
mod hostile;
mod importer;
mod logs;
mod memory;
mod metrics;
mod page;
mod process;
mod requests;
#[cfg(unix)]
mod socket;
mod support;
mod waiting;
mod wire;
mod working;
