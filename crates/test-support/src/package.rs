//! Contracts of the node package.

use antelope_chain::Contract;

/// A contract by its name: `eosio.token`.
pub fn package(name: &str) -> Contract {
    let (wasm, abi) = antelope_node::package_contract(name).unwrap();
    Contract::read(wasm, abi).unwrap()
}
