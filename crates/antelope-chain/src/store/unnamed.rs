//! A segment of the journal that gets its name when it is synced for the first time.
//!
//! Beginning a segment in one go takes three waits for the disk: for the segment before it, for its
//! own header, and for its name. While the chain is locked nobody should wait that long, so they are
//! left to the first sync, which is made without the lock.
//!
//! | step of the first sync | why in this order |
//! |---|---|
//! | the segment before is synced | a segment with its name follows one that is complete |
//! | this one is synced | a segment with its name has its header |
//! | it is renamed, the folder is synced | what is told to be on the disk is found under its name |

use super::disk::{Disk, DiskFile};
use super::journal::temporary;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// The file of such a segment.
pub(super) struct Unnamed {
    disk: Arc<dyn Disk>,
    file: Arc<dyn DiskFile>,
    /// The name that it gets.
    name: String,
    /// How far it is. Locked during the first sync.
    step: Mutex<Step>,
}

/// How far a segment is.
enum Step {
    /// It has its temporary name; the segment before it may not be on the disk.
    After(Arc<dyn DiskFile>),
    /// It has its name.
    Named,
    /// A step has failed. It is never tried again: after a failed sync the system may have forgotten
    /// what was not written, and the next one would succeed.
    Failed(String),
}

impl Unnamed {
    /// The file of a segment under its temporary name, which follows the segment `before`.
    pub(super) fn new(
        disk: &Arc<dyn Disk>,
        before: Arc<dyn DiskFile>,
        file: Arc<dyn DiskFile>,
        name: String,
    ) -> Self {
        Self {
            disk: Arc::clone(disk),
            file,
            name,
            step: Mutex::new(Step::After(before)),
        }
    }

    /// Takes all steps of the first sync.
    fn begin(&self, before: &dyn DiskFile) -> io::Result<()> {
        before.sync()?;
        self.file.sync()?;
        self.disk.rename(&temporary(&self.name), &self.name)?;
        self.disk.sync()
    }
}

impl DiskFile for Unnamed {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        self.file.append(bytes)
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.file.truncate(length)
    }

    fn sync(&self) -> io::Result<()> {
        let mut step = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        match &*step {
            Step::After(before) => match self.begin(&**before) {
                Ok(()) => *step = Step::Named,
                Err(error) => {
                    *step = Step::Failed(error.to_string());
                    return Err(error);
                }
            },
            Step::Named => {
                drop(step);
                return self.file.sync();
            }
            Step::Failed(problem) => return Err(io::Error::other(problem.clone())),
        }
        Ok(())
    }

    fn has_name(&self) -> bool {
        self.file.has_name()
    }
}
