//! SHA-256 in hexadecimal.

use sha2::{Digest, Sha256};

/// 64 lower-case digits, as nodeos writes a code hash.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
