//! Accounts that have registered here, and those whose profile is kept here.

use super::ServerStore;
use crate::error::ApiError;
use antelope_types::{Name, PublicKey, TimePoint};
use coop_language::Words;
use rusqlite::{OptionalExtension, Row};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccountEntry {
    pub(crate) username: Name,
    /// The key that it had at registration.
    pub(crate) public_key: Option<PublicKey>,
    /// What it is, see [`coop_model::people::kind`].
    pub(crate) kind: Name,
    pub(crate) referer: String,
    pub(crate) created_at: TimePoint,
}

const COLUMNS: &str = "username, public_key, kind, referer, created_at";

impl ServerStore {
    /// Keeps a new account.
    ///
    /// # Errors
    /// [`ApiError::AlreadyExists`] for a name or an e-mail address that is taken.
    pub(crate) fn add_account(&self, account: &AccountEntry, email: &str) -> Result<(), ApiError> {
        let mark = self.mark("email", &folded(email));
        self.change(|transaction| {
            let sql = "INSERT INTO accounts (username, email, public_key, kind, referer, created_at) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
            let row = (
                account.username.to_string(),
                mark,
                account.public_key.as_ref().map(ToString::to_string),
                account.kind.to_string(),
                &account.referer,
                account.created_at.micros(),
            );
            match transaction.execute(sql, row)? {
                1 => Ok(()),
                _ => Err(ApiError::AlreadyExists {
                    what: Words::of("what.accounts"),
                }),
            }
        })
    }

    /// Notes whose profile is kept: they log in by the address in it, whether they have registered here or not.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn know(
        &self,
        people: &[(Name, Name, String)],
        now: TimePoint,
    ) -> Result<(), ApiError> {
        self.change(|transaction| {
            let sql = "INSERT INTO accounts (username, email, kind, referer, created_at) \
                       VALUES (?1, ?2, ?3, '', ?4) \
                       ON CONFLICT (username) DO UPDATE SET email = excluded.email \
                       ON CONFLICT DO NOTHING";
            let mut statement = transaction.prepare(sql)?;
            for (username, kind, email) in people {
                let mark = self.mark("email", &folded(email));
                statement.execute((username.to_string(), mark, kind.to_string(), now.micros()))?;
            }
            Ok(())
        })
    }

    /// Forgets an account and its sessions.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn forget_account(&self, username: Name) -> Result<(), ApiError> {
        self.change(|transaction| {
            let username = username.to_string();
            transaction.execute("DELETE FROM accounts WHERE username = ?1", [&username])?;
            transaction.execute("DELETE FROM sessions WHERE username = ?1", [&username])?;
            Ok(())
        })
    }

    /// The account with this e-mail address.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn account_by_email(&self, email: &str) -> Result<Option<AccountEntry>, ApiError> {
        let mark = self.mark("email", &folded(email));
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE email = ?1");
        Ok(self.connection().query_row(&sql, [mark], read).optional()?)
    }

    /// The account with this name.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn account(&self, username: Name) -> Result<Option<AccountEntry>, ApiError> {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE username = ?1");
        let name = username.to_string();
        Ok(self.connection().query_row(&sql, [name], read).optional()?)
    }

    /// A page of the accounts by their names, and how many there are.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn accounts(
        &self,
        of: &AccountsOf,
        skip: u64,
        count: u32,
    ) -> Result<(Vec<AccountEntry>, u64), ApiError> {
        let connection = self.connection();
        let (names, is) = match of {
            AccountsOf::All => (&[][..], "NOT IN"),
            AccountsOf::These(names) => (&names[..], "IN"),
            AccountsOf::Others(names) => (&names[..], "NOT IN"),
        };
        let names: Vec<_> = names.iter().map(ToString::to_string).collect();
        let names = serde_json::to_string(&names).map_err(|error| ApiError::internal(&error))?;
        let chosen = format!("FROM accounts WHERE username {is} (SELECT value FROM json_each(?1))");
        let sql = format!("SELECT count(*) {chosen}");
        let total: i64 = connection.query_row(&sql, [&names], |row| row.get(0))?;
        let sql = format!("SELECT {COLUMNS} {chosen} ORDER BY username LIMIT ?2 OFFSET ?3");
        let mut statement = connection.prepare_cached(&sql)?;
        let skip = i64::try_from(skip).unwrap_or(i64::MAX);
        let rows = statement.query_map((&names, count, skip), read)?;
        let entries = rows.collect::<Result<_, _>>()?;
        Ok((entries, u64::try_from(total).unwrap_or_default()))
    }
}

/// Which accounts are listed.
pub(crate) enum AccountsOf {
    /// All.
    All,
    /// Those with these names.
    These(Vec<Name>),
    /// All but those with these names.
    Others(Vec<Name>),
}

/// The same address, however it is written.
fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}

fn read(row: &Row<'_>) -> rusqlite::Result<AccountEntry> {
    let refused = |error: &dyn std::fmt::Display| {
        let problem = std::io::Error::other(error.to_string());
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, problem.into())
    };
    let name = |column| {
        let text: String = row.get(column)?;
        text.parse::<Name>().map_err(|error| refused(&error))
    };
    let key: Option<String> = row.get("public_key")?;
    let key = key.map(|text| text.parse::<PublicKey>());
    Ok(AccountEntry {
        username: name("username")?,
        public_key: key.transpose().map_err(|error| refused(&error))?,
        kind: name("kind")?,
        referer: row.get("referer")?,
        created_at: TimePoint::from_micros(row.get("created_at")?),
    })
}
