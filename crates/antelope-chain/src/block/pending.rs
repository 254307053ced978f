//! The block in the making.

use super::BlockTransaction;
use antelope_ledger::stored::{Malformed, Output, Stored};
use antelope_types::{BlockTimestamp, Checksum256, Decoder, Feature, TransactionTrace};
use imbl::Vector;

/// The block in the making.
#[derive(Clone)]
pub(crate) struct Pending {
    pub(crate) timestamp: BlockTimestamp,
    pub(crate) transactions: Vector<BlockTransaction>,
    pub(crate) receipt_digests: Vector<Checksum256>,
    /// The protocol features that it activates.
    pub(crate) activated: Vec<Feature>,
    /// Whether its header tells schedules in an extension: `WTMSIG_BLOCK_SIGNATURES` was active before.
    pub(crate) schedule_extension: bool,
    /// What the deferred transactions did that it began with.
    pub(crate) scheduled: Vector<TransactionTrace>,
}

impl Pending {
    /// An empty one at this time.
    pub(crate) fn at(timestamp: BlockTimestamp) -> Self {
        Self {
            timestamp,
            transactions: Vector::new(),
            receipt_digests: Vector::new(),
            activated: Vec::new(),
            schedule_extension: false,
            scheduled: Vector::new(),
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
            // Traces are for whoever was there.
            scheduled: _,
        } = self;
        timestamp.store(out);
        transactions.store(out);
        receipt_digests.store(out);
        activated.store(out);
        schedule_extension.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            timestamp: Stored::restore(input)?,
            transactions: Stored::restore(input)?,
            receipt_digests: Stored::restore(input)?,
            activated: Stored::restore(input)?,
            schedule_extension: Stored::restore(input)?,
            scheduled: Default::default(),
        })
    }
}
