//! Sealing: XChaCha20-Poly1305 with a random nonce, bound to where the data belongs.
//!
//! A sealed value is the nonce, 24 bytes, the ciphertext, as long as the data, and the tag, 16 bytes. The place
//! of the data is its associated data: a sealed value that was moved to another place does not open.

use crate::error::PrivateError;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

/// Bytes that a sealed value has more than its data.
pub(crate) const OVERHEAD: usize = NONCE + 16;
const NONCE: usize = 24;

/// A key of the cipher. Its memory is overwritten on drop.
pub(crate) type SealKey = Zeroizing<[u8; 32]>;

/// Bytes that nobody can guess.
pub(crate) fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], PrivateError> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| PrivateError::Random(error.to_string()))?;
    Ok(bytes)
}

/// A new key.
pub(crate) fn new_key() -> Result<SealKey, PrivateError> {
    random().map(Zeroizing::new)
}

/// Seals data in its place.
pub(crate) fn seal(key: &SealKey, place: &[u8], data: &[u8]) -> Result<Vec<u8>, PrivateError> {
    let nonce: [u8; NONCE] = random()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let payload = Payload {
        msg: data,
        aad: place,
    };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
    // The cipher refuses only what is longer than 256 GiB.
    let sealed = sealed.map_err(|_| PrivateError::Random("the data is too long".to_owned()))?;
    Ok([&nonce[..], &sealed].concat())
}

/// Opens a sealed value; `None` where the key, the place or the value is another.
pub(crate) fn open(key: &SealKey, place: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let payload = Payload {
        msg: rest,
        aad: place,
    };
    let opened = cipher.decrypt(&XNonce::from(*nonce), payload);
    opened.ok().map(Zeroizing::new)
}

/// The place of a value, of parts that cannot run into one another.
pub(crate) fn place(parts: &[&[u8]]) -> Vec<u8> {
    let mut place = b"coop-private".to_vec();
    for part in parts {
        place.extend_from_slice(&(part.len() as u64).to_le_bytes());
        place.extend_from_slice(part);
    }
    place
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    antelope_types::json::bytes::text(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_with_its_key_in_its_place_and_whole() {
        let (key, other) = (new_key().unwrap(), new_key().unwrap());
        let here = place(&[b"profiles", b"anna", b"1"]);
        let sealed = seal(&key, &here, b"data").unwrap();
        assert_eq!(sealed.len(), 4 + OVERHEAD);
        assert_eq!(open(&key, &here, &sealed).unwrap().as_slice(), b"data");
        assert_ne!(seal(&key, &here, b"data").unwrap(), sealed);
        assert!(open(&other, &here, &sealed).is_none());
        for there in [
            place(&[b"profiles", b"anna", b"2"]),
            place(&[b"profiles", b"anna1"]),
            place(&[b"profiles", b"ann", b"a1"]),
        ] {
            assert!(open(&key, &there, &sealed).is_none());
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&key, &here, &changed).is_none());
            assert!(open(&key, &here, &sealed[..at]).is_none());
        }
    }
}
