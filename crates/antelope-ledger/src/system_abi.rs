//! The ABI that `eosio` has on a new chain.
//!
//! It describes the native actions, so that explorers and clients can show them before any contract
//! is deployed. A node has it as bytes in `libraries/chain/eosio_contract_abi_bin.cpp`; here it is
//! encoded from `eosio.abi`, and a test in [`genesis`](crate::genesis) holds the two equal.

use antelope_types::Encode;
use antelope_types::abi::AbiDef;
use std::sync::{Arc, LazyLock};

/// The packed ABI of the native actions. `eosio` has it from genesis on and is not billed for it.
pub static SYSTEM_ABI: LazyLock<Arc<[u8]>> = LazyLock::new(|| {
    let abi: Result<AbiDef, _> = serde_json::from_str(include_str!("eosio.abi"));
    let mut bytes = abi.map(|abi| abi.to_bytes()).unwrap_or_default();
    // Nodes encoded it when ABIs had no list of action results yet. The list is empty and comes
    // last, so leaving out its length byte gives the same bytes.
    bytes.pop();
    bytes.into()
});

/// The length in bytes of that ABI, which the RAM report subtracts from what `eosio` pays for.
pub fn system_abi_len() -> usize {
    SYSTEM_ABI.len()
}
