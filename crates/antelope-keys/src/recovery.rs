//! The key of a signature, by the rules of nodes and with their error messages.
//!
//! Mirrors `public_key(signature, digest, check_canonical)` and the curves behind it in
//! `libraries/libfc/src/crypto/` of a node: `elliptic_secp256k1.cpp`, `elliptic_r1.cpp`,
//! `elliptic_webauthn.cpp`. The kinds of errors are those of fc, without numbers of their own: 0
//! (`exception`) for most signatures, 10 (`assert_exception`) for failed conditions, whose text is
//! the condition.
//!
//! [`signing::recover`](crate::signing::recover) is the same for callers that need no node's
//! errors.

mod client_data;
mod k1;
pub(crate) mod point;
mod r1;
mod webauthn;

use antelope_types::{ChainError, Checksum256, ErrorKind, PublicKey, Signature};

/// The first bytes that a compact signature may have: 27 plus the recovery id, plus 4 for
/// compressed keys. Nodes accept both forms, and always compute a compressed key.
const COMPACT: std::ops::Range<u8> = 27..35;

/// The key of a signature of the digest, as the host function `recover_key` computes it. Several
/// signatures may belong to one key and digest.
///
/// # Errors
/// `exception` (0) or `assert_exception` (10) if no key can have made the signature.
pub fn recover(digest: &Checksum256, signature: &Signature) -> Result<PublicKey, ChainError> {
    key_of(digest, signature).map_err(ChainError::from)
}

/// As [`recover`], without the names and texts that a node has for every error.
pub(crate) fn key_of(digest: &Checksum256, signature: &Signature) -> Result<PublicKey, Refused> {
    match signature {
        Signature::K1(compact) => recover_k1(digest, compact),
        Signature::R1(compact) => r1::recover(compact, &digest.0).map(PublicKey::R1),
        Signature::WebAuthn(signature) => {
            webauthn::recover(digest, signature).map(PublicKey::WebAuthn)
        }
        _ => Err(no_key()),
    }
}

/// The key of a signature of a transaction. For K1 only one form of each signature is accepted, so
/// that nobody can change the bytes of a signed transaction on its way.
///
/// # Errors
/// As [`recover`], and `assert_exception` (10) if a K1 signature is not canonical.
pub fn recover_canonical(
    digest: &Checksum256,
    signature: &Signature,
) -> Result<PublicKey, ChainError> {
    if let Signature::K1(compact) = signature {
        check_first_byte(compact)?;
        if !is_canonical(compact) {
            return Err(assertion("is_canonical( c ): signature is not canonical").into());
        }
    }
    recover(digest, signature)
}

// Nodes use libsecp256k1; its texts are the conditions of fc's elliptic_secp256k1.cpp.
/// The key of a K1 signature, with the messages of a node.
fn recover_k1(digest: &Checksum256, compact: &[u8; 65]) -> Result<PublicKey, Refused> {
    check_first_byte(compact)?;
    k1::recover(compact, &digest.0)
        .map(PublicKey::K1)
        .map_err(|refusal| match refusal {
            k1::Refusal::Numbers => assertion(
                "secp256k1_ecdsa_recoverable_signature_parse_compact( detail::_get_context(), &secp_sig, (unsigned char*)c.begin() + 1, (*c.begin() - 27) & 3): ",
            ),
            k1::Refusal::Point => assertion(
                "secp256k1_ecdsa_recover( detail::_get_context(), &secp_pub, &secp_sig, (unsigned char*) digest.data() ): ",
            ),
        })
}

/// Checks the first byte of a compact signature.
fn check_first_byte(compact: &[u8; 65]) -> Result<(), Refused> {
    if COMPACT.contains(&compact[0]) {
        return Ok(());
    }
    Err(no_key())
}

/// Why a node refuses a signature: the kind of its error, and its message.
#[derive(Debug)]
pub(crate) struct Refused {
    kind: ErrorKind,
    pub(crate) message: &'static str,
}

impl From<Refused> for ChainError {
    fn from(refused: Refused) -> Self {
        Self::new(refused.kind, refused.message)
    }
}

/// The error of a node for most signatures that no key can have made.
const fn no_key() -> Refused {
    unspecified("unable to reconstruct public key from signature")
}

/// An error of kind `exception` (0).
const fn unspecified(message: &'static str) -> Refused {
    Refused {
        kind: ErrorKind::Unspecified,
        message,
    }
}

/// Whether `r` and `s` are both canonical: the highest bit is 0, and a leading zero byte is there
/// only if the bit after it is 1, as in the shortest DER encoding. This is `is_canonical` of
/// `elliptic_secp256k1.cpp`.
pub(crate) fn is_canonical(compact: &[u8; 65]) -> bool {
    let fits = |number: &[u8]| number[0] < 0x80 && (number[0] != 0 || number[1] >= 0x80);
    fits(&compact[1..33]) && fits(&compact[33..])
}

/// An error of kind `assert_exception` (10).
const fn assertion(message: &'static str) -> Refused {
    Refused {
        kind: ErrorKind::Assert,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing;
    use antelope_types::PrivateKey;

    fn digest(n: u8) -> Checksum256 {
        Checksum256::sha256(&[n])
    }

    #[test]
    fn the_key_of_a_signature_is_found_on_every_curve() {
        for n in 0..20 {
            for key in [PrivateKey::K1([n + 1; 32]), PrivateKey::R1([n + 1; 32])] {
                let signature = signing::sign_digest(&key, &digest(n)).unwrap();
                let expected = signing::public_key(&key).unwrap();
                for recover in [recover, recover_canonical] {
                    assert_eq!(recover(&digest(n), &signature).unwrap(), expected);
                    assert_ne!(
                        recover(&digest(n + 1), &signature).ok(),
                        Some(expected.clone())
                    );
                }
            }
        }
    }

    /// Negating `s` and flipping the point gives another signature of the same key: contracts may
    /// take it, transactions may not.
    #[test]
    fn the_other_form_of_a_signature_is_for_contracts_only() {
        const ORDER: [u8; 32] = [
            0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
            0xff, 0xfe, 0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c,
            0xd0, 0x36, 0x41, 0x41,
        ];
        let key = PrivateKey::K1([7; 32]);
        let signature = signing::sign_digest(&key, &digest(1)).unwrap();
        let Signature::K1(mut compact) = signature else {
            panic!("{signature}")
        };
        compact[0] = ((compact[0] - 31) ^ 1) + 31;
        let mut borrow = 0;
        for (digit, of_order) in compact[33..].iter_mut().zip(ORDER).rev() {
            let difference = i16::from(of_order) - i16::from(*digit) - borrow;
            borrow = i16::from(difference < 0);
            *digit = difference.rem_euclid(256) as u8;
        }
        let other = Signature::K1(compact);
        let expected = signing::public_key(&key).unwrap();
        assert_eq!(recover(&digest(1), &other).unwrap(), expected);
        let error = recover_canonical(&digest(1), &other).unwrap_err();
        assert_eq!(
            error.message(),
            "is_canonical( c ): signature is not canonical"
        );
    }

    #[test]
    fn the_first_byte_may_stand_for_an_uncompressed_key() {
        let key = PrivateKey::K1([7; 32]);
        let signature = signing::sign_digest(&key, &digest(1)).unwrap();
        let Signature::K1(mut compact) = signature else {
            panic!("{signature}")
        };
        compact[0] -= 4;
        let found = recover(&digest(1), &Signature::K1(compact)).unwrap();
        assert_eq!(found, signing::public_key(&key).unwrap());
    }

    #[test]
    fn no_key_makes_nonsense() {
        for (first, rest, message) in [
            (0, 1, "unable to reconstruct public key from signature"),
            (35, 1, "unable to reconstruct public key from signature"),
            (
                31,
                0xff,
                "secp256k1_ecdsa_recoverable_signature_parse_compact(",
            ),
            (31, 0, "secp256k1_ecdsa_recover("),
        ] {
            let mut compact = [rest; 65];
            compact[0] = first;
            let error = recover(&digest(1), &Signature::K1(compact)).unwrap_err();
            assert!(error.message().starts_with(message), "{error}");
        }
    }
}
