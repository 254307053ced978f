//! All states of a small world: no invariant breaks in any of them, and from each of them there is a
//! way in which all money is out, all property back and every process over.
//!
//! Every deadline is one step of time. States that differ only in the names of interchangeable
//! people, in numbers and hashes, in sums that only grow, or in how long ago something was, are one
//! state: [`canonical`] says so.

pub mod canonical;
mod moves;
mod page;
mod scope;
mod search;

pub use page::{page, row};
pub use scope::{Scope, all, small, threes};
pub use search::{Exploration, Limit, explore};

#[cfg(test)]
mod tests;
