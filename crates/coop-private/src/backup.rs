//! Backups: the index and the store at one moment, while others write to them.
//!
//! ```text
//! lock         private.lock: no key is made or erased
//!   pin        a read transaction on each database
//! unlock
//! copy         both databases into DIR.unfinished, while writers go on
//! lock
//!   register   the place, before a key is there
//!   copy       the key ring
//!   manifest
//!   rename     DIR.unfinished to DIR
//! unlock
//! ```
//!
//! The key ring is copied last: each row of the databases has its key in it, unless the key was erased meanwhile.

use crate::database::{about, copy_pages, open_to_read};
use crate::error::{Doing, PrivateError};
use crate::files::{self, discard};
use crate::finish;
use crate::folder::{DATABASE, INDEX, RING, identified, lock, ring_of};
use crate::kill;
use crate::manifest::{BackupFile, BackupManifest, FORMAT};
use crate::places::{self, BackupPlace, unfinished};
use crate::seal::{hex, random};
use antelope_types::TimePoint;
use rusqlite::Connection;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Backs up the folder of a cooperative, its index and its store of personal data, into a folder that does not exist
/// yet. The master key is not needed. Writers go on meanwhile.
///
/// # Errors
/// [`PrivateError::Backup`] where the folder is there already, or there is nothing to back up; [`PrivateError::Io`],
/// [`PrivateError::Database`]. What was begun stays beside it with the ending `.unfinished`, and is removed by the
/// next run.
pub fn backup(folder: &Path, to: &Path, now: TimePoint) -> Result<BackupManifest, PrivateError> {
    finish::recover(folder)?;
    let to = absolute(to)?;
    let refuse = |problem: &str| PrivateError::Backup {
        folder: to.clone(),
        problem: problem.to_owned(),
    };
    let is_empty = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut it| it.next().is_none());
    if to.exists() && !is_empty(&to) {
        return Err(refuse("there is something already, expected a new folder"));
    }
    let present = |name: &str| folder.join(name).exists();
    if !present(INDEX) && !present(DATABASE) {
        return Err(refuse("there is nothing to back up"));
    }
    let staged = unfinished(&to);
    discard(&staged)?;
    files::own_folder(&staged)?;
    let pinned = {
        let _lock = lock(folder)?;
        let names = [INDEX, DATABASE].into_iter().filter(|name| present(name));
        let pinned = names.map(|name| Ok((name, pinned(&folder.join(name))?)));
        pinned.collect::<Result<Vec<_>, PrivateError>>()?
    };
    let mut manifest = BackupManifest {
        format: FORMAT,
        id: hex(&random::<16>()?),
        cooperative: None,
        chain: None,
        ring: None,
        ring_bytes: 0,
        made_at: now.to_string(),
        files: Vec::new(),
    };
    for (name, source) in &pinned {
        kill::point()?;
        let path = staged.join(name);
        copy(source, &path)?;
        manifest.files.push(BackupFile::of(&path, name)?);
        if *name == INDEX {
            manifest.chain = about(source, "chain")?;
        }
        if let Some(text) = about(source, "cooperative")? {
            manifest.cooperative = text.parse().ok();
        }
    }
    drop(pinned);
    kill::point()?;
    let _lock = lock(folder)?;
    if present(DATABASE) {
        let (connection, cooperative, id) = identified(folder)?;
        let ring = ring_of(folder, &id)?;
        let place = BackupPlace {
            path: to.clone(),
            backup: manifest.id.clone(),
            made_at: now,
        };
        places::register(&connection, &place)?;
        kill::point()?;
        let bytes = ring.bytes();
        files::replace(&staged.join(RING), &bytes)?;
        manifest.cooperative = Some(cooperative);
        manifest.ring_bytes = bytes.len() as u64;
        manifest.ring = Some(id);
    }
    files::replace(&BackupManifest::path(&staged), &manifest.bytes())?;
    let _ = fs::remove_dir(&to);
    kill::point()?;
    fs::rename(&staged, &to).doing(|| format!("make {}", to.display()))?;
    files::sync_folder_of(&to)?;
    Ok(manifest)
}

/// The places of the backups of a store.
///
/// # Errors
/// [`PrivateError::Missing`], [`PrivateError::Database`].
pub fn backup_places(folder: &Path) -> Result<Vec<BackupPlace>, PrivateError> {
    places::registered(&identified(folder)?.0)
}

/// Registers a copy of a backup that was made by other means, so that erasures go there.
///
/// # Errors
/// [`PrivateError::Backup`] where it is not a backup of this store; [`PrivateError::Database`].
pub fn register_backup(folder: &Path, at: &Path, now: TimePoint) -> Result<(), PrivateError> {
    let (connection, _, id) = identified(folder)?;
    let at = absolute(at)?;
    let manifest = BackupManifest::read(&at)?;
    if manifest.ring.as_ref() != Some(&id) {
        return Err(PrivateError::Backup {
            folder: at,
            problem: "it is of another store".to_owned(),
        });
    }
    let _lock = lock(folder)?;
    let place = BackupPlace {
        path: at,
        backup: manifest.id,
        made_at: now,
    };
    places::register(&connection, &place)
}

/// Forgets a place whose backup was destroyed by other means: erasures go there no more. `false` where it is not
/// registered.
///
/// # Errors
/// [`PrivateError::Missing`], [`PrivateError::Database`].
pub fn forget_backup(folder: &Path, at: &Path, now: TimePoint) -> Result<bool, PrivateError> {
    let (connection, _, _) = identified(folder)?;
    let _lock = lock(folder)?;
    let sql = "UPDATE places SET forgotten_at = ?2 WHERE path = ?1 AND forgotten_at IS NULL";
    let path = absolute(at)?;
    let path = path.to_string_lossy();
    let count = connection.execute(sql, rusqlite::params![path, now.micros()])?;
    Ok(count > 0)
}

/// A connection that sees a database as it is now.
fn pinned(path: &Path) -> Result<Connection, PrivateError> {
    let connection = open_to_read(path)?;
    connection.execute_batch("BEGIN")?;
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| {
        row.get::<_, i64>(0)
    })?;
    Ok(connection)
}

/// Copies a database into a file of its own, without a log.
fn copy(source: &Connection, path: &Path) -> Result<(), PrivateError> {
    files::make(path)?;
    let mut target = Connection::open(path)?;
    copy_pages(source, &mut target, path)?;
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.close().map_err(|(_, error)| error)?;
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.doing(|| format!("flush {}", path.display()))
}

fn absolute(path: &Path) -> Result<PathBuf, PrivateError> {
    std::path::absolute(path).doing(|| format!("find {}", path.display()))
}
