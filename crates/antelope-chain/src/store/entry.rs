//! The contents of the journal: what a chain was given.
//!
//! Execution is deterministic, so that the inputs are enough to make a chain what it was. Each
//! entry also carries the result it had, so that a replay that differs is noticed: after an upgrade
//! that executes differently, for example.

use antelope_ledger::authority::RecordedAuthority;
use antelope_ledger::state::Fetched;
use antelope_types::{
    Checksum256, Decode, DecodeError, Decoder, Encode, Encoder, PackedTransaction,
};
use std::sync::Arc;

/// An input of a chain. Executing all of them in order gives the chain.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) enum Entry {
    /// A transaction that was executed successfully. Failed ones leave nothing and are not
    /// recorded.
    Push {
        /// The transaction as it was received.
        packed: Packed,
        /// The keys and permissions under which it ran. Recorded, since signatures are not
        /// recovered again, and `push` gives permissions without signatures.
        authority: RecordedAuthority,
        /// How many transactions the chain had made itself by then.
        made: u32,
        /// The digest of its action receipts; see [`result`].
        result: Checksum256,
    },
    /// The block in production was completed, and the next begun `slots` half seconds later.
    Block {
        slots: u32,
        /// The id of the completed block.
        id: Checksum256,
    },
    /// The next block activates the protocol features with these digests.
    Activate { features: Vec<Checksum256> },
    /// The chain was closed. Since each record says whether all before it were on the disk, this
    /// one marks the records before it as lasting.
    Closed,
    /// Accounts and tables of the chain that this one was forked from were written.
    TakeOver {
        /// What was written, in order.
        fetched: Vec<Fetched>,
    },
}

/// A transaction that the block shares.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Packed(pub(crate) Arc<PackedTransaction>);

impl Encode for Packed {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.0.encode(out);
    }
}

impl<'a> Decode<'a> for Packed {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        Ok(Self(Arc::new(PackedTransaction::decode(input)?)))
    }
}

/// The digest of what a transaction did: SHA-256 over the digests of its action receipts, in order.
pub(crate) fn result(receipts: impl Iterator<Item = Checksum256>) -> Checksum256 {
    let digests: Vec<u8> = receipts.flat_map(|digest| digest.0).collect();
    Checksum256::sha256(&digests)
}
