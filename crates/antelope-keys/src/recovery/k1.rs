//! Recovery on the curve secp256k1, with libsecp256k1 or without.
//!
//! A node uses libsecp256k1, whose two steps can fail: parsing `r` and `s`, and recovering the
//! point. Each has a message of its own, so both implementations say which it was; a test holds
//! them equal.

/// Why a signature has no key.
pub(super) enum Refusal {
    /// `r` or `s` is not below the order of the curve.
    Numbers,
    /// No point of the curve fits, or `r` or `s` is 0.
    Point,
}

/// The compressed point of the key that made a signature.
#[cfg(feature = "fast")]
pub(super) fn recover(compact: &[u8; 65], digest: &[u8; 32]) -> Result<[u8; 33], Refusal> {
    use secp256k1::Message;
    use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};

    let id = RecoveryId::from_u8_masked(compact[0] - super::COMPACT.start);
    let signature = RecoverableSignature::from_compact(&compact[1..], id);
    let key = signature
        .map_err(|_| Refusal::Numbers)?
        .recover_ecdsa(Message::from_digest(*digest));
    Ok(key.map_err(|_| Refusal::Point)?.serialize())
}

/// The compressed point of the key that made a signature.
#[cfg(not(feature = "fast"))]
pub(super) fn recover(compact: &[u8; 65], digest: &[u8; 32]) -> Result<[u8; 33], Refusal> {
    pure::recover(compact, digest)
}

/// Recovery in Rust, without libsecp256k1.
#[cfg(any(test, not(feature = "fast")))]
mod pure {
    use super::Refusal;
    use crate::curves::K1;
    use crate::recovery::point::point;

    /// The order of the curve, big-endian.
    const ORDER: [u8; 32] = *b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe\
        \xba\xae\xdc\xe6\xaf\x48\xa0\x3b\xbf\xd2\x5e\x8c\xd0\x36\x41\x41";

    /// The compressed point of the key, with the refusals of libsecp256k1.
    pub(super) fn recover(compact: &[u8; 65], digest: &[u8; 32]) -> Result<[u8; 33], Refusal> {
        if compact[1..33] >= ORDER[..] || compact[33..] >= ORDER[..] {
            return Err(Refusal::Numbers);
        }
        if compact[33..] == [0; 32] {
            return Err(Refusal::Point);
        }
        point::<K1>(compact, digest, ORDER).ok_or(Refusal::Point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::Checksum256;

    /// Both libraries find the same key, or refuse for the same reason, also beyond what is canonical.
    #[test]
    fn both_ways_of_recovery_agree() {
        let mut found = 0;
        for number in 0..400u32 {
            let half =
                |tag: u8| Checksum256::sha256(&[&[tag], &number.to_le_bytes()[..]].concat()).0;
            let mut compact = [0; 65];
            compact[0] = 27 + (number % 8) as u8;
            compact[1..33].copy_from_slice(&half(1));
            compact[33..].copy_from_slice(&half(2));
            match number % 20 {
                1 => compact[1..33].fill(0),
                2 => compact[33..].fill(0),
                3 => compact[1..17].fill(0xff),
                4 => compact[33..49].fill(0xff),
                _ => {}
            }
            let digest = half(3);
            let name = |result: Result<[u8; 33], Refusal>| {
                result.map_err(|refusal| matches!(refusal, Refusal::Numbers))
            };
            let (ours, theirs) = (
                name(pure::recover(&compact, &digest)),
                name(recover(&compact, &digest)),
            );
            assert_eq!(ours, theirs, "{number}");
            found += usize::from(ours.is_ok());
        }
        assert!(found > 50, "{found}");
    }
}
