//! File access with errors that name the file and what was to be done with it.
//!
//! Several builds may write into one target folder at once, for example the tests of several
//! packages that build the same contract. Files are therefore replaced by renaming, which readers
//! see as one step, and temporary names are unique across processes and threads.

use crate::error::BuildError;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, process};

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, BuildError> {
    fs::read(path).map_err(BuildError::io("read", path))
}

/// Replaces a file in one step, by writing a temporary one beside it and renaming that. A reader
/// sees the old contents or the new, never a part, even if several builds write at once.
pub(crate) fn write(path: &Path, contents: &[u8]) -> Result<(), BuildError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("file");
    let draft = temporary(folder, name);
    fs::write(&draft, contents).map_err(BuildError::io("write", &draft))?;
    fs::rename(&draft, path).map_err(BuildError::io("write", path))
}

/// Creates a folder with its parents; one that exists is fine.
pub(crate) fn create_folder(path: &Path) -> Result<(), BuildError> {
    fs::create_dir_all(path).map_err(BuildError::io("create", path))
}

/// A file name that no other build uses, in this process or another.
pub(crate) fn temporary(folder: &Path, name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    folder.join(format!(".{}-{count}-{name}", process::id()))
}

/// Removes a temporary file. Failing is ignored, since a leftover does no harm.
pub(crate) fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}
