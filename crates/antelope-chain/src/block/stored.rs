//! The encoding of blocks in checkpoints.
//!
//! It differs from that of nodes in one thing: a block that was never signed is stored with the
//! digest to be signed. Each function names all fields of its type, so that a new field must be
//! dealt with here.
//!
//! A block is the header, the transactions and the seal: a byte 0 and the digest to be signed, or a
//! byte 1 and the signature. A transaction is its receipt, its id, and whether and how it was
//! packed.
//!
//! | field of a block | encoded as |
//! |---|---|
//! | id | nothing: it is the hash of the header |
//! | header | as on a node |
//! | transactions | count, then each |
//! | seal | 1 byte, then the digest or the signature |

use super::{Block, BlockHeader, BlockTransaction, IncrementalMerkle, Seal};
use antelope_ledger::stored::{Malformed, Output, Stored, stored_as_on_the_wire, stored_by_field};
use antelope_types::Decoder;

stored_as_on_the_wire!(IncrementalMerkle);

stored_by_field! {
    BlockTransaction { receipt, id, packed }
}

impl Stored for Block {
    fn store(&self, out: &mut Output<'_>) {
        let Self {
            // Computed from the header when the block is read.
            id: _,
            header,
            transactions,
            seal,
        } = self;
        header.store(out);
        transactions.store(out);
        seal.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let header = BlockHeader::restore(input)?;
        Ok(Self {
            id: header.id(),
            header,
            transactions: Stored::restore(input)?,
            seal: Stored::restore(input)?,
        })
    }
}

impl Stored for Seal {
    fn store(&self, out: &mut Output<'_>) {
        match self {
            Self::Digest(digest) => (0u8.store(out), digest.store(out)),
            Self::Signature(signature) => (1u8.store(out), signature.store(out)),
        };
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        match u8::restore(input)? {
            0 => Ok(Self::Digest(Stored::restore(input)?)),
            1 => Ok(Self::Signature(Stored::restore(input)?)),
            _ => Err(Malformed("neither what is to be signed nor a signature")),
        }
    }
}
