//! SHA-256 on both sides: computed by the chain on chain, in Rust off chain, browsers included.

use antelope_contract::prelude::*;

/// SHA-256 of `bytes`.
pub(crate) fn sha256(bytes: &[u8]) -> Checksum256 {
    #[cfg(target_os = "none")]
    return antelope_contract::prelude::sha256(bytes);
    #[cfg(not(target_os = "none"))]
    Checksum256::sha256(bytes)
}

/// SHA-256 of a packed list: `sha256(pack(items))`, as subjects of general meetings name it.
pub fn list_hash<T: Encode>(items: &alloc::vec::Vec<T>) -> Checksum256 {
    sha256(&items.to_bytes())
}
