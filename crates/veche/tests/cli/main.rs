//! `veche` beside the real cleos, on a real node.

#![allow(clippy::unwrap_used)]

mod bad_days;
mod keys;
mod offline;
#[cfg(feature = "registry")]
mod private;
mod proposals;
mod reading;
#[cfg(feature = "registry")]
mod registry;
#[cfg(feature = "api")]
mod service;
mod setting;
mod support;
mod vocabulary;
mod writing;
