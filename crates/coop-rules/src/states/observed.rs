//! Which steps an action has caused, by comparing a cooperative before and after.

use super::NONE;
use crate::Cooperative;
use crate::cooperative::{CandidateState, ExitState, PaymentState, PropertyState, QuestionState};
use std::collections::BTreeMap;

/// A step that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observed {
    /// The process.
    pub process: &'static str,
    /// The state before.
    pub from: &'static str,
    /// The state after.
    pub to: &'static str,
}

/// The steps between two states of a cooperative.
pub fn observed(before: &Cooperative, after: &Cooperative) -> Vec<Observed> {
    let mut all = Vec::new();
    let mut compare = |process, before: Rows, after: Rows| {
        for (key, from) in &before {
            let to = after.get(key).copied().unwrap_or(NONE);
            if *from != to {
                let from = *from;
                all.push(Observed { process, from, to });
            }
        }
        for (key, to) in &after {
            if !before.contains_key(key) {
                let (from, to) = (NONE, *to);
                all.push(Observed { process, from, to });
            }
        }
    };
    compare("question", questions(before), questions(after));
    compare("candidate", candidates(before), candidates(after));
    compare("payment", payments(before), payments(after));
    compare("property", properties(before), properties(after));
    compare("election", elections(before), elections(after));
    compare("exit", exits(before), exits(after));
    compare("move", moves(before), moves(after));
    all
}

type Rows = BTreeMap<u64, &'static str>;

fn questions(coop: &Cooperative) -> Rows {
    let state = |state| match state {
        QuestionState::Open => "open",
        QuestionState::Approved { .. } => "approved",
        QuestionState::Authorized { .. } => "authorized",
        QuestionState::Declined => "declined",
    };
    let rows = coop.questions.iter();
    rows.map(|(id, row)| (*id, state(row.state))).collect()
}

fn candidates(coop: &Cooperative) -> Rows {
    let state = |state| match state {
        CandidateState::Created => "created",
        CandidateState::Paid => "payed",
        CandidateState::Refunding => "refunding",
        CandidateState::RefundFailed => "refundfailed",
    };
    let rows = coop.candidates.values();
    rows.map(|row| (u64::from(row.hash.0), state(row.state)))
        .collect()
}

fn payments(coop: &Cooperative) -> Rows {
    let state = |state| match state {
        PaymentState::Pending => "pending",
        PaymentState::Received => "received",
        PaymentState::Returning => "returning",
        PaymentState::Failed => "failed",
        PaymentState::Blocked => "blocked",
        PaymentState::Paying => "paying",
    };
    let rows = coop.payments.iter();
    rows.map(|(id, row)| (*id, state(row.state))).collect()
}

fn properties(coop: &Cooperative) -> Rows {
    let state = |state| match state {
        PropertyState::Offered => "offered",
        PropertyState::Accepted => "accepted",
        PropertyState::Shared => "shared",
        PropertyState::Asked => "asked",
        PropertyState::Handover => "handover",
        PropertyState::Releasing => "releasing",
    };
    let rows = coop.properties.iter();
    rows.map(|(id, row)| (*id, state(row.state))).collect()
}

fn elections(coop: &Cooperative) -> Rows {
    let rows = coop.election.iter();
    rows.map(|row| (row.version, "voices")).collect()
}

fn exits(coop: &Cooperative) -> Rows {
    let state = |state| match state {
        ExitState::Asked => "asked",
        ExitState::Paying => "paying",
    };
    let rows = coop.exits.values();
    rows.map(|row| (u64::from(row.hash.0), state(row.state)))
        .collect()
}

fn moves(coop: &Cooperative) -> Rows {
    let state = |is_granted| if is_granted { "granted" } else { "asked" };
    let rows = coop.moves.values();
    rows.map(|row| (u64::from(row.hash.0), state(row.ready_at.is_some())))
        .collect()
}
