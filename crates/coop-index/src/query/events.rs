//! The journal: every action about a cooperative.

use super::boards::json;
use super::{Conditions, List, Listing, Slice, column};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::{Connection, Row};
use serde_json::Value;

/// Which entries of the journal are wanted: those for which all of this holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Actions with these names; all where there is none.
    pub actions: Vec<Name>,
    /// About this person.
    pub person: Option<Name>,
    /// Of this process.
    pub hash: Option<Checksum256>,
    /// At this time or later.
    pub since: Option<TimePoint>,
    /// Before this time.
    pub until: Option<TimePoint>,
}

/// An action about a cooperative.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRecord {
    /// Its number among all actions of the chain.
    pub sequence: u64,
    /// The contract.
    pub contract: Name,
    /// The action.
    pub action: Name,
    /// Whom it is about, where it says so.
    pub username: Option<Name>,
    /// The process that it belongs to, where that is known.
    pub hash: Option<Checksum256>,
    /// Its arguments, with hashes in the place of documents.
    pub arguments: Value,
    /// When.
    pub at: TimePoint,
    /// The transaction.
    pub done_in: Checksum256,
    /// The block.
    pub block: u32,
    /// Whether the block is final.
    pub is_final: bool,
}

const EVENTS: List = List {
    from: "events e",
    key: "e.sequence",
    name: None,
    more: "",
};

/// The journal of a cooperative, the newest first.
pub(crate) fn list(
    connection: &Connection,
    coopname: Name,
    filter: &EventFilter,
    slice: &Slice,
) -> Result<Listing<EventRecord>, IndexError> {
    let mut conditions = Conditions::default();
    conditions.add("e.coopname = ?", coopname.to_string());
    conditions.add_any("e.action", filter.actions.iter().map(Name::to_string));
    conditions.add_some("e.username = ?", filter.person.map(|it| it.to_string()));
    conditions.add_some("e.hash = ?", filter.hash.map(|it| it.0.to_vec()));
    conditions.add_some("e.at >= ?", filter.since.map(TimePoint::micros));
    conditions.add_some("e.at < ?", filter.until.map(TimePoint::micros));
    EVENTS.page(connection, conditions, slice, read)
}

/// The journal of a process, in the order of the chain.
pub(crate) fn of(
    connection: &Connection,
    coopname: Name,
    hash: Checksum256,
) -> Result<Vec<EventRecord>, IndexError> {
    EVENTS.of_process(connection, coopname, hash, read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<EventRecord> {
    Ok(EventRecord {
        sequence: column::number(row, "sequence")?,
        contract: column::name(row, "contract")?,
        action: column::name(row, "action")?,
        username: column::parsed_if(row, "username")?,
        hash: column::hash_if(row, "hash")?,
        arguments: json(row, "arguments")?,
        at: column::time(row, "at")?,
        done_in: column::hash(row, "done_in")?,
        block: row.get("block")?,
        is_final: row.get("is_final")?,
    })
}
