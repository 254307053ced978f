//! The ABI of the native actions.

use antelope_types::Encode;
use antelope_types::abi::AbiDef;
use std::sync::{Arc, LazyLock};

/// The ABI that `eosio` has from the beginning, and does not pay for: that of the native actions.
pub static SYSTEM_ABI: LazyLock<Arc<[u8]>> = LazyLock::new(|| {
    let abi: Result<AbiDef, _> = serde_json::from_str(include_str!("eosio.abi"));
    let mut bytes = abi.map(|abi| abi.to_bytes()).unwrap_or_default();
    // It was encoded before there was a list of results of actions, which is empty and comes last.
    bytes.pop();
    bytes.into()
});

/// The length of the ABI that the system's account was given.
pub fn system_abi_len() -> usize {
    SYSTEM_ABI.len()
}
