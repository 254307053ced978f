//! The package of a question: all that belongs to it.

use super::documents::{self, DocumentRecord};
use super::events::{self, EventRecord};
use super::holdings::{self, PropertyRecord};
use super::money::{self, PaymentRecord, SettlementRecord};
use super::questions::{self, QuestionRecord, VoteRecord};
use super::{all, column};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name};
use rusqlite::Connection;

/// A question with its votes, documents and money.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// The question.
    pub question: QuestionRecord,
    /// The votes, in the order in which they were cast.
    pub votes: Vec<VoteRecord>,
    /// The statement or the proposal; `None` where it was recorded before the index begins, or where the kind
    /// has none.
    pub statement: Option<DocumentRecord>,
    /// The protocol of the decision.
    pub protocol: Option<DocumentRecord>,
    /// Acts about property.
    pub acts: Vec<DocumentRecord>,
    /// Documents that the others refer to, as far as the chain has them.
    pub links: Vec<DocumentRecord>,
    /// Its payments.
    pub payments: Vec<PaymentRecord>,
    /// What the office confirmed or refused about its money.
    pub settlements: Vec<SettlementRecord>,
    /// Its property.
    pub properties: Vec<PropertyRecord>,
    /// All actions about it, in the order of the chain.
    pub events: Vec<EventRecord>,
}

/// The package of the question with this number.
pub(crate) fn one(
    connection: &Connection,
    coopname: Name,
    id: u64,
) -> Result<Option<Package>, IndexError> {
    let Some(question) = questions::one(connection, coopname, id)? else {
        return Ok(None);
    };
    let document = |hash| documents::one(connection, coopname, hash);
    let statement = document(question.hash)?;
    let protocol = match question.protocol {
        Some(hash) => document(hash)?,
        None => None,
    };
    let sql = "SELECT document FROM acts WHERE coopname = ?1 AND hash = ?2 ORDER BY at, document";
    let values = (coopname.to_string(), question.hash.0);
    let acts = all(connection, sql, values, |row| column::hash(row, "document"))?;
    let acts: Vec<_> = acts.into_iter().map(document).collect::<Result<_, _>>()?;
    let acts: Vec<_> = acts.into_iter().flatten().collect();
    let own = statement.iter().chain(&protocol).chain(&acts);
    let known: Vec<_> = own.clone().map(|it| it.hash).collect();
    let mut links: Vec<DocumentRecord> = Vec::new();
    for hash in own.flat_map(linked) {
        let is_there = known.contains(&hash) || links.iter().any(|it| it.hash == hash);
        if !is_there {
            links.extend(document(hash)?);
        }
    }
    Ok(Some(Package {
        votes: questions::votes(connection, &question)?,
        payments: money::of(connection, coopname, question.hash)?,
        settlements: money::settlements(connection, coopname, question.hash)?,
        properties: holdings::of(connection, coopname, question.hash)?,
        events: events::of(connection, coopname, question.hash)?,
        question,
        statement,
        protocol,
        acts,
        links,
    }))
}

/// The hashes of the documents that a document refers to.
fn linked(document: &DocumentRecord) -> Vec<Checksum256> {
    let links = document.meta["links"].as_array().into_iter().flatten();
    let hashes = links.filter_map(|it| it.as_str()?.parse().ok());
    hashes.collect()
}
