//! Questions that come to nothing (R5, R6, R7, R9): anyone may take them off, and deliver the news.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::catalogue::kind;
use coop_model::decision::status;
use coop_model::refusal::{bounds, decision as refusal};
use coop_model::{must, parameters};

use crate::decision::{Decision, reason};
use crate::{agenda, callback, council, events, kinds};

/// A decline that the owner of its kind has not been told. Scope: the cooperative.
///
/// Taking a question off and telling of it are two actions: an inline action that fails takes
/// everything back, so that a broken kind would keep its questions on the agenda for ever.
#[table("undelivered")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The number of the question.
    #[primary]
    pub id: u64,
    /// Its kind.
    pub kind: Name,
    /// Its hash.
    pub hash: Checksum256,
    /// The number of the [reason](reason::of).
    pub reason: u8,
}

/// Takes a question off that the council declined, or that cannot be approved any more because
/// members have left.
pub(crate) fn declined(coopname: Name, decision_id: u64) {
    let row = agenda::question(coopname, decision_id);
    if row.status != status::DECLINED {
        must(row.may_be_given_up(now(), remaining(coopname, &row)));
        events::declined(coopname, &row, reason::DECLINED);
    }
    let decision = agenda::take_off(coopname, row);
    keep(coopname, &decision, reason::DECLINED);
}

/// Takes questions and decisions off whose term is over.
pub(crate) fn expired(coopname: Name, decision_ids: &Vec<u64>) {
    check!(
        !decision_ids.is_empty() && decision_ids.len() <= parameters::MAX_BATCH,
        bounds::BATCH
    );
    for &id in decision_ids {
        let row = agenda::question(coopname, id);
        let reason = must(row.may_expire(now()));
        let decision = agenda::take_off(coopname, row);
        events::declined(coopname, &decision, reason);
        keep(coopname, &decision, reason);
    }
}

/// Tells the owner of a kind; if its callback fails, the row stays and anyone may try again.
pub(crate) fn deliver(coopname: Name, decision_id: u64) {
    let row = Undelivered::table(coopname)
        .get(decision_id)
        .or_fail(refusal::NOTHING_TO_DELIVER);
    let Undelivered {
        kind, hash, reason, ..
    } = row.remove();
    kinds::accepted(coopname, kind).update(Payer::Same, |row| {
        row.undelivered = row.undelivered.saturating_sub(1);
    });
    kinds::find(kind).update(Payer::Same, |row| {
        row.unfinished = row.unfinished.saturating_sub(1);
    });
    callback::decline(coopname, kind, hash, self::reason::of(reason));
}

/// Keeps what is to be delivered; a free question has no owner.
fn keep(coopname: Name, decision: &Decision, reason: &str) {
    if decision.kind == kind::FREEDECISION {
        return;
    }
    kinds::accepted(coopname, decision.kind).update(Payer::Same, |row| row.undelivered += 1);
    kinds::find(decision.kind).update(Payer::Same, |row| row.unfinished += 1);
    Undelivered::table(coopname).insert(
        receiver(),
        &Undelivered {
            id: decision.id,
            kind: decision.kind,
            hash: decision.hash,
            reason: self::reason::number(reason),
        },
    );
}

/// Seats of the frozen electorate that have not voted and still may.
fn remaining(coopname: Name, decision: &Decision) -> u32 {
    let board = council::version(coopname, decision.board);
    board
        .voters()
        .zip(0..)
        .filter(|&(voter, bit)| {
            !decision.has_voted(bit)
                && council::seat(coopname, voter).is_some_and(|seat| seat.bit.is_some())
        })
        .count() as u32
}
