//! The demo: the story of a cooperative, played on the embedded chain or a real node.
//!
//! 1. [`input::read`] checks a file with the cooperative, its people and the questions they decide,
//! 2. [`tell`] builds and deploys the contracts, sends every transaction of the story, and compares
//!    what the chain says with what the story expects, step by step,
//! 3. the [`Report`] has the steps, documents, checks and costs as data, also when the story stopped
//!    half-way.
//!
//! [`found_sample`] takes the first chapters to a chain that goes on: a cooperative with people and an
//! agenda, whose keys everybody knows.
//!
//! The crate knows no command line: `veche demo` reads the arguments and lays out the report.

pub mod input;
mod log;
mod messages;
mod node_kind;
mod off_chain;
pub mod report;
mod story;

pub use node_kind::NodeKind;
pub use off_chain::{OffChain, OffChainDocument, OffChainProfile};
pub use report::Report;
pub use story::{
    Sample, SampleAccount, SampleOptions, SampleRole, StoryError, StoryOptions, Told,
    deploy_contracts, development_key, found_sample, found_sample_on, tell,
};
