//! A cooperative as its clients see it: the rows of the three contracts, and the registry of what was
//! decided, read from any node.
//!
//! Rows are read as JSON by the ABI that is on the chain, so that a client goes on working when a
//! contract is upgraded and its tables grow. [`Cooperative`] has a method for each table; the rows are in
//! [`rows`]. Rows of finished decisions are erased: [`registry`] finds them in the [`history`].

mod cooperative;
mod error;
pub mod history;
mod read;
pub mod registry;
pub mod rows;

pub use cooperative::{Contracts, Cooperative};
pub use error::ReadError;
