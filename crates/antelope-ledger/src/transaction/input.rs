//! A transaction to execute, and the block it is to be in.

use crate::authority::{Provided, RecordedAuthority};
use crate::stored::{Malformed, Output, Stored};
use antelope_types::{
    Action, BlockTimestamp, Checksum256, Decode, Decoder, Name, SignedTransaction, TimePoint,
    Transaction,
};
use std::sync::Arc;

/// What transactions of one block have in common.
#[derive(Clone, Copy)]
pub struct Environment {
    /// The number of the block that is being made.
    pub block_num: u32,
    /// The id of the block before it.
    pub head: Checksum256,
    /// Its time.
    pub timestamp: BlockTimestamp,
}

impl Environment {
    pub fn time(&self) -> TimePoint {
        TimePoint::from(self.timestamp)
    }
}

/// A transaction to execute.
#[derive(Clone)]
pub struct Input {
    pub transaction: Arc<SignedTransaction>,
    pub id: Checksum256,
    /// The bytes of the transaction on the wire, without signatures.
    pub packed_bytes: usize,
    /// The bytes of its signatures and context-free data.
    pub prunable_bytes: usize,
    pub kind: Kind,
}

/// What kind of transaction it is.
#[derive(Clone)]
pub enum Kind {
    /// Somebody's, with what satisfies its authorities.
    Ordinary(Provided),
    /// The chain's own, which needs no authority and pays no NET.
    Implicit,
    /// One that was deferred or delayed, when it was sent: it was checked then, and paid its NET.
    Deferred(TimePoint),
    /// The chain's own word to a contract whose deferred transaction has failed.
    OnError(TimePoint),
    /// One that asks and changes nothing, which needs no authority and pays nothing.
    ReadOnly,
}

impl Input {
    /// Whose contract runs for an action of the transaction: the action's, but for the chain's word
    /// on a failure, which goes to the contract that it concerns.
    pub fn receiver(&self, action: &Action) -> Name {
        let level = action.authorization.first();
        match (&self.kind, level) {
            (Kind::OnError(_), Some(level)) => level.actor,
            _ => action.account,
        }
    }

    /// A transaction that nobody has sent.
    pub fn local(transaction: Transaction, kind: Kind) -> Self {
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
            Kind::Ordinary(provided) => {
                0u8.store(out);
                out.encode(&RecordedAuthority::from(provided));
            }
            Kind::ReadOnly => 1u8.store(out),
            Kind::Implicit => 2u8.store(out),
            Kind::Deferred(published) => {
                3u8.store(out);
                published.store(out);
            }
            Kind::OnError(published) => {
                4u8.store(out);
                published.store(out);
            }
        }
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let transaction = SignedTransaction::decode(input)?;
        let size = |input: &mut Decoder<'_>| {
            let size = u64::restore(input)?;
            usize::try_from(size).map_err(|_| Malformed("a transaction larger than memory"))
        };
        Ok(Self {
            id: transaction.transaction.id(),
            transaction: Arc::new(transaction),
            packed_bytes: size(input)?,
            prunable_bytes: size(input)?,
            kind: match u8::restore(input)? {
                0 => Kind::Ordinary(RecordedAuthority::decode(input)?.into()),
                1 => Kind::ReadOnly,
                2 => Kind::Implicit,
                3 => Kind::Deferred(Stored::restore(input)?),
                4 => Kind::OnError(Stored::restore(input)?),
                _ => return Err(Malformed("unknown kind of transaction")),
            },
        })
    }
}
