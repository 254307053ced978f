//! Sessions: an access token for half an hour and a refresh token for thirty days, of which only hashes are kept.
//!
//! A refresh token is good once. Whoever uses it a second time shows that two have it: the whole session ends.

use super::ServerStore;
use crate::error::ApiError;
use crate::random;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::{OptionalExtension, Transaction};

/// How long an access token is good.
pub(crate) const ACCESS_SECONDS: i64 = 30 * 60;
/// How long a refresh token is good.
pub(crate) const REFRESH_SECONDS: i64 = 30 * 24 * 3600;

/// The tokens of a session, as they are told once.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SessionTokens {
    pub(crate) access: String,
    pub(crate) access_until: TimePoint,
    pub(crate) refresh: String,
    pub(crate) refresh_until: TimePoint,
}

/// What became of a refresh token.
pub(crate) enum Refreshed {
    /// New tokens of this account.
    New(Name, SessionTokens),
    /// The token was used before: the session of this account is ended.
    Reused(Name),
    /// The token is not known, or is over.
    Refused,
}

struct Entry {
    id: i64,
    family: i64,
    username: String,
    access: [u8; 32],
    refresh_until: i64,
    state: String,
}

impl ServerStore {
    /// Begins a session.
    ///
    /// # Errors
    /// Those of the database and of random numbers.
    pub(crate) fn begin_session(
        &self,
        username: Name,
        now: TimePoint,
    ) -> Result<SessionTokens, ApiError> {
        self.change(|transaction| {
            let sql = "DELETE FROM sessions WHERE refresh_until < ?1";
            transaction.execute(sql, [now.micros()])?;
            let tokens = insert(transaction, None, &username.to_string(), now)?;
            Ok(tokens)
        })
    }

    /// Whose access token it is; `None` where it is of nobody, over, or revoked.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn of_access(&self, token: &str, now: TimePoint) -> Result<Option<Name>, ApiError> {
        let sql = "SELECT username FROM sessions \
                   WHERE access = ?1 AND state = 'live' AND access_until > ?2";
        let connection = self.connection();
        let mut statement = connection.prepare_cached(sql)?;
        let found: Option<String> = statement
            .query_row((hash(token), now.micros()), |row| row.get(0))
            .optional()?;
        Ok(found.and_then(|name| name.parse().ok()))
    }

    /// Gives new tokens for those of a session. The access token may be over, and must be the one that the refresh
    /// token came with.
    ///
    /// # Errors
    /// Those of the database and of random numbers.
    pub(crate) fn refresh_session(
        &self,
        access: &str,
        refresh: &str,
        now: TimePoint,
    ) -> Result<Refreshed, ApiError> {
        self.change(|transaction| {
            let Some(entry) = of_refresh(transaction, refresh)? else {
                return Ok(Refreshed::Refused);
            };
            let username: Name = entry.username.parse().unwrap_or_default();
            match entry.state.as_str() {
                "rotated" => {
                    end(transaction, entry.family)?;
                    Ok(Refreshed::Reused(username))
                }
                "live" if entry.refresh_until > now.micros() && entry.access == hash(access) => {
                    let sql = "UPDATE sessions SET state = 'rotated' WHERE id = ?1";
                    transaction.execute(sql, [entry.id])?;
                    let family = Some(entry.family);
                    let tokens = insert(transaction, family, &entry.username, now)?;
                    Ok(Refreshed::New(username, tokens))
                }
                _ => Ok(Refreshed::Refused),
            }
        })
    }

    /// Ends the session that both tokens are of; whether there was one.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn end_session(&self, access: &str, refresh: &str) -> Result<bool, ApiError> {
        self.change(|transaction| {
            let entry = of_refresh(transaction, refresh)?;
            let entry = entry.filter(|it| it.access == hash(access) && it.state != "ended");
            match entry {
                Some(entry) => {
                    end(transaction, entry.family)?;
                    Ok(true)
                }
                None => Ok(false),
            }
        })
    }

    /// Ends all sessions of an account; how many token pairs were good.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn end_sessions(&self, username: Name) -> Result<usize, ApiError> {
        self.change(|transaction| {
            let sql = "UPDATE sessions SET state = 'ended' WHERE username = ?1 AND state = 'live'";
            let live = transaction.execute(sql, [username.to_string()])?;
            let sql = "UPDATE sessions SET state = 'ended' WHERE username = ?1";
            transaction.execute(sql, [username.to_string()])?;
            Ok(live)
        })
    }
}

fn hash(token: &str) -> [u8; 32] {
    Checksum256::sha256(token.as_bytes()).0
}

fn of_refresh(transaction: &Transaction<'_>, token: &str) -> Result<Option<Entry>, ApiError> {
    let sql = "SELECT id, family, username, access, refresh_until, state FROM sessions \
               WHERE refresh = ?1";
    let found = transaction.query_row(sql, [hash(token)], |row| {
        Ok(Entry {
            id: row.get(0)?,
            family: row.get(1)?,
            username: row.get(2)?,
            access: row.get(3)?,
            refresh_until: row.get(4)?,
            state: row.get(5)?,
        })
    });
    Ok(found.optional()?)
}

fn end(transaction: &Transaction<'_>, family: i64) -> Result<(), ApiError> {
    let sql = "UPDATE sessions SET state = 'ended' WHERE family = ?1";
    transaction.execute(sql, [family])?;
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    family: Option<i64>,
    username: &str,
    now: TimePoint,
) -> Result<SessionTokens, ApiError> {
    let digits = || random::digits::<32>().map_err(|error| ApiError::internal(&error));
    let after = |seconds: i64| TimePoint::from_micros(now.micros() + seconds * 1_000_000);
    let tokens = SessionTokens {
        access: digits()?,
        access_until: after(ACCESS_SECONDS),
        refresh: digits()?,
        refresh_until: after(REFRESH_SECONDS),
    };
    let sql = "INSERT INTO sessions \
               (family, username, access, refresh, access_until, refresh_until, state) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'live')";
    transaction.execute(
        sql,
        (
            family.unwrap_or_default(),
            username,
            hash(&tokens.access),
            hash(&tokens.refresh),
            tokens.access_until.micros(),
            tokens.refresh_until.micros(),
        ),
    )?;
    if family.is_none() {
        let sql = "UPDATE sessions SET family = id WHERE id = ?1";
        transaction.execute(sql, [transaction.last_insert_rowid()])?;
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    const ANNA: Name = name!("annabelovaxx");

    fn at(seconds: i64) -> TimePoint {
        TimePoint::from_micros(seconds * 1_000_000)
    }

    fn store() -> (tempfile::TempDir, ServerStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = ServerStore::open(folder.path()).unwrap();
        (folder, store)
    }

    #[test]
    fn tokens_are_good_for_their_time_and_are_not_in_the_file() {
        let (folder, store) = store();
        let tokens = store.begin_session(ANNA, at(0)).unwrap();
        let of = |seconds| store.of_access(&tokens.access, at(seconds)).unwrap();
        assert_eq!(of(ACCESS_SECONDS - 1), Some(ANNA));
        assert_eq!(of(ACCESS_SECONDS), None);
        assert_eq!(store.of_access(&tokens.refresh, at(1)).unwrap(), None);
        for file in ["server.db", "server.db-wal"] {
            let bytes = std::fs::read(folder.path().join(file)).unwrap();
            for token in [&tokens.access, &tokens.refresh] {
                let mut windows = bytes.windows(token.len());
                assert!(!windows.any(|it| it == token.as_bytes()), "{file}");
            }
        }
    }

    #[test]
    fn a_refresh_token_that_is_used_twice_ends_the_session() {
        let (_folder, store) = store();
        let first = store.begin_session(ANNA, at(0)).unwrap();
        let other = store.begin_session(ANNA, at(0)).unwrap();
        let refresh = |tokens: &SessionTokens, seconds| {
            store
                .refresh_session(&tokens.access, &tokens.refresh, at(seconds))
                .unwrap()
        };
        let Refreshed::New(ANNA, second) = refresh(&first, 3600) else {
            panic!("no new tokens");
        };
        assert_eq!(store.of_access(&first.access, at(1)).unwrap(), None);
        assert_eq!(
            store.of_access(&second.access, at(3601)).unwrap(),
            Some(ANNA)
        );
        assert!(matches!(refresh(&first, 3602), Refreshed::Reused(ANNA)));
        assert_eq!(store.of_access(&second.access, at(3603)).unwrap(), None);
        assert!(matches!(refresh(&second, 3604), Refreshed::Refused));
        assert_eq!(store.of_access(&other.access, at(1)).unwrap(), Some(ANNA));
    }

    #[test]
    fn tokens_of_two_sessions_do_not_go_together() {
        let (_folder, store) = store();
        let one = store.begin_session(ANNA, at(0)).unwrap();
        let two = store.begin_session(ANNA, at(0)).unwrap();
        let mixed = store.refresh_session(&one.access, &two.refresh, at(1));
        assert!(matches!(mixed.unwrap(), Refreshed::Refused));
        assert!(!store.end_session(&one.access, &two.refresh).unwrap());
        assert!(store.end_session(&one.access, &one.refresh).unwrap());
        assert!(!store.end_session(&one.access, &one.refresh).unwrap());
        assert_eq!(store.end_sessions(ANNA).unwrap(), 1);
        assert_eq!(store.of_access(&two.access, at(1)).unwrap(), None);
    }

    #[test]
    fn a_refresh_token_is_over_after_thirty_days() {
        let (_folder, store) = store();
        let tokens = store.begin_session(ANNA, at(0)).unwrap();
        let late = store.refresh_session(&tokens.access, &tokens.refresh, at(REFRESH_SECONDS));
        assert!(matches!(late.unwrap(), Refreshed::Refused));
    }
}
