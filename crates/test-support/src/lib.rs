//! What the tests of several crates are written with; each uses some of it.

// Nobody outside of this repository reads it.
#![allow(missing_docs, clippy::unwrap_used)]

#[cfg(feature = "abi")]
pub mod abi;
#[cfg(feature = "chain")]
pub mod both;
pub mod difference;
#[cfg(feature = "chain")]
pub mod generate;
#[cfg(feature = "chain")]
pub mod history;
#[cfg(feature = "chain")]
pub mod modules;
pub mod mutate;
pub mod normal;
pub mod onerror;
#[cfg(feature = "chain")]
pub mod package;
#[cfg(feature = "proxy")]
pub mod proxy;
pub mod random;
#[cfg(feature = "chain")]
pub mod signing;
#[cfg(feature = "chain")]
pub mod token;
#[cfg(feature = "zoo")]
pub mod zoo;
