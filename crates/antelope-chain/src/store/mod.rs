//! A chain in a folder: what it was acknowledged to have done survives the process and the machine.
//!
//! Execution is deterministic, so a folder holds what the chain was given, and now and then the
//! chain itself:
//!
//! | file | what it holds |
//! |---|---|
//! | `blocks.log`, `blocks.index` | complete blocks with their signatures, in the format of nodes |
//! | `journal-N` | transactions with what gave them authority, and ends of blocks, from record N + 1 on |
//! | `checkpoint-N` | the chain after record N: its state, its last blocks and the block in the making |
//! | `lock` | nothing; it is locked while a chain has the folder open |
//!
//! A record is on the disk before the call returns that gave it ([`Durability`] says otherwise).
//! One that was not written whole is dropped when the chain is opened: nobody was told of it. A
//! checkpoint is written beside, from a copy that costs nothing while the chain goes on, and renamed
//! when it is whole; the last two are kept, with the journal from the older one on.
//!
//! # Phases of a write
//!
//! | phase | what it does | what is held |
//! |---|---|---|
//! | execute | changes the state in memory | the chain (`&mut Chain`; in a `LiveChain` its lock) |
//! | append | writes the record to the journal, without waiting for the disk | the same |
//! | wait | `fsync`; threads that wait at the same time share one, see `group` | nothing: other transactions are executed meanwhile |
//! | acknowledge | the call returns | nothing |
//! | checkpoint | now and then, a copy of the chain is written beside and renamed | nothing: the copy shares its data with the chain that goes on |
//!
//! All numbers are little-endian. Each file begins with what it is, its version and its chain, and
//! each part of it has a checksum.

mod blocks;
mod checkpoint;
mod disk;
mod entry;
mod error;
mod group;
mod header;
mod journal;
mod open;
mod options;

pub use error::StoreError;
pub use options::Durability;

pub(crate) use blocks::Logged;
pub(crate) use checkpoint::Image;
#[cfg(test)]
pub(crate) use disk::DiskFile;
pub(crate) use disk::{Disk, Folder, Hold};
pub(crate) use entry::{Entry, result};
pub(crate) use open::{Found, read};
pub(crate) use options::WritePolicy;

use antelope_types::{Checksum256, Encode, PrivateKey};
use group::Group;
use header::FileKind;
use journal::{Journal, WriteError};
use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

/// What a chain writes to as it goes on.
pub(crate) struct Store {
    disk: Arc<dyn Disk>,
    durability: Durability,
    checkpoint_every: u64,
    journal: Journal,
    /// The record that the last checkpoint was begun after.
    checkpointed: u64,
    writer: Option<JoinHandle<Result<Logged, StoreError>>>,
    /// Whether anything was written since the chain was opened.
    written: bool,
    group: Arc<Group>,
    /// Whether whoever writes waits for the disk later.
    deferred: bool,
    /// The record that somebody is to wait for.
    owed: Option<u64>,
    /// Why nothing can be written any more.
    stopped: Option<String>,
    /// The folder is taken as long as this is open.
    _lock: Option<Hold>,
}

/// Records that are not on the disk yet.
pub(crate) struct Owed {
    group: Arc<Group>,
    sequence: u64,
}

impl Owed {
    /// Waits until they are.
    pub(crate) fn wait(&self) -> Result<(), StoreError> {
        let waited = self.group.wait(self.sequence);
        waited.map_err(|problem| StoreError::Stopped { problem })
    }
}

/// A chain's store, if it has one. A copy has none: it is a fork in memory.
#[derive(Default)]
pub(crate) struct Attached(pub(crate) Option<Box<Store>>);

impl Clone for Attached {
    fn clone(&self) -> Self {
        Self(None)
    }
}

impl Store {
    /// Begins a chain in an empty folder.
    pub(crate) fn create(
        disk: Arc<dyn Disk>,
        policy: WritePolicy,
        image: &Image,
    ) -> Result<Self, StoreError> {
        checkpoint::write(&*disk, 0, image)?;
        let journal = Journal::create(&*disk, image.genesis.chain_id(), 0)?;
        Ok(Self::with(disk, policy, journal, 0))
    }

    /// Goes on after what was found in a folder, with the checkpoint of this record.
    pub(crate) fn resume(
        disk: Arc<dyn Disk>,
        policy: WritePolicy,
        journal: Journal,
        replayed: u64,
    ) -> Self {
        let checkpointed = journal.sequence() - replayed;
        Self::with(disk, policy, journal, checkpointed)
    }

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
            _lock: None,
        }
    }

    /// Records what the chain is about to do; it may do it only then.
    pub(crate) fn record(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.going_on()?;
        match self.journal.append(&*self.disk, &entry.to_bytes()) {
            Ok(()) => {}
            Err(WriteError::AsBefore(error)) => return Err(error),
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

    /// From here on, whoever writes waits for the disk later: by what [`owed`](Self::owed) gives.
    pub(crate) fn defer(&mut self) {
        self.deferred = true;
    }

    /// From here on, whoever writes waits for the disk. What is to be waited for of before.
    pub(crate) fn owed(&mut self) -> Option<Owed> {
        self.deferred = false;
        let group = Arc::clone(&self.group);
        self.owed.take().map(|sequence| Owed { group, sequence })
    }

    /// Returns when all records are on the disk.
    pub(crate) fn sync(&mut self) -> Result<(), StoreError> {
        self.going_on()?;
        // What a failed sync has left unwritten, no later one writes: only reading tells.
        let synced = self.journal.sync(&*self.disk);
        synced.map_err(|error| self.stop(error))?;
        self.group.settle(self.journal.sequence());
        Ok(())
    }

    /// Keeps the folder taken.
    pub(crate) fn hold(&mut self, lock: Hold) {
        self._lock = Some(lock);
    }

    /// Whether it is time for a checkpoint.
    pub(crate) fn is_checkpoint_due(&self) -> bool {
        let since = self.journal.sequence() - self.checkpointed;
        self.stopped.is_none() && self.writer.is_none() && since >= self.checkpoint_every
    }

    /// Whether a checkpoint was being written, and now is or has failed.
    pub(crate) fn is_checkpoint_done(&self) -> bool {
        self.writer.as_ref().is_some_and(JoinHandle::is_finished)
    }

    /// Writes the blocks of the image to the log and then a checkpoint, in the background.
    ///
    /// # Errors
    /// Where it cannot begin. The journal goes on then.
    pub(crate) fn begin_checkpoint(
        &mut self,
        mut image: Image,
        key: Option<PrivateKey>,
    ) -> Result<(), StoreError> {
        self.sync()?;
        let sequence = self.journal.sequence();
        if self.journal.first() < sequence {
            let chain_id = image.genesis.chain_id();
            self.journal = Journal::create(&*self.disk, chain_id, sequence)?;
        }
        self.checkpointed = sequence;
        let disk = Arc::clone(&self.disk);
        let write = move || {
            let blocks = std::mem::take(&mut image.blocks);
            let logged = &image.logged;
            image.logged = logged.append(&disk, &image.genesis, &blocks, key.as_ref())?;
            checkpoint::write(&*disk, sequence, &image)?;
            remove_older(&*disk, sequence, 2)?;
            Ok(image.logged)
        };
        let writer = std::thread::Builder::new().name("checkpoint".to_owned());
        let spawned = writer.spawn(write);
        self.writer = Some(spawned.map_err(io_error(&*self.disk, "begin", "checkpoint"))?);
        Ok(())
    }

    /// Waits for the checkpoint that is being written, if one is; what is in the log then.
    pub(crate) fn finish_checkpoint(&mut self) -> Result<Option<Logged>, StoreError> {
        let Some(writer) = self.writer.take() else {
            return Ok(None);
        };
        match writer.join() {
            Ok(result) => result.map(Some),
            Err(_) => Err(StoreError::Stopped {
                problem: "the writer of checkpoints has panicked".to_owned(),
            }),
        }
    }

    /// How many records there are since the last checkpoint.
    pub(crate) fn since_checkpoint(&self) -> u64 {
        self.journal.sequence() - self.checkpointed
    }

    /// Puts another chain in the place of this one.
    ///
    /// It takes a number that no record has: whoever finds an older checkpoint alone, finds that
    /// something is missing, and does not go on with the journal as if nothing had happened.
    ///
    /// # Errors
    /// Where the log does not have the blocks before those of the image, of which the last has this
    /// id: another revert has cut them off.
    pub(crate) fn replace(
        &mut self,
        image: &Image,
        last: Checksum256,
    ) -> Result<Logged, StoreError> {
        self.sync()?;
        // Whatever became of it, it does not matter any more.
        let _ = self.finish_checkpoint();
        let logged = image.logged.clone().open(&self.disk, last);
        let logged = logged.map_err(|error| self.stop(error))?;
        let sequence = self.journal.sequence() + 1;
        let replace = || {
            checkpoint::write(&*self.disk, sequence, image)?;
            let journal = Journal::create(&*self.disk, image.genesis.chain_id(), sequence)?;
            remove_older(&*self.disk, sequence, 1)?;
            Ok(journal)
        };
        self.journal = replace().map_err(|error| self.stop(error))?;
        self.checkpointed = sequence;
        Ok(logged)
    }

    /// Fails where nothing can be written any more, and learns what others have seen to.
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

    fn stop(&mut self, error: StoreError) -> StoreError {
        self.stopped = Some(error.to_string());
        error
    }

    /// Ends well: what was written is whole, and says so.
    pub(crate) fn close(&mut self) -> Result<(), StoreError> {
        let checkpoint = self.finish_checkpoint().map(drop);
        if std::mem::take(&mut self.written) && self.stopped.is_none() {
            self.record(&Entry::Closed)?;
            self.written = false;
            self.sync()?;
        }
        checkpoint
    }

    /// Ends well, lets the folder be taken by others, and takes nothing more.
    pub(crate) fn end(&mut self) -> Result<(), StoreError> {
        let closed = self.close();
        self.stopped.get_or_insert("it was closed".to_owned());
        self._lock = None;
        closed
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Whoever wants to know calls `close`; nothing that was acknowledged is at stake.
        let _ = self.close();
    }
}

/// Removes checkpoints but so many of the last, and the journal before the oldest of them.
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
    for name in checkpoints.chain(journals) {
        disk.remove(&name)
            .map_err(io_error(disk, "remove", &name))?;
    }
    Ok(())
}

/// What the system refused to do with a file.
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
