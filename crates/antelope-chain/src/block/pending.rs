//! The block in production.
//!
//! The chain always has one. It collects transactions and their receipts until
//! [`Chain::produce_block`](crate::Chain::produce_block) completes it; its time is fixed from the
//! beginning. Its lists are persistent vectors, so that a fork of a chain shares them.
//!
//! Everything but the traces of deferred transactions is part of a checkpoint, so that a chain
//! which is opened again goes on in the middle of the same block.

use super::{BlockTransaction, Frontier};
use antelope_ledger::stored::{Malformed, Output, Stored};
use antelope_types::{BlockTimestamp, Checksum256, Decoder, Feature, TransactionTrace};
use imbl::Vector;

/// What the block in production has so far.
#[derive(Clone)]
pub(crate) struct Pending {
    /// Its time, in slots of 500 ms.
    pub(crate) timestamp: BlockTimestamp,
    /// The transactions executed in it.
    pub(crate) transactions: Vector<BlockTransaction>,
    /// The digests of all action receipts, in order: the leaves of `action_mroot`. They include
    /// those of `onblock`, which is not among the transactions.
    pub(crate) receipt_digests: Vector<Checksum256>,
    /// The protocol features that it activates.
    pub(crate) activated: Vec<Feature>,
    /// Whether its header announces a producer schedule in an extension: where
    /// `WTMSIG_BLOCK_SIGNATURES` was active before it began.
    pub(crate) schedule_extension: bool,
    /// The tree of the digests of `transactions`. It grows with them, so that completing a block
    /// takes no longer for a full one. Not stored: it follows from them.
    pub(crate) transaction_tree: Frontier,
    /// The tree of `receipt_digests`, likewise.
    pub(crate) action_tree: Frontier,
    /// The traces of the deferred transactions executed at its beginning. Not stored in
    /// checkpoints.
    pub(crate) scheduled: Vector<TransactionTrace>,
}

impl Pending {
    /// An empty block at this time.
    pub(crate) fn at(timestamp: BlockTimestamp) -> Self {
        Self {
            timestamp,
            transactions: Vector::new(),
            receipt_digests: Vector::new(),
            activated: Vec::new(),
            schedule_extension: false,
            transaction_tree: Frontier::default(),
            action_tree: Frontier::default(),
            scheduled: Vector::new(),
        }
    }

    /// Adds a transaction.
    pub(crate) fn receive(&mut self, transaction: BlockTransaction) {
        self.transaction_tree.append(transaction.digest());
        self.transactions.push_back(transaction);
    }

    /// Adds what a transaction did: the digests of its action receipts.
    pub(crate) fn acted(&mut self, receipt_digests: impl IntoIterator<Item = Checksum256>) {
        for digest in receipt_digests {
            self.action_tree.append(digest);
            self.receipt_digests.push_back(digest);
        }
    }
}

impl Stored for Pending {
    fn store(&self, out: &mut Output<'_>) {
        let Self {
            timestamp,
            transactions,
            receipt_digests,
            activated,
            schedule_extension,
            transaction_tree: _,
            action_tree: _,
            // Traces are not part of the chain: whoever wants them reads them before the block is
            // complete.
            scheduled: _,
        } = self;
        timestamp.store(out);
        transactions.store(out);
        receipt_digests.store(out);
        activated.store(out);
        schedule_extension.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let mut pending = Self::at(Stored::restore(input)?);
        for transaction in Vec::restore(input)? {
            pending.receive(transaction);
        }
        pending.acted(Vec::restore(input)?);
        pending.activated = Stored::restore(input)?;
        pending.schedule_extension = Stored::restore(input)?;
        Ok(pending)
    }
}
