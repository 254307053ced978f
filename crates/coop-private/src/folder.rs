//! The folder of a cooperative: the files in it, and whose they are.

use crate::database::{self, about, open};
use crate::error::{Doing, PrivateError};
use crate::files;
use crate::ring::RingFile;
use crate::seal::hex;
use antelope_types::Name;
use coop_index::{IndexError, IndexFolder, IndexLock};
use rusqlite::Connection;
use std::fs::File;
use std::path::Path;

/// The index, of the crate coop-index.
pub(crate) const INDEX: &str = "index.db";
/// The database of the store.
pub(crate) const DATABASE: &str = "private.db";
/// The key ring.
pub(crate) const RING: &str = "keys.ring";
/// Held by whoever writes keys.
const LOCK: &str = "private.lock";

/// Whether a folder has an index or a store of personal data, which a restoration would replace.
pub fn has_registry(folder: &Path) -> bool {
    [INDEX, DATABASE]
        .iter()
        .any(|name| folder.join(name).exists())
}

/// Whether a folder has a store of personal data.
pub fn has_store(folder: &Path) -> bool {
    folder.join(DATABASE).exists()
}

/// The database of the store in a folder, whose it is, and the id of its key ring.
pub(crate) fn identified(folder: &Path) -> Result<(Connection, Name, String), PrivateError> {
    let path = folder.join(DATABASE);
    let missing = || PrivateError::Missing {
        folder: folder.to_owned(),
    };
    if !path.exists() {
        return Err(missing());
    }
    let connection = open(&path)?;
    let id = about(&connection, "ring")?.ok_or_else(missing)?;
    let cooperative = about(&connection, "cooperative")?.ok_or_else(missing)?;
    Ok((connection, database::name(&cooperative)?, id))
}

/// The key ring of a store, without its master key.
pub(crate) fn ring_of(folder: &Path, id: &str) -> Result<RingFile, PrivateError> {
    let ring = RingFile::load(&folder.join(RING))?;
    match hex(&ring.id()) == id {
        true => Ok(ring),
        false => Err(other_ring(&ring.path)),
    }
}

pub(crate) fn other_ring(path: &Path) -> PrivateError {
    PrivateError::damaged(path, "it is the key ring of another store")
}

/// Waits for others who change keys, and keeps them waiting until the file is dropped.
pub(crate) fn lock(folder: &Path) -> Result<File, PrivateError> {
    let path = folder.join(LOCK);
    let file = files::make(&path)?;
    file.lock().doing(|| format!("lock {}", path.display()))?;
    Ok(file)
}

/// Keeps everybody from writing the index until it is dropped. Who writes now is not waited for: a follower ends only
/// when it is told to.
pub(crate) fn lock_index(folder: &Path) -> Result<IndexLock, PrivateError> {
    IndexFolder::new(folder)
        .lock()
        .map_err(|error| match error {
            IndexError::Files { path, problem } => PrivateError::Io {
                doing: format!("lock {}", path.display()),
                source: problem,
            },
            _ => PrivateError::Busy {
                path: folder.join(INDEX),
            },
        })
}
