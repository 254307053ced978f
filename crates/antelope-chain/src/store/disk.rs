//! The folder of a chain, by the few operations that it needs of it.

use super::StoreError;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of files, none of which is in another folder.
///
/// Everything that the store knows of disks is here, so that tests can stand in one that loses
/// power at any moment, or has no room left.
pub(crate) trait Disk: Send + Sync {
    /// Where it is.
    fn path(&self) -> &Path;
    /// The names of all files.
    fn names(&self) -> io::Result<Vec<String>>;
    /// The length of a file; 0 for one that is not there.
    fn len(&self, name: &str) -> io::Result<u64>;
    /// Bytes of a file.
    fn read(&self, name: &str, from: u64, length: u64) -> io::Result<Vec<u8>>;
    /// A new file, in place of any of that name.
    fn create(&self, name: &str) -> io::Result<Arc<dyn DiskFile>>;
    /// A file that is there, to append to.
    fn open(&self, name: &str) -> io::Result<Arc<dyn DiskFile>>;
    /// Gives a file another name, in place of any that has it.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Returns when all names of files are on the disk.
    fn sync(&self) -> io::Result<()>;
}

/// A file that is written at its end.
pub(crate) trait DiskFile: Send + Sync {
    /// Appends bytes; where it fails, some of them may be there.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;
    /// Makes it so long.
    fn truncate(&self, length: u64) -> io::Result<()>;
    /// Returns when all that was written is on the disk.
    fn sync(&self) -> io::Result<()>;
}

/// That a folder is taken: until this is dropped, or the process ends.
pub(crate) struct Hold(File);

impl Drop for Hold {
    fn drop(&mut self) {
        // Closing would not do at once: a process that is just being started by another thread has the
        // file open too until it executes its program.
        let _ = self.0.unlock();
    }
}

/// A folder of the file system.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Takes the folder, which is made if it is not there. It is taken as long as there is what comes
    /// with it, however the process ends.
    ///
    /// # Errors
    /// [`StoreError::Locked`], and what the system refuses.
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
            // The folder's own name must last too; where its parent cannot be opened, others care.
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
        // What is there is emptied first: files are opened to append, which does not go with that.
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
}
