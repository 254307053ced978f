//! A chain that is kept in a folder: what [`Chain`] does with its `Store`.
//!
//! Before a transaction or a block takes effect, its input is recorded in the journal; if that
//! fails, the change is undone and the call fails. When the chain is opened, the newest checkpoint
//! is loaded and the records after it are executed again, each compared with the result it had.
//!
//! # Phases of opening
//!
//! | phase | what it does | fails with |
//! |---|---|---|
//! | lock | takes the folder | [`StoreError::Locked`] |
//! | read | finds the newest readable checkpoint and the records after it | [`StoreError::Damaged`], [`StoreError::Version`] |
//! | restore | makes the chain of the checkpoint, verifies the logs; from the checkpoint before it where a log is damaged | [`StoreError::Damaged`] |
//! | replay | executes the records, compares results | [`StoreError::Replay`] |
//! | resume | opens the journal at its end | [`StoreError::Io`] |
//!
//! # What is never lost
//!
//! A call that has returned success is recorded. With
//! [`Durability::Transaction`](crate::Durability::Transaction) its record is on the disk by then;
//! with the others it may be lost with the power, but not with the process. A failed call leaves
//! neither a record nor a change.

use super::OpenOptions;
use super::{Chain, discard};
use crate::store::{
    Attached, Disk, Durability, Entry, Hold, Image, Logged, Owed, Packed, Store, StoreError,
    StoredChain, Written, result,
};
use antelope_ledger::Executor;
use antelope_ledger::transaction::unpack;
use antelope_types::{ChainError, Feature};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Chain {
    /// Whether the chain is kept in a folder. A clone of such a chain is not.
    pub fn is_durable(&self) -> bool {
        self.store.0.is_some()
    }

    /// What waits for the disk; `None` for a chain in memory.
    pub(super) fn durability(&self) -> Option<Durability> {
        self.store.0.as_ref().map(|store| store.durability())
    }

    /// Returns when everything that the chain was given is on the disk, whatever its
    /// [`Durability`]. Does nothing for a chain in memory.
    ///
    /// # Errors
    /// [`StoreError`]. It is then unknown what is on the disk; opening the chain tells.
    ///
    /// [`Durability`]: crate::Durability
    ///
    /// Only needed with a durability other than `Transaction`, for example at the end of a batch.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.store.0.as_mut().map_or(Ok(()), |store| store.sync())
    }

    /// Why the chain takes no transactions now, if its folder is the reason: the last write was
    /// refused, as by a full disk, and may succeed again; or writing has failed in a way that only
    /// opening the chain anew mends ([`StoreError::Stopped`]). A chain in memory has none.
    pub fn problem(&self) -> Option<String> {
        self.store.0.as_ref().and_then(|store| store.problem())
    }

    /// Why files of the folder that nothing needs any more could not be removed after the last
    /// checkpoint, if some could not: they take room, and each checkpoint tries to remove them again.
    /// `None` for a chain in memory.
    pub fn leftover_files(&self) -> Option<String> {
        self.store.0.as_ref().and_then(|store| store.left())
    }

    /// How many records (transactions and blocks) opening the chain would execute again now; 0 for a
    /// chain in memory. Where it is as large as the number of
    /// [`OpenOptions::checkpoint_every`] right after opening, the process before did not live long
    /// enough to write a checkpoint: write one then, or a process that is killed again and again
    /// starts ever more slowly.
    pub fn records_since_checkpoint(&self) -> u64 {
        self.store.0.as_ref().map_or(0, |s| s.since_checkpoint())
    }

    /// Writes a checkpoint and waits for it, so that opening the chain executes nothing before this
    /// moment; of a chain that records its history, nothing before the block in production. Does
    /// nothing for a chain in memory.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is lost then, since the journal has everything.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.finish_checkpoint()?;
        self.begin_checkpoint()?;
        self.finish_checkpoint()
    }

    /// Starts writing a checkpoint on a thread of its own. The chain goes on meanwhile, with its
    /// records in a new segment of the journal.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot begin. What fails later is reported by
    /// [`finish_checkpoint`](Self::finish_checkpoint).
    fn begin_checkpoint(&mut self) -> Result<(), StoreError> {
        if !self.is_durable() {
            return Ok(());
        }
        let image = self.image();
        let key = self.producer_key.clone();
        let store = self.store.0.as_mut();
        store.map_or(Ok(()), |store| store.begin_checkpoint(image, key))
    }

    /// Waits for the checkpoint that is being written, if one is. Blocks that are in the log by
    /// then are dropped from memory, and so are records that are in the logs of the history.
    ///
    /// # Errors
    /// The failure of the writer. Everything stays in memory then.
    fn finish_checkpoint(&mut self) -> Result<(), StoreError> {
        let Some(store) = &mut self.store.0 else {
            return Ok(());
        };
        if let Some(Written {
            logged, recorded, ..
        }) = store.finish_checkpoint()?
        {
            let (_, kept) = self.blocks.split(&logged.blocks);
            // A map that is split keeps all; it is dropped as a whole.
            let blocks = std::mem::replace(&mut self.blocks, kept);
            self.logged = logged;
            let mut records = None;
            if let (Some(recording), Some(recorded)) = (&mut self.recording, recorded) {
                let (_, kept) = recording.records.split(&recorded.last());
                records = Some(std::mem::replace(&mut recording.records, kept));
                recording.recorded = recorded;
            }
            let transactions = blocks.values().map(|block| block.transactions.len());
            discard(transactions.sum(), (blocks, records));
        }
        Ok(())
    }

    /// Closes the chain: writes a checkpoint if there is anything new, and releases the folder.
    /// Dropping a chain releases the folder as well, but reports no errors, and whoever opens it
    /// next has records to execute.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn close(mut self) -> Result<(), StoreError> {
        self.end()
    }

    /// Closes the chain in place; later transactions fail.
    ///
    /// # Errors
    /// [`StoreError`]; where the last checkpoint cannot be written, the folder stays locked until the
    /// chain is dropped.
    pub(super) fn end(&mut self) -> Result<(), StoreError> {
        if self.records_since_checkpoint() > 0 {
            self.checkpoint()?;
        }
        let store = self.store.0.as_mut();
        store.map_or(Ok(()), |store| store.end())
    }

    /// Runs a function without waiting for the disk, and returns what remains to be waited for. The
    /// caller must wait before it reports the result to anybody.
    pub(super) fn owing<R>(&mut self, act: impl FnOnce(&mut Self) -> R) -> (R, Option<Owed>) {
        if let Some(store) = &mut self.store.0 {
            store.defer();
        }
        let result = act(self);
        let owed = self.store.0.as_mut().and_then(|store| store.owed());
        (result, owed)
    }

    /// Opens the chain in this folder, or begins one there.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Replay`] where a record gives another result than it had.
    pub(crate) fn open_on(
        disk: Arc<dyn Disk>,
        options: &OpenOptions,
        executor: Arc<dyn Executor>,
    ) -> Result<Self, StoreError> {
        let expected = options.genesis.as_ref().map(|genesis| genesis.chain_id());
        let Some(found) = crate::store::read(&*disk, expected, u64::MAX)? else {
            let mut chain = match &options.template {
                Some(chain) => chain.with_all_blocks()?,
                None => Self::start(options.genesis.clone().unwrap_or_default(), executor)?,
            };
            chain.record_as(options.history, options.detail);
            let store = Store::create(disk, options.policy, &chain.image())?;
            chain.store = Attached(Some(Box::new(store)));
            return Ok(chain);
        };
        let sequence = found.sequence;
        let problem = match Self::resume(&disk, found, options, &executor) {
            Err(problem @ StoreError::Damaged { .. }) => problem,
            opened => return opened,
        };
        // The checkpoint names more of a log than there is of it. The one before it names less, and the
        // journal has the rest.
        let older = crate::store::read(&*disk, expected, sequence);
        let older = older
            .ok()
            .flatten()
            .map(|found| Self::resume(&disk, found, options, &executor));
        older.and_then(Result::ok).ok_or(problem)
    }

    /// The chain of a folder, as it was read: with its logs, and after its records.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a log does not have what the checkpoint says;
    /// [`StoreError::Replay`] where a record gives another result than it had.
    fn resume(
        disk: &Arc<dyn Disk>,
        found: StoredChain,
        options: &OpenOptions,
        executor: &Arc<dyn Executor>,
    ) -> Result<Self, StoreError> {
        let StoredChain {
            image,
            sequence,
            entries,
            journal,
        } = found;
        let failed = |sequence| {
            let path = disk.path().to_path_buf();
            move |problem| StoreError::Replay {
                path,
                sequence,
                problem,
            }
        };
        let made = image.made;
        let beginning = image.recording.as_ref().and_then(|it| it.beginning.clone());
        let mut chain = Self::from_image(image, Arc::clone(executor));
        let last = chain.logged_id();
        chain.logged = chain.logged.open(disk, last)?;
        if let Some(recording) = &mut chain.recording {
            recording.recorded = std::mem::take(&mut recording.recorded).open(disk)?;
        }
        if let Some(beginning) = beginning {
            chain.begin_again(beginning).map_err(failed(sequence))?;
            chain.made = made;
        }
        chain.record_as(options.history, options.detail);
        let replayed = entries.len() as u64;
        for (sequence, entry) in entries {
            chain.replay(entry).map_err(failed(sequence))?;
        }
        let store = Store::resume(Arc::clone(disk), options.policy, journal, replayed);
        chain.store = Attached(Some(Box::new(store)));
        Ok(chain)
    }

    /// A fork that has all blocks in memory, to begin another folder with: its block log
    /// begins with block 1, and its logs with the first record.
    ///
    /// # Errors
    /// [`StoreError`] where a block or a record cannot be read.
    fn with_all_blocks(&self) -> Result<Self, StoreError> {
        let mut chain = self.clone();
        for number in 1..=self.logged.blocks {
            chain
                .blocks
                .extend(self.read_block(number)?.map(|block| (number, block)));
        }
        chain.logged = Logged::default();
        chain.recall_records()?;
        Ok(chain)
    }

    /// Keeps the folder locked while the chain exists.
    pub(crate) fn hold(&mut self, lock: Hold) {
        if let Some(store) = &mut self.store.0 {
            store.hold(lock);
        }
    }

    /// Executes a record again and compares the result.
    ///
    /// | record | what is compared |
    /// |---|---|
    /// | a transaction | the digest of its action receipts |
    /// | the end of a block | the id of the block |
    /// | an activation, a taking over | nothing; it must succeed |
    ///
    /// Signatures are not verified again: the record has the authority that they gave.
    ///
    /// # Errors
    /// What is different, in words.
    pub(super) fn replay(&mut self, entry: Entry) -> Result<(), String> {
        match entry {
            Entry::Push {
                packed: Packed(packed),
                authority,
                made,
                result: expected,
            } => {
                let signed = unpack(&packed).map_err(|error| error.to_string())?;
                let before = self.pending.receipt_digests.len();
                self.made = made;
                let executed = self.execute(
                    signed.transaction.id(),
                    Arc::new(signed),
                    Arc::unwrap_or_clone(packed),
                    authority.into(),
                );
                let trace = executed.map_err(|failure| failure.to_string())?;
                let receipts = self.pending.receipt_digests.iter().skip(before).copied();
                if result(receipts) != expected {
                    return Err(format!(
                        "transaction {} has another result than when it was acknowledged",
                        trace.id
                    ));
                }
                Ok(())
            }
            Entry::Block { slots, id } => {
                let block = self.produce(slots).map_err(|error| error.to_string())?;
                if block.id == id {
                    return Ok(());
                }
                let number = block.number();
                Err(format!("block {number} is {}, expected {id}", block.id))
            }
            Entry::Activate { features } => {
                let known = features.iter().map(Feature::by_digest);
                let features: Option<Vec<_>> = known.collect();
                let features =
                    features.ok_or("a recorded protocol feature is unknown to this version")?;
                let activated = self.activate_features(&features);
                activated.map_err(|error| error.to_string())
            }
            Entry::TakeOver { fetched } => {
                let taken = self.take_over(fetched);
                taken.map_err(|error| error.to_string())
            }
            Entry::Closed => Ok(()),
        }
    }

    /// Records an input before it takes effect. Does nothing for a chain in memory without a history,
    /// for which the entry is not even made.
    ///
    /// # Errors
    /// `database_exception` (3060000).
    pub(super) fn record(&mut self, entry: impl FnOnce() -> Entry) -> Result<(), ChainError> {
        if !self.keeps_inputs() {
            return Ok(());
        }
        let entry = entry();
        if let Some(store) = &mut self.store.0 {
            store.record(&entry)?;
        }
        self.record_input(entry);
        Ok(())
    }

    /// Looks whether somebody has removed files under the chain. A journal is made good by a
    /// checkpoint, since everything is in memory; without the block log nothing more is accepted
    /// until it is back. Done with each block; a chain without blocks for long may ask for it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn verify_files(&mut self) -> Result<(), StoreError> {
        let Some(store) = &mut self.store.0 else {
            return Ok(());
        };
        store.verify_log(&self.logged)?;
        if !store.is_journal_lost() {
            return Ok(());
        }
        let written = self.checkpoint();
        // The new journal does not follow what the folder has.
        written.map_err(|error| match &mut self.store.0 {
            Some(store) => store.stop(error),
            None => error,
        })
    }

    /// Starts a checkpoint where enough was recorded since the last. Called after each block.
    pub(super) fn checkpoint_if_due(&mut self) {
        // A failed checkpoint is no reason to stop: the journal has everything, and it is tried
        // again later.
        if self
            .store
            .0
            .as_ref()
            .is_some_and(|s| s.is_checkpoint_done())
        {
            let _ = self.finish_checkpoint();
        }
        if self.store.0.as_ref().is_some_and(|s| s.is_checkpoint_due()) {
            let _ = self.begin_checkpoint();
        }
    }

    /// Replaces the chain in the folder by this one, after a revert. If that fails the folder keeps
    /// the old chain, and the store stops, so that later transactions fail.
    pub(super) fn replace_stored(&mut self) {
        if !self.is_durable() {
            return;
        }
        let (image, last) = (self.image(), self.logged_id());
        if let Some(store) = &mut self.store.0
            && let Ok(Written {
                logged, recorded, ..
            }) = store.replace(&image, last)
        {
            self.logged = logged;
            if let (Some(recording), Some(recorded)) = (&mut self.recording, recorded) {
                recording.recorded = recorded;
            }
        }
    }

    /// Everything that lasts of the chain. All fields are named, so that a new one must be dealt
    /// with here.
    pub(crate) fn image(&self) -> Image {
        let Self {
            executor: _,
            chain_id: _,
            genesis,
            state,
            blocks,
            logged,
            block_ids,
            header_states,
            // A private key is never written.
            producer_key: _,
            head,
            pending,
            scheduled_features,
            made,
            recording,
            // Found out again by the block that needs it.
            wanted: _,
            store: _,
        } = self;
        let mut image = Image {
            genesis: Arc::clone(genesis),
            state: state.clone(),
            head: Arc::clone(head),
            pending: pending.clone(),
            scheduled_features: scheduled_features.clone(),
            made: *made,
            block_ids: block_ids.clone(),
            header_states: header_states.clone(),
            logged: logged.clone(),
            blocks: blocks.values().cloned().collect(),
            recording: None,
        };
        if let Some(recording) = recording {
            recording.add_to(&mut image);
        }
        image
    }

    /// The chain of an image, in memory. It has no store. An image has no private key: the chain
    /// signs with the one that belongs to its genesis, if that is known.
    pub(super) fn from_image(image: Image, executor: Arc<dyn Executor>) -> Self {
        let Image {
            genesis,
            state,
            head,
            pending,
            scheduled_features,
            made,
            block_ids,
            header_states,
            logged,
            blocks,
            recording,
        } = image;
        Self {
            executor,
            chain_id: genesis.chain_id(),
            producer_key: super::producer_key(&genesis),
            genesis,
            state,
            blocks: blocks.into_iter().map(|b| (b.number(), b)).collect(),
            logged,
            block_ids,
            header_states,
            head,
            pending,
            scheduled_features,
            made,
            recording: recording.map(|it| Box::new(it.into())),
            wanted: BTreeSet::new(),
            store: Attached::default(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
