//! The rows of the index that the chain has in its tables too, in one form for both.
//!
//! | table of the chain | rows of the index | compared with the chain's row |
//! |---|---|---|
//! | `coops` | `cooperatives` | status, charter, number of participants, fees |
//! | `participants` | `participants` that have not left | all fields |
//! | `decisions` | `questions` that are open | all fields, and how many votes are for and against |
//! | `payments` | `payments` that are open | all fields |

use crate::error::IndexError;
use crate::writer::position_of;
use antelope_follow::BlockPosition;
use antelope_types::{Checksum256, Name, TimePoint};
use coop_client::{Cooperative, ReadError};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Fields of a row, as text.
pub type RowFields = BTreeMap<&'static str, String>;

/// A row that the index and the chain do not have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table of the chain.
    pub table: &'static str,
    /// The number or the account of the row.
    pub key: String,
    /// What the index has of the fields that differ; `None` where it has no such row.
    pub index: Option<RowFields>,
    /// What the chain has of them; `None` where it has no such row.
    pub chain: Option<RowFields>,
}

/// Rows of a cooperative at one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Current {
    /// The block, where it is known.
    pub(crate) block: Option<BlockPosition>,
    pub(crate) rows: BTreeMap<(&'static str, String), RowFields>,
}

/// How a column is told.
#[derive(Clone, Copy)]
enum Form {
    Plain,
    Time,
}

/// A table of the chain, and the rows of the index that it has: the key, then fields.
struct Compared {
    table: &'static str,
    sql: &'static str,
    fields: &'static [(&'static str, Form)],
}

const COMPARED: &[Compared] = &[
    Compared {
        table: "coops",
        sql: "SELECT coopname, status, quorum_percent, board_support, participants, initial, minimum, \
              org_initial, org_minimum FROM cooperatives WHERE coopname = ?1",
        fields: &[
            ("status", Form::Plain),
            ("quorum_percent", Form::Plain),
            ("board_support", Form::Plain),
            ("participants", Form::Plain),
            ("initial", Form::Plain),
            ("minimum", Form::Plain),
            ("org_initial", Form::Plain),
            ("org_minimum", Form::Plain),
        ],
    },
    Compared {
        table: "participants",
        sql: "SELECT username, status, kind, hash, protocol, initial, minimum, created_at FROM participants \
              WHERE coopname = ?1 AND status <> 'left'",
        fields: &[
            ("status", Form::Plain),
            ("kind", Form::Plain),
            ("hash", Form::Plain),
            ("protocol", Form::Plain),
            ("initial", Form::Plain),
            ("minimum", Form::Plain),
            ("created_at", Form::Time),
        ],
    },
    Compared {
        table: "decisions",
        sql: "SELECT id, kind, username, hash, board, seats, quorum_percent, status, published_at, expires_at, \
              coalesce(approved_at, 0), \
              (SELECT count(*) FROM votes AS v WHERE v.coopname = q.coopname AND v.id = q.id AND v.is_for = 1), \
              (SELECT count(*) FROM votes AS v WHERE v.coopname = q.coopname AND v.id = q.id AND v.is_for = 0) \
              FROM questions AS q WHERE coopname = ?1 AND is_open = 1",
        fields: &[
            ("kind", Form::Plain),
            ("username", Form::Plain),
            ("hash", Form::Plain),
            ("board", Form::Plain),
            ("seats", Form::Plain),
            ("quorum_percent", Form::Plain),
            ("status", Form::Plain),
            ("created_at", Form::Time),
            ("expires_at", Form::Time),
            ("approved_at", Form::Time),
            ("votes_for", Form::Plain),
            ("votes_against", Form::Plain),
        ],
    },
    Compared {
        table: "payments",
        sql: "SELECT id, username, hash, kind, quantity, status, created_at, expires_at, is_overdue FROM payments \
              WHERE coopname = ?1 AND is_open = 1",
        fields: &[
            ("username", Form::Plain),
            ("hash", Form::Plain),
            ("kind", Form::Plain),
            ("quantity", Form::Plain),
            ("status", Form::Plain),
            ("created_at", Form::Time),
            ("expires_at", Form::Time),
            ("is_overdue", Form::Plain),
        ],
    },
];

impl Current {
    /// What the index has.
    pub(crate) fn of_index(connection: &Connection, coopname: Name) -> Result<Self, IndexError> {
        let sql = "SELECT number, id FROM positions ORDER BY number DESC LIMIT 1";
        let mut statement = connection.prepare_cached(sql)?;
        let block = statement.query_row([], position_of).optional()?;
        let mut current = Self {
            block,
            rows: BTreeMap::new(),
        };
        for compared in COMPARED {
            let mut statement = connection.prepare_cached(compared.sql)?;
            let rows = statement.query_map([coopname.to_string()], |row| {
                let fields = compared.fields.iter().zip(1..);
                let fields = fields.map(|((name, form), at)| Ok((*name, text(row, at, *form)?)));
                let fields: RowFields = fields.collect::<rusqlite::Result<_>>()?;
                Ok(((compared.table, text(row, 0, Form::Plain)?), fields))
            })?;
            for row in rows {
                let (key, fields) = row?;
                current.rows.insert(key, fields);
            }
        }
        Ok(current)
    }

    /// What the chain has, by several requests: the block may change in between.
    pub(crate) fn of_chain(cooperative: &Cooperative) -> Result<Self, ReadError> {
        let mut current = Self::default();
        let mut add = |table, key: &dyn Display, fields: &[(&'static str, &dyn Display)]| {
            let fields = fields
                .iter()
                .map(|(name, value)| (*name, value.to_string()));
            current
                .rows
                .insert((table, key.to_string()), fields.collect());
        };
        if let Some(row) = cooperative.coop()? {
            let fields: [(&'static str, &dyn Display); 8] = [
                ("status", &row.status),
                ("quorum_percent", &row.charter.quorum_percent),
                ("board_support", &row.charter.board_support),
                ("participants", &row.participants),
                ("initial", &row.initial),
                ("minimum", &row.minimum),
                ("org_initial", &row.org_initial),
                ("org_minimum", &row.org_minimum),
            ];
            add("coops", &row.coopname, &fields);
        }
        for row in cooperative.participants()? {
            let fields: [(&'static str, &dyn Display); 7] = [
                ("status", &row.status),
                ("kind", &row.kind),
                ("hash", &row.hash),
                ("protocol", &row.authorization),
                ("initial", &row.initial),
                ("minimum", &row.minimum),
                ("created_at", &row.created_at),
            ];
            add("participants", &row.username, &fields);
        }
        for row in cooperative.decisions()? {
            let fields: [(&'static str, &dyn Display); 12] = [
                ("kind", &row.kind),
                ("username", &row.username),
                ("hash", &row.hash),
                ("board", &row.board),
                ("seats", &row.seats),
                ("quorum_percent", &row.quorum_percent),
                ("status", &row.status),
                ("created_at", &row.created_at),
                ("expires_at", &row.expires_at),
                ("approved_at", &row.approved_at),
                ("votes_for", &row.votes_for.count_ones()),
                ("votes_against", &row.votes_against.count_ones()),
            ];
            add("decisions", &row.id, &fields);
        }
        for row in cooperative.payments()? {
            let fields: [(&'static str, &dyn Display); 8] = [
                ("username", &row.username),
                ("hash", &row.hash),
                ("kind", &row.kind),
                ("quantity", &row.quantity),
                ("status", &row.status),
                ("created_at", &row.created_at),
                ("expires_at", &row.expires_at),
                ("is_overdue", &u8::from(row.is_overdue)),
            ];
            add("payments", &row.id, &fields);
        }
        Ok(current)
    }

    /// The rows that differ, by table and key.
    pub(crate) fn differences(&self, chain: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let keys: std::collections::BTreeSet<_> =
            self.rows.keys().chain(chain.rows.keys()).collect();
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
                table: key.0,
                key: key.1.clone(),
                index: of(index, theirs),
                chain: of(theirs, index),
            });
        }
        found
    }
}

/// A value in the form that the chain's has.
fn text(row: &Row<'_>, at: usize, form: Form) -> rusqlite::Result<String> {
    Ok(match (row.get_ref(at)?, form) {
        (ValueRef::Null, _) => String::new(),
        (ValueRef::Integer(micros), Form::Time) => TimePoint::from_micros(micros).to_string(),
        (ValueRef::Integer(number), Form::Plain) => number.to_string(),
        (ValueRef::Blob(bytes), _) => match bytes.try_into() {
            Ok(hash) => Checksum256(hash).to_string(),
            Err(_) => format!("{} bytes", bytes.len()),
        },
        (ValueRef::Text(text), _) => String::from_utf8_lossy(text).into_owned(),
        (ValueRef::Real(number), _) => number.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let row =
            |status: &str| RowFields::from([("kind", "free".into()), ("status", status.into())]);
        let current = |rows: &[(&str, &str)]| Current {
            block: None,
            rows: rows
                .iter()
                .map(|(key, status)| (("decisions", (*key).to_owned()), row(status)))
                .collect(),
        };
        let index = current(&[("1", "open"), ("2", "open"), ("3", "open")]);
        let chain = current(&[("1", "open"), ("2", "approved"), ("4", "open")]);
        let found = index.differences(&chain);
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.key.as_str(), it.index.clone(), it.chain.clone()))
            .collect();
        let only = |status: &str| Some(RowFields::from([("status", status.to_owned())]));
        assert_eq!(
            told,
            [
                ("2", only("open"), only("approved")),
                ("3", Some(row("open")), None),
                ("4", None, Some(row("open"))),
            ]
        );
        assert_eq!(index.differences(&index), []);
    }
}
