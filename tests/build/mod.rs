//! The build tool against a real node, against itself in another folder, and from the outside.

mod abi;
mod setcode;
