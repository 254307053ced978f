//! A cooperative as its clients see it: the rows of the three contracts, read from any node.
//!
//! Rows are read as JSON by the ABI that is on the chain, so that a client goes on working when a
//! contract is upgraded and its tables grow. [`Cooperative`] has a method for each table; the rows are in
//! [`rows`].

mod cooperative;
mod error;
mod read;
pub mod rows;

pub use cooperative::{Contracts, Cooperative};
pub use error::ReadError;
