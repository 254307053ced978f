//! A new index beside the old one, which takes its place in one transaction.
//!
//! ```text
//! begin    rebuild.db is made anew               readers: the old index
//! follow   from the first block                  readers: the old index
//! finish   all pages go into index.db            readers: the new index, at the commit
//!          rebuild.db is removed
//! ```
//!
//! A process that is killed at any of these steps leaves the old index or the new one, whole. Readers that are
//! open meanwhile see the new index with their next question, and need not open it again.

use crate::database;
use crate::error::{IndexError, is_corrupt};
use crate::folder::{self, IndexLock};
use crate::follower::FollowerStatus;
use crate::reader::IndexReader;
use crate::scope::IndexScope;
use crate::writer::IndexWriter;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The pause where a reader holds the database.
const PAUSE: Duration = Duration::from_millis(50);

/// A new index that is being built.
#[derive(Debug)]
pub struct Rebuild<'a> {
    lock: &'a IndexLock,
    goal: Option<u32>,
}

impl<'a> Rebuild<'a> {
    /// Begins with nothing. What an interrupted rebuild has left is removed.
    ///
    /// # Errors
    /// [`IndexError::Files`].
    pub fn begin(lock: &'a IndexLock) -> Result<Self, IndexError> {
        folder::remove(&lock.folder().rebuilt())?;
        Ok(Self {
            lock,
            goal: head(&lock.folder().file()),
        })
    }

    /// The head of the old index, which the new one has to reach; `None` where there is none, or none that can
    /// be read.
    pub fn goal(&self) -> Option<u32> {
        self.goal
    }

    /// The writer of the new index.
    ///
    /// # Errors
    /// As [`IndexWriter::open`].
    pub fn writer(&self, scope: IndexScope) -> Result<IndexWriter, IndexError> {
        IndexWriter::open(&self.lock.folder().rebuilt(), scope)
    }

    /// Whether the new index is as far as the old one; without an old one, as far as the node.
    pub fn is_reached(&self, status: &FollowerStatus) -> bool {
        let own = status.head.map(|it| it.block_num);
        match self.goal {
            Some(goal) => own >= Some(goal),
            None => own.is_some() && status.is_caught_up(),
        }
    }

    /// Puts the new index in the place of the old one. An old file that is not a database any more is kept beside, as
    /// `index.db.damaged`.
    ///
    /// # Errors
    /// [`IndexError::Database`], [`IndexError::Files`]; the old index is there then.
    pub fn finish(self, mut writer: IndexWriter) -> Result<(), IndexError> {
        let (old, new) = (self.lock.folder().file(), self.lock.folder().rebuilt());
        let source = writer.settled()?;
        match replace(&old, source) {
            Err(IndexError::Database(error)) if is_corrupt(&error) => {
                // Closing it writes its log into the file.
                drop(writer);
                set_aside(&old)?;
                rename(&new, &old)
            }
            Err(error) => Err(error),
            Ok(()) => {
                drop(writer);
                folder::remove(&new)
            }
        }
    }
}

fn head(file: &Path) -> Option<u32> {
    let status = IndexReader::open(file).ok()?.status().ok()?;
    status.head.map(|it| it.block_num)
}

/// Copies all pages in one transaction of the old database.
fn replace(old: &Path, new: &Connection) -> Result<(), IndexError> {
    let mut target = database::open_to_replace(old)?;
    let backup = Backup::new(new, &mut target)?;
    loop {
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => std::thread::sleep(PAUSE),
        }
    }
}

fn set_aside(file: &Path) -> Result<(), IndexError> {
    rename(file, &file.with_extension("db.damaged"))?;
    // The log of another database would be taken for that of the new one.
    folder::remove(file)
}

fn rename(from: &Path, to: &Path) -> Result<(), IndexError> {
    fs::rename(from, to).map_err(|problem| IndexError::Files {
        path: from.to_owned(),
        problem,
    })
}
