//! SHA-256 in hexadecimal, for build records and cache keys.
//!
//! nodeos shows hashes as 64 lower-case digits (`fc::sha256::str`), so equal texts mean equal
//! hashes.

use sha2::{Digest, Sha256};

/// The SHA-256 as 64 lower-case digits, the form in which nodeos shows a code hash.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
