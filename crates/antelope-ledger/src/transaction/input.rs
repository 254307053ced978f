//! The transaction to execute, the block that it is in, and its encoding in the journal.

use crate::authority::{Provided, RecordedAuthority};
use crate::stored::{Malformed, Output, Stored};
use antelope_types::{
    Action, BlockTimestamp, Checksum256, Decode, Decoder, Name, SignedTransaction, TimePoint,
    Transaction,
};
use std::sync::Arc;

/// What the transactions of one block have in common.
#[derive(Clone, Copy)]
pub struct Environment {
    /// The number of the block that is being made.
    pub block_num: u32,
    /// The id of the block before it.
    pub head: Checksum256,
    /// The time of the block, in slots of 500 ms.
    pub timestamp: BlockTimestamp,
}

impl Environment {
    /// The time of the block.
    pub fn time(&self) -> TimePoint {
        TimePoint::from(self.timestamp)
    }
}

/// A transaction to execute, with what is known of it.
#[derive(Clone)]
pub struct Input {
    /// The transaction with its signatures and context-free data.
    pub transaction: Arc<SignedTransaction>,
    /// Its id.
    pub id: Checksum256,
    /// The bytes of the packed transaction on the wire, without signatures; they are billed as NET.
    /// 0 for transactions that nobody has sent.
    pub packed_bytes: usize,
    /// The bytes of its signatures and context-free data on the wire, billed as NET with a
    /// discount.
    pub prunable_bytes: usize,
    /// What kind of transaction it is.
    pub kind: TransactionKind,
}

/// The kinds of transactions, which differ in what is checked and billed: see the table of phases
/// in the [module](super).
#[derive(Clone)]
pub enum TransactionKind {
    /// A transaction that a user sent, with what satisfies its authorities. All checks apply.
    Ordinary(Provided),
    /// A transaction of the chain itself, such as `onblock`. No authority is checked and no NET is
    /// billed.
    Implicit,
    /// A transaction that waited, with the time at which it was sent. Its authority was checked and
    /// its NET billed then.
    Deferred(TimePoint),
    /// The notice of the chain to a contract whose deferred transaction has failed, with the time
    /// at which that was sent: the action `eosio::onerror`, run by the contract's code.
    OnError(TimePoint),
    /// A transaction that only asks. Nothing is recorded or billed, and any attempt to write fails.
    ReadOnly,
}

impl Input {
    /// The account whose code runs for an action of the transaction: the action's contract, except
    /// for `onerror`, which runs for the account that authorizes it.
    pub fn receiver(&self, action: &Action) -> Name {
        let level = action.authorization.first();
        match (&self.kind, level) {
            (TransactionKind::OnError(_), Some(level)) => level.actor,
            _ => action.account,
        }
    }

    /// A transaction that nobody has sent, without signatures and without bytes to be billed.
    pub fn local(transaction: Transaction, kind: TransactionKind) -> Self {
        Self {
            id: transaction.id(),
            packed_bytes: 0,
            prunable_bytes: 0,
            transaction: Arc::new(SignedTransaction {
                transaction,
                ..SignedTransaction::default()
            }),
            kind,
        }
    }
}

/// The signed transaction, both sizes as 8 bytes each, a byte for the kind (0 ordinary, 1
/// read-only, 2 implicit, 3 deferred, 4 `onerror`), and what the kind holds. The id is computed
/// when read.
impl Stored for Input {
    fn store(&self, out: &mut Output<'_>) {
        let Self {
            transaction,
            // It follows from the transaction.
            id: _,
            packed_bytes,
            prunable_bytes,
            kind,
        } = self;
        out.encode(&**transaction);
        (*packed_bytes as u64).store(out);
        (*prunable_bytes as u64).store(out);
        match kind {
            TransactionKind::Ordinary(provided) => {
                0u8.store(out);
                out.encode(&RecordedAuthority::from(provided));
            }
            TransactionKind::ReadOnly => 1u8.store(out),
            TransactionKind::Implicit => 2u8.store(out),
            TransactionKind::Deferred(published) => {
                3u8.store(out);
                published.store(out);
            }
            TransactionKind::OnError(published) => {
                4u8.store(out);
                published.store(out);
            }
        }
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let transaction = SignedTransaction::decode(input)?;
        let size = |input: &mut Decoder<'_>| {
            let size = u64::restore(input)?;
            usize::try_from(size).map_err(|_| {
                Malformed("the size of a transaction exceeds this machine's address space")
            })
        };
        Ok(Self {
            id: transaction.transaction.id(),
            transaction: Arc::new(transaction),
            packed_bytes: size(input)?,
            prunable_bytes: size(input)?,
            kind: match u8::restore(input)? {
                0 => TransactionKind::Ordinary(RecordedAuthority::decode(input)?.into()),
                1 => TransactionKind::ReadOnly,
                2 => TransactionKind::Implicit,
                3 => TransactionKind::Deferred(Stored::restore(input)?),
                4 => TransactionKind::OnError(Stored::restore(input)?),
                _ => return Err(Malformed("a kind of transaction above 4")),
            },
        })
    }
}
