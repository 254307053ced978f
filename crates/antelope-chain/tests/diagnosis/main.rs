//! What a chain tells to the person who debugs.
#![allow(clippy::unwrap_used)]

mod backtrace;
mod decoding;
mod panics;
mod profile;
mod ram;
mod replay;
#[path = "../shared/mod.rs"]
mod shared;
mod shop;
