//! Finding documents by the words of their texts.
//!
//! Beside each document are the stems of the words of its title and its text, sealed under the same key. They are
//! written and deleted in the transaction that writes or deletes the document, so that an erasure, the end of a term, a
//! backup and a restoration do with them what they do with the document.
//!
//! There is no index of words: it would tell words to whoever has the database, and an erasure would have to find them
//! in it. A search opens the stems of all documents, or of those about one account, one after another in memory. So it
//! takes as long as there are documents.

use crate::database::open_to_read;
use crate::error::PrivateError;
use crate::folder::{DATABASE, lock};
use crate::ring::KeyId;
use crate::seal::{self, SealKey, place};
use crate::store::{PrivateStore, immediate, key_of};
use antelope_types::{Checksum256, Name};
use coop_index::{TextHit, WordQuery, stems};
use rusqlite::{Transaction, params};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use zeroize::Zeroizing;

/// How many documents of an earlier version get their words in one transaction.
const BATCH: usize = 256;

/// The words of a document, and where they belong.
pub(crate) struct DocumentWords<'a> {
    pub(crate) hash: &'a Checksum256,
    pub(crate) account: Name,
    pub(crate) key_id: KeyId,
    /// The version of the document.
    pub(crate) version: i64,
}

impl PrivateStore {
    /// The documents that have all these words in their titles and texts, those about an account or all of them, in no
    /// order. Of a text longer than 1 MiB, the rest is not searched.
    ///
    /// The words of each document are decrypted in memory; nothing of them is written. Documents that an earlier
    /// version has kept get their words first, which takes about as long as reading all of them.
    ///
    /// # Errors
    /// [`PrivateError::Changed`], [`PrivateError::KeyMissing`]; [`PrivateError::Database`].
    pub fn search_texts(
        &mut self,
        query: &WordQuery,
        account: Option<Name>,
    ) -> Result<Vec<TextHit>, PrivateError> {
        self.seal_missing()?;
        let ring_id = self.ring.file.id();
        let Self {
            connection,
            ring,
            folder,
            ..
        } = self;
        // Whoever asks for one account does not go through the words of all.
        let whose = match account {
            Some(_) => "account = ?1",
            None => "?1 IS NULL",
        };
        let sql = format!(
            "SELECT hash, account, key_id, version, sealed FROM words \
             WHERE sealed IS NOT NULL AND {whose}"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([account.map(|it| it.to_string())])?;
        let mut keys: HashMap<KeyId, Option<SealKey>> = HashMap::new();
        let mut hits = Vec::new();
        while let Some(row) = rows.next()? {
            let hash = Checksum256(row.get(0)?);
            let words = DocumentWords {
                hash: &hash,
                account: crate::database::name(row.get_ref(1)?.as_str().unwrap_or_default())?,
                key_id: row.get(2)?,
                version: row.get(3)?,
            };
            let key = match keys.entry(words.key_id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let of = hash.to_string();
                    let key = match key_of(connection, ring, &words.key_id, &of) {
                        // The rows are those of the beginning of the search.
                        Err(PrivateError::KeyMissing { .. }) => {
                            let now = open_to_read(&folder.join(DATABASE))?;
                            key_of(&now, ring, &words.key_id, &of)?
                        }
                        key => key?,
                    };
                    place.insert(key)
                }
            };
            // Where the key was erased, the row is about to go.
            let Some(key) = key else {
                continue;
            };
            let sealed = row.get_ref(4)?.as_blob().unwrap_or_default();
            let stems = words.open(&ring_id, key, sealed)?;
            if let Some(weight) = query.weight(&stems) {
                hits.push(TextHit { hash, weight });
            }
        }
        Ok(hits)
    }

    /// Seals the words of documents that earlier versions have kept, of those too that a program of an earlier version
    /// has kept or moved to the archive since the store is one of this version. Killed on the way, the rest is sealed by
    /// the next.
    ///
    /// # Errors
    /// As [`search_texts`](Self::search_texts).
    pub fn complete_words(&mut self) -> Result<(), PrivateError> {
        let guard = lock(&self.folder)?;
        self.connection.execute(
            "INSERT OR REPLACE INTO words (hash, account, key_id, version) \
             SELECT d.hash, d.account, d.key_id, d.version \
             FROM documents d LEFT JOIN words w ON w.hash = d.hash \
             WHERE w.hash IS NULL OR w.key_id <> d.key_id OR w.version <> d.version",
            (),
        )?;
        drop(guard);
        self.seal_missing()
    }

    /// Seals the words of documents that have none yet.
    fn seal_missing(&mut self) -> Result<(), PrivateError> {
        let sql = "SELECT hash FROM words WHERE sealed IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let missing = statement.query_map([], |row| row.get(0).map(Checksum256))?;
        let missing: Vec<_> = missing.collect::<Result<_, _>>()?;
        drop(statement);
        for batch in missing.chunks(BATCH) {
            let _lock = lock(&self.folder)?;
            let mut texts = Vec::new();
            for hash in batch {
                if let Some(document) = self.document_if(hash)? {
                    texts.push((
                        hash,
                        words_of(&document.document.meta.title, &document.text),
                    ));
                }
            }
            let ring_id = self.ring.file.id();
            let Self {
                connection, ring, ..
            } = self;
            let transaction = immediate(connection)?;
            for (hash, text) in texts {
                let sql = "SELECT account, key_id, version FROM documents WHERE hash = ?1";
                let words = transaction.query_row(sql, [hash.0], |row| {
                    Ok(DocumentWords {
                        hash,
                        account: crate::database::name(&row.get::<_, String>(0)?)?,
                        key_id: row.get(1)?,
                        version: row.get(2)?,
                    })
                })?;
                let of = hash.to_string();
                if let Some(key) = key_of(&transaction, ring, &words.key_id, &of)? {
                    words.keep(&transaction, &ring_id, &key, &text)?;
                }
            }
            crate::kill::point()?;
            transaction.commit()?;
        }
        Ok(())
    }
}

impl DocumentWords<'_> {
    /// Seals the words and puts them in the place of those before.
    pub(crate) fn keep(
        &self,
        transaction: &Transaction<'_>,
        ring: &[u8],
        key: &SealKey,
        words: &str,
    ) -> Result<(), PrivateError> {
        let sealed = seal::seal(key, &self.place(ring), words.as_bytes())?;
        transaction.execute(
            "INSERT OR REPLACE INTO words (hash, account, key_id, version, sealed) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                self.hash.0,
                self.account.to_string(),
                self.key_id,
                self.version,
                sealed
            ],
        )?;
        Ok(())
    }

    fn open(
        &self,
        ring: &[u8],
        key: &SealKey,
        sealed: &[u8],
    ) -> Result<Zeroizing<String>, PrivateError> {
        let opened = seal::open(key, &self.place(ring), sealed);
        let words = opened.and_then(|mut bytes| {
            let words = String::from_utf8(std::mem::take(&mut *bytes)).ok()?;
            Some(Zeroizing::new(words))
        });
        words.ok_or_else(|| PrivateError::Changed {
            table: "words",
            of: self.hash.to_string(),
        })
    }

    /// Where the words belong.
    fn place(&self, ring: &[u8]) -> Vec<u8> {
        place(&[
            ring,
            b"words",
            self.account.to_string().as_bytes(),
            b"words",
            &self.hash.0,
            &self.key_id,
            &self.version.to_le_bytes(),
        ])
    }
}

/// The stems of a document's title and text.
pub(crate) fn words_of(title: &str, text: &str) -> Zeroizing<String> {
    let whole = Zeroizing::new([title, " ", text].concat());
    Zeroizing::new(stems(&whole))
}
