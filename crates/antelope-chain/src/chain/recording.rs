//! Recording what every block does.
//!
//! | when | what is recorded |
//! |---|---|
//! | a block begins | the state before it, and the features scheduled for it |
//! | `onblock`, a deferred or a pushed transaction was executed | its trace |
//! | an input took effect | the input, as the journal has it, until the block is complete |
//! | a block is complete | a `BlockRecord` of all this, with the state after it |
//!
//! A checkpoint of a recording chain is the chain between two blocks, with the inputs since. When
//! it is opened they are executed again, so that the traces of the block in production are there
//! too. This is at most one block's time, and blocks are bounded.

use super::Chain;
use crate::block::{Block, BlockRecord, Done, Encoded};
use crate::history::{Beginning, History};
use crate::store::{BeginningImage, Entry, Input, Recorded, StoreError};
use antelope_history::Detail;
use antelope_ledger::Genesis;
use antelope_types::{SignedTransaction, TransactionTrace};
use imbl::{OrdMap, Vector};
use std::sync::Arc;

impl Chain {
    /// From now on keeps what every block does, for [`history`](Self::history). A chain at its
    /// genesis, with nothing in its second block yet, is recorded from there; any other from the
    /// next block on, and the block in production, which is not recorded, gets the whole state.
    ///
    /// No effect on a chain that records already.
    pub fn record_history(&mut self) {
        if self.recording.is_some() {
            return;
        }
        let untouched = self.head.number() == 1
            && self.pending.transactions.is_empty()
            && self.scheduled_features.is_empty();
        if !(untouched && self.record_from_genesis()) {
            self.recording = Some(Box::default());
        }
    }

    /// How much is kept of the traces of blocks that are completed from now on; [`Detail::Plain`]
    /// where this is not called. No effect on a chain that does not record.
    ///
    /// With [`Detail::Debug`] state history has what nodeos's has with `--trace-history-debug-mode`:
    /// what contracts have printed, how long each action took, and the whole text of errors. It is
    /// what this machine has seen: another one that executes the same blocks has other times.
    ///
    /// ```
    /// use antelope_chain::{Chain, Detail, Genesis, NoContracts};
    /// use std::sync::Arc;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
    /// chain.record_history();
    /// chain.record_detail(Detail::Debug);
    /// # Ok(()) }
    /// ```
    pub fn record_detail(&mut self, detail: Detail) {
        if let Some(recording) = &mut self.recording {
            recording.detail = detail;
        }
    }

    /// Whether the chain keeps what its blocks do.
    pub fn records_history(&self) -> bool {
        self.recording.is_some()
    }

    /// What was recorded, as it is now; `None` where the chain does not record.
    pub fn history(&self) -> Option<History> {
        let recording = self.recording.as_ref()?;
        let head = Arc::clone(&self.head);
        Some(History {
            chain_id: self.chain_id,
            first: recording.first().unwrap_or(head.number() + 1),
            head,
            irreversible: self.last_irreversible(),
            blocks: self.blocks.clone(),
            logged: self.logged.clone(),
            logged_id: self.logged_id(),
            key: self.producer_key.clone(),
            records: recording.records.clone(),
            recorded: recording.recorded.clone(),
        })
    }

    /// Begins or ends the recording as the options of a folder say, in this detail.
    pub(super) fn record_as(&mut self, history: Option<bool>, detail: Detail) {
        match history {
            Some(true) => self.record_history(),
            Some(false) => {
                self.recording = None;
                self.state.unwatch();
            }
            None => {}
        }
        self.record_detail(detail);
    }

    /// Begins the second block again, now with a recording. `false` where that fails; the
    /// chain stays as it is then.
    ///
    /// The genesis is cheap to execute and gives the state before the second block, which the chain
    /// itself no longer has once `onblock` has run. It fails where the second block had begun at
    /// another time than it would now.
    fn record_from_genesis(&mut self) -> bool {
        let genesis = Genesis::clone(&self.genesis);
        let Ok(mut chain) = Self::before_second_block(genesis, Arc::clone(&self.executor)) else {
            return false;
        };
        chain.recording = Some(Box::default());
        chain.record_block(1);
        if chain.start_block(1).is_err() || chain.pending.timestamp != self.pending.timestamp {
            return false;
        }
        chain.producer_key = self.producer_key.take();
        chain.made = self.made;
        chain.store = std::mem::take(&mut self.store);
        *self = chain;
        true
    }

    /// Whether inputs are kept: for the journal, or until the block is recorded.
    pub(super) fn keeps_inputs(&self) -> bool {
        self.is_durable() || self.recording.is_some()
    }

    /// Keeps an input of the block in production, for the checkpoints that are written before it is
    /// complete. Ends of blocks are not kept: they begin the next list.
    pub(super) fn record_input(&mut self, entry: Entry) {
        let production = self
            .recording
            .as_mut()
            .and_then(|it| it.production.as_mut());
        if let Some(beginning) = production
            && matches!(
                entry,
                Entry::Push { .. } | Entry::Activate { .. } | Entry::TakeOver { .. }
            )
        {
            beginning.inputs.push_back(Arc::new(entry));
        }
    }

    /// Keeps the trace of a transaction of the block in production. One without a receipt is not in
    /// the block. `transaction` gives it where the block does not contain it.
    pub(super) fn record_trace(
        &mut self,
        trace: &TransactionTrace,
        transaction: impl FnOnce() -> Option<Arc<SignedTransaction>>,
    ) {
        let production = self
            .recording
            .as_mut()
            .and_then(|it| it.production.as_mut());
        if let (Some(beginning), Some(_)) = (production, trace.receipt) {
            beginning.traces.push_back(Done {
                trace: Arc::new(trace.clone()),
                transaction: transaction(),
            });
        }
    }

    /// Keeps the record of the block that was just completed. The next one begins so many slots of
    /// 500 ms later.
    ///
    /// Must be called after the block is complete and before the next has begun: the state is then
    /// both that after the one and that before the other. Copying it copies no rows.
    pub(super) fn record_block(&mut self, slots: u32) {
        let (chain_id, head) = (self.chain_id, Arc::clone(&self.head));
        let Some(recording) = &mut self.recording else {
            return;
        };
        // With the list of what its block wrote, whose order its deltas have; the next block begins
        // another.
        let after = self.state.clone();
        self.state.watch();
        let beginning = Beginning {
            before: self.state.clone(),
            features: self.scheduled_features.clone(),
            slots,
            inputs: Vector::new(),
            traces: Vector::new(),
        };
        let (traces, before) = match recording.production.replace(beginning) {
            Some(done) => (Some(done.traces), Some(done.before)),
            None => (None, None),
        };
        let number = head.number();
        let states = (before, after);
        let record = BlockRecord::executed(chain_id, head, traces, states, recording.detail);
        recording.records.insert(number, Arc::new(record));
    }

    /// Begins the block in production again, after a checkpoint was read, and gives it its inputs.
    /// They go the way of records of the journal, and the result of each is compared in the same way.
    ///
    /// # Errors
    /// What is different from when they were recorded, in words.
    pub(super) fn begin_again(&mut self, image: BeginningImage) -> Result<(), String> {
        let BeginningImage { slots, inputs } = image;
        self.state.watch();
        let beginning = Beginning {
            before: self.state.clone(),
            features: self.scheduled_features.clone(),
            slots,
            inputs: Vector::new(),
            traces: Vector::new(),
        };
        if let Some(recording) = &mut self.recording {
            recording.production = Some(beginning);
        }
        self.start_block(slots).map_err(|error| error.to_string())?;
        for Input(entry) in inputs {
            self.replay(Entry::clone(&entry))?;
        }
        Ok(())
    }

    /// Brings the records in the logs back to memory, to begin another folder with. Blocks that are
    /// not in memory are left out, so that the caller reads all blocks first. Needs as much memory as
    /// all encodings have bytes, uncompressed.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    pub(super) fn recall_records(&mut self) -> Result<(), StoreError> {
        let Some(recording) = &mut self.recording else {
            return Ok(());
        };
        let recorded = std::mem::take(&mut recording.recorded);
        let block = |blocks: &OrdMap<u32, Arc<Block>>, number| blocks.get(&number).cloned();
        for number in recorded.first().unwrap_or(1)..=recorded.last() {
            let (Some(block), Some(deltas)) =
                (block(&self.blocks, number), recorded.deltas(number)?)
            else {
                continue;
            };
            let encoded = Encoded {
                traces: recorded.traces(number)?.map(Arc::from),
                deltas: deltas.into(),
            };
            let record = BlockRecord::encoded(block, encoded);
            recording.records.insert(number, Arc::new(record));
        }
        recording.recorded = Recorded::default();
        Ok(())
    }
}
