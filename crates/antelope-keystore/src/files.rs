//! The folder of a keystore: who may use it, and files that are whole after a crash.
//!
//! A file is written under a name that begins with a dot, flushed, and renamed; then the folder is
//! flushed. A crash therefore leaves the old file or the new one, and perhaps a file with a dot, which
//! the next writer removes. Writers wait for one another at the lock of `.lock`, threads and processes
//! alike; readers wait for nobody.

use crate::error::{Doing, KeystoreError};
use crate::record::random;
use antelope_types::json::bytes;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Most bytes of a file that is read. One that this library writes has some 700.
const MOST: u64 = 4096;

/// What files that are being written end with.
const UNFINISHED: &str = ".unfinished";

/// Makes the folder where it is missing, with those above it, for the owner alone, and checks that it
/// is this user's and that no other may do what `others` has the bits of.
///
/// # Errors
/// [`KeystoreError::Permissions`], [`KeystoreError::Io`].
pub(crate) fn own_folder(path: &Path, others: u32) -> Result<(), KeystoreError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.doing(|| format!("make the folder {}", path.display()))?;
    let found = fs::metadata(path).doing(|| format!("look at {}", path.display()))?;
    let refuse = |problem: String, cure: String| {
        Err(KeystoreError::Permissions {
            path: path.to_owned(),
            problem,
            cure,
        })
    };
    let user = rustix::process::geteuid().as_raw();
    if found.uid() != user {
        let problem = format!("the folder is of user {}, expected {user}", found.uid());
        return refuse(problem, "choose a folder of your own".to_owned());
    }
    if found.mode() & others != 0 {
        let mode = found.mode() & 0o777;
        let problem = format!("others may use this folder (mode {mode:03o}), expected 700");
        return refuse(problem, format!("chmod 700 {}", path.display()));
    }
    Ok(())
}

/// Makes sure that nobody but the owner may use an open file with `what` in it. What is not a plain file,
/// such as a pipe of the shell, is not looked at.
///
/// # Errors
/// [`KeystoreError::Permissions`], [`KeystoreError::Io`].
pub(crate) fn only_owner(file: &File, path: &Path, what: &str) -> Result<(), KeystoreError> {
    let found = file.metadata();
    let found = found.doing(|| format!("look at {}", path.display()))?;
    if !found.is_file() || found.mode() & 0o077 == 0 {
        return Ok(());
    }
    let mode = found.mode() & 0o777;
    Err(KeystoreError::Permissions {
        path: path.to_owned(),
        problem: format!("others may use this file with {what} (mode {mode:03o}), expected 600"),
        cure: format!("chmod 600 {}", path.display()),
    })
}

/// The bytes of a file of this user's alone; `None` where there is none.
///
/// # Errors
/// [`KeystoreError::Permissions`] where others may read or write it, or it is not a plain file;
/// [`KeystoreError::Damaged`] where it is too long, [`KeystoreError::Io`].
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, KeystoreError> {
    let doing = || format!("read {}", path.display());
    // Not through a link, and not from a pipe, which would wait.
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found.doing(doing)?,
    };
    let refuse = |problem: String, cure: String| {
        Err(KeystoreError::Permissions {
            path: path.to_owned(),
            problem,
            cure,
        })
    };
    if !found.is_file() {
        let problem = "it is not a plain file".to_owned();
        return refuse(problem, format!("move it away: {}", path.display()));
    }
    if found.mode() & 0o077 != 0 {
        let mode = found.mode() & 0o777;
        let problem = format!("others may use this file (mode {mode:03o}), expected 600");
        return refuse(problem, format!("chmod 600 {}", path.display()));
    }
    let file = match File::open(path) {
        // Removed in between.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.doing(doing)?,
    };
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).doing(doing)?;
    if bytes.len() as u64 > MOST {
        let problem = format!("it is longer than {MOST} bytes");
        let path = path.to_owned();
        return Err(KeystoreError::Damaged { path, problem });
    }
    Ok(Some(bytes))
}

/// The folder with its lock, for one writer at a time. The lock ends with the value.
pub(crate) struct Writer<'a> {
    folder: &'a Path,
    _lock: File,
}

impl<'a> Writer<'a> {
    /// Waits for other writers, and removes what a crash has left.
    ///
    /// # Errors
    /// [`KeystoreError::Io`].
    pub(crate) fn lock(folder: &'a Path) -> Result<Self, KeystoreError> {
        let lock = lock_file(&folder.join(".lock"))?;
        lock.lock().doing(|| format!("lock {}", folder.display()))?;
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_left = name.to_str().is_some_and(is_unfinished);
            if is_left {
                // Its contents are encrypted; nothing depends on whether this works.
                let _ = fs::remove_file(entry.path());
            }
        }
        let _lock = lock;
        Ok(Self { folder, _lock })
    }

    /// Writes a file, in place of the one that has this name.
    ///
    /// # Errors
    /// [`KeystoreError::Io`]; the file that was there before is then still there, unless the folder
    /// could not be flushed.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), KeystoreError> {
        let unfinished = self.unfinished()?;
        let written = write_new(&unfinished, bytes)
            .and_then(|()| fs::rename(&unfinished, path))
            .doing(|| format!("write {}", path.display()));
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written?;
        self.flush()
    }

    /// Removes a file.
    ///
    /// # Errors
    /// [`KeystoreError::Io`].
    pub(crate) fn remove(&self, path: &Path) -> Result<(), KeystoreError> {
        fs::remove_file(path).doing(|| format!("remove {}", path.display()))?;
        self.flush()
    }

    /// Makes renamed and removed files last.
    fn flush(&self) -> Result<(), KeystoreError> {
        File::open(self.folder)
            .and_then(|folder| folder.sync_all())
            .doing(|| format!("flush {}", self.folder.display()))
    }

    /// A name that no file has.
    fn unfinished(&self) -> Result<PathBuf, KeystoreError> {
        let random = bytes::text(&random::<8>()?);
        Ok(self.folder.join(format!(".{random}{UNFINISHED}")))
    }
}

/// Opens a file to lock it, and makes it where it is missing.
///
/// # Errors
/// [`KeystoreError::Io`].
pub(crate) fn lock_file(path: &Path) -> Result<File, KeystoreError> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .doing(|| format!("open {}", path.display()))
}

/// Whether a file was being written when its writer ended.
fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(UNFINISHED)
}

/// Writes a new file of this user's alone, and flushes it.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_file_is_replaced_whole_and_leftovers_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alice.json");
        assert!(read(&path).unwrap().is_none());
        Writer::lock(folder.path())
            .unwrap()
            .write(&path, b"one")
            .unwrap();
        // A writer that was killed after half of its file.
        let left = folder.path().join(".0123.unfinished");
        fs::write(&left, b"tw").unwrap();
        assert_eq!(read(&path).unwrap().unwrap(), b"one");
        Writer::lock(folder.path())
            .unwrap()
            .write(&path, b"two")
            .unwrap();
        assert_eq!(read(&path).unwrap().unwrap(), b"two");
        assert!(!left.exists());
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        Writer::lock(folder.path()).unwrap().remove(&path).unwrap();
        assert!(read(&path).unwrap().is_none());
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        // A folder cannot be replaced by a file.
        let path = folder.path().join("alice.json");
        fs::create_dir(&path).unwrap();
        let writer = Writer::lock(folder.path()).unwrap();
        assert_eq!(writer.write(&path, b"new").unwrap_err().code(), "keys.io");
        assert!(path.is_dir());
        let left = fs::read_dir(folder.path()).unwrap().flatten();
        let mut left = left.map(|entry| entry.file_name());
        assert!(left.all(|name| name == ".lock" || name == "alice.json"));
    }

    #[test]
    fn links_pipes_long_files_and_files_of_others_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alice.json");
        let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        fs::write(&path, b"one").unwrap();
        for others in [0o644, 0o640, 0o622] {
            mode(others);
            assert_eq!(read(&path).unwrap_err().code(), "keys.permissions");
        }
        mode(0o600);
        let link = folder.path().join("bob.json");
        symlink(&path, &link).unwrap();
        assert_eq!(read(&link).unwrap_err().code(), "keys.permissions");
        assert_eq!(read(folder.path()).unwrap_err().code(), "keys.permissions");
        fs::write(&path, vec![b' '; 4097]).unwrap();
        assert_eq!(read(&path).unwrap_err().code(), "keys.damaged");
    }
}
