//! The tables of the registry as sheets of text, for export.

use self::Content::{Flag, Hash, Plain, Text, Time};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, Error, params_from_iter};

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A name, a sum or a number: it has nothing that a program might take for a formula.
    Plain,
    /// Text that people wrote, or JSON.
    Text,
    /// A hash, in hexadecimal digits.
    Hash,
    /// A moment, in UTC.
    Time,
    /// `true` or `false`.
    Flag,
}

/// A sheet: a table of the index without the columns that are about the index.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// The table.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Content)],
    /// By which columns it is sorted.
    order: &'static str,
    /// The column with whom a row is about.
    person: Option<&'static str>,
    /// The column with its moment.
    time: Option<&'static str>,
}

/// Which rows are wanted: those for which all of this holds. A sheet that has no person or no moment is left out
/// where these are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetFilter {
    /// About this person.
    pub person: Option<Name>,
    /// At this time or later.
    pub since: Option<TimePoint>,
    /// Before this time.
    pub until: Option<TimePoint>,
}

/// Takes the cells of a row; one without a value has no text.
pub type TakeRow<'a, E> = dyn FnMut(&[Option<String>]) -> Result<(), E> + 'a;

/// All sheets.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        name: "questions",
        columns: &[
            ("id", Plain),
            ("kind", Plain),
            ("username", Plain),
            ("hash", Hash),
            ("published_at", Time),
            ("published_in", Hash),
            ("seats", Plain),
            ("quorum_percent", Plain),
            ("status", Plain),
            ("expires_at", Time),
            ("approved_at", Time),
            ("chairman", Plain),
            ("protocol", Hash),
            ("is_open", Flag),
            ("outcome", Plain),
            ("reason", Text),
            ("finished_at", Time),
            ("finished_in", Hash),
            ("block", Plain),
        ],
        order: "id",
        person: Some("username"),
        time: Some("coalesce(finished_at, published_at)"),
    },
    Sheet {
        name: "votes",
        columns: &[
            ("id", Plain),
            ("username", Plain),
            ("is_for", Flag),
            ("at", Time),
            ("cast_in", Hash),
            ("block", Plain),
        ],
        order: "id, at, username",
        person: Some("username"),
        time: Some("at"),
    },
    Sheet {
        name: "documents",
        columns: &[
            ("hash", Hash),
            ("doc_hash", Hash),
            ("registry_id", Plain),
            ("username", Plain),
            ("title", Text),
            ("lang", Text),
            ("action", Plain),
            ("at", Time),
            ("recorded_in", Hash),
            ("block", Plain),
        ],
        order: "sequence, hash",
        person: Some("username"),
        time: Some("at"),
    },
    Sheet {
        name: "signatures",
        columns: &[
            ("hash", Hash),
            ("signer", Plain),
            ("public_key", Plain),
            ("signature", Plain),
            ("signed_at", Time),
            ("block", Plain),
        ],
        order: "hash, signer",
        person: Some("signer"),
        time: Some("signed_at"),
    },
    Sheet {
        name: "acts",
        columns: &[
            ("document", Hash),
            ("hash", Hash),
            ("registry_id", Plain),
            ("at", Time),
            ("block", Plain),
        ],
        order: "at, document",
        person: None,
        time: Some("at"),
    },
    Sheet {
        name: "payments",
        columns: &[
            ("id", Plain),
            ("username", Plain),
            ("hash", Hash),
            ("kind", Plain),
            ("quantity", Plain),
            ("status", Plain),
            ("created_at", Time),
            ("expires_at", Time),
            ("is_overdue", Flag),
            ("is_open", Flag),
            ("ended_by", Plain),
            ("ended_at", Time),
            ("block", Plain),
        ],
        order: "id",
        person: Some("username"),
        time: Some("coalesce(ended_at, created_at)"),
    },
    Sheet {
        name: "settlements",
        columns: &[
            ("hash", Hash),
            ("action", Plain),
            ("actor", Plain),
            ("quantity", Plain),
            ("reference", Hash),
            ("reason", Text),
            ("at", Time),
            ("done_in", Hash),
            ("block", Plain),
        ],
        order: "sequence",
        person: None,
        time: Some("at"),
    },
    Sheet {
        name: "properties",
        columns: &[
            ("id", Plain),
            ("username", Plain),
            ("hash", Hash),
            ("status", Plain),
            ("description", Hash),
            ("valuation", Plain),
            ("created_at", Time),
            ("expires_at", Time),
            ("is_overdue", Flag),
            ("is_open", Flag),
            ("ended_by", Plain),
            ("ended_at", Time),
            ("block", Plain),
        ],
        order: "id",
        person: Some("username"),
        time: Some("coalesce(ended_at, created_at)"),
    },
    Sheet {
        name: "participants",
        columns: &[
            ("username", Plain),
            ("kind", Plain),
            ("hash", Hash),
            ("protocol", Hash),
            ("initial", Plain),
            ("minimum", Plain),
            ("created_at", Time),
            ("status", Plain),
            ("left_at", Time),
            ("block", Plain),
        ],
        order: "created_at, username",
        person: Some("username"),
        time: Some("coalesce(left_at, created_at)"),
    },
    Sheet {
        name: "candidates",
        columns: &[
            ("username", Plain),
            ("kind", Plain),
            ("hash", Hash),
            ("status", Plain),
            ("initial", Plain),
            ("minimum", Plain),
            ("created_at", Time),
            ("is_open", Flag),
            ("ended_by", Plain),
            ("ended_at", Time),
            ("block", Plain),
        ],
        order: "created_at, username",
        person: Some("username"),
        time: Some("coalesce(ended_at, created_at)"),
    },
    Sheet {
        name: "balances",
        columns: &[
            ("username", Plain),
            ("since", Plain),
            ("at", Time),
            ("minimum", Plain),
            ("available", Plain),
            ("blocked", Plain),
            ("in_kind", Plain),
            ("is_open", Flag),
        ],
        order: "since, username",
        person: Some("username"),
        time: Some("at"),
    },
    Sheet {
        name: "funds",
        columns: &[
            ("since", Plain),
            ("at", Time),
            ("entrance", Plain),
            ("share", Plain),
            ("processing", Plain),
            ("incoming", Plain),
            ("outgoing", Plain),
            ("accepted", Plain),
            ("handed_back", Plain),
        ],
        order: "since",
        person: None,
        time: Some("at"),
    },
    Sheet {
        name: "charters",
        columns: &[
            ("since", Plain),
            ("at", Time),
            ("status", Plain),
            ("quorum_percent", Plain),
            ("board_support", Plain),
            ("initial", Plain),
            ("minimum", Plain),
            ("org_initial", Plain),
            ("org_minimum", Plain),
            ("document", Hash),
            ("meeting", Hash),
        ],
        order: "since",
        person: None,
        time: Some("at"),
    },
    Sheet {
        name: "boards",
        columns: &[
            ("version", Plain),
            ("kind", Plain),
            ("status", Plain),
            ("members", Text),
            ("meeting", Hash),
            ("support", Plain),
            ("objections", Plain),
            ("support_needed", Plain),
            ("created_at", Time),
            ("changed_at", Time),
            ("block", Plain),
        ],
        order: "version",
        person: None,
        time: Some("changed_at"),
    },
    Sheet {
        name: "seats",
        columns: &[
            ("board", Plain),
            ("username", Plain),
            ("is_chairman", Flag),
            ("since", Time),
            ("left_at", Time),
            ("block", Plain),
        ],
        order: "board, username",
        person: Some("username"),
        time: Some("since"),
    },
    Sheet {
        name: "staff",
        columns: &[
            ("username", Plain),
            ("rights", Text),
            ("board", Plain),
            ("at", Time),
            ("left_at", Time),
            ("block", Plain),
        ],
        order: "username",
        person: Some("username"),
        time: Some("at"),
    },
    Sheet {
        name: "steps",
        columns: &[
            ("contract", Plain),
            ("name", Plain),
            ("key", Plain),
            ("username", Plain),
            ("hash", Hash),
            ("contents", Text),
            ("is_open", Flag),
            ("at", Time),
            ("block", Plain),
        ],
        order: "contract, name, key",
        person: Some("username"),
        time: Some("at"),
    },
    Sheet {
        name: "events",
        columns: &[
            ("sequence", Plain),
            ("contract", Plain),
            ("action", Plain),
            ("username", Plain),
            ("hash", Hash),
            ("question", Plain),
            ("arguments", Text),
            ("at", Time),
            ("done_in", Hash),
            ("block", Plain),
        ],
        order: "sequence",
        person: Some("username"),
        time: Some("at"),
    },
];

impl Sheet {
    /// Whether it can be filtered so.
    pub fn takes(&self, filter: &SheetFilter) -> bool {
        let is_timed = filter.since.or(filter.until).is_some();
        (filter.person.is_none() || self.person.is_some()) && (!is_timed || self.time.is_some())
    }
}

/// Reads the rows of a sheet that are final, in its order. A cell that is empty has no text.
pub(crate) fn rows<E: From<IndexError>>(
    connection: &Connection,
    coopname: Name,
    sheet: &Sheet,
    filter: &SheetFilter,
    take: &mut TakeRow<'_, E>,
) -> Result<(), E> {
    let mut conditions = super::Conditions::default();
    conditions.add("coopname = ?", coopname.to_string());
    if let Some(person) = sheet.person {
        let wanted = filter.person.map(|it| it.to_string());
        conditions.add_some(&format!("{person} = ?"), wanted);
    }
    if let Some(time) = sheet.time {
        let (since, until) = (filter.since, filter.until);
        conditions.add_some(&format!("{time} >= ?"), since.map(TimePoint::micros));
        conditions.add_some(&format!("{time} < ?"), until.map(TimePoint::micros));
    }
    conditions.require("block <= (SELECT min(number) FROM positions)");
    let names: Vec<_> = sheet.columns.iter().map(|(name, _)| *name).collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE {} ORDER BY {}",
        names.join(", "),
        sheet.name,
        conditions.text(),
        sheet.order
    );
    let mut statement = connection.prepare_cached(&sql).map_err(IndexError::from)?;
    let values = params_from_iter(&conditions.values);
    let mut rows = statement.query(values).map_err(IndexError::from)?;
    let mut cells = Vec::with_capacity(names.len());
    while let Some(row) = rows.next().map_err(IndexError::from)? {
        cells.clear();
        for (at, (_, content)) in sheet.columns.iter().enumerate() {
            let value = row.get_ref(at).map_err(IndexError::from)?;
            cells.push(cell(value, *content, at).map_err(IndexError::from)?);
        }
        take(&cells)?;
    }
    Ok(())
}

fn cell(value: ValueRef<'_>, content: Content, at: usize) -> rusqlite::Result<Option<String>> {
    Ok(Some(match (value, content) {
        (ValueRef::Null, _) => return Ok(None),
        (ValueRef::Integer(micros), Time) => TimePoint::from_micros(micros).to_string(),
        (ValueRef::Integer(flag), Flag) => (flag != 0).to_string(),
        (ValueRef::Integer(number), _) => number.to_string(),
        (ValueRef::Text(text), _) => String::from_utf8_lossy(text).into_owned(),
        (ValueRef::Blob(bytes), _) => {
            let hash = <[u8; 32]>::try_from(bytes);
            let hash = hash.map_err(|error| {
                Error::FromSqlConversionFailure(at, Type::Blob, Box::new(error))
            })?;
            Checksum256(hash).to_string()
        }
        (ValueRef::Real(_), _) => {
            return Err(Error::InvalidColumnType(at, String::new(), Type::Real));
        }
    }))
}
