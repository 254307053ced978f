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

use super::remote::{Listed, MOST, Page, Remote, RemoteError, bytes, named, other};
use super::table::{Index, Keys, Row};
use antelope_chain::TableKey;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Types of keys by the word that nodes have for them.
const TYPES: [(&str, Keys); 5] = [
    ("i64", Keys::U64),
    ("i128", Keys::U128),
    ("sha256", Keys::Checksum),
    ("float64", Keys::Float64),
    ("float128", Keys::Float128),
];

impl Remote {
    /// The indexes of a table that has these rows, of which the node lists these.
    ///
    /// # Errors
    /// Where an index has keys of a type that cannot be read exactly, or the table is seen to change
    /// meanwhile.
    pub(super) fn indexes(
        &self,
        key: TableKey,
        scope: &str,
        rows: &[Row],
        listed: &[Listed],
    ) -> Result<Vec<Index>, RemoteError> {
        // The table itself is there as well, and index 0 has its name.
        let mut indexes = Vec::new();
        for Listed { number, count, .. } in listed {
            let number = u64::from(*number);
            // The rows of the table are in the count of index 0.
            let count = count - if number == 0 { rows.len() as u64 } else { 0 };
            if count == 0 {
                continue;
            }
            let found = TYPES.iter().find_map(|(word, keys)| {
                let index = self.index(key, scope, number, word, *keys, rows);
                index
                    .map(|index| (!index.entries.is_empty()).then_some(index))
                    .transpose()
            });
            match found.transpose()? {
                Some(index) if index.entries.len() as u64 == count => indexes.push(index),
                Some(_) => return Err(RemoteError::Changed(key)),
                None => {
                    let problem = format!(
                        "index {} of {} has {count} entries that cannot be read: the table has no rows of them, or \
                         is not an index but a table with 13 letters",
                        number + 2,
                        named(key)
                    );
                    return Err(other(problem).into());
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
    /// Where more than 1000 rows have one key, a key is not told exactly, the table is seen to change
    /// meanwhile, or the node ends its answers early.
    fn index(
        &self,
        key: TableKey,
        scope: &str,
        number: u64,
        word: &str,
        keys: Keys,
        rows: &[Row],
    ) -> Result<Index, RemoteError> {
        let page = |limit: usize, lower: &str, upper: &str| -> Result<Page, RemoteError> {
            let mut fields = json!({ "index_position": number + 2, "key_type": word });
            for (field, bound) in [("lower_bound", lower), ("upper_bound", upper)] {
                if !bound.is_empty() {
                    fields[field] = Value::from(bound);
                }
            }
            self.whole_page(key, scope, limit, fields)
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
            let equal = page(MOST, &text, &text)?;
            let of = || format!("index {} of {}", number + 2, named(key));
            if equal.more {
                let problem = format!("{} has more than {MOST} rows of one key", of());
                return Err(other(problem).into());
            }
            if equal.rows.is_empty() {
                let problem = format!(
                    "{} has a key that the other node does not tell exactly: {text}",
                    of()
                );
                return Err(other(problem).into());
            }
            // The page that has all of these rows tells the key after them.
            next = page(equal.rows.len(), &text, "")?.next();
            if next.as_ref() == Some(&text) {
                // There are more of this key than there were.
                return Err(RemoteError::Changed(key));
            }
            for row in &equal.rows {
                let data = bytes(&row.data)?;
                let found = primaries.get_mut(&*data).filter(|of| !of.is_empty());
                let primary = found
                    .map(|of| of.remove(0))
                    .ok_or(RemoteError::Changed(key))?;
                index.entries.push((primary, secondary.clone()));
            }
        }
        Ok(index)
    }
}
