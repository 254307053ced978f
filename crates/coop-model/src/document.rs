//! Signed documents: what they say, what their hash is and what a signature under them covers.
//!
//! Off chain a document is its parts. In a contract it is the bytes that came, of which only what is
//! checked is read: its hash is that of the bytes, and nothing of it is packed again. Both are named
//! [`Document`], have the same encoding and the same methods.

use crate::hash::sha256;
use antelope_contract::prelude::*;
use antelope_contract::types::Encoder;

#[cfg(target_os = "none")]
mod packed;
mod parts;
pub mod subject;
mod verify;

#[cfg(target_os = "none")]
pub use packed::{Document, DocumentSignature};
pub use parts::Meta;
#[cfg(not(target_os = "none"))]
pub use parts::{Document, DocumentSignature};
pub use subject::Subject;
pub use verify::Age;

/// `sha256(chain_id ‖ hash ‖ pack(signer) ‖ pack(signed_at))`: what a signature covers.
pub fn signing_digest(
    chain_id: &Checksum256,
    hash: &Checksum256,
    signer: Name,
    signed_at: TimePoint,
) -> Checksum256 {
    let mut bytes = [0u8; 32 + 32 + 8 + 8];
    let mut out = Encoder::new(&mut bytes);
    chain_id.encode(&mut out);
    hash.encode(&mut out);
    signer.encode(&mut out);
    signed_at.encode(&mut out);
    sha256(&bytes)
}
