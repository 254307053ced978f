//! Signed documents.

use super::sheets::SheetFilter;
use super::{Conditions, all, column, is_final};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params_from_iter};
use serde_json::Value;

/// A signed document, as the chain has it; its text is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRecord {
    /// The cooperative.
    pub coopname: Name,
    /// What the document is known by on the chain.
    pub hash: Checksum256,
    /// Its form: its number in the registry of documents.
    pub registry_id: u64,
    /// Whom it is about.
    pub username: Name,
    /// Its title.
    pub title: String,
    /// All that it says about itself, as the ABI of the contract gives it.
    pub meta: Value,
    /// The hash of its text.
    pub doc_hash: Checksum256,
    /// The action that recorded it.
    pub action: Name,
    /// When it was recorded.
    pub at: TimePoint,
    /// The transaction.
    pub recorded_in: Checksum256,
    /// The block.
    pub block: u32,
    /// What it says about itself, as its hash covers it: the hash is that of these bytes and `doc_hash`. `None`
    /// where version 1 of the index has recorded it.
    pub packed: Option<Vec<u8>>,
    /// Who signed it.
    pub signatures: Vec<SignatureRecord>,
    /// Whether its block is final.
    pub is_final: bool,
}

/// A signature under a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureRecord {
    /// Who signed.
    pub signer: Name,
    /// The key, as text.
    pub public_key: String,
    /// The signature, as text.
    pub signature: String,
    /// When, by the clock of the signer.
    pub signed_at: TimePoint,
    /// Whether its block is final: a signature may come later than the document.
    pub is_final: bool,
}

/// The document with this hash.
pub(crate) fn one(
    connection: &Connection,
    coopname: Name,
    hash: Checksum256,
) -> Result<Option<DocumentRecord>, IndexError> {
    let sql = format!(
        "SELECT d.*, {} FROM documents d WHERE coopname = ?1 AND hash = ?2",
        is_final("d")
    );
    let found = all(connection, &sql, (coopname.to_string(), hash.0), read)?;
    let Some(mut document) = found.into_iter().next() else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT s.*, {} FROM signatures s WHERE coopname = ?1 AND hash = ?2 ORDER BY signer",
        is_final("s")
    );
    document.signatures = all(connection, &sql, (coopname.to_string(), hash.0), |row| {
        Ok(SignatureRecord {
            signer: column::name(row, "signer")?,
            public_key: row.get("public_key")?,
            signature: row.get("signature")?,
            signed_at: column::time(row, "signed_at")?,
            is_final: row.get("is_final")?,
        })
    })?;
    Ok(Some(document))
}

/// Reads all documents that are final, with the signatures that are, in the order of the chain.
pub(crate) fn each<E: From<IndexError>>(
    connection: &Connection,
    coopname: Name,
    filter: &SheetFilter,
    take: &mut dyn FnMut(DocumentRecord) -> Result<(), E>,
) -> Result<(), E> {
    let mut conditions = Conditions::default();
    conditions.add("d.coopname = ?", coopname.to_string());
    conditions.add_some("d.username = ?", filter.person.map(|it| it.to_string()));
    conditions.add_some("d.at >= ?", filter.since.map(TimePoint::micros));
    conditions.add_some("d.at < ?", filter.until.map(TimePoint::micros));
    conditions.require("d.block <= (SELECT min(number) FROM positions)");
    let sql = format!(
        "SELECT hash FROM documents d WHERE {} ORDER BY sequence, hash",
        conditions.text()
    );
    let values = params_from_iter(&conditions.values);
    let hashes = all(connection, &sql, values, |row| column::hash(row, "hash"))?;
    for hash in hashes {
        if let Some(mut document) = one(connection, coopname, hash)? {
            document.signatures.retain(|it| it.is_final);
            take(document)?;
        }
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<DocumentRecord> {
    let meta: String = row.get("meta")?;
    let meta = serde_json::from_str(&meta);
    Ok(DocumentRecord {
        coopname: column::name(row, "coopname")?,
        hash: column::hash(row, "hash")?,
        registry_id: column::number(row, "registry_id")?,
        username: column::name(row, "username")?,
        title: row.get("title")?,
        meta: meta.map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
        })?,
        doc_hash: column::hash(row, "doc_hash")?,
        action: column::name(row, "action")?,
        at: column::time(row, "at")?,
        recorded_in: column::hash(row, "recorded_in")?,
        block: row.get("block")?,
        packed: row.get("packed")?,
        signatures: Vec::new(),
        is_final: row.get("is_final")?,
    })
}
