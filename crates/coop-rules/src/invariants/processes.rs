//! Whatever waits for the council has exactly one question, or a decline on its way; and no question
//! is about nothing.

use crate::cooperative::{CandidateState, ExitState, PaymentState, PropertyState};
use crate::{Cooperative, Hash, QuestionKind};
use std::collections::BTreeSet;

/// Processes that wait for the council.
fn waiting(coop: &Cooperative) -> BTreeSet<(QuestionKind, Hash)> {
    let mut all = BTreeSet::new();
    for row in coop.candidates.values() {
        if row.state == CandidateState::Paid {
            all.insert((QuestionKind::Join, row.hash));
        }
    }
    for row in coop.payments.values() {
        let waits = match row.kind {
            QuestionKind::ShareMoney => row.state == PaymentState::Received,
            QuestionKind::ReturnMoney => row.state == PaymentState::Blocked,
            _ => false,
        };
        if waits {
            all.insert((row.kind, row.hash));
        }
    }
    for row in coop.properties.values() {
        match row.state {
            PropertyState::Accepted => all.insert((QuestionKind::ShareProp, row.hash)),
            PropertyState::Asked => all.insert((QuestionKind::ReturnProp, row.hash)),
            _ => false,
        };
    }
    for row in coop.exits.values() {
        if row.state == ExitState::Asked {
            all.insert((QuestionKind::Leave, row.hash));
        }
    }
    for row in coop.moves.values() {
        if row.ready_at.is_none() {
            all.insert((QuestionKind::Move, row.hash));
        }
    }
    for row in coop.blockings.values() {
        all.insert((QuestionKind::Block, row.hash));
    }
    all
}

/// Questions and declines that are not delivered, of kinds that have a process.
fn asked(coop: &Cooperative) -> Vec<(QuestionKind, Hash)> {
    let questions = coop.questions.values().map(|row| (row.kind, row.hash));
    let declines = coop.undelivered.values().map(|row| (row.kind, row.hash));
    let all = questions.chain(declines);
    all.filter(|(kind, _)| QuestionKind::OWN.contains(kind))
        .collect()
}

pub(super) fn who_waits_has_one_question(coop: &Cooperative) -> bool {
    let asked = asked(coop);
    let count = |process| asked.iter().filter(|other| **other == process).count();
    waiting(coop).into_iter().all(|process| count(process) == 1)
}

pub(super) fn questions_have_their_process(coop: &Cooperative) -> bool {
    let waiting = waiting(coop);
    asked(coop).iter().all(|process| waiting.contains(process))
}
