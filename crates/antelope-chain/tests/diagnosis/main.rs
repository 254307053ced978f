//! What a chain tells to the person who debugs.
#![allow(clippy::unwrap_used)]

mod backtrace;
mod decoding;
#[allow(dead_code)]
#[path = "../contracts/modules.rs"]
mod modules;
mod profile;
mod ram;
mod replay;
mod shop;
