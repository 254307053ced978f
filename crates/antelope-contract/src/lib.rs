//! The SDK for Antelope contracts in Rust.
