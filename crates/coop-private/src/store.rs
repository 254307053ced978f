//! The store: the database and the key ring of one cooperative, opened with the master key.

use crate::database::{self, about, open};
use crate::error::PrivateError;
use crate::folder::{DATABASE, RING, identified, lock, other_ring};
use crate::master::MasterSecret;
use crate::ring::{Holder, KeyId, KeyRing};
use crate::seal::{self, SealKey, hex, place};
use crate::{files, finish, kill};
use antelope_types::{Name, TimePoint};
use coop_documents::Profile;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The personal data of a cooperative's people.
///
/// Several programs may open one store at the same time. Whoever changes keys waits for others who do.
pub struct PrivateStore {
    pub(crate) folder: PathBuf,
    pub(crate) connection: Connection,
    pub(crate) ring: KeyRing,
    pub(crate) cooperative: Name,
}

/// What a list of people has of each. Holds personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPerson {
    /// The account.
    pub account: Name,
    /// What it is, see [`coop_model::people::kind`].
    pub kind: Name,
    /// The full name.
    pub name: String,
    /// When the profile was changed last.
    pub changed_at: TimePoint,
}

/// A row that is sealed.
pub(crate) struct Sealed {
    pub(crate) key_id: KeyId,
    pub(crate) version: i64,
    pub(crate) bytes: Vec<u8>,
}

impl PrivateStore {
    /// Makes the store of a cooperative in a folder, which is made where it is missing. A key ring that is there
    /// already, as after a loss of the database, is used.
    ///
    /// # Errors
    /// [`PrivateError::Exists`]; those of the master key; [`PrivateError::Io`], [`PrivateError::Database`].
    pub fn create(
        folder: &Path,
        cooperative: Name,
        secret: &MasterSecret,
    ) -> Result<Self, PrivateError> {
        files::own_folder(folder)?;
        let _lock = lock(folder)?;
        let (path, ring) = (folder.join(DATABASE), folder.join(RING));
        if path.exists() && about(&database::open_to_read(&path)?, "ring")?.is_some() {
            return Err(PrivateError::Exists {
                folder: folder.to_owned(),
            });
        }
        let ring = match ring.exists() {
            true => KeyRing::open(&ring, secret)?,
            false => KeyRing::create(&ring, secret)?,
        };
        let mut connection = open(&path)?;
        let transaction = immediate(&mut connection)?;
        for (key, value) in [
            ("cooperative", cooperative.to_string()),
            ("ring", hex(&ring.file.id())),
        ] {
            let sql = "INSERT INTO about (key, value) VALUES (?1, ?2)";
            transaction.execute(sql, [key, &value])?;
        }
        transaction.commit()?;
        Ok(Self {
            folder: folder.to_owned(),
            connection,
            ring,
            cooperative,
        })
    }

    /// Opens the store in a folder. A restoration that was interrupted is finished first.
    ///
    /// # Errors
    /// [`PrivateError::Missing`], [`PrivateError::WrongMaster`], [`PrivateError::Version`],
    /// [`PrivateError::Damaged`]; [`PrivateError::Io`], [`PrivateError::Database`].
    pub fn open(folder: &Path, secret: &MasterSecret) -> Result<Self, PrivateError> {
        finish::recover(folder)?;
        let (connection, cooperative, id) = identified(folder)?;
        let ring = KeyRing::open(&folder.join(RING), secret)?;
        if hex(&ring.file.id()) != id {
            return Err(other_ring(&ring.file.path));
        }
        Ok(Self {
            folder: folder.to_owned(),
            connection,
            ring,
            cooperative,
        })
    }

    /// The same store once more, for another thread: neither waits for what the other reads.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn try_clone(&self) -> Result<Self, PrivateError> {
        let (connection, cooperative, _) = identified(&self.folder)?;
        Ok(Self {
            folder: self.folder.clone(),
            connection,
            ring: self.ring.try_clone()?,
            cooperative,
        })
    }

    /// Whose store it is.
    pub fn cooperative(&self) -> Name {
        self.cooperative
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a profile, in place of the one before.
    ///
    /// # Errors
    /// [`PrivateError`] of the key ring and the database; nothing is changed then.
    pub fn put_profile(
        &mut self,
        account: Name,
        profile: &Profile,
        now: TimePoint,
    ) -> Result<(), PrivateError> {
        let _lock = lock(&self.folder)?;
        let holder = Holder::Person(account);
        let (id, key) = self.ring.key_or_new(holder, now.micros())?;
        let ring = self.ring.file.id();
        let transaction = immediate(&mut self.connection)?;
        let sql = "SELECT version FROM profiles WHERE account = ?1";
        let account = account.to_string();
        let last = transaction.query_row(sql, [&account], |row| row.get::<_, i64>(0));
        let version = last.optional()?.unwrap_or_default() + 1;
        let text = Zeroizing::new(profile.to_json().to_string());
        let sealed = seal::seal(
            &key,
            &profile_place(&ring, &account, version),
            text.as_bytes(),
        )?;
        transaction.execute(
            "INSERT OR REPLACE INTO profiles (account, key_id, version, changed_at, sealed) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![account, id, version, now.micros(), sealed],
        )?;
        kill::point()?;
        transaction.commit()?;
        Ok(())
    }

    /// The profile of an account; `None` where there is none.
    ///
    /// # Errors
    /// [`PrivateError::Changed`], [`PrivateError::KeyMissing`]; [`PrivateError::Database`].
    pub fn profile(&mut self, account: Name) -> Result<Option<Profile>, PrivateError> {
        let sql = "SELECT key_id, version, sealed FROM profiles WHERE account = ?1";
        let found = self
            .connection
            .query_row(sql, [account.to_string()], |row| {
                Ok(Sealed {
                    key_id: row.get(0)?,
                    version: row.get(1)?,
                    bytes: row.get(2)?,
                })
            })
            .optional()?;
        found.map_or(Ok(None), |sealed| self.open_profile(account, &sealed))
    }

    /// All people, by their accounts. Every profile is decrypted, one after another; nothing of it is written.
    ///
    /// # Errors
    /// As [`profile`](Self::profile).
    pub fn people(&mut self) -> Result<Vec<ListedPerson>, PrivateError> {
        let sql =
            "SELECT account, changed_at, key_id, version, sealed FROM profiles ORDER BY account";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let sealed = Sealed {
                key_id: row.get(2)?,
                version: row.get(3)?,
                bytes: row.get(4)?,
            };
            let account = database::name(&row.get::<_, String>(0)?)?;
            Ok((account, database::moment(row.get(1)?), sealed))
        })?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        drop(statement);
        let mut people = Vec::with_capacity(rows.len());
        for (account, changed_at, sealed) in rows {
            if let Some(profile) = self.open_profile(account, &sealed)? {
                people.push(ListedPerson {
                    account,
                    kind: profile.kind(),
                    name: profile.name(),
                    changed_at,
                });
            }
        }
        Ok(people)
    }

    /// The people whose name or account has each of these words as a part, in any order and case.
    ///
    /// There is no index of names: it would tell names to whoever has the database. All profiles are decrypted in
    /// memory instead.
    ///
    /// # Errors
    /// As [`profile`](Self::profile).
    pub fn find(&mut self, text: &str) -> Result<Vec<ListedPerson>, PrivateError> {
        let fold = |text: &str| text.to_lowercase().replace('ё', "е");
        let text = fold(text);
        let words: Vec<_> = text.split_whitespace().collect();
        let mut people = self.people()?;
        people.retain(|person| {
            let known = fold(&format!("{} {}", person.name, person.account));
            words.iter().all(|word| known.contains(word))
        });
        Ok(people)
    }

    fn open_profile(
        &mut self,
        account: Name,
        sealed: &Sealed,
    ) -> Result<Option<Profile>, PrivateError> {
        let of = account.to_string();
        let Some(key) = self.key_of(&sealed.key_id, &of)? else {
            return Ok(None);
        };
        let place = profile_place(&self.ring.file.id(), &of, sealed.version);
        let changed = || PrivateError::Changed {
            table: "profiles",
            of: of.clone(),
        };
        let text = seal::open(&key, &place, &sealed.bytes).ok_or_else(changed)?;
        Ok(Some(Profile::from_json(account, &text)?))
    }

    /// The key that a row names; `None` where it was erased and the row is about to go.
    pub(crate) fn key_of(&mut self, id: &KeyId, of: &str) -> Result<Option<SealKey>, PrivateError> {
        key_of(&self.connection, &mut self.ring, id, of)
    }
}

/// The key that a row names; `None` where it was erased and the row is about to go.
pub(crate) fn key_of(
    connection: &Connection,
    ring: &mut KeyRing,
    id: &KeyId,
    of: &str,
) -> Result<Option<SealKey>, PrivateError> {
    if let Some(key) = ring.key_by_id(id)? {
        return Ok(Some(key));
    }
    let sql = "SELECT 1 FROM erasures WHERE key_id = ?1";
    let erased = connection.query_row(sql, [id], |_| Ok(())).optional()?;
    match erased {
        Some(()) => Ok(None),
        None => Err(PrivateError::KeyMissing { of: of.to_owned() }),
    }
}

pub(crate) fn immediate(connection: &mut Connection) -> Result<Transaction<'_>, PrivateError> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Where a profile belongs.
fn profile_place(ring: &[u8], account: &str, version: i64) -> Vec<u8> {
    let version = version.to_le_bytes();
    place(&[ring, b"profiles", account.as_bytes(), b"profile", &version])
}
