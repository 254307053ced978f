//! Merkle trees of digests, in the form that blocks have without instant finality.
//!
//! Two of them are in every block: the root over its transactions and the root over its action
//! receipts ([`merkle_root`]). They grow with the block in production ([`Frontier`]), so that nothing
//! is left to be hashed at its end. A third covers the ids of all blocks so far and is signed with each
//! block; it is kept incrementally ([`IncrementalMerkle`]), since recomputing it would read the
//! whole chain.
//!
//! On a node: `merkle_legacy.hpp` and `incremental_merkle_legacy.hpp` in `libraries/chain` of
//! Spring.

use antelope_types::{Checksum256, Decode, Encode};

/// The root of the tree of these digests; zeros for none, and the digest itself for one.
///
/// Each level pairs neighbours; a last one without a neighbour is paired with itself. Before two
/// digests are hashed together, the first bit of the left one is cleared and that of the right one
/// is set, so that a proof need not say on which side each digest stands.
///
/// ```
/// use antelope_chain::merkle_root;
/// use antelope_types::Checksum256;
///
/// let one = Checksum256::sha256(b"one");
/// assert_eq!(merkle_root(vec![]), Checksum256::ZERO);
/// assert_eq!(merkle_root(vec![one]), one);
/// // An odd number of digests is filled up with the last one.
/// assert_eq!(merkle_root(vec![one]), one);
/// assert_eq!(merkle_root(vec![one; 3]), merkle_root(vec![one; 4]));
/// ```
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

/// SHA-256 over both children, their sides marked in their first bits.
fn parent(mut left: Checksum256, mut right: Checksum256) -> Checksum256 {
    left.0[0] &= 0x7f;
    right.0[0] |= 0x80;
    let mut both = [0; 64];
    both[..32].copy_from_slice(&left.0);
    both[32..].copy_from_slice(&right.0);
    Checksum256::sha256(&both)
}

/// The Merkle tree of a growing list, reduced to what appending to it needs: at most 64 digests.
/// Appending hashes once on average; the root is computed when it is asked for.
///
/// The length in binary tells the shape: each bit that is set is a complete subtree of that size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Frontier {
    /// How many digests the list has.
    length: u64,
    /// The roots of the complete subtrees, the smallest first: one for each bit set in `length`.
    whole: Vec<Checksum256>,
}

impl Frontier {
    /// Adds a digest at the end of the list.
    pub(crate) fn append(&mut self, digest: Checksum256) {
        // As in binary counting: the new digest merges with the complete subtree of its own size,
        // the result with the next larger one, and so on for as many trailing ones as the length
        // has.
        let merged = self.length.trailing_ones() as usize;
        let mut tree = digest;
        for left in self.whole.drain(..merged.min(self.whole.len())) {
            tree = parent(left, tree);
        }
        self.whole.insert(0, tree);
        self.length += 1;
    }

    /// The root; zeros for an empty list. Equal to [`merkle_root`] over the whole list.
    ///
    /// The subtrees are folded from the smallest on. One that is smaller than the next is first doubled
    /// with itself until both have the same size: that is how an incomplete row is filled up.
    pub(crate) fn root(&self) -> Checksum256 {
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

/// The Merkle tree of a list that grows, with its root after each digest: [`merkle_root`] of the whole
/// list, for one or two hashes a digest. The root over the ids of all blocks is kept so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct IncrementalMerkle {
    frontier: Frontier,
    /// The root of the whole list.
    root: Checksum256,
}

impl IncrementalMerkle {
    /// The root; zeros for an empty list. Equal to [`merkle_root`] over the whole list.
    pub fn root(&self) -> Checksum256 {
        self.root
    }

    /// How many digests the list has.
    pub(crate) fn length(&self) -> u64 {
        self.frontier.length
    }

    /// The digests that a node keeps (`_active_nodes` of `incremental_merkle.hpp`): the roots of the
    /// complete subtrees, the smallest first, then the root, unless it is one of them.
    pub(crate) fn active_nodes(&self) -> impl Iterator<Item = &Checksum256> {
        let whole = &self.frontier.whole;
        let partial = whole.len() > 1;
        whole.iter().chain(partial.then_some(&self.root))
    }

    /// Adds a digest at the end of the list.
    pub fn append(&mut self, digest: Checksum256) {
        self.frontier.append(digest);
        self.root = self.frontier.root();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_growing_tree_has_the_root_of_the_whole_list() {
        let mut growing = IncrementalMerkle::default();
        let mut frontier = Frontier::default();
        let mut list = Vec::new();
        assert_eq!(growing.root(), merkle_root(Vec::new()));
        assert_eq!(frontier.root(), merkle_root(Vec::new()));
        for number in 0..200 {
            let digest = Checksum256::sha256(&[number]);
            growing.append(digest);
            frontier.append(digest);
            list.push(digest);
            assert_eq!(frontier.root(), growing.root(), "{number}");
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
