//! Finding documents by words.

use super::{Conditions, List, Listing, Slice, column};
use crate::error::IndexError;
use crate::stems::stems;
use antelope_types::{Checksum256, Name};
use rusqlite::Connection;

/// The most words of a query; further ones are left out.
const MAX_WORDS: usize = 16;

/// Which documents are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// Words that all stand in the title or in the text, in any form, in Russian or English.
    pub words: String,
    /// Of this form.
    pub form: Option<u64>,
    /// About this person.
    pub person: Option<Name>,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The hash of the document.
    pub hash: Checksum256,
    /// Its form; `None` for a text whose document the chain does not have.
    pub registry_id: Option<u64>,
    /// Whom it is about.
    pub username: Option<Name>,
    /// Its title.
    pub title: Option<String>,
    /// Whether the words stand in its title or in its text.
    pub is_title: bool,
    /// The question that it is the statement or the protocol of.
    pub question: Option<u64>,
}

/// The documents of a cooperative with these words, those that were indexed last first. Without words, none.
pub(crate) fn list(
    connection: &Connection,
    coopname: Name,
    filter: &SearchFilter,
    slice: &Slice,
) -> Result<Listing<SearchHit>, IndexError> {
    let stems = stems(&filter.words);
    let terms = stems.split(' ').filter(|it| !it.is_empty());
    // In quotes a term has no meaning but its letters.
    let terms: Vec<_> = terms
        .take(MAX_WORDS)
        .map(|it| format!("\"{it}\""))
        .collect();
    let mut conditions = Conditions::default();
    match terms.is_empty() {
        true => conditions.require("0"),
        false => conditions.add("words MATCH ?", terms.join(" AND ")),
    }
    conditions.add("s.coopname = ?", coopname.to_string());
    let form = filter.form.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    conditions.add_some("d.registry_id = ?", form);
    conditions.add_some("d.username = ?", filter.person.map(|it| it.to_string()));
    let list = List {
        from: "words JOIN searchable s ON s.id = words.rowid \
               LEFT JOIN documents d ON d.coopname = s.coopname AND d.hash = s.hash",
        columns: "s.hash, s.source, d.registry_id, d.username, d.title, \
                  (SELECT q.id FROM questions q WHERE q.coopname = s.coopname \
                   AND (q.hash = s.hash OR q.protocol = s.hash) LIMIT 1) AS question",
        key: "s.id",
    };
    list.page(connection, conditions, slice, |row| {
        let number = |column| {
            let found: Option<i64> = row.get(column)?;
            Ok::<_, rusqlite::Error>(found.and_then(|it| u64::try_from(it).ok()))
        };
        let source: String = row.get("source")?;
        Ok(SearchHit {
            hash: column::hash(row, "hash")?,
            registry_id: number("registry_id")?,
            username: column::parsed_if(row, "username")?,
            title: row.get("title")?,
            is_title: source == "title",
            question: number("question")?,
        })
    })
}
