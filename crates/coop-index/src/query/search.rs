//! Finding documents by the words of their titles, and of their texts where somebody has searched those.
//!
//! The index has no texts: they are personal data, and are kept sealed, by the crate coop-private. Who can open them
//! gives the documents whose texts have the words, and they are joined with those whose titles have.
//!
//! Hits are ordered by BM25, in which all words weigh the same and the usual length is a constant: every hit has
//! all the words, and so a document that is indexed later changes the weight of none that was there. A cursor
//! then stays good while documents come.

use super::words::{TextHit, WordQuery};
use super::{Conditions, Listing, MAX_PAGE, Slice, all, column};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;

/// How much a title counts beside a text.
const TITLE: u64 = 2;

/// Which documents are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// The words, see [`WordQuery`].
    pub words: String,
    /// Of this form.
    pub form: Option<u64>,
    /// About this person.
    pub person: Option<Name>,
    /// Recorded at this time or later.
    pub since: Option<TimePoint>,
    /// Recorded before this time.
    pub until: Option<TimePoint>,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The hash of the document.
    pub hash: Checksum256,
    /// Its form.
    pub registry_id: u64,
    /// Whom it is about.
    pub username: Name,
    /// Its title.
    pub title: String,
    /// When it was recorded.
    pub at: TimePoint,
    /// Whether the words stand in its title.
    pub is_title: bool,
    /// Whether they stand in its text, as far as texts were searched.
    pub is_text: bool,
    /// How well it fits, in millionths: the most fitting come first.
    pub weight: u64,
    /// The question that it is the statement or the protocol of.
    pub question: Option<u64>,
}

/// How a document fits.
#[derive(Clone, Copy, Default)]
struct Fit {
    weight: u64,
    is_title: bool,
    is_text: bool,
}

/// Where a page ends, and how a hit is ordered: by its weight, and then by its hash.
type Rank = (u64, [u8; 32]);

/// The documents of a cooperative with these words in their titles, and those whose texts have them, the most fitting
/// first. Without words, none.
pub(crate) fn list(
    connection: &Connection,
    coopname: Name,
    filter: &SearchFilter,
    texts: &[TextHit],
    slice: &Slice,
) -> Result<Listing<SearchHit>, IndexError> {
    let after = slice.after.as_deref().map(place).transpose()?;
    let query = WordQuery::new(&filter.words);
    let mut found = HashMap::new();
    if !query.is_empty() {
        titles(connection, coopname, filter, &query, &mut found)?;
        join(connection, coopname, filter, texts, &mut found)?;
    }
    let total = found.len() as u64;
    let places = found
        .into_iter()
        .map(|(hash, fit)| ((fit.weight, hash), fit));
    let mut places: Vec<(Rank, Fit)> = places
        .filter(|(place, _)| after.is_none_or(|after| *place < after))
        .collect();
    let count = slice.count.clamp(1, MAX_PAGE) as usize;
    let by_rank = |one: &(Rank, Fit), other: &(Rank, Fit)| other.0.cmp(&one.0);
    if places.len() > count {
        // The best come first; the rest need no order.
        places.select_nth_unstable_by(count, by_rank);
    }
    let is_more = places.len() > count;
    places.truncate(count);
    places.sort_unstable_by(by_rank);
    let last = places.last().filter(|_| is_more);
    let next = last.map(|((weight, hash), _)| format!("{weight}.{}", Checksum256(*hash)));
    let hits = places
        .into_iter()
        .map(|((_, hash), fit)| hit(connection, coopname, hash, fit));
    Ok(Listing {
        entries: hits.collect::<Result<_, _>>()?,
        total,
        next,
    })
}

fn place(text: &str) -> Result<Rank, IndexError> {
    let parsed = text.split_once('.').and_then(|(weight, hash)| {
        let hash: Checksum256 = hash.parse().ok()?;
        Some((weight.parse().ok()?, hash.0))
    });
    parsed.ok_or_else(|| IndexError::Cursor(text.to_owned()))
}

/// What a document has to be, besides its words.
fn conditions(filter: &SearchFilter) -> Conditions {
    let mut conditions = Conditions::default();
    let form = filter.form.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    conditions.add_some("d.registry_id = ?", form);
    conditions.add_some("d.username = ?", filter.person.map(|it| it.to_string()));
    conditions.add_some("d.at >= ?", filter.since.map(TimePoint::micros));
    conditions.add_some("d.at < ?", filter.until.map(TimePoint::micros));
    conditions
}

/// The documents whose titles have the words.
fn titles(
    connection: &Connection,
    coopname: Name,
    filter: &SearchFilter,
    query: &WordQuery,
    found: &mut HashMap<[u8; 32], Fit>,
) -> Result<(), IndexError> {
    let mut conditions = conditions(filter);
    // A title is there if its document is.
    let documents = match conditions.texts.is_empty() {
        true => "",
        false => "JOIN documents d ON d.coopname = s.coopname AND d.hash = s.hash",
    };
    conditions.add("words MATCH ?", query.question());
    conditions.add("s.coopname = ?", coopname.to_string());
    let sql = format!(
        "SELECT s.hash, s.stems FROM words JOIN searchable s ON s.id = words.rowid \
         {documents} WHERE {}",
        conditions.text()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    while let Some(row) = rows.next()? {
        let stems = row.get_ref(1)?.as_str().unwrap_or_default();
        let fit = Fit {
            weight: query.weight(stems).unwrap_or_default() * TITLE,
            is_title: true,
            is_text: false,
        };
        found.insert(row.get(0)?, fit);
    }
    Ok(())
}

/// Joins the documents whose texts have the words, as far as the index has them and they are what is wanted.
fn join(
    connection: &Connection,
    coopname: Name,
    filter: &SearchFilter,
    texts: &[TextHit],
    found: &mut HashMap<[u8; 32], Fit>,
) -> Result<(), IndexError> {
    let mut conditions = conditions(filter);
    conditions.add("d.coopname = ?", coopname.to_string());
    conditions.add("d.hash = ?", Sql::Null);
    let sql = format!("SELECT 1 FROM documents d WHERE {}", conditions.text());
    let mut statement = connection.prepare_cached(&sql)?;
    for TextHit { hash, weight } in texts {
        let is_known = found.contains_key(&hash.0);
        if let Some(place) = conditions.values.last_mut() {
            *place = Sql::Blob(hash.0.to_vec());
        }
        if is_known || statement.exists(params_from_iter(&conditions.values))? {
            let fit = found.entry(hash.0).or_default();
            fit.weight += weight;
            fit.is_text = true;
        }
    }
    Ok(())
}

/// What is known of a document that was found.
fn hit(
    connection: &Connection,
    coopname: Name,
    hash: [u8; 32],
    fit: Fit,
) -> Result<SearchHit, IndexError> {
    let key = (coopname.to_string(), hash);
    let sql = "SELECT id FROM questions WHERE coopname = ?1 AND hash = ?2 \
               UNION SELECT id FROM questions WHERE coopname = ?1 AND protocol = ?2 LIMIT 1";
    let question = all(connection, sql, &key_of(&key)[..], |row| {
        column::number(row, "id")
    })?;
    let sql = "SELECT registry_id, username, title, at FROM documents \
               WHERE coopname = ?1 AND hash = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let hit = statement.query_row(&key_of(&key)[..], |row| {
        Ok(SearchHit {
            hash: Checksum256(hash),
            registry_id: column::number(row, "registry_id")?,
            username: column::name(row, "username")?,
            title: row.get("title")?,
            at: column::time(row, "at")?,
            is_title: fit.is_title,
            is_text: fit.is_text,
            weight: fit.weight,
            question: question.first().copied(),
        })
    });
    Ok(hit?)
}

fn key_of(key: &(String, [u8; 32])) -> [&dyn rusqlite::ToSql; 2] {
    [&key.0, &key.1]
}
