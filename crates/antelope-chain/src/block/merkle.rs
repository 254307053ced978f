//! The root of a tree of digests, in the form of blocks before instant finality.

use antelope_types::{Checksum256, Decode, Encode};

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

/// The tree of a list that grows, by what its next digests need of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct IncrementalMerkle {
    length: u64,
    /// The roots of the whole trees that the list is made of, the smallest first.
    whole: Vec<Checksum256>,
    root: Checksum256,
}

impl IncrementalMerkle {
    /// The root; zeros for an empty list.
    pub(crate) fn root(&self) -> Checksum256 {
        self.root
    }

    /// Adds a digest at the end.
    pub(crate) fn append(&mut self, digest: Checksum256) {
        // A whole tree and its neighbour of the same size are a whole tree of the double size.
        let merged = self.length.trailing_ones() as usize;
        let mut tree = digest;
        for left in self.whole.drain(..merged.min(self.whole.len())) {
            tree = parent(left, tree);
        }
        self.whole.insert(0, tree);
        self.length += 1;
        self.root = self.folded();
    }

    /// The root of all whole trees: what is missing at the end of a row is what comes before it.
    fn folded(&self) -> Checksum256 {
        let mut sizes = (0..64).filter(|size| self.length >> size & 1 == 1);
        let mut trees = self.whole.iter().copied();
        let (Some(mut size), Some(mut root)) = (sizes.next(), trees.next()) else {
            return Checksum256::ZERO;
        };
        for (next, left) in sizes.zip(trees) {
            while size < next {
                root = parent(root, root);
                size += 1;
            }
            root = parent(left, root);
            size += 1;
        }
        root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_growing_tree_has_the_root_of_the_whole_list() {
        let mut growing = IncrementalMerkle::default();
        let mut list = Vec::new();
        assert_eq!(growing.root(), merkle_root(Vec::new()));
        for number in 0..70 {
            let digest = Checksum256::sha256(&[number]);
            growing.append(digest);
            list.push(digest);
            assert_eq!(growing.root(), merkle_root(list.clone()), "{number}");
        }
    }

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
