//! The SDK on a chain: the contract `shelf` does what the tests tell it.

mod bench;
mod calls;
mod keys;
mod model;
mod shortcuts;
mod system;
mod tables;
