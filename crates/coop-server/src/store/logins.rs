//! Logins: each signature of the chain's time is good once, and so is each challenge.

use super::ServerStore;
use crate::error::ApiError;
use crate::random;
use antelope_types::{Checksum256, Name, TimePoint};

/// How long a challenge waits for its signature.
pub(crate) const CHALLENGE_SECONDS: i64 = 300;

/// The most challenges that wait for one account; the oldest goes.
const MOST_OF_ONE: u32 = 5;

/// The most challenges that wait.
const MOST: i64 = 10_000;

impl ServerStore {
    /// Takes a signature of the chain's time as used. `until` is the moment of the chain from which it is too old
    /// anyway, `now` the chain's time.
    ///
    /// # Errors
    /// [`ApiError::LoginReplayed`].
    pub(crate) fn use_login(
        &self,
        email: &str,
        signed: TimePoint,
        until: TimePoint,
        now: TimePoint,
    ) -> Result<(), ApiError> {
        let text = format!("{}\n{}", email.trim().to_lowercase(), signed.micros());
        let mark = self.mark("login", &text);
        self.change(|transaction| {
            let sql = "DELETE FROM used_logins WHERE until < ?1";
            transaction.execute(sql, [now.micros()])?;
            let sql =
                "INSERT INTO used_logins (mark, until) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            match transaction.execute(sql, (mark, until.micros()))? {
                1 => Ok(()),
                _ => Err(ApiError::LoginReplayed),
            }
        })
    }

    /// A new challenge for an account, and until when it waits.
    ///
    /// # Errors
    /// [`ApiError::Busy`] where too many wait.
    pub(crate) fn new_challenge(
        &self,
        username: Name,
        now: TimePoint,
    ) -> Result<(String, TimePoint), ApiError> {
        let challenge = random::digits::<32>().map_err(|error| ApiError::internal(&error))?;
        let until = TimePoint::from_micros(now.micros() + CHALLENGE_SECONDS * 1_000_000);
        let username = username.to_string();
        self.change(|transaction| {
            let sql = "DELETE FROM challenges WHERE until < ?1";
            transaction.execute(sql, [now.micros()])?;
            let sql = "DELETE FROM challenges WHERE username = ?1 AND hash NOT IN \
                       (SELECT hash FROM challenges WHERE username = ?1 \
                       ORDER BY until DESC LIMIT ?2)";
            transaction.execute(sql, (&username, MOST_OF_ONE - 1))?;
            let sql = "SELECT count(*) FROM challenges";
            let count: i64 = transaction.query_row(sql, [], |row| row.get(0))?;
            if count >= MOST {
                return Err(ApiError::Busy);
            }
            let sql = "INSERT INTO challenges (hash, username, until) VALUES (?1, ?2, ?3)";
            let hash = Checksum256::sha256(challenge.as_bytes()).0;
            transaction.execute(sql, (hash, &username, until.micros()))?;
            Ok(())
        })?;
        Ok((challenge, until))
    }

    /// Takes a challenge as used; whether it waited for this account.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn use_challenge(
        &self,
        username: Name,
        challenge: &str,
        now: TimePoint,
    ) -> Result<bool, ApiError> {
        let hash = Checksum256::sha256(challenge.as_bytes()).0;
        self.change(|transaction| {
            let sql = "DELETE FROM challenges WHERE hash = ?1 AND username = ?2 AND until > ?3";
            let row = (hash, username.to_string(), now.micros());
            Ok(transaction.execute(sql, row)? == 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    fn at(seconds: i64) -> TimePoint {
        TimePoint::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn a_signature_is_good_once_and_is_forgotten_once_it_is_too_old() {
        let folder = tempfile::tempdir().unwrap();
        let store = ServerStore::open(folder.path()).unwrap();
        let login = |email, now| store.use_login(email, at(100), at(130), at(now));
        login("anna@coop.example", 100).unwrap();
        let again = login(" Anna@Coop.example", 129).unwrap_err();
        assert_eq!(again.code(), "LOGIN_REPLAYED");
        login("boris@coop.example", 100).unwrap();
        login("clara@coop.example", 131).unwrap();
        let count = "SELECT count(*) FROM used_logins";
        let count: i64 = store
            .connection()
            .query_row(count, [], |row| row.get(0))
            .unwrap();
        assert_eq!(count, 1);
    }

    #[test]
    fn a_challenge_is_good_once_for_its_account_and_for_five_minutes() {
        let folder = tempfile::tempdir().unwrap();
        let store = ServerStore::open(folder.path()).unwrap();
        let (anna, boris) = (name!("annabelovaxx"), name!("borisbelovxx"));
        let (challenge, until) = store.new_challenge(anna, at(0)).unwrap();
        assert_eq!(until, at(CHALLENGE_SECONDS));
        assert!(!store.use_challenge(boris, &challenge, at(1)).unwrap());
        assert!(
            !store
                .use_challenge(anna, &challenge, at(CHALLENGE_SECONDS))
                .unwrap()
        );
        assert!(store.use_challenge(anna, &challenge, at(1)).unwrap());
        assert!(!store.use_challenge(anna, &challenge, at(1)).unwrap());
        let mut all: Vec<_> = (0..7)
            .map(|number| store.new_challenge(anna, at(number)).unwrap().0)
            .collect();
        let good = all
            .drain(..)
            .filter(|it| store.use_challenge(anna, it, at(8)).unwrap());
        assert_eq!(good.count(), 5);
    }
}
