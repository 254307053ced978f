//! Restoring a backup: all of it or nothing.
//!
//! ```text
//! check      the manifest, the hashes, whose backup it is
//! copy       the databases into .restore, and check them again there
//! carry      what must not be forgotten: erasures, places of backups, the archive
//! ready      .restore/ready: from here on the restoration is finished, whatever happens
//! finish     the pages into the databases, the key ring where there is none, and .restore goes
//! ```
//!
//! A restoration never brings an erased key back: the key ring that is here stays, and the one of the backup is used
//! only where none is here that can be read. Keys that are known to be erased are erased in it first.

use crate::database::{self, open_to_read};
use crate::error::{Doing, PrivateError};
use crate::files;
use crate::finish::{READY, STAGED, finish, recover};
use crate::folder::{DATABASE, INDEX, RING, identified, lock, lock_index, ring_of};
use crate::kill;
use crate::manifest::{BackupFile, BackupManifest};
use crate::ring::{KeyId, RingFile};
use crate::seal::hex;
use rusqlite::Connection;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What a restoration did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The manifest of the backup.
    pub manifest: BackupManifest,
    /// Entries that were left out, since their keys are not there any more: erased since the backup was made, or lost
    /// with a key ring that the one of the backup takes the place of.
    pub left_out: usize,
    /// Whether the key ring is that of the backup.
    pub with_ring: bool,
}

/// What is in the folder of a cooperative.
struct Present {
    /// The database of the store and the id of its ring, where it can be read.
    store: Option<(Connection, String)>,
    /// The key ring, where it can be read and is that of the backup.
    has_ring: bool,
}

/// Checks a backup: that nothing of it is damaged, and which files it has.
///
/// # Errors
/// [`PrivateError::Backup`].
pub fn check_backup(from: &Path) -> Result<BackupManifest, PrivateError> {
    let refuse = |problem: String| PrivateError::Backup {
        folder: from.to_owned(),
        problem,
    };
    let manifest = BackupManifest::read(from)?;
    for file in &manifest.files {
        if ![INDEX, DATABASE].contains(&file.name.as_str()) {
            return Err(refuse(format!("{} is not a file of a backup", file.name)));
        }
        let found = BackupFile::of(&from.join(&file.name), &file.name);
        if found.map_err(|error| refuse(error.to_string()))? != *file {
            return Err(refuse(format!(
                "{} is damaged: its hash is another",
                file.name
            )));
        }
    }
    // Whoever restores it goes by the name in the manifest, and gets what the databases are about.
    for file in &manifest.files {
        let about = open_to_read(&from.join(&file.name))
            .and_then(|connection| database::about(&connection, "cooperative"));
        let about = about.map_err(|error| refuse(format!("{}: {error}", file.name)))?;
        if let Some(found) = about
            && manifest.cooperative.map(|it| it.to_string()) != Some(found.clone())
        {
            return Err(refuse(format!(
                "its manifest names another cooperative than {found}, which {} is about",
                file.name
            )));
        }
    }
    if manifest.files.is_empty() || manifest.ring.is_some() != manifest.file(DATABASE).is_some() {
        return Err(refuse(
            "its manifest is damaged: files are missing".to_owned(),
        ));
    }
    if let Some(id) = &manifest.ring {
        let path = from.join(RING);
        let ring = RingFile::load(&path).map_err(|error| refuse(error.to_string()))?;
        let length = fs::metadata(&path).map(|it| it.len()).unwrap_or_default();
        if hex(&ring.id()) != *id || ring.damaged > 0 || length != manifest.ring_bytes {
            return Err(refuse(format!("{RING} is damaged")));
        }
    }
    Ok(manifest)
}

/// Restores a backup into the folder of a cooperative. `replace` says whether what is there may be replaced.
///
/// Erasures, places of backups and the documents of the archive that are in the folder stay known, and nothing that
/// was erased comes back.
///
/// # Errors
/// [`PrivateError::Backup`] where the backup is damaged, or of another cooperative, chain or store;
/// [`PrivateError::Exists`] where something is there and may not be replaced; [`PrivateError::Busy`] where another
/// program writes the index, such as a follower; [`PrivateError::Io`], [`PrivateError::Database`].
pub fn restore(from: &Path, folder: &Path, replace: bool) -> Result<Restored, PrivateError> {
    files::own_folder(folder)?;
    recover(folder)?;
    let manifest = check_backup(from)?;
    let _lock = lock(folder)?;
    let _index = lock_index(folder)?;
    let present = present(from, folder, &manifest)?;
    let is_there = [INDEX, DATABASE]
        .iter()
        .any(|name| folder.join(name).exists());
    if is_there && !replace {
        return Err(PrivateError::Exists {
            folder: folder.to_owned(),
        });
    }
    let staged = folder.join(STAGED);
    files::own_folder(&staged)?;
    for file in &manifest.files {
        kill::point()?;
        stage(from, &staged, file)?;
    }
    let mut left_out = 0;
    let with_ring = manifest.ring.is_some() && !present.has_ring;
    if manifest.ring.is_some() {
        let mut carried = database::open(&staged.join(DATABASE))?;
        if present.store.is_some() {
            carry(&mut carried, &folder.join(DATABASE))?;
        }
        kill::point()?;
        let ring = match with_ring {
            true => {
                let path = staged.join(RING);
                files::replace(&path, &RingFile::load(&from.join(RING))?.bytes())?;
                let mut ring = RingFile::load(&path)?;
                ring.wipe(&erased_keys(&carried)?)?;
                ring
            }
            false => RingFile::load(&folder.join(RING))?,
        };
        left_out = leave_out(&mut carried, &ring)?;
        carried.pragma_update(None, "journal_mode", "DELETE")?;
        carried.close().map_err(|(_, error)| error)?;
        flush(&staged.join(DATABASE))?;
    }
    drop(present);
    kill::point()?;
    files::replace(&staged.join(READY), &[])?;
    finish(folder)?;
    Ok(Restored {
        manifest,
        left_out,
        with_ring,
    })
}

/// What is in the folder, which must be of the same cooperative, chain and store as the backup.
fn present(from: &Path, folder: &Path, manifest: &BackupManifest) -> Result<Present, PrivateError> {
    let refuse = |problem: String| PrivateError::Backup {
        folder: from.to_owned(),
        problem,
    };
    let mut store = None;
    let mut has_ring = false;
    // What cannot be read is what a backup is for.
    if let Ok((connection, cooperative, id)) = identified(folder) {
        if manifest.cooperative.is_some_and(|it| it != cooperative) {
            return Err(refuse(format!(
                "it is of another cooperative than {cooperative}"
            )));
        }
        if manifest.ring.as_ref().is_some_and(|it| *it != id) {
            return Err(refuse("it is of another store of personal data".to_owned()));
        }
        store = Some((connection, id));
    }
    let ring = folder.join(RING);
    if let (Some(id), true) = (&manifest.ring, ring.exists()) {
        match ring_of(folder, id) {
            Ok(ring) => has_ring = ring.damaged == 0,
            Err(PrivateError::Damaged { .. }) if store.is_some() => {}
            Err(error) => return Err(refuse(format!("{}: {error}", ring.display()))),
        }
    }
    let index = folder.join(INDEX);
    if let (Some(wanted), true) = (&manifest.chain, index.exists())
        && let Ok(connection) = open_to_read(&index)
        && let Ok(Some(found)) = database::about(&connection, "chain")
        && found != *wanted
    {
        return Err(refuse(format!("it is of another chain than {found}")));
    }
    Ok(Present { store, has_ring })
}

/// Copies a file and checks the copy.
fn stage(from: &Path, staged: &Path, file: &BackupFile) -> Result<(), PrivateError> {
    let path = staged.join(&file.name);
    let doing = || format!("copy to {}", path.display());
    let mut source = File::open(from.join(&file.name)).doing(doing)?;
    let mut target = files::make(&path)?;
    io::copy(&mut source, &mut target).doing(doing)?;
    target.sync_all().doing(doing)?;
    let refuse = |problem: String| PrivateError::Backup {
        folder: from.to_owned(),
        problem,
    };
    if BackupFile::of(&path, &file.name)? != *file {
        return Err(refuse(format!("{} changed while it was read", file.name)));
    }
    let connection = open_to_read(&path)?;
    let sql = "PRAGMA quick_check(1)";
    let found: String = connection.query_row(sql, [], |row| row.get(0))?;
    match found == "ok" {
        true => Ok(()),
        false => Err(refuse(format!("{} is damaged: {found}", file.name))),
    }
}

/// Takes over what must not be forgotten by going back.
fn carry(to: &mut Connection, from: &Path) -> Result<(), PrivateError> {
    to.execute("ATTACH ?1 AS here", [from.to_string_lossy()])?;
    to.execute_batch(
        "BEGIN IMMEDIATE; \
         INSERT OR REPLACE INTO main.erasures SELECT * FROM here.erasures; \
         INSERT OR REPLACE INTO main.places SELECT * FROM here.places; \
         INSERT OR REPLACE INTO main.documents \
             SELECT * FROM here.documents WHERE archive_year IS NOT NULL; \
         INSERT OR REPLACE INTO main.words SELECT * FROM here.words WHERE hash IN \
             (SELECT hash FROM here.documents WHERE archive_year IS NOT NULL); \
         COMMIT",
    )?;
    to.execute_batch("DETACH here")?;
    Ok(())
}

fn erased_keys(connection: &Connection) -> Result<Vec<KeyId>, PrivateError> {
    let mut statement = connection.prepare("SELECT key_id FROM erasures")?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Deletes the rows whose keys are not in the ring; how many.
fn leave_out(connection: &mut Connection, ring: &RingFile) -> Result<usize, PrivateError> {
    let transaction = connection.transaction()?;
    transaction.execute_batch("CREATE TEMP TABLE present (id BLOB NOT NULL PRIMARY KEY)")?;
    for slot in ring.slots() {
        transaction.execute("INSERT INTO present VALUES (?1)", [slot.id])?;
    }
    let mut count = 0;
    for table in ["profiles", "documents", "papers"] {
        let sql = format!("DELETE FROM {table} WHERE key_id NOT IN (SELECT id FROM present)");
        count += transaction.execute(&sql, [])?;
    }
    transaction.execute_batch("DROP TABLE present")?;
    transaction.commit()?;
    database::scrub(connection)?;
    Ok(count)
}

fn flush(path: &Path) -> Result<(), PrivateError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.doing(|| format!("flush {}", path.display()))
}
