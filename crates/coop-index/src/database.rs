//! The file: how it is opened, and its versions.

use crate::error::IndexError;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The steps from one version to the next. The version of a database is `user_version`: how many steps it has
/// behind it. A step that was released never changes.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001-registry.sql"),
    include_str!("../migrations/0002-life.sql"),
    include_str!("../migrations/0003-compared.sql"),
    include_str!("../migrations/0004-titles.sql"),
];

/// The tables whose rows follow from the blocks. The rest is about the index itself.
pub const TABLES: &[&str] = &[
    "abis",
    "unreadable",
    "cooperatives",
    "participants",
    "questions",
    "votes",
    "documents",
    "signatures",
    "acts",
    "payments",
    "settlements",
    "searchable",
    "events",
    "balances",
    "funds",
    "charters",
    "properties",
    "candidates",
    "boards",
    "seats",
    "staff",
    "steps",
];

/// The rights of its files: the owner reads and writes.
#[cfg(unix)]
const OWNER_ONLY: u32 = 0o600;

/// How long a connection waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many statements a connection keeps prepared.
const PREPARED: usize = 64;

/// How many KiB of pages a connection keeps at most.
const CACHE_KIB: i64 = 16 << 10;

/// Opens the database for writing; makes it where there is none, and brings an older one up to date.
pub(crate) fn open(path: &Path) -> Result<Connection, IndexError> {
    keep_to_the_owner(path)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A commit that a power failure takes back is a block that is followed again.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    keep_pages(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens the database to have all of it replaced: it may be of any version. What is committed is on the disk.
pub(crate) fn open_to_replace(path: &Path) -> Result<Connection, IndexError> {
    keep_to_the_owner(path)?;
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

/// Makes the file readable for its owner only, before SQLite does: the log beside it gets the same rights. It names who
/// was blocked, declined and paid. A file of an earlier release is changed.
fn keep_to_the_owner(path: &Path) -> Result<(), IndexError> {
    #[cfg(unix)]
    {
        use std::fs::{self, OpenOptions, Permissions};
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let failed = |problem| IndexError::Files {
            path: path.to_owned(),
            problem,
        };
        let mut options = OpenOptions::new();
        options
            .create(true)
            .truncate(false)
            .write(true)
            .mode(OWNER_ONLY);
        let file = options.open(path).map_err(failed)?;
        let is_open = |file: &fs::Metadata| file.permissions().mode() & !OWNER_ONLY & 0o777 != 0;
        // Somebody else's file that may be written is left as it is.
        if is_open(&file.metadata().map_err(failed)?) {
            let _ = file.set_permissions(Permissions::from_mode(OWNER_ONLY));
        }
        for beside in &files(path)[1..] {
            if fs::metadata(beside).is_ok_and(|it| is_open(&it)) {
                let _ = fs::set_permissions(beside, Permissions::from_mode(OWNER_ONLY));
            }
        }
    }
    Ok(())
}

/// A database with what SQLite keeps beside it.
pub(crate) fn files(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        name.into()
    })
}

/// Opens the database for reading; it must be there.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, IndexError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    keep_pages(&connection)?;
    let version = known(&connection)?;
    if version < MIGRATIONS.len() {
        return Err(IndexError::Old {
            found: u32::try_from(version).unwrap_or_default(),
        });
    }
    Ok(connection)
}

/// SQLite's own bound, 2 MB, is less than the upper levels of the indexes of a large registry: each search of a row then
/// reads pages again that the search before has read.
fn keep_pages(connection: &Connection) -> Result<(), IndexError> {
    Ok(connection.pragma_update(None, "cache_size", -CACHE_KIB)?)
}

/// The version of a database that this program can read.
fn known(connection: &Connection) -> Result<usize, IndexError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let version = usize::try_from(found).unwrap_or(usize::MAX);
    match version <= MIGRATIONS.len() {
        true => Ok(version),
        false => Err(IndexError::Version {
            found,
            known: u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX),
        }),
    }
}

/// Takes the steps that are missing, each in a transaction with its version.
fn migrate(connection: &mut Connection) -> Result<(), IndexError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = known(&transaction)?;
        let Some(step) = MIGRATIONS.get(version) else {
            return Ok(());
        };
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version as u32 + 1)?;
        transaction.commit()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_a_newer_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.db");
        let connection = open(&path).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);
        for error in [open(&path).unwrap_err(), open_to_read(&path).unwrap_err()] {
            assert!(error.to_string().contains("version 99"), "{error}");
        }
    }

    #[test]
    fn all_tables_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open(&folder.path().join("index.db")).unwrap();
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words%'";
        let mut statement = connection.prepare(sql).unwrap();
        let names = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        let mut names: Vec<_> = names.map(Result::unwrap).collect();
        names.retain(|name| !["about", "positions", "undo"].contains(&name.as_str()));
        names.sort();
        let mut known = TABLES.to_vec();
        known.sort_unstable();
        assert_eq!(names, known);
    }
}
