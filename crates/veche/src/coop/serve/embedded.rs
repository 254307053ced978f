//! The node in this process, if there is one.

#[cfg(feature = "node")]
mod node;
#[cfg(feature = "node")]
mod sample;
#[cfg(not(feature = "node"))]
mod without;

#[cfg(feature = "node")]
pub(super) use node::{Embedded, EmbeddedArgs, start};
#[cfg(not(feature = "node"))]
pub(super) use without::{Embedded, EmbeddedArgs, start};

use serde_json::Value;

/// What is told of the node in this process.
pub(super) struct Greeting {
    /// Where it answers.
    pub(super) url: String,
    /// Who is in the sample cooperative, for programs; null where there is none.
    pub(super) accounts: Value,
    /// The same for people, a line each.
    pub(super) people: String,
}
