//! The folder of a chain, reduced to the few operations that the store needs.
//!
//! Everything that touches the file system is behind [`Disk`] and [`DiskFile`], so that the tests
//! in `chain/durable/tests` can replace it by one that loses power after any operation, refuses to
//! write, or has no room left.
//!
//! What the store relies on, and the simulated disk of the tests grants: a synced file keeps what
//! was appended before; a rename is atomic, and lasts once the folder is synced. Nothing is assumed
//! of data that were not synced: after a loss of power they may be there, partly there, or garbage.

use super::StoreError;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A flat folder of files.
pub(crate) trait Disk: Send + Sync {
    /// Where it is, for error messages.
    fn path(&self) -> &Path;
    /// The names of all files.
    fn names(&self) -> io::Result<Vec<String>>;
    /// The length of a file in bytes; 0 for one that does not exist.
    fn len(&self, name: &str) -> io::Result<u64>;
    /// At most `length` bytes of a file from a position on; fewer where it ends before.
    fn read(&self, name: &str, from: u64, length: u64) -> io::Result<Vec<u8>>;
    /// Creates a file, replacing any of that name.
    fn create(&self, name: &str) -> io::Result<Arc<dyn DiskFile>>;
    /// Opens an existing file for appending.
    fn open(&self, name: &str) -> io::Result<Arc<dyn DiskFile>>;
    /// Renames a file atomically, replacing any that has the new name.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Returns when the names of all files are on the disk: `fsync` of the folder. Without it a
    /// rename may be lost with the power.
    fn sync(&self) -> io::Result<()>;
}

/// A file that is written at its end.
pub(crate) trait DiskFile: Send + Sync {
    /// Appends bytes. On failure some of them may have been written.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;
    /// Cuts the file to this length.
    fn truncate(&self, length: u64) -> io::Result<()>;
    /// Returns when everything written is on the disk: `fdatasync`.
    fn sync(&self) -> io::Result<()>;
    /// Whether the file still has a name: what is appended to one that was removed is gone with the
    /// process.
    fn has_name(&self) -> bool;
}

/// The lock on a folder: an advisory lock on its file `lock`, released when this is dropped or the
/// process ends, however it ends.
pub(crate) struct Hold(File);

impl Drop for Hold {
    fn drop(&mut self) {
        // Closing alone would not always release it: a child process that another thread is just
        // starting has the file open as well, until it executes its program.
        let _ = self.0.unlock();
    }
}

/// A folder of the file system.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens and locks the folder, creating it if it is missing. The folder stays locked while the
    /// returned
    /// [`Hold`] exists.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another chain has it open, [`StoreError::Io`].
    pub(crate) fn open(path: &Path) -> Result<(Self, Hold), StoreError> {
        let failed = |doing, path: &Path| {
            let path = path.to_path_buf();
            move |source| StoreError::Io {
                doing,
                path,
                source,
            }
        };
        fs::create_dir_all(path).map_err(failed("make", path))?;
        if let Some(parent) = path.canonicalize().ok().as_deref().and_then(Path::parent) {
            // The folder's own name must survive a loss of power as well. Where its parent cannot
            // be opened, as for want of permission, it is left to the system.
            let _ = File::open(parent).and_then(|parent| parent.sync_all());
        }
        let name = path.join("lock");
        let lock = File::create(&name).map_err(failed("make", &name))?;
        match lock.try_lock() {
            Ok(()) => {
                let path = path.to_path_buf();
                Ok((Self { path }, Hold(lock)))
            }
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked {
                path: path.to_path_buf(),
            }),
            Err(TryLockError::Error(source)) => Err(failed("lock", &name)(source)),
        }
    }
}

impl Disk for Folder {
    fn path(&self) -> &Path {
        &self.path
    }

    fn names(&self) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(&self.path)?;
        let names = entries.map(|entry| Ok(entry?.file_name().into_string().ok()));
        names.filter_map(io::Result::transpose).collect()
    }

    fn len(&self, name: &str) -> io::Result<u64> {
        match fs::metadata(self.path.join(name)) {
            Ok(metadata) => Ok(metadata.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    fn read(&self, name: &str, from: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path.join(name))?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn create(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let path = self.path.join(name);
        // Truncating and appending cannot be asked for in one call, so that an existing file is
        // emptied first.
        File::create(&path)?;
        Ok(Arc::new(File::options().append(true).open(path)?))
    }

    fn open(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let path = self.path.join(name);
        Ok(Arc::new(File::options().append(true).open(path)?))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    fn sync(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()
    }
}

impl DiskFile for File {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = self;
        file.write_all(bytes)
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }

    #[cfg(unix)]
    fn has_name(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        // Where it cannot be asked, the next append tells.
        !self.metadata().is_ok_and(|it| it.nlink() == 0)
    }

    // Elsewhere an open file cannot be removed.
    #[cfg(not(unix))]
    fn has_name(&self) -> bool {
        true
    }
}
