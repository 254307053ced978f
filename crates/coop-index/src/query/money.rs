//! Payments.

use super::{List, Listing, Slice, column};
use crate::error::IndexError;
use antelope_types::{Asset, Checksum256, Name, TimePoint};
use rusqlite::{Connection, Row};

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRecord {
    /// The cooperative.
    pub coopname: Name,
    /// Its number in the cooperative.
    pub id: u64,
    /// Whose payment it is.
    pub username: Name,
    /// The hash of the process that it belongs to.
    pub hash: Checksum256,
    /// What it is for.
    pub kind: Name,
    /// The sum.
    pub quantity: Asset,
    /// The status of its row, or of the last row that it had.
    pub status: Name,
    /// When it was asked for or ordered.
    pub created_at: TimePoint,
    /// When its term is over.
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

/// What the office confirmed or refused about money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementRecord {
    /// The hash of the process.
    pub hash: Checksum256,
    /// `incomplete`, `indecline`, `inexpire`, `outcomplete` or `outdecline`.
    pub action: Name,
    /// Who did it; `None` for what anyone may do.
    pub actor: Option<Name>,
    /// The sum, where it came or was sent.
    pub quantity: Option<Asset>,
    /// The hash of the bank's record.
    pub reference: Option<Checksum256>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When.
    pub at: TimePoint,
    /// The transaction.
    pub done_in: Checksum256,
    /// Whether its block is final.
    pub is_final: bool,
}

const PAYMENTS: List = List {
    from: "payments p",
    key: "p.id",
    name: None,
    more: "",
};

const SETTLEMENTS: List = List {
    from: "settlements s",
    key: "s.sequence",
    name: None,
    more: "",
};

/// The payments of a cooperative, or of one person, the newest first.
pub(crate) fn list(
    connection: &Connection,
    coopname: Name,
    person: Option<Name>,
    slice: &Slice,
) -> Result<Listing<PaymentRecord>, IndexError> {
    PAYMENTS.of_person(connection, coopname, person, slice, read)
}

/// The payments of a process.
pub(crate) fn of(
    connection: &Connection,
    coopname: Name,
    hash: Checksum256,
) -> Result<Vec<PaymentRecord>, IndexError> {
    PAYMENTS.of_process(connection, coopname, hash, read)
}

/// What the office did about the money of a process.
pub(crate) fn settlements(
    connection: &Connection,
    coopname: Name,
    hash: Checksum256,
) -> Result<Vec<SettlementRecord>, IndexError> {
    SETTLEMENTS.of_process(connection, coopname, hash, |row| {
        Ok(SettlementRecord {
            hash: column::hash(row, "hash")?,
            action: column::name(row, "action")?,
            actor: column::parsed_if(row, "actor")?,
            quantity: column::parsed_if(row, "quantity")?,
            reference: column::hash_if(row, "reference")?,
            reason: row.get("reason")?,
            at: column::time(row, "at")?,
            done_in: column::hash(row, "done_in")?,
            is_final: row.get("is_final")?,
        })
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<PaymentRecord> {
    Ok(PaymentRecord {
        coopname: column::name(row, "coopname")?,
        id: column::number(row, "id")?,
        username: column::name(row, "username")?,
        hash: column::hash(row, "hash")?,
        kind: column::name(row, "kind")?,
        quantity: column::parsed(row, "quantity")?,
        status: column::name(row, "status")?,
        created_at: column::time(row, "created_at")?,
        expires_at: column::time(row, "expires_at")?,
        is_overdue: row.get("is_overdue")?,
        is_open: row.get("is_open")?,
        ended_by: column::parsed_if(row, "ended_by")?,
        ended_at: column::time_if(row, "ended_at")?,
        is_final: row.get("is_final")?,
    })
}
