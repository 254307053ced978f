//! Boards, the council's seats and staff, those of the past too.

use super::{all, column, is_final};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::types::Type;
use rusqlite::{Connection, Row};
use serde_json::Value;

/// A board: the council or another one, from its election on.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRecord {
    /// Its version, a number of the cooperative.
    pub version: u64,
    /// Its kind.
    pub kind: Name,
    /// `elected`, `seated` or `lost`.
    pub status: String,
    /// Its seats, as the ABI of the contract gives them; null where no block has shown them.
    pub members: Value,
    /// The hash of the protocol of the meeting that elected it.
    pub meeting: Checksum256,
    /// When its row was made.
    pub created_at: Option<TimePoint>,
    /// When it changed last: was elected, took its seats or lost the election.
    pub changed_at: TimePoint,
    /// Whether the block that changed it last is final.
    pub is_final: bool,
}

/// A seat of the council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRecord {
    /// The version of the council.
    pub board: u64,
    /// Who sits or sat there.
    pub username: Name,
    /// Whether the member presides.
    pub is_chairman: bool,
    /// Since when.
    pub since: TimePoint,
    /// Until when, of those who left.
    pub left_at: Option<TimePoint>,
    /// Whether the block that changed it last is final.
    pub is_final: bool,
}

/// Who works for the cooperative, or did.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffRecord {
    /// The account.
    pub username: Name,
    /// What it may do, or might do last, as the ABI of the contract gives it.
    pub rights: Value,
    /// The version of the council that gave the rights; they end with it.
    pub board: u64,
    /// When the rights were given.
    pub at: TimePoint,
    /// When they were taken, of those who have none.
    pub left_at: Option<TimePoint>,
    /// Whether the block that changed it last is final.
    pub is_final: bool,
}

/// All boards, the newest first.
pub(crate) fn boards(
    connection: &Connection,
    coopname: Name,
) -> Result<Vec<BoardRecord>, IndexError> {
    let sql = format!(
        "SELECT b.*, {} FROM boards b WHERE coopname = ?1 ORDER BY version DESC",
        is_final("b")
    );
    all(connection, &sql, [coopname.to_string()], |row| {
        Ok(BoardRecord {
            version: column::number(row, "version")?,
            kind: column::name(row, "kind")?,
            status: row.get("status")?,
            members: json(row, "members")?,
            meeting: column::hash(row, "meeting")?,
            created_at: column::time_if(row, "created_at")?,
            changed_at: column::time(row, "changed_at")?,
            is_final: row.get("is_final")?,
        })
    })
}

/// All seats of all councils, those of the newest first.
pub(crate) fn seats(
    connection: &Connection,
    coopname: Name,
) -> Result<Vec<SeatRecord>, IndexError> {
    let sql = format!(
        "SELECT s.*, {} FROM seats s WHERE coopname = ?1 ORDER BY board DESC, username",
        is_final("s")
    );
    all(connection, &sql, [coopname.to_string()], |row| {
        Ok(SeatRecord {
            board: column::number(row, "board")?,
            username: column::name(row, "username")?,
            is_chairman: row.get("is_chairman")?,
            since: column::time(row, "since")?,
            left_at: column::time_if(row, "left_at")?,
            is_final: row.get("is_final")?,
        })
    })
}

/// All staff, by account.
pub(crate) fn staff(
    connection: &Connection,
    coopname: Name,
) -> Result<Vec<StaffRecord>, IndexError> {
    let sql = format!(
        "SELECT s.*, {} FROM staff s WHERE coopname = ?1 ORDER BY username",
        is_final("s")
    );
    all(connection, &sql, [coopname.to_string()], |row| {
        Ok(StaffRecord {
            username: column::name(row, "username")?,
            rights: json(row, "rights")?,
            board: column::number(row, "board")?,
            at: column::time(row, "at")?,
            left_at: column::time_if(row, "left_at")?,
            is_final: row.get("is_final")?,
        })
    })
}

/// A column with JSON; null where there is nothing.
pub(crate) fn json(row: &Row<'_>, column: &str) -> rusqlite::Result<Value> {
    let text: Option<String> = row.get(column)?;
    let parsed = text.map(|text| serde_json::from_str(&text)).transpose();
    let refused = |error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error));
    Ok(parsed.map_err(refused)?.unwrap_or(Value::Null))
}
