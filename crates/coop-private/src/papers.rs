//! Papers of a desk that are no signed documents: under the key of the person that they are about, and erased with
//! the person.

use crate::database;
use crate::documents::MAX_DOCUMENT;
use crate::error::PrivateError;
use crate::folder::lock;
use crate::ring::Holder;
use crate::seal::{self, place};
use crate::store::{PrivateStore, Sealed, immediate};
use antelope_types::{Name, TimePoint};
use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

/// What a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// A signed document whose transaction may be on its way.
    Draft,
    /// A paper that several people sign.
    Joint,
    /// The description of a thing.
    Thing,
    /// A file of the desk of an earlier release.
    File,
}

/// What is known of a paper without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperEntry {
    /// Its name, which is another for each paper of a kind.
    pub name: String,
    /// Whom it is about.
    pub account: Name,
}

impl PaperKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Joint, Self::Thing, Self::File];

    /// As the database names it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Joint => "joint",
            Self::Thing => "thing",
            Self::File => "file",
        }
    }
}

impl PrivateStore {
    /// Keeps a paper about an account, in place of the one of this name.
    ///
    /// # Errors
    /// [`PrivateError::LongDocument`]; those of the key ring and the database. Nothing is changed then.
    pub fn put_paper(
        &mut self,
        kind: PaperKind,
        name: &str,
        account: Name,
        content: &[u8],
        now: TimePoint,
    ) -> Result<(), PrivateError> {
        if content.len() > MAX_DOCUMENT {
            return Err(PrivateError::LongDocument {
                found: content.len(),
            });
        }
        let _lock = lock(&self.folder)?;
        let (id, key) = self
            .ring
            .key_or_new(Holder::Person(account), now.micros())?;
        let ring = self.ring.file.id();
        let transaction = immediate(&mut self.connection)?;
        let sql = "SELECT version FROM papers WHERE kind = ?1 AND name = ?2";
        let last = transaction.query_row(sql, [kind.word(), name], |row| row.get::<_, i64>(0));
        let version = last.optional()?.unwrap_or_default() + 1;
        let account = account.to_string();
        let place = paper_place(&ring, kind, name, &account, version);
        let sealed = seal::seal(&key, &place, content)?;
        transaction.execute(
            "INSERT OR REPLACE INTO papers (kind, name, account, key_id, version, sealed) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![kind.word(), name, account, id, version, sealed],
        )?;
        crate::kill::point()?;
        transaction.commit()?;
        Ok(())
    }

    /// The paper of this name; `None` where there is none.
    ///
    /// # Errors
    /// [`PrivateError::Changed`], [`PrivateError::KeyMissing`]; [`PrivateError::Database`].
    pub fn paper(
        &mut self,
        kind: PaperKind,
        name: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, PrivateError> {
        let sql =
            "SELECT account, key_id, version, sealed FROM papers WHERE kind = ?1 AND name = ?2";
        let found = self
            .connection
            .query_row(sql, [kind.word(), name], |row| {
                let sealed = Sealed {
                    key_id: row.get(1)?,
                    version: row.get(2)?,
                    bytes: row.get(3)?,
                };
                Ok((row.get::<_, String>(0)?, sealed))
            })
            .optional()?;
        let Some((account, sealed)) = found else {
            return Ok(None);
        };
        let Some(key) = self.key_of(&sealed.key_id, &account)? else {
            return Ok(None);
        };
        let ring = self.ring.file.id();
        let place = paper_place(&ring, kind, name, &account, sealed.version);
        let opened = seal::open(&key, &place, &sealed.bytes);
        opened.map(Some).ok_or_else(|| PrivateError::Changed {
            table: "papers",
            of: name.to_owned(),
        })
    }

    /// The papers of a kind, by their names.
    ///
    /// # Errors
    /// [`PrivateError::Database`].
    pub fn papers(&self, kind: PaperKind) -> Result<Vec<PaperEntry>, PrivateError> {
        let sql = "SELECT name, account FROM papers WHERE kind = ?1 ORDER BY name";
        let mut statement = self.connection.prepare(sql)?;
        let found = statement.query_map([kind.word()], |row| {
            Ok(PaperEntry {
                name: row.get(0)?,
                account: database::name(&row.get::<_, String>(1)?)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Removes a paper that is of no use any more.
    ///
    /// # Errors
    /// [`PrivateError::Database`].
    pub fn remove_paper(&mut self, kind: PaperKind, name: &str) -> Result<(), PrivateError> {
        let sql = "DELETE FROM papers WHERE kind = ?1 AND name = ?2";
        self.connection.execute(sql, [kind.word(), name])?;
        Ok(())
    }
}

/// Where a paper belongs.
fn paper_place(ring: &[u8], kind: PaperKind, name: &str, account: &str, version: i64) -> Vec<u8> {
    place(&[
        ring,
        b"papers",
        account.as_bytes(),
        kind.word().as_bytes(),
        name.as_bytes(),
        &version.to_le_bytes(),
    ])
}
