//! What a chain tells to the person who debugs.
#![allow(clippy::unwrap_used)]

mod backtrace;
mod decoding;
mod panics;
mod profile;
mod ram;
mod replay;
mod shop;

use test_support as shared;
