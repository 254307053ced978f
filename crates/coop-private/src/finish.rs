//! What a restoration has prepared is brought to its place, by whoever comes first.

use crate::database::{self, copy_pages, open_to_read};
use crate::error::{Doing, PrivateError};
use crate::files::{self, discard};
use crate::folder::{DATABASE, INDEX, RING, lock, lock_index};
use crate::kill;
use crate::ring::RingFile;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder in which a restoration is prepared.
pub(crate) const STAGED: &str = ".restore";
/// The file that says that it is prepared.
pub(crate) const READY: &str = "ready";

/// Finishes a restoration that was prepared when the program ended, and removes one that was not.
///
/// # Errors
/// [`PrivateError::Busy`] where it is prepared and another program writes the index; as copying files.
pub(crate) fn recover(folder: &Path) -> Result<(), PrivateError> {
    if !folder.join(STAGED).exists() {
        return Ok(());
    }
    let _lock = lock(folder)?;
    match folder.join(STAGED).join(READY).exists() {
        true => {
            let _index = lock_index(folder)?;
            finish(folder)
        }
        false => discard(&folder.join(STAGED)),
    }
}

/// Brings what is prepared to its place, while nobody else writes the index. It may be done again.
pub(crate) fn finish(folder: &Path) -> Result<(), PrivateError> {
    let staged = folder.join(STAGED);
    let ring = staged.join(RING);
    if ring.exists() {
        let bytes = RingFile::load(&ring)?.bytes();
        files::replace(&folder.join(RING), &bytes)?;
    }
    for name in [DATABASE, INDEX] {
        kill::point()?;
        let (source, target) = (staged.join(name), folder.join(name));
        if source.exists() {
            into_place(&source, &target)?;
        }
    }
    kill::point()?;
    files::remove(&staged.join(READY))?;
    discard(&staged)
}

/// Copies a database over another one in one transaction of that.
fn into_place(source: &Path, target: &Path) -> Result<(), PrivateError> {
    let from = open_to_read(source)?;
    let copied = Connection::open(target).map_err(PrivateError::from);
    let copied = copied.and_then(|mut to| {
        to.busy_timeout(database::PATIENCE)?;
        copy_pages(&from, &mut to, target)?;
        to.pragma_update(None, "journal_mode", "WAL")?;
        to.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    });
    match copied {
        // What is there is no database any more.
        Err(PrivateError::Database(error)) if is_no_database(&error) => {
            for ending in ["", "-wal", "-shm", "-journal"] {
                let mut name = target.as_os_str().to_owned();
                name.push(ending);
                files::remove(&PathBuf::from(name))?;
            }
            let mut to = Connection::open(target)?;
            copy_pages(&from, &mut to, target)
        }
        copied => copied,
    }?;
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(target, mode).doing(|| format!("protect {}", target.display()))
}

fn is_no_database(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt)
    )
}
