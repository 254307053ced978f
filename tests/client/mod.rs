//! The client and the node runner, against a real node.

mod abi;
mod cleos;
mod indexes;
mod load;
mod nodes;
mod reading;
mod tables;
mod token;
mod transfers;
