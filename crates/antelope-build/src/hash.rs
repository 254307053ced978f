//! SHA-256 in hexadecimal, for build records and cache keys.
//!
//! nodeos shows hashes as 64 lower-case digits (`fc::sha256::str`), so equal texts mean equal
//! hashes.

use antelope_types::json;
use sha2::{Digest, Sha256};

/// The SHA-256 as 64 lower-case digits, the form in which nodeos shows a code hash.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    json::bytes::text(&Sha256::digest(bytes))
}
