//! The rows of the index that the chain has in its tables too, in one form for both.
//!
//! | table of the chain | rows of the index |
//! |---|---|
//! | `coops` | `cooperatives`, and the last of `charters` |
//! | `participants` | `participants` that have not left |
//! | `candidates`, `payments`, `properties` | those with these names that are open |
//! | `decisions` | `questions` that are open, with how many votes are for and against |
//! | `boards`, `elections` | `boards` whose row is there, those that are elected |
//! | `seats`, `staff` | those with these names that nobody has left |
//! | `wallets`, `funds` | the last of `balances`, the last of `funds` |
//! | `councils`, `exits`, `moves` and the like | `steps` that are open |
//!
//! A field has the name that it has in the chain's row, with a point between the name of an object and that of its
//! field. What the index keeps of the past has no row on the chain, and is not compared.

mod tables;

pub(crate) use tables::COMPARED;

use crate::error::IndexError;
use crate::writer::position_of;
use antelope_follow::BlockPosition;
use antelope_types::{Checksum256, Name, TimePoint};
use coop_client::{Contracts, Cooperative, ReadError};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of a row, as text.
pub type RowFields = BTreeMap<String, String>;

/// A row that the index and the chain do not have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table of the chain; `charters` for the terms in a row of `coops`.
    pub table: &'static str,
    /// The number, the account or the hash of the row.
    pub key: String,
    /// What the index has of the fields that differ; `None` where it has no such row.
    pub index: Option<RowFields>,
    /// What the chain has of them; `None` where it has no such row.
    pub chain: Option<RowFields>,
}

/// Rows of a table about a cooperative, at one block, by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Current {
    /// The block, where it is known.
    pub(crate) block: Option<BlockPosition>,
    pub(crate) rows: BTreeMap<String, RowFields>,
}

/// Which of the contracts has a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Registrator,
    Soviet,
    Gateway,
}

/// How a field is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A number, a name, a sum, a hash, a flag.
    Plain,
    Time,
    /// A list or an object.
    Json,
    /// A bit for each vote; the index has how many there are.
    Bits,
}

/// Where the index has the rows of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kept {
    /// In columns: the key, and then these fields.
    Columns(&'static str, &'static [(&'static str, Form)]),
    /// In `steps`, with all fields.
    Steps,
}

/// A table of the chain, and where the index has its rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ComparedTable {
    /// What differences call it.
    pub(crate) told: &'static str,
    pub(crate) owner: Owner,
    pub(crate) name: Name,
    /// The field that is the key of a row.
    pub(crate) key: &'static str,
    pub(crate) kept: Kept,
}

impl ComparedTable {
    /// The contract that has it.
    pub(crate) fn contract(&self, contracts: &Contracts) -> Name {
        match self.owner {
            Owner::Registrator => contracts.registrator,
            Owner::Soviet => contracts.soviet,
            Owner::Gateway => contracts.gateway,
        }
    }

    /// What the index has.
    pub(crate) fn of_index(
        &self,
        connection: &Connection,
        coopname: Name,
    ) -> Result<Current, IndexError> {
        let sql = "SELECT number, id FROM positions ORDER BY number DESC LIMIT 1";
        let mut statement = connection.prepare_cached(sql)?;
        let block = statement.query_row([], position_of).optional()?;
        let mut current = Current {
            block,
            ..Current::default()
        };
        match self.kept {
            Kept::Columns(sql, fields) => {
                let mut statement = connection.prepare_cached(sql)?;
                let rows = statement.query_map([coopname.to_string()], |row| {
                    let fields = fields.iter().zip(1..);
                    let fields = fields
                        .map(|((name, form), at)| Ok(((*name).into(), text(row, at, *form)?)));
                    Ok((
                        text(row, 0, Form::Plain)?,
                        fields.collect::<rusqlite::Result<_>>()?,
                    ))
                })?;
                for row in rows {
                    let (key, fields) = row?;
                    current.add(key, fields);
                }
            }
            Kept::Steps => {
                let sql =
                    "SELECT contents FROM steps WHERE coopname = ?1 AND name = ?2 AND is_open = 1";
                let mut statement = connection.prepare_cached(sql)?;
                let values = (coopname.to_string(), self.name.to_string());
                let rows = statement.query_map(values, |row| row.get::<_, String>(0))?;
                for contents in rows {
                    // What cannot be read differs from every row.
                    let row = serde_json::from_str(&contents?).unwrap_or_default();
                    let (key, fields) = self.told(&row);
                    current.add(key, fields);
                }
            }
        }
        Ok(current)
    }

    /// What the chain has, by several requests: the block may change in between.
    pub(crate) fn of_chain(&self, cooperative: &Cooperative) -> Result<Current, ReadError> {
        let contract = self.contract(cooperative.contracts());
        Ok(self.of_rows(&cooperative.rows(contract, self.name)?))
    }

    /// The rows of the chain's table, as JSON.
    pub(crate) fn of_rows(&self, rows: &[Value]) -> Current {
        let mut current = Current::default();
        for row in rows {
            let (key, fields) = self.told(row);
            current.add(key, fields);
        }
        current
    }

    /// The key and the fields of the chain's row.
    fn told(&self, row: &Value) -> (String, RowFields) {
        let fields = match self.kept {
            Kept::Columns(_, fields) => fields
                .iter()
                .map(|(path, form)| ((*path).to_owned(), told(at(row, path), *form)))
                .collect(),
            Kept::Steps => {
                let fields = row.as_object().into_iter().flatten();
                let fields = fields.map(|(name, value)| (name.clone(), told(value, Form::Plain)));
                fields.collect()
            }
        };
        (told(at(row, self.key), Form::Plain), fields)
    }
}

impl Current {
    /// A key that comes twice is a row too many.
    fn add(&mut self, mut key: String, fields: RowFields) {
        while self.rows.contains_key(&key) {
            key += " once more";
        }
        self.rows.insert(key, fields);
    }

    /// The rows that differ from those of the chain, by their keys.
    pub(crate) fn differences(&self, table: &'static str, chain: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let keys: BTreeSet<_> = self.rows.keys().chain(chain.rows.keys()).collect();
        for key in keys {
            let (index, theirs) = (self.rows.get(key), chain.rows.get(key));
            if index == theirs {
                continue;
            }
            let of = |own: Option<&RowFields>, other: Option<&RowFields>| {
                let mut own = own?.clone();
                if let Some(other) = other {
                    own.retain(|name, value| other.get(name) != Some(value));
                }
                Some(own)
            };
            found.push(Difference {
                table,
                key: key.clone(),
                index: of(index, theirs),
                chain: of(theirs, index),
            });
        }
        found
    }
}

/// The field with this name, or with this name of an object and of its field.
fn at<'a>(row: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(row, |value, name| &value[name])
}

/// A value of the chain's row. Nodes write numbers of 64 bits as text when they are large, and flags as numbers.
fn told(value: &Value, form: Form) -> String {
    match (form, plain(value)) {
        (Form::Bits, Value::String(bits)) => match bits.parse::<u64>() {
            Ok(bits) => bits.count_ones().to_string(),
            Err(_) => bits,
        },
        (_, Value::String(text)) => text,
        (_, other) => other.to_string(),
    }
}

/// The same value however a node writes it: everything is text, but lists and objects.
fn plain(value: &Value) -> Value {
    match value {
        Value::Null => String::new().into(),
        Value::Bool(flag) => u8::from(*flag).to_string().into(),
        Value::Number(number) => number.to_string().into(),
        Value::String(text) => match text.parse::<TimePoint>() {
            Ok(time) => time.to_string().into(),
            Err(_) => value.clone(),
        },
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| (name.clone(), plain(value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

/// A value of the index in the form that the chain's has.
fn text(row: &Row<'_>, at: usize, form: Form) -> rusqlite::Result<String> {
    Ok(match (row.get_ref(at)?, form) {
        (ValueRef::Null, _) => String::new(),
        (ValueRef::Integer(micros), Form::Time) => TimePoint::from_micros(micros).to_string(),
        (ValueRef::Integer(number), _) => number.to_string(),
        (ValueRef::Blob(bytes), _) => match bytes.try_into() {
            Ok(hash) => Checksum256(hash).to_string(),
            Err(_) => format!("{} bytes", bytes.len()),
        },
        (ValueRef::Text(text), Form::Json) => {
            told(&serde_json::from_slice(text).unwrap_or_default(), form)
        }
        (ValueRef::Text(text), _) => String::from_utf8_lossy(text).into_owned(),
        (ValueRef::Real(number), _) => number.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_told() {
        let row = |status: &str| {
            RowFields::from([
                ("kind".into(), "free".into()),
                ("status".into(), status.into()),
            ])
        };
        let current = |rows: &[(&str, &str)]| Current {
            block: None,
            rows: rows
                .iter()
                .map(|(key, status)| ((*key).to_owned(), row(status)))
                .collect(),
        };
        let index = current(&[("1", "open"), ("2", "open"), ("3", "open")]);
        let chain = current(&[("1", "open"), ("2", "approved"), ("4", "open")]);
        let found = index.differences("decisions", &chain);
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.key.as_str(), it.index.clone(), it.chain.clone()))
            .collect();
        let only = |status: &str| Some(RowFields::from([("status".into(), status.into())]));
        assert_eq!(
            told,
            [
                ("2", only("open"), only("approved")),
                ("3", Some(row("open")), None),
                ("4", None, Some(row("open"))),
            ]
        );
        assert_eq!(index.differences("decisions", &index), []);
    }

    #[test]
    fn a_row_is_the_same_however_a_node_writes_it() {
        let [ours, theirs] = [
            json!({
                "username": "anna", "board": 7, "bit": null, "is_chairman": true,
                "rights": [{ "id": 5, "at": "2026-01-20T07:00:00.000" }],
            }),
            json!({
                "username": "anna", "board": "7", "bit": null, "is_chairman": 1,
                "rights": [{ "at": "2026-01-20T07:00:00", "id": "5" }],
            }),
        ];
        assert_eq!(plain(&ours), plain(&theirs));
        assert_eq!(told(&json!("18446744073709551615"), Form::Bits), "64");
        assert_eq!(
            at(&json!({ "charter": { "quorum": 5 } }), "charter.quorum"),
            5
        );
    }
}
