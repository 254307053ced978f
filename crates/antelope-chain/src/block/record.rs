//! What a block did: its traces and the states before and after it, until they are encoded.
//!
//! Making a record costs the executing thread a clone of the state, which shares its data, and a
//! copy of each trace. They are encoded by whoever wants the encoding: the thread that writes
//! checkpoints, or a reader.

use super::Block;
use super::actions::{ActionKey, actions_of, leaves_actions, transactions_of};
use antelope_history::{Detail, RecordedTrace, encode_deltas, encode_traces_in};
use antelope_ledger::state::State;
use antelope_ledger::stored::{Malformed, Output, Stored};
use antelope_types::{
    ChainError, Checksum256, Decoder, PackedTransaction, SignedTransaction, TransactionTrace,
};
use imbl::Vector;
use std::collections::HashMap;
use std::sync::Arc;

/// A transaction of a block and what it did.
#[derive(Clone)]
pub(crate) struct Done {
    /// The trace.
    pub(crate) trace: Arc<TransactionTrace>,
    /// The transaction, where the block does not contain it: `onblock` and deferred ones.
    pub(crate) transaction: Option<Arc<SignedTransaction>>,
}

/// A complete block with what it did.
pub(crate) struct BlockRecord {
    /// The block.
    pub(crate) block: Arc<Block>,
    /// What it did.
    content: Content,
}

/// What a block did, in one of two forms.
enum Content {
    /// As it was executed. On the heap: two states are about 7 KB beside the data that they share.
    Executed(Box<Executed>),
    /// As it was read from a checkpoint.
    Encoded(Encoded),
}

/// What the encodings of a block are made from, when somebody asks for them.
struct Executed {
    /// Enters the deltas.
    chain_id: Checksum256,
    /// Its transactions in order, `onblock` first. `None` for a block that had begun before the
    /// recording.
    traces: Option<Vector<Done>>,
    /// The state before it; `None` where the whole state is to be told.
    before: Option<State>,
    /// The state after it, before the next block has begun.
    after: State,
    /// How much of the traces is told.
    detail: Detail,
}

/// The encodings of what a block did, uncompressed. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Encoded {
    /// `transaction_trace[]`; `None` for a block that had begun before the recording.
    pub(crate) traces: Option<Arc<[u8]>>,
    /// `table_delta[]`.
    pub(crate) deltas: Arc<[u8]>,
}

antelope_ledger::stored::stored_by_field! {
    Encoded { traces, deltas }
}

impl BlockRecord {
    /// A block that was executed between these states, of which traces are told in this detail.
    pub(crate) fn executed(
        chain_id: Checksum256,
        block: Arc<Block>,
        traces: Option<Vector<Done>>,
        (before, after): (Option<State>, State),
        detail: Detail,
    ) -> Self {
        let content = Content::Executed(Box::new(Executed {
            chain_id,
            traces,
            before,
            after,
            detail,
        }));
        Self { block, content }
    }

    /// A block whose encodings were read.
    pub(crate) fn encoded(block: Arc<Block>, encoded: Encoded) -> Self {
        let content = Content::Encoded(encoded);
        Self { block, content }
    }

    /// The block's number.
    pub(crate) fn number(&self) -> u32 {
        self.block.number()
    }

    /// The encoding of its traces; `None` for a block that had begun before the recording.
    pub(crate) fn traces(&self) -> Option<Arc<[u8]>> {
        match &self.content {
            Content::Encoded(encoded) => encoded.traces.clone(),
            Content::Executed(executed) => {
                let traces = executed.traces.as_ref()?;
                let traces = self.with_transactions(traces);
                Some(encode_traces_in(executed.detail, &traces).into())
            }
        }
    }

    /// The encoding of its changes of tables.
    pub(crate) fn deltas(&self) -> Arc<[u8]> {
        match &self.content {
            Content::Encoded(encoded) => Arc::clone(&encoded.deltas),
            Content::Executed(executed) => {
                let Executed {
                    chain_id,
                    traces: _,
                    before,
                    after,
                    detail: _,
                } = &**executed;
                encode_deltas(chain_id, before.as_ref(), after).into()
            }
        }
    }

    /// Both encodings.
    pub(crate) fn encode(&self) -> Encoded {
        Encoded {
            traces: self.traces(),
            deltas: self.deltas(),
        }
    }

    /// Each trace with its transaction. Those that were pushed are in the block.
    fn with_transactions(&self, traces: &Vector<Done>) -> Vec<RecordedTrace> {
        let transactions = self.block.transactions.iter();
        let pushed: HashMap<Checksum256, &PackedTransaction> = transactions
            .filter_map(|found| Some((found.id, found.packed.as_deref()?)))
            .collect();
        let recorded = traces.iter().map(|Done { trace, transaction }| {
            let packed = match transaction {
                Some(transaction) => Some(PackedTransaction::pack(transaction)),
                None => pushed.get(&trace.id).map(|packed| (*packed).clone()),
            };
            RecordedTrace {
                trace: Arc::clone(trace),
                packed,
            }
        });
        recorded.collect()
    }

    /// The ids under which its transactions are in the block, and that of `onblock`.
    ///
    /// # Errors
    /// Where an encoding that was read is not one of traces.
    pub(crate) fn transactions(&self) -> Result<Vec<Checksum256>, ChainError> {
        match &self.content {
            Content::Encoded(encoded) => match &encoded.traces {
                Some(traces) => transactions_of(traces),
                None => Ok(Vec::new()),
            },
            Content::Executed(executed) => {
                let traces = executed.traces.iter().flatten();
                let own = |done: &Done| match &done.trace.failed_dtrx_trace {
                    Some(failed) => failed.id,
                    None => done.trace.id,
                };
                Ok(traces.map(own).collect())
            }
        }
    }

    /// Calls `each` with every action that was executed: the accounts that it concerns are its
    /// receiver and those that authorized it.
    ///
    /// # Errors
    /// Where an encoding that was read is not one of traces.
    pub(crate) fn for_each_action(
        &self,
        each: &mut dyn FnMut(ActionKey<'_>),
    ) -> Result<(), ChainError> {
        match &self.content {
            Content::Encoded(encoded) => match &encoded.traces {
                Some(traces) => actions_of(traces, each),
                None => Ok(()),
            },
            Content::Executed(executed) => {
                for done in executed.traces.iter().flatten() {
                    let status = done.trace.receipt.map(|receipt| receipt.status);
                    if !status.is_some_and(leaves_actions) {
                        continue;
                    }
                    for action in &done.trace.action_traces {
                        if let Some(receipt) = &action.receipt {
                            each(ActionKey {
                                receiver: action.receiver,
                                authorization: &action.act.authorization,
                                global_sequence: receipt.global_sequence,
                            });
                        }
                    }
                }
                Ok(())
            }
        }
    }
}

/// The block, then both encodings: a record is read back as encoded, whatever it was.
impl Stored for BlockRecord {
    fn store(&self, out: &mut Output<'_>) {
        let Self { block, content: _ } = self;
        block.store(out);
        self.encode().store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let block = Stored::restore(input)?;
        Ok(Self::encoded(block, Stored::restore(input)?))
    }
}
