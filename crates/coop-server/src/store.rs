//! `server.db`: what the server keeps of its own. One connection writes, each change in a transaction that begins as
//! one that writes, so that none fails in the middle for another.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod logins;
pub(crate) mod moments;
pub(crate) mod sessions;

use crate::error::ApiError;
use antelope_types::{Checksum256, TimePoint};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The steps from one version to the next. A step that was released never changes.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001-server.sql"),
    include_str!("../migrations/0002-moments.sql"),
];

/// The database, beside the index.
const DATABASE: &str = "server.db";

/// The key that marks of e-mail addresses are made with, apart from the database.
const KEY: &str = "server.key";

/// How long a connection waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the server keeps of its own.
pub(crate) struct ServerStore {
    connection: Mutex<Connection>,
    key: [u8; 32],
}

/// Why `server.db` cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A file cannot be read or written.
    #[error("{path}: {problem}")]
    Files {
        /// Which.
        path: std::path::PathBuf,
        /// What the system says.
        problem: io::Error,
    },
    /// SQLite cannot use the database.
    #[error("server.db: {0}")]
    Database(#[from] rusqlite::Error),
    /// The database is of a later version of this program.
    #[error("server.db has version {found}, and this program knows {known}: use the newer program")]
    Version {
        /// Its version.
        found: usize,
        /// The last that this program knows.
        known: usize,
    },
}

impl ServerStore {
    /// Opens the database in the folder of the cooperative; makes it where there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(KEY);
        let failed = |problem| StoreError::Files {
            path: path.clone(),
            problem,
        };
        let key = key(&path).map_err(failed)?;
        let mut connection = Connection::open(folder.join(DATABASE))?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A token that was revoked stays revoked after a power failure.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", true)?;
        migrate(&mut connection)?;
        Ok(Self {
            connection: Mutex::new(connection),
            key,
        })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something in one transaction; what fails changes nothing.
    fn change<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = change(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// What stands for a text that must not be kept, and cannot be guessed without the key.
    fn mark(&self, purpose: &str, text: &str) -> [u8; 32] {
        let text = Checksum256::sha256(text.as_bytes());
        Checksum256::sha256_of(&[purpose.as_bytes(), &self.key, &text.0]).0
    }
}

/// The time of this machine.
pub(crate) fn now() -> TimePoint {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let micros = since.map_or(0, |it| i64::try_from(it.as_micros()).unwrap_or(i64::MAX));
    TimePoint::from_micros(micros)
}

/// Reads the key, and makes it where there is none.
fn key(path: &Path) -> io::Result<[u8; 32]> {
    let mut key = [0; 32];
    match File::open(path) {
        Ok(mut file) => {
            file.read_exact(&mut key)?;
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            getrandom::fill(&mut key).map_err(io::Error::other)?;
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path)?;
            file.write_all(&key)?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

/// Takes the steps that are missing, each in a transaction with its version.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let (found, known) = (found as usize, MIGRATIONS.len());
        if found > known {
            return Err(StoreError::Version { found, known });
        }
        let Some(step) = MIGRATIONS.get(found) else {
            return Ok(());
        };
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", found as u32 + 1)?;
        transaction.commit()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_a_newer_database_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = ServerStore::open(folder.path()).unwrap();
        let mark = first.mark("email", "anna@coop.example");
        let connection = first.connection();
        assert_eq!(
            connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)),
            Ok(MIGRATIONS.len() as u32)
        );
        drop(connection);
        drop(first);
        let again = ServerStore::open(folder.path()).unwrap();
        assert_eq!(again.mark("email", "anna@coop.example"), mark);
        assert_ne!(again.mark("login", "anna@coop.example"), mark);
        let connection = again.connection();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);
        let error = ServerStore::open(folder.path()).err().unwrap();
        assert!(error.to_string().contains("version 99"), "{error}");
    }
}
