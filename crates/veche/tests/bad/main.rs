//! Bad days: nodes that are behind, go away or fail, clocks that are wrong, terminals that are closed. Each
//! is told with a next step, and the command can be run again without doing a thing twice.

#![allow(clippy::unwrap_used)]

mod abi;
mod clocks;
mod faults;
mod home;
mod keepers;
mod life;
mod lost;
#[cfg(feature = "registry")]
mod registry;
#[cfg(feature = "api")]
mod served;
mod support;
mod sweep;
mod terminal;
