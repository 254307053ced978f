//! What a chain is given, as its journal keeps it.

use crate::authority::Provided;
use antelope_types::{Checksum256, Decode, Encode, PackedTransaction, PermissionLevel, PublicKey};

/// One thing that a chain was given. Executing them in order makes the chain what it was.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) enum Entry {
    /// A transaction that was executed.
    Push {
        packed: PackedTransaction,
        authority: Given,
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

/// What satisfied the authorities of a transaction.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) struct Given {
    keys: Vec<PublicKey>,
    permissions: Vec<PermissionLevel>,
    delay: i64,
}

impl From<&Provided> for Given {
    fn from(provided: &Provided) -> Self {
        let Provided {
            keys,
            permissions,
            // Nobody declares anything for others from outside.
            declared: _,
            delay,
            // What is only computed is not kept.
            unchecked: _,
        } = provided;
        Self {
            keys: keys.iter().cloned().collect(),
            permissions: permissions.iter().copied().collect(),
            delay: *delay,
        }
    }
}

impl From<Given> for Provided {
    fn from(given: Given) -> Self {
        let Given {
            keys,
            permissions,
            delay,
        } = given;
        Self {
            keys: keys.into_iter().collect(),
            permissions: permissions.into_iter().collect(),
            declared: Default::default(),
            delay,
            unchecked: false,
        }
    }
}

/// The digest of what a transaction did: of the digests of its receipts, in order.
pub(crate) fn result(receipts: impl Iterator<Item = Checksum256>) -> Checksum256 {
    let digests: Vec<u8> = receipts.flat_map(|digest| digest.0).collect();
    Checksum256::sha256(&digests)
}
