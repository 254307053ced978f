//! Hashes and signatures, computed by the host.

use crate::{
    buffer::Buffer,
    fail, raw,
    types::{Checksum160, Checksum256, Checksum512, Decode, PublicKey, Signature},
};

/// SHA-256.
#[inline]
pub fn sha256(data: &[u8]) -> Checksum256 {
    let mut hash = [0; 32];
    raw::sha256(data, &mut hash);
    Checksum256(hash)
}

/// SHA-1.
#[inline]
pub fn sha1(data: &[u8]) -> Checksum160 {
    let mut hash = [0; 20];
    raw::sha1(data, &mut hash);
    Checksum160(hash)
}

/// SHA-512.
#[inline]
pub fn sha512(data: &[u8]) -> Checksum512 {
    let mut hash = [0; 64];
    raw::sha512(data, &mut hash);
    Checksum512(hash)
}

/// RIPEMD-160.
#[inline]
pub fn ripemd160(data: &[u8]) -> Checksum160 {
    let mut hash = [0; 20];
    raw::ripemd160(data, &mut hash);
    Checksum160(hash)
}

/// Fails unless `hash` is the SHA-256 of `data`: `hash mismatch`.
#[inline]
pub fn assert_sha256(data: &[u8], hash: &Checksum256) {
    raw::assert_sha256(data, &hash.0);
}

/// The key that has signed `digest`. An invalid signature fails the action.
pub fn recover_key(digest: &Checksum256, signature: &Signature) -> PublicKey {
    let mut signature_room = Buffer::new();
    let signature_bytes = signature_room.write(signature);

    let mut key_room = Buffer::new();
    let room = key_room.take(Buffer::SMALL);
    let len = raw::recover_key(&digest.0, signature_bytes, room) as usize;
    match room.get(..len).map(PublicKey::from_bytes) {
        Some(Ok(key)) => key,
        _ => fail("recovered key cannot be read"),
    }
}

/// Whether the serialized `key` has signed `digest` with the serialized `signature`. An invalid
/// signature fails the action. For a contract that got both as bytes and need not parse them.
pub fn is_signed_by(digest: &Checksum256, signature: &[u8], key: &[u8]) -> bool {
    let mut key_room = Buffer::new();
    let room = key_room.take(Buffer::SMALL);
    let len = raw::recover_key(&digest.0, signature, room) as usize;
    room.get(..len) == Some(key)
}

/// Demands that `key` has signed `digest`, else fails with `crypto_api_exception` (3230001).
pub fn assert_recover_key(digest: &Checksum256, signature: &Signature, key: &PublicKey) {
    let mut signature_room = Buffer::new();
    let signature_bytes = signature_room.write(signature);

    let mut key_room = Buffer::new();
    let key_bytes = key_room.write(key);
    raw::assert_recover_key(&digest.0, signature_bytes, key_bytes);
}
