//! The rows of a table on another node, with their primary keys.
//!
//! Nodes tell the contents of rows and not their primary keys, but each page says with which key the
//! next one begins. A page of one row for each row would tell all of them. It is rarely needed: nearly
//! every contract has the key, or a symbol whose code is the key, as a field of the row.
//!
//! | step | requests |
//! |---|---|
//! | pages of rows; each tells the key of the first row of the next | one for each 500 rows |
//! | a place in the row is looked for that has the key in the first row of each page, and ascends | none |
//! | that row and no other has the key: for up to 32 rows for all of them, otherwise for 32 that are spread over the table | up to 32 |
//! | where there is no such place: the key of each row, one after the other | one for each row |
//! | the secondary indexes, see `indexes` | two for each key |
//! | the pages and the counts again | as before |
//!
//! Tables change while they are read. If the second reading finds anything else than the first, all of
//! it is done again, three times at most. The rows are then those of one moment, at least for a table
//! that fits one page.

use super::remote::{Paid, Remote, RemoteError, bytes, named, other};
use super::table::{Row, Table};
use antelope_chain::TableKey;
use antelope_types::{ChainError, ErrorKind};
use serde_json::json;

/// How often a table is read that changes meanwhile.
const ATTEMPTS: usize = 3;

/// Rows that are asked for at once. A node may answer fewer.
const PAGE: usize = 500;

/// Rows of which it is proven that they have the key that was found in them.
const PROOFS: usize = 32;

/// Where in a row a key may begin, at most.
const FIELDS: usize = 64;

/// Rows in order, and the keys of some of them by their places in the list.
#[derive(PartialEq)]
struct Pages {
    rows: Vec<Paid>,
    keys: Vec<(usize, u64)>,
}

impl Remote {
    /// All rows of a table with its indexes. `scope` is as the node reads it.
    ///
    /// # Errors
    /// Where there are more rows than were allowed, something cannot be read exactly, or the table
    /// changes each time that it is read.
    pub(crate) fn table(&self, key: TableKey, scope: &str) -> Result<Table, RemoteError> {
        let mut left = ATTEMPTS;
        loop {
            left -= 1;
            match self.read_table(key, scope) {
                Err(RemoteError::Changed(_)) if left > 0 => {}
                read => return read,
            }
        }
    }

    fn read_table(&self, key: TableKey, scope: &str) -> Result<Table, RemoteError> {
        let listed = self.listed(key)?;
        let mut table = Table {
            key,
            rows: Vec::new(),
            indexes: Vec::new(),
            payers: listed.iter().map(|it| (it.number, it.payer)).collect(),
        };
        if listed.is_empty() {
            return Ok(table);
        }
        let pages = self.pages(key, scope)?;
        let primaries = self.primaries(key, scope, &pages)?;
        let rows = pages.rows.iter().zip(primaries).map(|(row, primary)| {
            Ok(Row {
                primary,
                payer: row.payer,
                data: bytes(&row.data)?,
            })
        });
        table.rows = rows.collect::<Result<_, RemoteError>>()?;
        let of_rows = listed.iter().find(|it| it.number == 0);
        if of_rows.map_or(0, |it| it.count) < table.rows.len() as u64 {
            return Err(RemoteError::Changed(key));
        }
        table.indexes = self.indexes(key, scope, &table.rows, &listed)?;
        if self.listed(key)? != listed || self.pages(key, scope)? != pages {
            return Err(RemoteError::Changed(key));
        }
        Ok(table)
    }

    /// All rows, and the keys that are told on the way.
    fn pages(&self, key: TableKey, scope: &str) -> Result<Pages, RemoteError> {
        let mut pages = Pages {
            rows: Vec::new(),
            keys: Vec::new(),
        };
        // A page of no rows tells the first key.
        let mut next = self.page(key, scope, json!({ "limit": 0 }))?.next();
        while let Some(text) = next {
            let first = primary(&text)?;
            if pages.keys.last().is_some_and(|(_, last)| first <= *last) {
                return Err(RemoteError::Changed(key));
            }
            pages.keys.push((pages.rows.len(), first));
            let page = self.page(key, scope, json!({ "limit": PAGE, "lower_bound": text }))?;
            if page.rows.is_empty() {
                return Err(RemoteError::Changed(key));
            }
            if pages.rows.len() + page.rows.len() > self.most {
                return Err(too_many(key, self.most).into());
            }
            next = page.more.then_some(page.next_key);
            pages.rows.extend(page.rows);
        }
        Ok(pages)
    }

    /// The keys of all rows.
    fn primaries(
        &self,
        key: TableKey,
        scope: &str,
        pages: &Pages,
    ) -> Result<Vec<u64>, RemoteError> {
        let rows = pages.rows.iter().map(|row| bytes(&row.data));
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        if rows.len() < 2 {
            return Ok(pages.keys.iter().map(|(_, key)| *key).collect());
        }
        for shift in [0, 8] {
            for field in 0..FIELDS {
                let Some(found) = field_of(&rows, field, shift) else {
                    continue;
                };
                let told = pages.keys.iter().all(|(place, key)| found[*place] == *key);
                if told && self.have_keys(key, scope, &pages.rows, &found)? {
                    return Ok(found);
                }
            }
        }
        self.each_key(key, scope, pages)
    }

    /// Whether rows that are spread over the table have these keys.
    fn have_keys(
        &self,
        key: TableKey,
        scope: &str,
        rows: &[Paid],
        keys: &[u64],
    ) -> Result<bool, RemoteError> {
        let proofs = rows.len().min(PROOFS);
        for proof in 0..proofs {
            let place = proof * (rows.len() - 1) / (proofs - 1);
            let text = keys[place].to_string();
            let only = json!({ "limit": 2, "lower_bound": text, "upper_bound": text });
            if self.page(key, scope, only)?.rows != rows[place..=place] {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The key of each row, one after the other.
    fn each_key(&self, key: TableKey, scope: &str, pages: &Pages) -> Result<Vec<u64>, RemoteError> {
        let first = pages.keys.first().ok_or(RemoteError::Changed(key))?;
        let mut keys = vec![first.1];
        for row in &pages.rows {
            let last = keys[keys.len() - 1].to_string();
            let page = self.page(key, scope, json!({ "limit": 1, "lower_bound": last }))?;
            if page.rows.first() != Some(row) {
                return Err(RemoteError::Changed(key));
            }
            match page.next().as_deref().map(primary).transpose()? {
                // It is not the key of this row again.
                Some(next) if keys.last() < Some(&next) => keys.push(next),
                Some(_) => return Err(RemoteError::Changed(key)),
                None => break,
            }
        }
        match keys.len() == pages.rows.len() {
            true => Ok(keys),
            false => Err(RemoteError::Changed(key)),
        }
    }
}

/// The number at a place of each row, if they all have it and it ascends.
fn field_of(rows: &[Vec<u8>], at: usize, shift: u32) -> Option<Vec<u64>> {
    let numbers = rows.iter().map(|row| {
        let bytes = row.get(at..at + 8)?.try_into().ok()?;
        Some(u64::from_le_bytes(bytes) >> shift)
    });
    let numbers: Vec<u64> = numbers.collect::<Option<_>>()?;
    let ascending = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    ascending.then_some(numbers)
}

/// A primary key as the node writes it.
fn primary(text: &str) -> Result<u64, ChainError> {
    text.parse().map_err(|_| {
        other(format!(
            "the other node tells {text:?} as a primary key: expected a number"
        ))
    })
}

fn too_many(key: TableKey, most: usize) -> ChainError {
    let problem = format!(
        "{} has more than {most} rows: raise `max_rows`, or --fork-max-rows of a node that was \
         started as a fork",
        named(key)
    );
    ChainError::new(ErrorKind::InvalidHttpRequest, problem)
}

#[cfg(test)]
mod tests;
