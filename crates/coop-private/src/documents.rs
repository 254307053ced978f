//! Documents with their texts: under the key of the person they are about, or where the law keeps them, under a key
//! of the archive.

use crate::database;
use crate::error::PrivateError;
use crate::folder::lock;
use crate::keeping::KeepingRule;
use crate::ring::Holder;
use crate::seal::{self, place};
use crate::store::{PrivateStore, Sealed, immediate};
use crate::words::{DocumentWords, words_of};
use antelope_types::{Checksum256, Decode, Encode, Name, TimePoint, base64};
use coop_documents::{Record, is_file_of};
use coop_model::Document;
use coop_model::catalogue::registry;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The most bytes of a document with all that is kept of it.
pub const MAX_DOCUMENT: usize = 4 << 20;

/// A document with its text. Holds personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct PrivateDocument {
    /// What the chain has of it, with the signatures.
    pub document: Document,
    /// The text whose hash is signed.
    pub text: String,
    /// The facts of the text, from which it is printed; documents of earlier releases have none.
    pub record: Option<Record>,
    /// Of a proposal: the question and the decision.
    pub proposal: Option<[String; 2]>,
}

/// What is known of a document without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentEntry {
    /// Its hash.
    pub hash: Checksum256,
    /// Whom it is about.
    pub account: Name,
    /// Its number in the registry of documents.
    pub registry_id: u64,
    /// When it was made.
    pub created_at: TimePoint,
    /// Under whose key it is.
    pub holder: Holder,
    /// What its text is called on the desk; `None` for one that did not come from there.
    pub file: Option<String>,
}

/// What is sealed of a document.
#[derive(Serialize, Deserialize)]
struct Content {
    document: String,
    text: String,
    record: Option<Record>,
    proposal: Option<[String; 2]>,
}

const COLUMNS: &str = "hash, account, registry_id, created_at, archive_year, file";

impl PrivateStore {
    /// Keeps a document, as long as [`KEEPING`](crate::KEEPING) says: under the key of the account that its meta
    /// names, or of the archive. A document that is in the archive stays there; one that nobody has signed yet is never
    /// put there.
    ///
    /// `is_admitted` says whether the account is a participant by now.
    ///
    /// # Errors
    /// [`PrivateError::AnotherText`], [`PrivateError::UnknownForm`], [`PrivateError::LongDocument`]; those of the
    /// key ring and the database. Nothing is changed then.
    pub fn put_document(
        &mut self,
        document: &PrivateDocument,
        is_admitted: bool,
        now: TimePoint,
    ) -> Result<DocumentEntry, PrivateError> {
        let _lock = lock(&self.folder)?;
        self.keep(document, None, is_admitted, now)
    }

    /// Keeps a document of the desk, whose text is to be called `STEM.txt`, or where another is called so, `STEM-2.txt`
    /// and so on. A document that is called something already stays called so.
    ///
    /// # Errors
    /// As [`put_document`](Self::put_document).
    pub fn put_document_as(
        &mut self,
        document: &PrivateDocument,
        stem: &str,
        is_admitted: bool,
        now: TimePoint,
    ) -> Result<DocumentEntry, PrivateError> {
        let _lock = lock(&self.folder)?;
        let known = self.document_entry(&document.document.hash())?;
        let file = match known.and_then(|entry| entry.file) {
            Some(file) => file,
            None => self.unused(stem)?,
        };
        self.keep(document, Some(file), is_admitted, now)
    }

    /// The first of the names of this stem that no document has.
    pub(crate) fn unused(&self, stem: &str) -> Result<String, PrivateError> {
        for number in 1..u32::MAX {
            let file = match number {
                1 => format!("{stem}.txt"),
                more => format!("{stem}-{more}.txt"),
            };
            if self.document_called(&file)?.is_none() {
                return Ok(file);
            }
        }
        Ok(format!("{stem}.txt"))
    }

    /// The hash of the document whose text is called so on the desk, the newest where there are several.
    ///
    /// # Errors
    /// [`PrivateError::Database`].
    pub fn document_called(&self, file: &str) -> Result<Option<Checksum256>, PrivateError> {
        let sql =
            "SELECT hash FROM documents WHERE file = ?1 ORDER BY created_at DESC, hash LIMIT 1";
        let found = self
            .connection
            .query_row(sql, [file], |row| row.get(0).map(Checksum256));
        Ok(found.optional()?)
    }

    /// Keeps a document; the caller holds the lock.
    pub(crate) fn keep(
        &mut self,
        given: &PrivateDocument,
        file: Option<String>,
        is_admitted: bool,
        now: TimePoint,
    ) -> Result<DocumentEntry, PrivateError> {
        let PrivateDocument { document, text, .. } = given;
        let meta = &document.meta;
        if !is_file_of(document, text.as_bytes()) {
            return Err(PrivateError::AnotherText {
                expected: document.doc_hash,
            });
        }
        let rule = KeepingRule::of(meta.registry_id).ok_or_else(|| PrivateError::UnknownForm {
            form: meta.registry_id.to_string(),
        })?;
        let hash = document.hash();
        let known = self.document_entry(&hash)?;
        let holder = match known.as_ref().map(|entry| entry.holder) {
            Some(Holder::Archive(year)) => Holder::Archive(year),
            _ if rule.once_admitted && !is_admitted => Holder::Person(meta.username),
            // The law keeps what was signed; a draft goes with the person. An act of destruction may be signed on
            // paper, and the person that it is about has no key any more.
            _ if document.signatures.is_empty()
                && meta.registry_id != registry::DESTRUCTION_ACT =>
            {
                Holder::Person(meta.username)
            }
            _ => Holder::Archive(rule.last_year(meta.created_at)),
        };
        let entry = DocumentEntry {
            hash,
            account: meta.username,
            registry_id: meta.registry_id,
            created_at: meta.created_at,
            holder,
            file: file.or_else(|| known.and_then(|entry| entry.file)),
        };
        let words = words_of(&meta.title, text);
        self.seal_document(&entry, &content(given)?, &words, now)?;
        Ok(entry)
    }

    /// The document with this hash.
    ///
    /// # Errors
    /// [`PrivateError::NoDocument`]; [`PrivateError::Changed`], [`PrivateError::KeyMissing`].
    pub fn document(&mut self, hash: &Checksum256) -> Result<PrivateDocument, PrivateError> {
        let found = self.document_if(hash)?;
        found.ok_or(PrivateError::NoDocument { hash: *hash })
    }

    /// The document with this hash; `None` where it is not kept, or its key was erased.
    pub(crate) fn document_if(
        &mut self,
        hash: &Checksum256,
    ) -> Result<Option<PrivateDocument>, PrivateError> {
        let Some(entry) = self.document_entry(hash)? else {
            return Ok(None);
        };
        let bytes = self.content_of(&entry)?;
        bytes.map(|bytes| parsed(hash, &bytes)).transpose()
    }

    /// Removes a document that came to nothing: the chain has refused its transaction.
    ///
    /// # Errors
    /// [`PrivateError::Database`]; those of the lock.
    pub fn remove_document(&mut self, hash: &Checksum256) -> Result<(), PrivateError> {
        let _lock = lock(&self.folder)?;
        let sql = "DELETE FROM documents WHERE hash = ?1";
        self.connection.execute(sql, [hash.0])?;
        Ok(())
    }

    /// The documents about an account, or all of them; the newest first.
    ///
    /// # Errors
    /// [`PrivateError::Database`].
    pub fn documents(&self, account: Option<Name>) -> Result<Vec<DocumentEntry>, PrivateError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM documents WHERE ?1 IS NULL OR account = ?1 \
             ORDER BY created_at DESC, hash"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let account = account.map(|it| it.to_string());
        let found = statement.query_map([account], entry)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The documents about others that nobody has signed and that name this account all the same, such as the protocol
    /// of a general meeting. What does not open any more is left out.
    ///
    /// # Errors
    /// [`PrivateError::Database`]; those of the key ring.
    pub(crate) fn drafts_that_name(
        &mut self,
        account: Name,
    ) -> Result<Vec<DocumentEntry>, PrivateError> {
        let mut found = Vec::new();
        for entry in self.documents(None)? {
            let is_of_another =
                entry.account != account && entry.holder == Holder::Person(entry.account);
            if !is_of_another {
                continue;
            }
            let draft = match self.document_if(&entry.hash) {
                Err(PrivateError::Changed { .. } | PrivateError::KeyMissing { .. }) => None,
                opened => opened?,
            };
            let is_draft = |it: &PrivateDocument| {
                let record = it.record.as_ref();
                it.document.signatures.is_empty() && record.is_some_and(|it| it.names(account))
            };
            if draft.as_ref().is_some_and(is_draft) {
                found.push(entry);
            }
        }
        Ok(found)
    }

    /// Moves what an account signed as a candidate to the archive, once the council has admitted it; how many
    /// documents those were.
    ///
    /// # Errors
    /// Those of the key ring and the database. Documents that were moved stay moved.
    pub fn admit(&mut self, account: Name, now: TimePoint) -> Result<usize, PrivateError> {
        let _lock = lock(&self.folder)?;
        let mut count = 0;
        for mut entry in self.documents(Some(account))? {
            let rule = KeepingRule::of(entry.registry_id);
            let (Holder::Person(_), Some(rule)) = (entry.holder, rule) else {
                continue;
            };
            let Some(bytes) = self.content_of(&entry)? else {
                continue;
            };
            let document = parsed(&entry.hash, &bytes)?;
            let words = words_of(&document.document.meta.title, &document.text);
            entry.holder = Holder::Archive(rule.last_year(entry.created_at));
            self.seal_document(&entry, &bytes, &words, now)?;
            count += 1;
        }
        Ok(count)
    }

    /// What is known of a document without its key.
    ///
    /// # Errors
    /// [`PrivateError::Database`].
    pub fn document_entry(
        &self,
        hash: &Checksum256,
    ) -> Result<Option<DocumentEntry>, PrivateError> {
        let sql = format!("SELECT {COLUMNS} FROM documents WHERE hash = ?1");
        Ok(self
            .connection
            .query_row(&sql, [hash.0], entry)
            .optional()?)
    }

    /// What is sealed of a document; `None` where its key was erased.
    fn content_of(
        &mut self,
        entry: &DocumentEntry,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, PrivateError> {
        let sql = "SELECT key_id, version, sealed FROM documents WHERE hash = ?1";
        let sealed = self.connection.query_row(sql, [entry.hash.0], |row| {
            Ok(Sealed {
                key_id: row.get(0)?,
                version: row.get(1)?,
                bytes: row.get(2)?,
            })
        })?;
        let of = entry.hash.to_string();
        let Some(key) = self.key_of(&sealed.key_id, &of)? else {
            return Ok(None);
        };
        let place = document_place(&self.ring.file.id(), entry, sealed.version);
        let opened = seal::open(&key, &place, &sealed.bytes);
        let table = "documents";
        opened.map(Some).ok_or(PrivateError::Changed { table, of })
    }

    fn seal_document(
        &mut self,
        entry: &DocumentEntry,
        content: &[u8],
        words: &str,
        now: TimePoint,
    ) -> Result<(), PrivateError> {
        let (id, key) = self.ring.key_or_new(entry.holder, now.micros())?;
        let ring = self.ring.file.id();
        let transaction = immediate(&mut self.connection)?;
        let sql = "SELECT version FROM documents WHERE hash = ?1";
        let last = transaction.query_row(sql, [entry.hash.0], |row| row.get::<_, i64>(0));
        let version = last.optional()?.unwrap_or_default() + 1;
        let sealed = seal::seal(&key, &document_place(&ring, entry, version), content)?;
        let archive_year = match entry.holder {
            Holder::Person(_) => None,
            Holder::Archive(year) => Some(year),
        };
        transaction.execute(
            "INSERT OR REPLACE INTO documents \
             (hash, account, registry_id, created_at, archive_year, key_id, version, sealed, file) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                entry.hash.0,
                entry.account.to_string(),
                i64::try_from(entry.registry_id).unwrap_or(i64::MAX),
                entry.created_at.micros(),
                archive_year,
                id,
                version,
                sealed,
                entry.file
            ],
        )?;
        let place = DocumentWords {
            hash: &entry.hash,
            account: entry.account,
            key_id: id,
            version,
        };
        place.keep(&transaction, &ring, &key, words)?;
        crate::kill::point()?;
        transaction.commit()?;
        Ok(())
    }
}

fn content(given: &PrivateDocument) -> Result<Zeroizing<Vec<u8>>, PrivateError> {
    let content = Content {
        document: base64::encode(&given.document.to_bytes()),
        text: given.text.clone(),
        record: given.record.clone(),
        proposal: given.proposal.clone(),
    };
    // Texts, numbers and lists are always JSON.
    let bytes = Zeroizing::new(serde_json::to_vec(&content).unwrap_or_default());
    match bytes.len() > MAX_DOCUMENT {
        true => Err(PrivateError::LongDocument { found: bytes.len() }),
        false => Ok(bytes),
    }
}

/// What was sealed of the document with this hash.
fn parsed(hash: &Checksum256, content: &[u8]) -> Result<PrivateDocument, PrivateError> {
    let changed = || PrivateError::Changed {
        table: "documents",
        of: hash.to_string(),
    };
    let content: Content = serde_json::from_slice(content).map_err(|_| changed())?;
    let document = base64::decode(&content.document).ok_or_else(changed)?;
    Ok(PrivateDocument {
        document: Document::from_bytes(&document).map_err(|_| changed())?,
        text: content.text,
        record: content.record,
        proposal: content.proposal,
    })
}

/// Where a document belongs.
fn document_place(ring: &[u8], entry: &DocumentEntry, version: i64) -> Vec<u8> {
    place(&[
        ring,
        b"documents",
        entry.account.to_string().as_bytes(),
        b"document",
        &entry.hash.0,
        &entry.registry_id.to_le_bytes(),
        entry.holder.to_string().as_bytes(),
        &version.to_le_bytes(),
    ])
}

pub(crate) fn entry(row: &Row<'_>) -> rusqlite::Result<DocumentEntry> {
    let account = database::name(&row.get::<_, String>("account")?)?;
    let year: Option<u16> = row.get("archive_year")?;
    let number: i64 = row.get("registry_id")?;
    Ok(DocumentEntry {
        hash: Checksum256(row.get("hash")?),
        account,
        registry_id: u64::try_from(number).unwrap_or_default(),
        created_at: database::moment(row.get("created_at")?),
        holder: year.map_or(Holder::Person(account), Holder::Archive),
        file: row.get("file")?,
    })
}
