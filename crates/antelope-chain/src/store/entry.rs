//! What a chain is given, as its journal keeps it.

use antelope_ledger::authority::RecordedAuthority;
use antelope_types::{Checksum256, Decode, Encode, PackedTransaction};

/// One thing that a chain was given. Executing them in order makes the chain what it was.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) enum Entry {
    /// A transaction that was executed.
    Push {
        packed: PackedTransaction,
        authority: RecordedAuthority,
        /// How many transactions the chain had made itself.
        made: u32,
        /// The digest of all receipts of its actions.
        result: Checksum256,
    },
    /// The block in the making was completed, and the next begins so many half seconds later.
    Block {
        slots: u32,
        /// The id of the complete block.
        id: Checksum256,
    },
    /// The next block is to activate the protocol features with these digests.
    Activate { features: Vec<Checksum256> },
    /// The chain was closed: what comes before was whole.
    Closed,
}

/// The digest of what a transaction did: of the digests of its receipts, in order.
pub(crate) fn result(receipts: impl Iterator<Item = Checksum256>) -> Checksum256 {
    let digests: Vec<u8> = receipts.flat_map(|digest| digest.0).collect();
    Checksum256::sha256(&digests)
}
