//! Files that only their owner can read, that are whole after a crash, and whose bytes go with them.

use crate::error::{Doing, PrivateError};
use crate::kill;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What files that are being written end with.
const UNFINISHED: &str = "unfinished";
/// How many bytes are written at once.
const CHUNK: usize = 1 << 16;

/// Makes a folder that only its owner can read, with those above it, where it is missing.
pub(crate) fn own_folder(path: &Path) -> Result<(), PrivateError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.doing(|| format!("make the folder {}", path.display()))
}

/// Opens a file for reading and writing; it must be its owner's alone.
pub(crate) fn own_file(path: &Path) -> Result<File, PrivateError> {
    let file = OpenOptions::new().read(true).write(true).open(path);
    let file = file.doing(|| format!("open {}", path.display()))?;
    let mode = file
        .metadata()
        .doing(|| format!("look at {}", path.display()))?
        .mode();
    if mode & 0o077 == 0 {
        return Ok(file);
    }
    let source = io::Error::new(
        io::ErrorKind::PermissionDenied,
        format!(
            "others may use it (mode {:03o}), expected 600: chmod 600 {}",
            mode & 0o777,
            path.display()
        ),
    );
    Err(source).doing(|| format!("use {}", path.display()))
}

/// Makes a file that is only its owner's, empty.
pub(crate) fn make(path: &Path) -> Result<File, PrivateError> {
    let mut options = OpenOptions::new();
    options
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600);
    options
        .open(path)
        .doing(|| format!("write {}", path.display()))
}

/// Writes a file, in place of the one of that name: a crash leaves the old one or the new one. The bytes of the old
/// one are overwritten.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), PrivateError> {
    let doing = || format!("write {}", path.display());
    let next = unfinished(path);
    remove(&next)?;
    let mut file = make(&next)?;
    file.write_all(bytes).doing(doing)?;
    file.sync_all().doing(doing)?;
    kill::point()?;
    let old = OpenOptions::new().write(true).open(path).ok();
    fs::rename(&next, path).doing(doing)?;
    sync_folder_of(path)?;
    kill::point()?;
    old.map_or(Ok(()), |old| overwrite(&old).doing(doing))
}

/// Overwrites the bytes of a file with zeros and removes it, if it is there.
///
/// # Errors
/// [`PrivateError::Io`].
pub fn overwrite_and_remove(path: &Path) -> Result<(), PrivateError> {
    remove(path)
}

/// Overwrites a file and removes it, if it is there.
pub(crate) fn remove(path: &Path) -> Result<(), PrivateError> {
    let doing = || format!("remove {}", path.display());
    let file = match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file.doing(doing)?,
    };
    overwrite(&file).doing(doing)?;
    fs::remove_file(path).doing(doing)?;
    sync_folder_of(path)
}

/// Removes the files of a folder, whose bytes are overwritten, and the folder.
pub(crate) fn discard(folder: &Path) -> Result<(), PrivateError> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        remove(&entry.path())?;
    }
    fs::remove_dir(folder).doing(|| format!("remove {}", folder.display()))
}

/// Removes what an interrupted [`replace`] has left.
pub(crate) fn clean(path: &Path) -> Result<(), PrivateError> {
    remove(&unfinished(path))
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(UNFINISHED);
    PathBuf::from(name)
}

/// Writes zeros over all of a file.
fn overwrite(file: &File) -> io::Result<()> {
    let length = file.metadata()?.len();
    let zeros = vec![0; CHUNK];
    let mut at = 0;
    while at < length {
        let count = usize::try_from(length - at).unwrap_or(CHUNK).min(CHUNK);
        file.write_all_at(&zeros[..count], at)?;
        at += count as u64;
    }
    file.sync_all()
}

/// Makes the names in a file's folder last.
pub(crate) fn sync_folder_of(path: &Path) -> Result<(), PrivateError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.doing(|| format!("flush {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_replaced_or_removed_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        replace(&path, &[7; 100_000]).unwrap();
        let old = File::open(&path).unwrap();
        replace(&path, b"new").unwrap();
        let mut bytes = vec![7; 100_000];
        old.read_exact_at(&mut bytes, 0).unwrap();
        assert!(bytes.iter().all(|byte| *byte == 0));
        assert_eq!(fs::read(&path).unwrap(), b"new");
        let old = File::open(&path).unwrap();
        remove(&path).unwrap();
        remove(&path).unwrap();
        let mut bytes = [7; 3];
        old.read_exact_at(&mut bytes, 0).unwrap();
        assert_eq!(bytes, [0; 3]);
    }

    #[test]
    fn a_file_of_others_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        make(&path).unwrap();
        own_file(&path).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o640);
        fs::set_permissions(&path, mode).unwrap();
        let error = own_file(&path).unwrap_err().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }
}
