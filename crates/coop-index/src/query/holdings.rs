//! Shares, money, property and terms: now, and as they were at a block.

use super::{List, Listing, Slice, all, column};
use crate::error::IndexError;
use antelope_types::{Asset, Checksum256, Name, TimePoint};
use rusqlite::{Connection, Row};

/// The share of a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceRecord {
    /// The participant.
    pub username: Name,
    /// The minimum share.
    pub minimum: Asset,
    /// What can be asked back.
    pub available: Asset,
    /// What has been asked back.
    pub blocked: Asset,
    /// The valuation of property.
    pub in_kind: Asset,
    /// The block that it is so from.
    pub since: u32,
    /// The time of that block.
    pub at: TimePoint,
}

/// The money of a cooperative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundsRecord {
    /// Entrance fees.
    pub entrance: Asset,
    /// All shares.
    pub share: Asset,
    /// Money that came and is not decided about.
    pub processing: Asset,
    /// All that ever came.
    pub incoming: Asset,
    /// All that was ever sent.
    pub outgoing: Asset,
    /// The valuation of all property that was accepted.
    pub accepted: Asset,
    /// The valuation of all property that was handed back.
    pub handed_back: Asset,
    /// The block that it is so from.
    pub since: u32,
    /// The time of that block.
    pub at: TimePoint,
}

/// What holds for a cooperative from a block on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterRecord {
    /// `pending`, `active` or `blocked`.
    pub status: Name,
    /// The quorum of the council in percent of its voting seats; 0 for none.
    pub quorum_percent: u64,
    /// The support that a new council needs; 0 where it follows from the number of participants.
    pub board_support: u64,
    /// The entrance fee of a person.
    pub initial: Asset,
    /// The minimum share of a person.
    pub minimum: Asset,
    /// The entrance fee of an organization.
    pub org_initial: Asset,
    /// The minimum share of an organization.
    pub org_minimum: Asset,
    /// The hash of the document that it is registered with.
    pub document: Checksum256,
    /// The hash of the protocol of the founding meeting; zero before it.
    pub meeting: Checksum256,
    /// The block that it is so from.
    pub since: u32,
    /// The time of that block.
    pub at: TimePoint,
}

/// A thing that a participant contributes, has contributed or gets back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyRecord {
    /// Its number in the cooperative.
    pub id: u64,
    /// The participant.
    pub username: Name,
    /// The hash of the process that it belongs to, or belonged to last.
    pub hash: Checksum256,
    /// The status of its row, or of the last row that it had.
    pub status: Name,
    /// The hash of its description.
    pub description: Checksum256,
    /// What it is worth.
    pub valuation: Asset,
    /// When it was offered.
    pub created_at: TimePoint,
    /// When the term of its step is over.
    pub expires_at: TimePoint,
    /// Whether it was published as overdue.
    pub is_overdue: bool,
    /// Whether the chain still has its row.
    pub is_open: bool,
    /// The action of `gateway` that ended it.
    pub ended_by: Option<Name>,
    /// When it ended.
    pub ended_at: Option<TimePoint>,
    /// Whether the block that changed it last is final.
    pub is_final: bool,
}

/// The shares of all who had one after this block, by account.
pub(crate) fn balances(
    connection: &Connection,
    coopname: Name,
    block: u32,
) -> Result<Vec<BalanceRecord>, IndexError> {
    let sql = "SELECT b.* FROM (SELECT username, max(since) AS since FROM balances \
               WHERE coopname = ?1 AND since <= ?2 GROUP BY username) l \
               JOIN balances b ON b.coopname = ?1 AND b.username = l.username AND b.since = l.since \
               WHERE b.is_open = 1 ORDER BY b.username";
    all(connection, sql, (coopname.to_string(), block), |row| {
        Ok(BalanceRecord {
            username: column::name(row, "username")?,
            minimum: column::parsed(row, "minimum")?,
            available: column::parsed(row, "available")?,
            blocked: column::parsed(row, "blocked")?,
            in_kind: column::parsed(row, "in_kind")?,
            since: row.get("since")?,
            at: column::time(row, "at")?,
        })
    })
}

/// The money of a cooperative after this block; `None` before its funds are opened.
pub(crate) fn funds(
    connection: &Connection,
    coopname: Name,
    block: u32,
) -> Result<Option<FundsRecord>, IndexError> {
    let sql = "SELECT * FROM funds WHERE coopname = ?1 AND since <= ?2 ORDER BY since DESC LIMIT 1";
    let found = all(connection, sql, (coopname.to_string(), block), |row| {
        Ok(FundsRecord {
            entrance: column::parsed(row, "entrance")?,
            share: column::parsed(row, "share")?,
            processing: column::parsed(row, "processing")?,
            incoming: column::parsed(row, "incoming")?,
            outgoing: column::parsed(row, "outgoing")?,
            accepted: column::parsed(row, "accepted")?,
            handed_back: column::parsed(row, "handed_back")?,
            since: row.get("since")?,
            at: column::time(row, "at")?,
        })
    })?;
    Ok(found.into_iter().next())
}

/// All terms that a cooperative has had, the newest first.
pub(crate) fn charters(
    connection: &Connection,
    coopname: Name,
) -> Result<Vec<CharterRecord>, IndexError> {
    let sql = "SELECT * FROM charters WHERE coopname = ?1 ORDER BY since DESC";
    all(connection, sql, [coopname.to_string()], |row| {
        Ok(CharterRecord {
            status: column::name(row, "status")?,
            quorum_percent: column::number(row, "quorum_percent")?,
            board_support: column::number(row, "board_support")?,
            initial: column::parsed(row, "initial")?,
            minimum: column::parsed(row, "minimum")?,
            org_initial: column::parsed(row, "org_initial")?,
            org_minimum: column::parsed(row, "org_minimum")?,
            document: column::hash(row, "document")?,
            meeting: column::hash(row, "meeting")?,
            since: row.get("since")?,
            at: column::time(row, "at")?,
        })
    })
}

const PROPERTIES: List = List {
    from: "properties p",
    key: "p.id",
    name: None,
    more: "",
};

/// The property of a cooperative or of one person, the newest first.
pub(crate) fn properties(
    connection: &Connection,
    coopname: Name,
    person: Option<Name>,
    slice: &Slice,
) -> Result<Listing<PropertyRecord>, IndexError> {
    PROPERTIES.of_person(connection, coopname, person, slice, property)
}

/// The property of a process.
pub(crate) fn of(
    connection: &Connection,
    coopname: Name,
    hash: Checksum256,
) -> Result<Vec<PropertyRecord>, IndexError> {
    PROPERTIES.of_process(connection, coopname, hash, property)
}

fn property(row: &Row<'_>) -> rusqlite::Result<PropertyRecord> {
    Ok(PropertyRecord {
        id: column::number(row, "id")?,
        username: column::name(row, "username")?,
        hash: column::hash(row, "hash")?,
        status: column::name(row, "status")?,
        description: column::hash(row, "description")?,
        valuation: column::parsed(row, "valuation")?,
        created_at: column::time(row, "created_at")?,
        expires_at: column::time(row, "expires_at")?,
        is_overdue: row.get("is_overdue")?,
        is_open: row.get("is_open")?,
        ended_by: column::parsed_if(row, "ended_by")?,
        ended_at: column::time_if(row, "ended_at")?,
        is_final: row.get("is_final")?,
    })
}
