//! The hash that the chain knows a text by.

use antelope_types::Checksum256;
use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Checksum256 {
    Checksum256(Sha256::digest(bytes).into())
}
