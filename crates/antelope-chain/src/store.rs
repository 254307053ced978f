//! A chain in a folder: what it has acknowledged survives the process and the machine.
//!
//! Execution is deterministic. So a folder contains the inputs of the chain, and from time to time
//! the chain itself:
//!
//! | file | contents |
//! |---|---|
//! | `blocks.log`, `blocks.index` | complete blocks with their signatures, in the format of nodes |
//! | `journal-N` | inputs from record N + 1 on: transactions with their authority, ends of blocks |
//! | `checkpoint-N` | the chain after record N: state, blocks that are not in the log, and the block in production |
//! | `trace_history`, `chain_state_history`, `transactions-A-B`, `accounts-A-B` | what the blocks did, where that is recorded; see `recorded` |
//! | `lock` | nothing; it is locked while a chain has the folder open |
//!
//! By default a record is on the disk before the call that caused it returns; [`Durability`] has
//! other choices. A record that was being written when the power failed is dropped when the chain is
//! opened, since its call had not returned. A checkpoint is written to a temporary file from a copy
//! of the chain, while the chain goes on, and renamed when it is complete. The last two are kept,
//! with the journal from the older one on.
//!
//! # Phases of a write
//!
//! | phase | what it does | what is held |
//! |---|---|---|
//! | execute | changes the state in memory | the chain (`&mut Chain`; in a `LiveChain` its lock) |
//! | append | writes the record to the journal, without waiting for the disk | the same |
//! | wait | `fsync`; threads that wait at the same time share one, see `group` | nothing: other transactions are executed meanwhile |
//! | acknowledge | the call returns | nothing |
//! | checkpoint | from time to time a new segment of the journal begins, and a copy of the chain is written to a temporary file and renamed | the chain for the first; nothing for the second: the copy shares its data with the chain, which goes on |
//!
//! All numbers are little-endian. Each file begins with a header that has its kind, its version and
//! its chain (see `header`), and each part of it has a checksum.

mod blocks;
mod checkpoint;
pub(crate) mod disk;
mod entry;
mod error;
mod group;
mod header;
mod indexed;
mod journal;
mod open;
mod options;
mod recorded;
mod recording;
mod unnamed;

pub use error::StoreError;
pub use options::Durability;

pub(crate) use blocks::Logged;
pub(crate) use checkpoint::Image;
pub(crate) use disk::{Disk, Folder, Hold};
pub(crate) use entry::{Entry, Packed, result};
pub(crate) use open::{StoredChain, read};
pub(crate) use options::WritePolicy;
pub(crate) use recorded::{AccountAction, Recorded};
pub(crate) use recording::{BeginningImage, Input, RecordingImage};

use antelope_types::{Checksum256, Encode, PrivateKey};
use group::Group;
use header::FileKind;
use journal::{Journal, WriteError};
use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

/// What a chain writes to as it goes on: the journal, and now and then a checkpoint. Owned by the
/// chain; the only state shared with other threads is in the [`Group`].
pub(crate) struct Store {
    /// The folder.
    disk: Arc<dyn Disk>,
    /// When a call waits for the disk.
    durability: Durability,
    /// Records after which a checkpoint is due.
    checkpoint_every: u64,
    /// The segment that is being written.
    journal: Journal,
    /// The record after which the last checkpoint was begun.
    checkpointed: u64,
    /// The thread that is writing a checkpoint, if one is.
    writer: Option<JoinHandle<Result<Written, StoreError>>>,
    /// Whether anything was written since the chain was opened, so that closing must be recorded.
    written: bool,
    /// Which records are on the disk, shared with the threads that wait.
    group: Arc<Group>,
    /// Whether the caller waits for the disk later, by [`owed`](Self::owed).
    deferred: bool,
    /// The last record for which the caller has yet to wait.
    owed: Option<u64>,
    /// Why the store accepts no more records.
    stopped: Option<String>,
    /// Why the last record was refused, if it was; the next may be written again.
    refused: Option<String>,
    /// Whether the block log was removed by others.
    log_lost: bool,
    /// Why files that nothing needs any more are still there, as the last checkpoint has found.
    left: Option<String>,
    /// Keeps the folder locked.
    _lock: Option<Hold>,
}

/// A promise that records are written and not yet known to be on the disk. Must be waited for
/// before the caller acknowledges anything.
pub(crate) struct Owed {
    group: Arc<Group>,
    sequence: u64,
}

impl Owed {
    /// Returns when they are on the disk. Must be called without the chain's lock, or others cannot
    /// execute meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub(crate) fn wait(&self) -> Result<(), StoreError> {
        let waited = self.group.wait(self.sequence);
        waited.map_err(|problem| StoreError::Stopped { problem })
    }
}

/// What the logs have after a checkpoint.
pub(crate) struct Written {
    /// The block log.
    pub(crate) logged: Logged,
    /// The history, where the chain records.
    pub(crate) recorded: Option<Recorded>,
    /// Why files that nothing needs any more are still there, if some are. The next checkpoint tries
    /// again.
    left: Option<StoreError>,
}

/// A chain's store, if it has one. A clone has none: it is a fork in memory, and two chains must
/// not write to one folder.
#[derive(Default)]
pub(crate) struct Attached(pub(crate) Option<Box<Store>>);

impl Clone for Attached {
    fn clone(&self) -> Self {
        Self(None)
    }
}

impl Store {
    /// Begins a chain in an empty folder: a checkpoint after record 0, and an empty journal.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(crate) fn create(
        disk: Arc<dyn Disk>,
        policy: WritePolicy,
        image: &Image,
    ) -> Result<Self, StoreError> {
        checkpoint::write(&*disk, 0, image)?;
        // Syncs the folder, with the checkpoint's name in it.
        let journal = Journal::create(&*disk, image.genesis.chain_id(), 0)?;
        Ok(Self::with(disk, policy, journal, 0))
    }

    /// Goes on after what was found in a folder; `replayed` records were executed since its last
    /// checkpoint.
    pub(crate) fn resume(
        disk: Arc<dyn Disk>,
        policy: WritePolicy,
        journal: Journal,
        replayed: u64,
    ) -> Self {
        let checkpointed = journal.sequence() - replayed;
        Self::with(disk, policy, journal, checkpointed)
    }

    /// A store that has written nothing yet.
    fn with(disk: Arc<dyn Disk>, policy: WritePolicy, journal: Journal, checkpointed: u64) -> Self {
        Self {
            disk,
            durability: policy.durability,
            checkpoint_every: policy.checkpoint_every,
            journal,
            checkpointed,
            writer: None,
            written: false,
            group: Arc::default(),
            deferred: false,
            owed: None,
            stopped: None,
            refused: None,
            log_lost: false,
            left: None,
            _lock: None,
        }
    }

    /// Appends a record, and waits for the disk as the durability demands. The chain changes for
    /// good only after this has succeeded.
    ///
    /// # Errors
    /// [`StoreError::Io`] where the record was not written and the chain may go on;
    /// [`StoreError::Stopped`] where it may not.
    pub(crate) fn record(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.going_on()?;
        if self.log_lost {
            return Err(self.refuse(blocks::LOG.to_owned()));
        }
        if !self.journal.file().has_name() {
            return Err(self.refuse(self.journal.name().to_owned()));
        }
        match self.journal.append(&*self.disk, &entry.to_bytes()) {
            Ok(()) => self.refused = None,
            Err(WriteError::AsBefore(error)) => {
                self.refused = Some(error.to_string());
                return Err(error);
            }
            Err(WriteError::Unknown(error)) => return Err(self.stop(error)),
        }
        self.written = true;
        match (self.durability, entry) {
            (Durability::Transaction, _) | (Durability::Block, Entry::Block { .. }) => {}
            _ => return Ok(()),
        }
        if self.deferred {
            let sequence = self.journal.sequence();
            self.group.wrote(self.journal.file(), sequence);
            self.owed = Some(sequence);
            return Ok(());
        }
        self.sync()
    }

    /// From now on [`record`](Self::record) does not wait for the disk; [`owed`](Self::owed) says
    /// what to wait for.
    pub(crate) fn defer(&mut self) {
        self.deferred = true;
    }

    /// Ends [`defer`](Self::defer), and returns what the caller must wait for.
    pub(crate) fn owed(&mut self) -> Option<Owed> {
        self.deferred = false;
        let group = Arc::clone(&self.group);
        self.owed.take().map(|sequence| Owed { group, sequence })
    }

    /// Returns when all records are on the disk.
    ///
    /// # Errors
    /// [`StoreError::Io`] the first time, [`StoreError::Stopped`] after that.
    pub(crate) fn sync(&mut self) -> Result<(), StoreError> {
        self.going_on()?;
        // After a failed `fsync` the system may forget that the data were not written, so that a
        // second attempt could succeed without writing them. Hence the store stops.
        let synced = self.journal.sync(&*self.disk);
        synced.map_err(|error| self.stop(error))?;
        self.group.settle(self.journal.sequence());
        Ok(())
    }

    /// Keeps the folder locked as long as the store is open.
    pub(crate) fn hold(&mut self, lock: Hold) {
        self._lock = Some(lock);
    }

    /// Whether enough records were written since the last checkpoint and none is being written.
    pub(crate) fn is_checkpoint_due(&self) -> bool {
        let since = self.journal.sequence() - self.checkpointed;
        self.stopped.is_none() && self.writer.is_none() && since >= self.checkpoint_every
    }

    /// Whether the thread that was writing a checkpoint has ended, successfully or not.
    pub(crate) fn is_checkpoint_done(&self) -> bool {
        self.writer.as_ref().is_some_and(JoinHandle::is_finished)
    }

    /// Starts a thread that appends the blocks of the image to the log and then writes the
    /// checkpoint. A new segment of the journal begins, so that older ones can be removed later; the
    /// thread waits until both are on the disk, see `unnamed`.
    ///
    /// Once the checkpoint has its name, the next start reads it, so that the logs must keep what it
    /// says that they have. Hence what is done after that cannot fail it: files that cannot be removed
    /// stay until the next checkpoint, and where it is unknown whether the name lasts, the store stops.
    ///
    /// # Errors
    /// Where it cannot begin; the journal goes on then.
    pub(crate) fn begin_checkpoint(
        &mut self,
        mut image: Image,
        key: Option<PrivateKey>,
    ) -> Result<(), StoreError> {
        self.going_on()?;
        let sequence = self.journal.sequence();
        if self.journal.first() < sequence || self.is_journal_lost() {
            self.journal = self.journal.begin(&self.disk)?;
        }
        self.checkpointed = sequence;
        let disk = Arc::clone(&self.disk);
        let (segment, group) = (Arc::clone(self.journal.file()), Arc::clone(&self.group));
        let write = move || {
            // The chain does not wait for this; it is locked.
            if let Err(error) = segment.sync() {
                let error = io_error(&*disk, "begin", &FileKind::Journal.name(sequence))(error);
                group.fail(error.to_string());
                return Err(error);
            }
            group.settle(sequence);
            let blocks = std::mem::take(&mut image.blocks);
            let logged = &image.logged;
            image.logged = logged.append(&disk, &image.genesis, &blocks, key.as_ref())?;
            let before = image.recording.as_mut().map(|recording| {
                let records = std::mem::take(&mut recording.records);
                let before = recording.recorded.clone();
                recording.recorded = before.append(&disk, &records)?;
                Ok::<_, StoreError>(before)
            });
            let before = before.transpose()?;
            checkpoint::write(&*disk, sequence, &image)?;
            disk.sync().map_err(|error| {
                let error = io_error(&*disk, "write", "")(error);
                group.fail(error.to_string());
                error
            })?;
            let mut left = remove_older(&*disk, sequence, 2).err();
            let recorded = image.recording.map(|recording| recording.recorded);
            if let (Some(recorded), Some(before)) = (&recorded, before) {
                left = left.or(recorded.remove_others(&*disk, &before).err());
            }
            let logged = image.logged;
            Ok(Written {
                logged,
                recorded,
                left,
            })
        };
        let writer = std::thread::Builder::new().name("checkpoint".to_owned());
        let spawned = writer.spawn(write);
        self.writer = Some(spawned.map_err(io_error(&*self.disk, "begin", "checkpoint"))?);
        Ok(())
    }

    /// Waits for the checkpoint that is being written; returns what the logs then have.
    ///
    /// # Errors
    /// The failure of the writer. Nothing is lost by it: the journal has everything.
    pub(crate) fn finish_checkpoint(&mut self) -> Result<Option<Written>, StoreError> {
        let Some(writer) = self.writer.take() else {
            return Ok(None);
        };
        match writer.join() {
            Ok(result) => result.map(|written| {
                self.left = written.left.as_ref().map(StoreError::to_string);
                Some(written)
            }),
            Err(_) => Err(StoreError::Stopped {
                problem: "the thread that writes checkpoints has panicked".to_owned(),
            }),
        }
    }

    /// When a call waits for the disk.
    pub(crate) fn durability(&self) -> Durability {
        self.durability
    }

    /// Records since the last checkpoint.
    pub(crate) fn since_checkpoint(&self) -> u64 {
        self.journal.sequence() - self.checkpointed
    }

    /// Replaces the chain in the folder by another: what reverting to a snapshot does.
    ///
    /// The checkpoint gets a sequence number that no record has. If it is damaged later and an
    /// older checkpoint is opened instead, the gap in the numbers shows that something is missing,
    /// so that the journal of the old chain is not executed as if nothing had happened.
    ///
    /// # Errors
    /// Where the log does not have the blocks before those of the image, the last with the id
    /// `last`: another revert has cut them off. The store is stopped then.
    pub(crate) fn replace(
        &mut self,
        image: &Image,
        last: Checksum256,
    ) -> Result<Written, StoreError> {
        self.sync()?;
        // The checkpoint being written is of the chain that is about to be replaced; its failure
        // does not matter.
        let _ = self.finish_checkpoint();
        let logged = image.logged.clone().open(&self.disk, last);
        let logged = logged.map_err(|error| self.stop(error))?;
        let recorded = image.recording.as_ref().map(|it| it.recorded.clone());
        let recorded = recorded
            .map(|recorded| recorded.open(&self.disk))
            .transpose();
        let recorded = recorded.map_err(|error| self.stop(error))?;
        let sequence = self.journal.sequence() + 1;
        let replace = || {
            checkpoint::write(&*self.disk, sequence, image)?;
            Journal::create(&*self.disk, image.genesis.chain_id(), sequence)
        };
        self.journal = replace().map_err(|error| self.stop(error))?;
        self.checkpointed = sequence;
        // What stays is of no use: between it and the journal a record is missing.
        let left = remove_older(&*self.disk, sequence, 1).err();
        self.left = left.as_ref().map(StoreError::to_string);
        Ok(Written {
            logged,
            recorded,
            left,
        })
    }

    /// Notes that a file is gone that others have removed.
    fn refuse(&mut self, name: String) -> StoreError {
        let removed = "it was removed or cut while the chain was open";
        let removed = io::Error::new(io::ErrorKind::NotFound, removed);
        let error = io_error(&*self.disk, "go on with", &name)(removed);
        self.refused = Some(error.to_string());
        error
    }

    /// Whether the journal was removed while it is written: its records are gone with the process,
    /// so that a checkpoint must take their place.
    pub(crate) fn is_journal_lost(&self) -> bool {
        self.stopped.is_none() && !self.journal.file().has_name()
    }

    /// Notes that the block log was removed or cut, which is looked for once in a block.
    ///
    /// # Errors
    /// [`StoreError::Io`]. Nothing is accepted until it is back: without it the folder cannot be
    /// opened.
    pub(crate) fn verify_log(&mut self, logged: &Logged) -> Result<(), StoreError> {
        self.log_lost = !logged.is_there(&*self.disk);
        if self.log_lost {
            return Err(self.refuse(blocks::LOG.to_owned()));
        }
        Ok(())
    }

    /// Why nothing can be recorded now, as far as is known: the store has stopped, or the last record
    /// was refused.
    pub(crate) fn problem(&self) -> Option<String> {
        let stopped = self.stopped.clone();
        let stopped = stopped.or_else(|| self.group.settled().err());
        stopped.or_else(|| self.refused.clone())
    }

    /// Why files that nothing needs any more could not be removed after the last checkpoint.
    pub(crate) fn left(&self) -> Option<String> {
        self.left.clone()
    }

    /// Fails where the store has stopped, and learns which records other threads have synced.
    fn going_on(&mut self) -> Result<(), StoreError> {
        if let Some(problem) = self.stopped.clone() {
            return Err(StoreError::Stopped { problem });
        }
        match self.group.settled() {
            Ok(sequence) => {
                self.journal.settle(sequence);
                Ok(())
            }
            Err(problem) => {
                self.stopped = Some(problem.clone());
                Err(StoreError::Stopped { problem })
            }
        }
    }

    /// Stops the store for good.
    pub(crate) fn stop(&mut self, error: StoreError) -> StoreError {
        self.stopped = Some(error.to_string());
        error
    }

    /// Waits for the checkpoint thread and records that the chain was closed properly.
    ///
    /// # Errors
    /// The failure of either; the records are on the disk all the same.
    pub(crate) fn close(&mut self) -> Result<(), StoreError> {
        let checkpoint = self.finish_checkpoint().map(drop);
        if std::mem::take(&mut self.written) && self.stopped.is_none() {
            self.record(&Entry::Closed)?;
            self.written = false;
            self.sync()?;
        }
        checkpoint
    }

    /// Closes the store and releases the folder; every later record fails with
    /// [`StoreError::Stopped`].
    pub(crate) fn end(&mut self) -> Result<(), StoreError> {
        let closed = self.close();
        self.stopped
            .get_or_insert("the chain was closed".to_owned());
        self._lock = None;
        closed
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Whoever wants to know about errors calls `close`. Acknowledged transactions are on the
        // disk already.
        let _ = self.close();
    }
}

/// Removes all but the last `kept` checkpoints, and the segments of the journal that end before the
/// oldest of them. Those that an earlier call has left are among them.
///
/// # Errors
/// [`StoreError::Io`] for the first file that cannot be removed; the others are removed all the same.
fn remove_older(disk: &dyn Disk, last: u64, kept: usize) -> Result<(), StoreError> {
    let names = disk.names().map_err(io_error(disk, "list", ""))?;
    let mut checkpoints = open::sequences(&names, FileKind::Checkpoint);
    checkpoints.retain(|sequence| *sequence <= last);
    let oldest = checkpoints[checkpoints.len().saturating_sub(kept)..]
        .first()
        .copied()
        .unwrap_or(last);
    let journals = open::sequences(&names, FileKind::Journal);
    let first = journals.iter().rev().find(|first| **first <= oldest);
    let first = first.copied().unwrap_or(oldest);
    let checkpoints = checkpoints
        .into_iter()
        .filter(|sequence| *sequence < oldest)
        .map(|sequence| FileKind::Checkpoint.name(sequence));
    let journals = journals
        .into_iter()
        .filter(|sequence| *sequence < first)
        .map(|sequence| FileKind::Journal.name(sequence));
    remove_all(disk, checkpoints.chain(journals))
}

/// Removes files that nothing needs any more.
///
/// # Errors
/// [`StoreError::Io`] for the first that cannot be removed; the others are removed all the same.
fn remove_all(disk: &dyn Disk, names: impl Iterator<Item = String>) -> Result<(), StoreError> {
    let mut done = Ok(());
    for name in names {
        let removed = disk.remove(&name);
        done = done.and(removed.map_err(io_error(disk, "remove", &name)));
    }
    done
}

/// Turns a system error into a [`StoreError`] that names the file and what was being done.
fn io_error(
    disk: &dyn Disk,
    doing: &'static str,
    name: &str,
) -> impl FnOnce(io::Error) -> StoreError {
    let path = disk.path().join(name);
    move |source| StoreError::Io {
        doing,
        path,
        source,
    }
}
