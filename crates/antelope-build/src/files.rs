//! File access with errors that name the file.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, process};

use crate::error::BuildError;

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, BuildError> {
    fs::read(path).map_err(BuildError::io("read", path))
}

/// Writes in one step: a reader sees the old contents or the new, also with several builds at once.
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

pub(crate) fn create_folder(path: &Path) -> Result<(), BuildError> {
    fs::create_dir_all(path).map_err(BuildError::io("create", path))
}

/// A name no other build uses.
pub(crate) fn temporary(folder: &Path, name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    folder.join(format!(".{}-{count}-{name}", process::id()))
}

/// Removes what is only in the way; a leftover does no harm.
pub(crate) fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}
