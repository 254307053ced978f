//! What tests of contracts begin with: a chain as they need it, and the contracts to run on it.

mod builder;
mod contract;

pub use builder::ChainBuilder;
pub use contract::{Contract, ContractError};
