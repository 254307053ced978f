//! What the registry knows of a hash.

use super::documents::{self, DocumentRecord};
use super::questions::{self, QuestionRecord};
use super::{all, column};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name};
use rusqlite::Connection;

/// What a document is for a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentRole {
    /// The statement or the proposal.
    Statement,
    /// The protocol of the decision.
    Protocol,
    /// An act about property.
    Act,
}

impl DocumentRole {
    /// Its name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Protocol => "protocol",
            Self::Act => "act",
        }
    }
}

/// Where a hash is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The document; `None` where only its hash is known, as of one that was recorded before the index begins.
    pub document: Option<DocumentRecord>,
    /// The questions that it belongs to.
    pub questions: Vec<(DocumentRole, QuestionRecord)>,
}

/// Where a hash is recorded: that of a document, or of its text. `None` where it is not.
pub(crate) fn find(
    connection: &Connection,
    coopname: Name,
    hash: Checksum256,
) -> Result<Option<Recorded>, IndexError> {
    let mut document = documents::one(connection, coopname, hash)?;
    if document.is_none() {
        let sql = "SELECT hash FROM documents WHERE coopname = ?1 AND doc_hash = ?2 \
                   ORDER BY sequence LIMIT 1";
        let values = (coopname.to_string(), hash.0);
        let found = all(connection, sql, values, |row| column::hash(row, "hash"))?;
        if let Some(hash) = found.first() {
            document = documents::one(connection, coopname, *hash)?;
        }
    }
    let known = document.as_ref().map_or(hash, |it| it.hash);
    let sql = "SELECT id, 0 AS role FROM questions WHERE coopname = ?1 AND hash = ?2 \
               UNION ALL SELECT id, 1 FROM questions WHERE coopname = ?1 AND protocol = ?2 \
               UNION ALL SELECT q.id, 2 FROM acts a JOIN questions q \
               ON q.coopname = a.coopname AND q.hash = a.hash \
               WHERE a.coopname = ?1 AND a.document = ?2";
    let values = (coopname.to_string(), known.0);
    let found = all(connection, sql, values, |row| {
        Ok((column::number(row, "id")?, row.get::<_, u8>("role")?))
    })?;
    let mut questions = Vec::new();
    for (id, role) in found {
        let role = match role {
            0 => DocumentRole::Statement,
            1 => DocumentRole::Protocol,
            _ => DocumentRole::Act,
        };
        let question = questions::one(connection, coopname, id)?;
        questions.extend(question.map(|it| (role, it)));
    }
    let is_known = document.is_some() || !questions.is_empty();
    Ok(is_known.then_some(Recorded {
        document,
        questions,
    }))
}
