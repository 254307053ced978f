//! Signatures and keys of every kind, over one message, good and spoiled.

use super::spoiled::spoiled;
use antelope_rpc_client::signing::{self, Signer, WebAuthnKey};
use antelope_types::{Checksum256, Encode, PrivateKey, UserPresence};

/// What is signed.
pub const MESSAGE: [u8; 32] = [0x5a; 32];

fn k1() -> PrivateKey {
    PrivateKey::K1([7; 32])
}

fn r1() -> PrivateKey {
    PrivateKey::R1([9; 32])
}

fn webauthn() -> WebAuthnKey {
    WebAuthnKey::new([11; 32], "example.com", UserPresence::PRESENT).unwrap()
}

pub fn signatures() -> Vec<Vec<u8>> {
    let digest = Checksum256(MESSAGE);
    let k1 = k1().sign(&digest).unwrap().to_bytes();
    let r1 = r1().sign(&digest).unwrap().to_bytes();
    let webauthn = webauthn().sign(&digest).unwrap().to_bytes();
    let mut all = spoiled(&k1);
    all.extend(spoiled(&r1));
    all.extend(spoiled(&webauthn));
    // The recovery id, from below to above what it may be.
    for id in [0, 26, 27, 28, 30, 31, 32, 33, 34, 35, 36, 255] {
        for good in [&k1, &r1] {
            let mut bytes = good.clone();
            bytes[1] = id;
            all.push(bytes);
        }
    }
    // R and S at their edges.
    for good in [&k1, &r1] {
        for range in [2..34, 34..66] {
            for fill in [0, 0xff, 0x80] {
                let mut bytes = good.clone();
                bytes[range.clone()].fill(fill);
                all.push(bytes);
            }
        }
    }
    for byte in (67..webauthn.len()).step_by(7) {
        let mut bytes = webauthn.clone();
        bytes[byte] ^= 0x11;
        all.push(bytes);
    }
    all
}

pub fn keys() -> Vec<Vec<u8>> {
    let k1 = signing::public_key(&k1()).unwrap().to_bytes();
    let mut all = spoiled(&k1);
    all.extend(spoiled(&signing::public_key(&r1()).unwrap().to_bytes()));
    all.extend(spoiled(&webauthn().public_key().to_bytes()));
    all
}

/// Signatures as `k1_recover` takes them.
pub fn compact() -> Vec<Vec<u8>> {
    let good = k1().sign(&Checksum256(MESSAGE)).unwrap().to_bytes();
    let mut all = spoiled(&good[1..]);
    for id in [0, 1, 3, 26, 27, 28, 30, 31, 34, 35, 255] {
        let mut bytes = good[1..].to_vec();
        bytes[0] = id;
        all.push(bytes);
    }
    all
}
