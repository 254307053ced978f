//! The root of a tree of digests, in the form of blocks before instant finality.

use antelope_types::Checksum256;

/// The root of the tree of these digests; zeros for none.
///
/// Each node tells by its first bit on which side it is, so that proofs need not.
pub fn merkle_root(mut digests: Vec<Checksum256>) -> Checksum256 {
    while digests.len() > 1 {
        if digests.len() % 2 == 1 {
            digests.extend(digests.last().copied());
        }
        digests = digests
            .chunks(2)
            .map(|pair| parent(pair[0], pair[1]))
            .collect();
    }
    digests.first().copied().unwrap_or(Checksum256::ZERO)
}

fn parent(mut left: Checksum256, mut right: Checksum256) -> Checksum256 {
    left.0[0] &= 0x7f;
    right.0[0] |= 0x80;
    let mut both = [0; 64];
    both[..32].copy_from_slice(&left.0);
    both[32..].copy_from_slice(&right.0);
    Checksum256::sha256(&both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digest_is_its_own_root_and_the_last_of_an_odd_row_is_doubled() {
        let digest = |n| Checksum256([n; 32]);
        assert_eq!(merkle_root(vec![]), Checksum256::ZERO);
        assert_eq!(merkle_root(vec![digest(0xff)]), digest(0xff));
        let three = vec![digest(1), digest(2), digest(3)];
        let four = vec![digest(1), digest(2), digest(3), digest(3)];
        assert_eq!(merkle_root(three), merkle_root(four));
    }

    #[test]
    fn sides_are_marked() {
        let digest = |n| Checksum256([n; 32]);
        let low = merkle_root(vec![digest(0x01), digest(0x01)]);
        let high = merkle_root(vec![digest(0x81), digest(0x81)]);
        assert_ne!(low, high, "only the first bit is dropped");
    }
}
