//! The folder of an index: one cooperative, one writer.
//!
//! | file | contents |
//! |---|---|
//! | `index.db` | the index, with the files that SQLite keeps beside it |
//! | `rebuild.db` | a new index while it is being built; it may be removed |
//! | `writer.lock` | locked by the program that writes |

use crate::database;
use crate::error::IndexError;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The folder of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFolder {
    path: PathBuf,
}

/// The right to write into the folder, until it is dropped or the process ends.
#[derive(Debug)]
pub struct IndexLock {
    folder: IndexFolder,
    _file: File,
}

impl IndexFolder {
    /// This folder; nothing is made.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of the index.
    pub fn file(&self) -> PathBuf {
        self.path.join("index.db")
    }

    /// Whether there is an index.
    pub fn has_index(&self) -> bool {
        self.file().is_file()
    }

    /// A new index while it is being built.
    pub(crate) fn rebuilt(&self) -> PathBuf {
        self.path.join("rebuild.db")
    }

    /// Makes the folder where it is missing, readable for its owner only, and takes the right to write into it.
    ///
    /// # Errors
    /// [`IndexError::Busy`] where another program has it; [`IndexError::Files`].
    pub fn lock(&self) -> Result<IndexLock, IndexError> {
        let path = self.path.join("writer.lock");
        let failed = |problem| IndexError::Files {
            path: path.clone(),
            problem,
        };
        if !self.path.is_dir() {
            make(&self.path).map_err(failed)?;
        }
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        let file = options.open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(IndexLock {
                folder: self.clone(),
                _file: file,
            }),
            Err(TryLockError::WouldBlock) => Err(IndexError::Busy {
                folder: self.path.clone(),
            }),
            Err(TryLockError::Error(problem)) => Err(failed(problem)),
        }
    }
}

impl IndexLock {
    /// The folder.
    pub fn folder(&self) -> &IndexFolder {
        &self.folder
    }
}

fn make(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Removes a database with what SQLite keeps beside it.
pub(crate) fn remove(file: &Path) -> Result<(), IndexError> {
    for path in database::files(file) {
        match fs::remove_file(&path) {
            Err(problem) if problem.kind() != io::ErrorKind::NotFound => {
                return Err(IndexError::Files { path, problem });
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_writer() {
        let parent = tempfile::tempdir().unwrap();
        let folder = IndexFolder::new(parent.path().join("a/b"));
        let lock = folder.lock().unwrap();
        let error = folder.lock().unwrap_err();
        assert!(matches!(error, IndexError::Busy { .. }), "{error}");
        assert!(!error.is_transient());
        drop(lock);
        assert_eq!(folder.lock().unwrap().folder(), &folder);
    }
}
