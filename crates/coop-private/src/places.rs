//! The places of backups: each has a copy of the key ring, so an erasure and a change of the master key go to all of
//! them.

use crate::database;
use crate::error::PrivateError;
use crate::folder::RING;
use crate::manifest::BackupManifest;
use crate::ring::{KeyId, KeyRing, RingFile};
use crate::{MasterSecret, files};
use antelope_types::TimePoint;
use rusqlite::{Connection, params};
use std::fmt;
use std::path::{Path, PathBuf};

/// A place where a backup is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupPlace {
    /// Its folder.
    pub path: PathBuf,
    /// The id of the backup.
    pub backup: String,
    /// When it was made.
    pub made_at: TimePoint,
}

/// How it went at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOutcome {
    /// The folder of the store or of the backup.
    pub path: PathBuf,
    /// Why it is not done there; `None` where it is.
    pub problem: Option<PlaceProblem>,
}

/// Why something is not done at a place yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlaceProblem {
    /// No key ring is there: the medium is not connected, or the backup is gone.
    Unreachable,
    /// Another backup is there: another medium is connected.
    AnotherBackup,
    /// The key ring of another store is there.
    AnotherStore,
    /// Another program reads the database, whose deleted bytes cannot go meanwhile.
    Reader,
    /// Something else, as an error told it.
    Failed(String),
}

impl fmt::Display for PlaceProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreachable => "no key ring there: connect the medium of the backup",
            Self::AnotherBackup => "another backup is there: connect the medium of this one",
            Self::AnotherStore => "it has the key ring of another store",
            Self::Reader => "another program reads the database: run this again",
            Self::Failed(problem) => problem,
        })
    }
}

impl From<PrivateError> for PlaceProblem {
    fn from(error: PrivateError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The folder of a backup that is being made.
pub(crate) fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    PathBuf::from(name)
}

/// The places that are registered and not forgotten, by their paths.
pub(crate) fn registered(connection: &Connection) -> Result<Vec<BackupPlace>, PrivateError> {
    let sql = "SELECT path, backup, made_at FROM places WHERE forgotten_at IS NULL ORDER BY path";
    let mut statement = connection.prepare(sql)?;
    let found = statement.query_map([], |row| {
        Ok(BackupPlace {
            path: PathBuf::from(row.get::<_, String>(0)?),
            backup: row.get(1)?,
            made_at: database::moment(row.get(2)?),
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Registers a place, before a key ring is there.
pub(crate) fn register(connection: &Connection, place: &BackupPlace) -> Result<(), PrivateError> {
    let sql = "INSERT OR REPLACE INTO places (path, backup, made_at, forgotten_at) \
               VALUES (?1, ?2, ?3, NULL)";
    let path = place.path.to_string_lossy();
    connection.execute(sql, params![path, place.backup, place.made_at.micros()])?;
    Ok(())
}

/// The key rings at a place: of the backup, and of one that was being made there.
fn rings(place: &BackupPlace, ring: [u8; 16]) -> Result<Vec<RingFile>, PlaceProblem> {
    let mut found = Vec::new();
    for folder in [place.path.clone(), unfinished(&place.path)] {
        let path = folder.join(RING);
        if !path.exists() {
            continue;
        }
        // Another medium may be mounted there.
        if let Ok(manifest) = BackupManifest::read(&folder)
            && manifest.id != place.backup
        {
            return Err(PlaceProblem::AnotherBackup);
        }
        files::clean(&path)?;
        let file = RingFile::load(&path)?;
        if file.id() != ring {
            return Err(PlaceProblem::AnotherStore);
        }
        found.push(file);
    }
    match found.is_empty() {
        true => Err(PlaceProblem::Unreachable),
        false => Ok(found),
    }
}

/// Overwrites keys at a place.
pub(crate) fn wipe(place: &BackupPlace, ring: [u8; 16], ids: &[KeyId]) -> PlaceOutcome {
    let problem = rings(place, ring).and_then(|rings| {
        for mut file in rings {
            wipe_ring(&mut file, ids)?;
        }
        Ok(())
    });
    PlaceOutcome {
        path: place.path.clone(),
        problem: problem.err(),
    }
}

/// Overwrites keys of a ring, in which a damaged key may be one of them.
pub(crate) fn wipe_ring(ring: &mut RingFile, ids: &[KeyId]) -> Result<(), PrivateError> {
    ring.wipe(ids)?;
    match ring.damaged {
        0 => Ok(()),
        count => {
            let problem = format!("{count} keys cannot be read, and may be among those to erase");
            Err(PrivateError::damaged(&ring.path, problem))
        }
    }
}

/// Wraps the keys at a place under another master key.
pub(crate) fn rewrap(
    place: &BackupPlace,
    ring: [u8; 16],
    old: &MasterSecret,
    new: &MasterSecret,
) -> PlaceOutcome {
    let problem = rings(place, ring).and_then(|rings| {
        for file in rings {
            rewrap_ring(&file.path, old, new)?;
        }
        Ok(())
    });
    PlaceOutcome {
        path: place.path.clone(),
        problem: problem.err(),
    }
}

/// Wraps the keys of a ring under another master key, unless they are already.
pub(crate) fn rewrap_ring(
    path: &Path,
    old: &MasterSecret,
    new: &MasterSecret,
) -> Result<(), PrivateError> {
    files::clean(path)?;
    match KeyRing::open(path, new) {
        Err(PrivateError::WrongMaster { .. }) => KeyRing::open(path, old)?.rewrap(new),
        opened => opened.map(drop),
    }
}
