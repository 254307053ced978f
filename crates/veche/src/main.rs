//! The command line of Veche.
fn main() {}
