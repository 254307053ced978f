//! The key behind a signature.

mod r1;
mod webauthn;

use antelope_types::{ChainError, Checksum256, ErrorKind, PublicKey, Signature};
use secp256k1::Message;
use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};

/// What the first byte of a compact signature is more than the number of the point; another 4 more
/// for keys that are written compressed, which all keys of a chain are.
const COMPACT: std::ops::Range<u8> = 27..35;

/// The key behind a signature of the digest, as the host function `recover_key` finds it.
///
/// # Errors
/// Where no key can have made it.
pub fn recover(digest: &Checksum256, signature: &Signature) -> Result<PublicKey, ChainError> {
    match signature {
        Signature::K1(compact) => recover_k1(digest, compact),
        Signature::R1(compact) => r1::recover(compact, &digest.0).map(PublicKey::R1),
        Signature::WebAuthn(signature) => {
            webauthn::recover(digest, signature).map(PublicKey::WebAuthn)
        }
        _ => Err(no_key()),
    }
}

/// The key behind a signature of a transaction, of which there must be one form only.
///
/// # Errors
/// As [`recover`], and for K1 where the signature has another form.
pub fn recover_canonical(
    digest: &Checksum256,
    signature: &Signature,
) -> Result<PublicKey, ChainError> {
    if let Signature::K1(compact) = signature {
        check_first_byte(compact)?;
        if !is_canonical(compact) {
            return Err(assertion("is_canonical( c ): signature is not canonical"));
        }
    }
    recover(digest, signature)
}

// Nodes use the same library; its texts are the conditions of fc's elliptic_secp256k1.cpp.
fn recover_k1(digest: &Checksum256, compact: &[u8; 65]) -> Result<PublicKey, ChainError> {
    check_first_byte(compact)?;
    let id = RecoveryId::from_u8_masked(compact[0] - COMPACT.start);
    let signature = RecoverableSignature::from_compact(&compact[1..], id).map_err(|_| {
        assertion(
            "secp256k1_ecdsa_recoverable_signature_parse_compact( detail::_get_context(), &secp_sig, (unsigned char*)c.begin() + 1, (*c.begin() - 27) & 3): ",
        )
    })?;
    let key = signature.recover_ecdsa(Message::from_digest(digest.0));
    let key = key.map_err(|_| {
        assertion(
            "secp256k1_ecdsa_recover( detail::_get_context(), &secp_pub, &secp_sig, (unsigned char*) digest.data() ): ",
        )
    })?;
    Ok(PublicKey::K1(key.serialize()))
}

fn check_first_byte(compact: &[u8; 65]) -> Result<(), ChainError> {
    if COMPACT.contains(&compact[0]) {
        return Ok(());
    }
    Err(no_key())
}

/// What nodes say of most signatures that nobody can have made.
fn no_key() -> ChainError {
    unspecified("unable to reconstruct public key from signature")
}

fn unspecified(message: &str) -> ChainError {
    ChainError::new(ErrorKind::Unspecified, message)
}

/// Whether neither number has its highest bit set, or is shorter than it could be.
fn is_canonical(compact: &[u8; 65]) -> bool {
    let fits = |number: &[u8]| number[0] < 0x80 && (number[0] != 0 || number[1] >= 0x80);
    fits(&compact[1..33]) && fits(&compact[33..])
}

fn assertion(message: &str) -> ChainError {
    ChainError::new(ErrorKind::Assert, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_rpc_client::signing;
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
