//! The cargo command for Antelope contracts.
fn main() {}
