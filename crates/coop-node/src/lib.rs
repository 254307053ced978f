//! A node: a chain in a folder, its blocks by the clock, and the servers that wallets and indexers
//! talk to.
//!
//! [`Node::start`] does what `veche node` does, without a command line:
//!
//! | step | what it does | fails with |
//! |---|---|---|
//! | address | looks whether it is free, before anything is written | [`NodeError::Serve`] |
//! | folder | takes the chain that is there, or makes one: [`Boot`] | [`NodeError::Folder`], [`NodeError::Store`], [`NodeError::Boot`] |
//! | blocks | [`Production`]: by the machine's clock, with transactions, or on demand | |
//! | servers | HTTP, and state history where it is asked for | [`NodeError::Serve`] |
//!
//! ```
//! use coop_node::{Boot, Node, NodeOptions};
//!
//! # fn main() -> Result<(), coop_node::NodeError> {
//! let options = NodeOptions {
//!     listen: "127.0.0.1:0".parse().expect("an address"),
//!     boot: Some(Boot::Empty),
//!     ..NodeOptions::default()
//! };
//! let node = Node::start(&options, &mut std::io::sink())?;
//! assert!(node.url().starts_with("http://127.0.0.1:"));
//! node.stop()?;
//! # Ok(()) }
//! ```
//!
//! # The folder
//!
//! | path | contents |
//! |---|---|
//! | `chain/` | the chain: journal, checkpoints, block log; see `antelope_chain::OpenOptions` |
//! | `documents/` | papers of the sample cooperative, whose hashes are on the chain |
//! | `node.json` | what the chain began with, and its accounts; no keys |
//!
//! A new chain is made in memory and written at once, so that a node that is killed meanwhile leaves
//! nothing half made.

mod about;
mod beginning;
mod boot;
mod clock;
mod error;
mod folder;
mod node;
mod options;
mod production;

pub use about::{About, KnownAccount};
pub use beginning::Boot;
pub use clock::WallClock;
pub use coop_demo::{OffChain, development_key};
pub use error::NodeError;
pub use node::Node;
pub use options::{NodeOptions, Production};
