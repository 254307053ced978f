//! The database: how it is opened, its versions, and how deleted bytes are made to go.

use crate::error::PrivateError;
use antelope_types::{Name, TimePoint};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The steps from one version to the next. The version of a database is `user_version`: how many steps it has
/// behind it. A step that was released never changes.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001-people.sql"),
    include_str!("../migrations/0002-desk.sql"),
    include_str!("../migrations/0003-words.sql"),
];

/// How long a connection waits for another one.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// How long a copy waits before it tries again.
const PAUSE: Duration = Duration::from_millis(20);

/// Opens the database for writing; makes it where there is none, and brings an older one up to date.
pub(crate) fn open(path: &Path) -> Result<Connection, PrivateError> {
    open_by(path, MIGRATIONS)
}

fn open_by(path: &Path, migrations: &[&str]) -> Result<Connection, PrivateError> {
    if !path.exists() {
        // SQLite gives the files beside it the mode of the database.
        crate::files::make(path)?;
    }
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A key is in the ring before its data is here: neither may be taken back by a power failure.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    migrate(&mut connection, path, migrations)?;
    Ok(connection)
}

/// Opens a database to read it.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, PrivateError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Takes the steps that are missing, each in a transaction with its version.
fn migrate(
    connection: &mut Connection,
    path: &Path,
    migrations: &[&str],
) -> Result<(), PrivateError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let version = usize::try_from(found).unwrap_or(usize::MAX);
        if version > migrations.len() {
            return Err(PrivateError::Version {
                path: path.to_owned(),
                found,
                known: u32::try_from(migrations.len()).unwrap_or(u32::MAX),
            });
        }
        let Some(step) = migrations.get(version) else {
            return Ok(());
        };
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", found + 1)?;
        transaction.commit()?;
    }
}

/// Makes the bytes of deleted rows go: from the database, and from its log. `false` where a reader holds them.
///
/// # Errors
/// [`PrivateError::Database`].
pub(crate) fn scrub(connection: &Connection) -> Result<bool, PrivateError> {
    let truncate = || {
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
            row.get::<_, i64>(0).map(|busy| busy == 0)
        })
    };
    let first = truncate()?;
    match connection.execute_batch("VACUUM") {
        Err(error) if is_busy(&error) => return Ok(false),
        done => done?,
    }
    Ok(truncate()? && first)
}

/// Copies all pages of a database in one transaction of the target.
pub(crate) fn copy_pages(
    source: &Connection,
    target: &mut Connection,
    path: &Path,
) -> Result<(), PrivateError> {
    let begun = Instant::now();
    let backup = Backup::new(source, target)?;
    loop {
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            _ if begun.elapsed() > PATIENCE => {
                return Err(PrivateError::Busy {
                    path: path.to_owned(),
                });
            }
            _ => sleep(PAUSE),
        }
    }
}

/// Whether another connection was in the way.
pub(crate) fn is_busy(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(
        code,
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
    )
}

/// What a database says about itself.
pub(crate) fn about(connection: &Connection, key: &str) -> Result<Option<String>, PrivateError> {
    let sql = "SELECT value FROM about WHERE key = ?1";
    let found = connection
        .query_row(sql, [key], |row| row.get(0))
        .optional();
    match found {
        // A file without tables, such as one that was being made.
        Err(rusqlite::Error::SqliteFailure(_, Some(text))) if text.contains("no such table") => {
            Ok(None)
        }
        found => Ok(found?),
    }
}

/// An account that a database names.
pub(crate) fn name(text: &str) -> Result<Name, rusqlite::Error> {
    let parsed = text.parse();
    parsed.map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// A moment that a database names.
pub(crate) fn moment(micros: i64) -> TimePoint {
    TimePoint::from_micros(micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("private.db");
        (folder, path)
    }

    #[test]
    fn a_database_of_a_newer_program_is_left_alone() {
        let (_folder, path) = folder();
        let connection = open(&path).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);
        let error = open(&path).unwrap_err();
        assert!(error.to_string().contains("version 99"), "{error}");
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let (_folder, path) = folder();
        drop(open(&path).unwrap());
        let broken = "CREATE TABLE more (a); INSERT INTO nothing VALUES (1)";
        let and = |step| [MIGRATIONS, &[step]].concat();
        open_by(&path, &and(broken)).unwrap_err();
        let connection = open(&path).unwrap();
        let count: i64 = connection
            .query_row(
                "SELECT count(*) FROM sqlite_master WHERE name = 'more'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(count, 0);
        let step = "CREATE TABLE more (a)";
        drop(connection);
        drop(open_by(&path, &and(step)).unwrap());
        assert!(open(&path).is_err());
    }

    #[test]
    fn the_bytes_of_deleted_rows_go() {
        let (_folder, path) = folder();
        let connection = open(&path).unwrap();
        let sql = "INSERT INTO about VALUES ('gone', 'the-bytes-of-a-row')";
        connection.execute_batch(sql).unwrap();
        connection.execute_batch("DELETE FROM about").unwrap();
        assert!(scrub(&connection).unwrap());
        for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("the-bytes-of-a-row"));
        }
    }
}
