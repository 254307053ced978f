//! Secondary indexes of a table on another node.
//!
//! Nodes tell which tables a contract has (`get_table_by_scope`), and an index is a table with its
//! number in the last four bits of the name. They do not tell the type of its keys; but an index is
//! empty when it is read by another type than its own, so that each type is tried.
//!
//! A page of no rows tells the first key. The rows of one key are asked for with both bounds equal to
//! it, and come in the order of their primary keys, which are found by the contents of the rows.
//!
//! Floating-point keys are told in 17 decimal digits after the point, which need not be exact. Where
//! they are not, no row has the key that they say, and the fork is refused.

use super::super::import::{Index, Keys, Row};
use super::remote::{Page, Remote, bytes, changed, other};
use antelope_chain::TableKey;
use antelope_types::{ChainError, Name};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The bits of a table's name that have the number of an index. Index 0 has the name of the table
/// itself.
const NUMBER: u64 = 0xf;

/// Types of keys by the word that nodes have for them.
const TYPES: [(&str, Keys); 5] = [
    ("i64", Keys::U64),
    ("i128", Keys::U128),
    ("sha256", Keys::Checksum),
    ("float64", Keys::Float64),
    ("float128", Keys::Float128),
];

/// Tables of one scope.
#[derive(Deserialize)]
struct Tables {
    /// Tables and indexes with anything in them.
    rows: Vec<Listed>,
    /// Where the next page begins; empty where there is none.
    more: String,
}

/// A table, or an index.
#[derive(Deserialize)]
struct Listed {
    /// Its name.
    table: Name,
    /// How many rows or entries it has.
    count: u64,
}

impl Remote {
    /// The indexes of a table that has these rows.
    ///
    /// # Errors
    /// Where an index has keys of a type that cannot be read exactly.
    pub(super) fn indexes(
        &self,
        key: TableKey,
        scope: &str,
        rows: &[Row],
    ) -> Result<Vec<Index>, ChainError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut request = json!({ "code": key.code, "limit": 1000 });
        request["lower_bound"] = json!(key.scope.raw().to_string());
        request["upper_bound"] = json!(key.scope.raw().to_string());
        let tables: Tables = self.call("/v1/chain/get_table_by_scope", &request)?;
        if !tables.more.is_empty() {
            let problem = format!("{} has more than 1000 tables in one scope", key.code);
            return Err(other(problem));
        }
        let listed = tables.rows.iter().filter(|listed| {
            let raw = listed.table.raw();
            raw & !NUMBER == key.table.raw() & !NUMBER && listed.count > 0
        });
        // The table itself is there as well, and index 0 has its name.
        let mut indexes = Vec::new();
        let mut numbers: Vec<_> = listed.map(|listed| listed.table.raw() & NUMBER).collect();
        numbers.dedup();
        for number in numbers {
            let found = TYPES.iter().find_map(|(word, keys)| {
                let index = self.index(key, scope, number, word, *keys, rows);
                index
                    .map(|index| (!index.entries.is_empty()).then_some(index))
                    .transpose()
            });
            match found.transpose()? {
                Some(index) => indexes.push(index),
                // The name of index 0 is the table's, which has rows without an index too.
                None if number == 0 => {}
                None => {
                    let problem = format!(
                        "index {} of table {key:?} has keys of another type: expected numbers or checksums",
                        number + 2
                    );
                    return Err(other(problem));
                }
            }
        }
        Ok(indexes)
    }

    /// One index read by one type of keys; without entries where it is of another type.
    ///
    /// `number` is that of the index from 0, which nodes count from 2 (`index_position`), and `word`
    /// the name that they have for the type.
    ///
    /// # Errors
    /// Where more than 1000 rows have one key, a key is not told exactly, or the table is seen to
    /// change meanwhile.
    fn index(
        &self,
        key: TableKey,
        scope: &str,
        number: u64,
        word: &str,
        keys: Keys,
        rows: &[Row],
    ) -> Result<Index, ChainError> {
        let page = |limit: usize, lower: &str, upper: &str| -> Result<Page, ChainError> {
            let mut fields = json!({ "index_position": number + 2, "key_type": word });
            fields["limit"] = json!(limit);
            for (field, bound) in [("lower_bound", lower), ("upper_bound", upper)] {
                if !bound.is_empty() {
                    fields[field] = Value::from(bound);
                }
            }
            self.page(key, scope, fields)
        };
        let mut primaries: HashMap<&[u8], Vec<u64>> = HashMap::new();
        for row in rows {
            primaries.entry(&row.data).or_default().push(row.primary);
        }
        let mut index = Index {
            number,
            keys,
            entries: Vec::new(),
        };
        let mut next = page(0, "", "")?.next();
        while let Some(text) = next {
            let secondary = keys.read(&text).ok_or_else(|| {
                other(format!(
                    "the other node tells {text:?} as a key of type {word}"
                ))
            })?;
            let equal = page(1000, &text, &text)?;
            let of = || format!("index {} of table {key:?}", number + 2);
            if equal.more {
                let problem = format!("{} has more than 1000 rows of one key", of());
                return Err(other(problem));
            }
            if equal.rows.is_empty() {
                let problem = format!(
                    "{} has a key that the other node does not tell exactly: {text}",
                    of()
                );
                return Err(other(problem));
            }
            // The page that has all of these rows tells the key after them.
            next = page(equal.rows.len(), &text, "")?.next();
            for row in &equal.rows {
                let data = bytes(&row.data)?;
                let found = primaries.get_mut(&*data).filter(|of| !of.is_empty());
                let primary = found.map(|of| of.remove(0)).ok_or_else(|| changed(key))?;
                index.entries.push((primary, secondary.clone()));
            }
        }
        Ok(index)
    }
}
