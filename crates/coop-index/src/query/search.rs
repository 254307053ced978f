//! Finding documents by words.
//!
//! Hits are ordered by BM25, in which all words weigh the same and the usual length is a constant: every hit has
//! all the words, and so a document that is indexed later changes the weight of none that was there. A cursor
//! then stays good while documents come.

use super::{Listing, MAX_PAGE, Slice, all, column};
use crate::error::IndexError;
use crate::stems::{Stemmers, words};
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;

/// The most words of a query; further ones are left out.
const MAX_WORDS: usize = 16;
/// The fewest letters of a word whose beginning is enough.
const MIN_PREFIX: usize = 3;
/// How soon further occurrences of a word count less.
const SATURATION: f64 = 1.2;
/// How much the length of a text counts.
const LENGTH: f64 = 0.75;
/// The length in words that neither raises a weight nor lowers it.
const USUAL: f64 = 40.0;
/// How much a title counts beside a text.
const TITLE: f64 = 2.0;
/// Weights are kept in millionths, so that they are equal or not.
const MILLIONTHS: f64 = 1e6;

/// Which documents are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// Words that all stand in the title or all in the text, in any form, in Russian or English. Of the last word,
    /// and of those with a * behind them, the beginning is enough.
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
    /// Its form; `None` for a text whose document the chain does not have.
    pub registry_id: Option<u64>,
    /// Whom it is about.
    pub username: Option<Name>,
    /// Its title.
    pub title: Option<String>,
    /// When it was recorded.
    pub at: Option<TimePoint>,
    /// Whether the words stand in its title.
    pub is_title: bool,
    /// How well it fits, in millionths: the most fitting come first.
    pub weight: u64,
    /// The question that it is the statement or the protocol of.
    pub question: Option<u64>,
}

/// A word of a query.
struct Term {
    word: String,
    stem: String,
    is_prefix: bool,
}

/// Where a page ends, and how a hit is ordered: by its weight, and then by its hash.
type Rank = (u64, [u8; 32]);

/// The documents of a cooperative with these words, the most fitting first. Without words, none.
pub(crate) fn list(
    connection: &Connection,
    coopname: Name,
    filter: &SearchFilter,
    slice: &Slice,
) -> Result<Listing<SearchHit>, IndexError> {
    let after = slice.after.as_deref().map(place).transpose()?;
    let terms = terms(&filter.words);
    if terms.is_empty() {
        return Ok(Listing {
            entries: Vec::new(),
            total: 0,
            next: None,
        });
    }
    let found = weigh(connection, coopname, filter, &terms)?;
    let total = found.len() as u64;
    let places = found
        .into_iter()
        .map(|(hash, (weight, is_title))| ((weight, hash), is_title));
    let mut places: Vec<(Rank, bool)> = places
        .filter(|(place, _)| after.is_none_or(|after| *place < after))
        .collect();
    let count = slice.count.clamp(1, MAX_PAGE) as usize;
    if places.len() > count {
        // The best come first; the rest need no order.
        places.select_nth_unstable_by(count, |one, other| other.cmp(one));
    }
    let is_more = places.len() > count;
    places.truncate(count);
    places.sort_unstable_by(|one, other| other.cmp(one));
    let last = places.last().filter(|_| is_more);
    let next = last.map(|((weight, hash), _)| format!("{weight}.{}", Checksum256(*hash)));
    let hits = places
        .into_iter()
        .map(|((weight, hash), is_title)| hit(connection, coopname, hash, weight, is_title));
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

fn terms(text: &str) -> Vec<Term> {
    let stemmers = Stemmers::new();
    let mut terms = Vec::new();
    for part in text.split_whitespace() {
        let of_part = words(part).map(|word| Term {
            stem: stemmers.stem(&word),
            word,
            is_prefix: false,
        });
        terms.extend(of_part);
        if let Some(last) = terms.last_mut() {
            last.is_prefix |= part.ends_with('*');
        }
    }
    terms.truncate(MAX_WORDS);
    if let Some(last) = terms.last_mut() {
        last.is_prefix |= last.word.chars().count() >= MIN_PREFIX;
    }
    terms
}

impl Term {
    /// As the full text index is asked. In quotes a term has no meaning but its letters.
    fn question(&self) -> String {
        let Self { word, stem, .. } = self;
        match self.is_prefix {
            true => format!("(\"{stem}\"* OR \"{word}\"*)"),
            false => format!("\"{stem}\""),
        }
    }

    /// How often it stands among these stems; where only its beginning fits it counts half.
    fn occurs(&self, stems: &str) -> f64 {
        let counts = stems.split(' ').map(|stem| match () {
            () if stem == self.stem => 1.0,
            () if self.is_prefix && self.begins(stem) => 0.5,
            () => 0.0,
        });
        counts.sum()
    }

    fn begins(&self, stem: &str) -> bool {
        stem.starts_with(&self.stem) || stem.starts_with(&self.word)
    }
}

/// The weight of each document, and whether its title has the words.
fn weigh(
    connection: &Connection,
    coopname: Name,
    filter: &SearchFilter,
    terms: &[Term],
) -> Result<HashMap<[u8; 32], (u64, bool)>, IndexError> {
    let question: Vec<_> = terms.iter().map(Term::question).collect();
    let mut conditions = super::Conditions::default();
    conditions.add("words MATCH ?", question.join(" AND "));
    conditions.add("s.coopname = ?", coopname.to_string());
    let form = filter.form.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    conditions.add_some("d.registry_id = ?", form);
    conditions.add_some("d.username = ?", filter.person.map(|it| it.to_string()));
    conditions.add_some("d.at >= ?", filter.since.map(TimePoint::micros));
    conditions.add_some("d.at < ?", filter.until.map(TimePoint::micros));
    let documents = match conditions.texts.len() {
        2 => "",
        _ => "JOIN documents d ON d.coopname = s.coopname AND d.hash = s.hash",
    };
    let sql = format!(
        "SELECT s.hash, s.source, s.stems FROM words JOIN searchable s ON s.id = words.rowid \
         {documents} WHERE {}",
        conditions.text()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut found: HashMap<[u8; 32], (u64, bool)> = HashMap::new();
    while let Some(row) = rows.next()? {
        let is_title = row.get_ref(1)?.as_str().unwrap_or_default() == "title";
        let stems = row.get_ref(2)?.as_str().unwrap_or_default();
        let entry = found.entry(row.get(0)?).or_default();
        entry.0 += weight(terms, stems, is_title);
        entry.1 |= is_title;
    }
    Ok(found)
}

/// How well a text fits.
fn weight(terms: &[Term], stems: &str, is_title: bool) -> u64 {
    let length = stems.split(' ').count() as f64;
    let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / USUAL);
    let weights = terms.iter().map(|term| {
        let occurs = term.occurs(stems);
        occurs * (SATURATION + 1.0) / (occurs + norm)
    });
    let source = if is_title { TITLE } else { 1.0 };
    (weights.sum::<f64>() * source * MILLIONTHS) as u64
}

/// What is known of a document that was found.
fn hit(
    connection: &Connection,
    coopname: Name,
    hash: [u8; 32],
    weight: u64,
    is_title: bool,
) -> Result<SearchHit, IndexError> {
    let key = (coopname.to_string(), hash);
    let sql = "SELECT registry_id, username, title, at FROM documents \
               WHERE coopname = ?1 AND hash = ?2";
    let found = all(connection, sql, &key_of(&key)[..], |row| {
        Ok((
            column::number(row, "registry_id")?,
            column::name(row, "username")?,
            row.get::<_, String>("title")?,
            column::time(row, "at")?,
        ))
    })?;
    let sql = "SELECT id FROM questions WHERE coopname = ?1 AND hash = ?2 \
               UNION SELECT id FROM questions WHERE coopname = ?1 AND protocol = ?2 LIMIT 1";
    let question = all(connection, sql, &key_of(&key)[..], |row| {
        column::number(row, "id")
    })?;
    let mut hit = SearchHit {
        hash: Checksum256(hash),
        registry_id: None,
        username: None,
        title: None,
        at: None,
        is_title,
        weight,
        question: question.first().copied(),
    };
    if let Some((registry_id, username, title, at)) = found.into_iter().next() {
        hit.registry_id = Some(registry_id);
        hit.username = Some(username);
        hit.title = Some(title);
        hit.at = Some(at);
    }
    Ok(hit)
}

fn key_of(key: &(String, [u8; 32])) -> [&dyn rusqlite::ToSql; 2] {
    [&key.0, &key.1]
}
