//! The client, against a chain, and the node runner.

mod abi;
mod cleos;
mod forking;
mod forking_lazily;
mod forking_system;
mod indexes;
mod load;
mod local;
mod nodes;
mod reading;
mod scripts;
mod session;
mod tables;
mod token;
mod transfers;
mod wallets;
