//! Cooperatives and their participants.

use super::{Conditions, List, Listing, Slice, all, column, is_final};
use crate::error::IndexError;
use antelope_types::{Asset, Checksum256, Name, TimePoint};
use rusqlite::{Connection, Row};

/// A cooperative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CooperativeRecord {
    /// Its account.
    pub coopname: Name,
    /// `pending`, `active` or `blocked`.
    pub status: Name,
    /// How many participants it has.
    pub participants: u64,
    /// When it was registered.
    pub created_at: TimePoint,
    /// Whether the block that changed it last is final.
    pub is_final: bool,
}

/// Who is a participant, or was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantRecord {
    /// The account.
    pub username: Name,
    /// A person, an entrepreneur or an organization.
    pub kind: Name,
    /// The hash of the statement with which they joined.
    pub hash: Checksum256,
    /// The hash of the protocol that admitted them.
    pub protocol: Checksum256,
    /// The entrance fee that was paid.
    pub initial: Asset,
    /// The minimum share that was paid.
    pub minimum: Asset,
    /// Since when.
    pub created_at: TimePoint,
    /// `active`, `leaving`, `blocked`, or `left`.
    pub status: Name,
    /// When they left.
    pub left_at: Option<TimePoint>,
    /// Whether the block that changed it last is final.
    pub is_final: bool,
}

/// Who has asked to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateRecord {
    /// The account.
    pub username: Name,
    /// A person, an entrepreneur or an organization.
    pub kind: Name,
    /// The hash of the statement.
    pub hash: Checksum256,
    /// The status of the row, or of the last row that there was.
    pub status: Name,
    /// The entrance fee.
    pub initial: Asset,
    /// The minimum share.
    pub minimum: Asset,
    /// When the statement came.
    pub created_at: TimePoint,
    /// Whether the chain still has the row.
    pub is_open: bool,
    /// The action of `registrator` that ended it: `confirmreg` admitted, `declinepay` had no payment, `refundpay`
    /// had the money back.
    pub ended_by: Option<Name>,
    /// When it ended.
    pub ended_at: Option<TimePoint>,
    /// Whether the block that changed it last is final.
    pub is_final: bool,
}

/// Who has asked to join a cooperative, the newest first.
pub(crate) fn candidates(
    connection: &Connection,
    coopname: Name,
    person: Option<Name>,
    slice: &Slice,
) -> Result<Listing<CandidateRecord>, IndexError> {
    let mut conditions = Conditions::default();
    conditions.add("c.coopname = ?", coopname.to_string());
    conditions.add_some("c.username = ?", person.map(|it| it.to_string()));
    let list = List {
        from: "candidates c",
        columns: "c.*, c.block <= (SELECT min(number) FROM positions) AS is_final",
        key: "c.created_at",
        name: Some("c.username"),
    };
    list.page(connection, conditions, slice, |row| {
        Ok(CandidateRecord {
            username: column::name(row, "username")?,
            kind: column::name(row, "kind")?,
            hash: column::hash(row, "hash")?,
            status: column::name(row, "status")?,
            initial: column::parsed(row, "initial")?,
            minimum: column::parsed(row, "minimum")?,
            created_at: column::time(row, "created_at")?,
            is_open: row.get("is_open")?,
            ended_by: column::parsed_if(row, "ended_by")?,
            ended_at: column::time_if(row, "ended_at")?,
            is_final: row.get("is_final")?,
        })
    })
}

/// All cooperatives of the index, by name.
pub(crate) fn cooperatives(connection: &Connection) -> Result<Vec<CooperativeRecord>, IndexError> {
    let sql = format!(
        "SELECT c.*, {} FROM cooperatives c ORDER BY coopname",
        is_final("c")
    );
    all(connection, &sql, (), |row| {
        Ok(CooperativeRecord {
            coopname: column::name(row, "coopname")?,
            status: column::name(row, "status")?,
            participants: column::number(row, "participants")?,
            created_at: column::time(row, "created_at")?,
            is_final: row.get("is_final")?,
        })
    })
}

/// The participants of a cooperative, those who joined last first; with `status`, those of this status.
pub(crate) fn participants(
    connection: &Connection,
    coopname: Name,
    status: Option<Name>,
    slice: &Slice,
) -> Result<Listing<ParticipantRecord>, IndexError> {
    let mut conditions = Conditions::default();
    conditions.add("p.coopname = ?", coopname.to_string());
    conditions.add_some("p.status = ?", status.map(|it| it.to_string()));
    let list = List {
        from: "participants p",
        columns: "p.*, p.block <= (SELECT min(number) FROM positions) AS is_final",
        key: "p.created_at",
        name: Some("p.username"),
    };
    list.page(connection, conditions, slice, participant_of)
}

/// Who is or was the participant with this account.
pub(crate) fn participant(
    connection: &Connection,
    coopname: Name,
    username: Name,
) -> Result<Option<ParticipantRecord>, IndexError> {
    let sql = format!(
        "SELECT p.*, {} FROM participants p WHERE coopname = ?1 AND username = ?2",
        is_final("p")
    );
    let key = (coopname.to_string(), username.to_string());
    let found = all(connection, &sql, key, participant_of)?;
    Ok(found.into_iter().next())
}

fn participant_of(row: &Row<'_>) -> rusqlite::Result<ParticipantRecord> {
    Ok(ParticipantRecord {
        username: column::name(row, "username")?,
        kind: column::name(row, "kind")?,
        hash: column::hash(row, "hash")?,
        protocol: column::hash(row, "protocol")?,
        initial: column::parsed(row, "initial")?,
        minimum: column::parsed(row, "minimum")?,
        created_at: column::time(row, "created_at")?,
        status: column::name(row, "status")?,
        left_at: column::time_if(row, "left_at")?,
        is_final: row.get("is_final")?,
    })
}
