//! Chains in folders, and processes that are killed.

#![allow(clippy::unwrap_used)]

mod kill;
#[cfg(feature = "wasm")]
mod life;
#[cfg(feature = "wasm")]
mod node;
#[cfg(feature = "wasm")]
mod restart;
mod waiting;

#[cfg(feature = "wasm")]
use test_support as shared;
