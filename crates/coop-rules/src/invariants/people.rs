//! People: candidates, participants, wallets.

use crate::cooperative::{CandidateState, ExitState, PaymentState, Status};
use crate::{Cooperative, QuestionKind};

pub(super) fn candidates_have_their_payment(coop: &Cooperative) -> bool {
    let has = |who: &_, row: &crate::cooperative::Candidate| {
        let state = match row.state {
            CandidateState::Created => PaymentState::Pending,
            CandidateState::Paid => PaymentState::Received,
            CandidateState::Refunding => PaymentState::Returning,
            CandidateState::RefundFailed => PaymentState::Failed,
        };
        coop.payments.values().any(|payment| {
            payment.hash == row.hash
                && payment.kind == QuestionKind::Join
                && payment.who == *who
                && payment.state == state
                && payment.quantity == row.initial + row.minimum
        })
    };
    let payments = coop
        .payments
        .values()
        .filter(|row| row.kind == QuestionKind::Join)
        .count();
    payments == coop.candidates.len() && coop.candidates.iter().all(|(who, row)| has(who, row))
}

pub(super) fn nobody_is_both(coop: &Cooperative) -> bool {
    coop.candidates
        .keys()
        .chain(coop.agreements.keys())
        .all(|who| !coop.participants.contains_key(who))
}

pub(super) fn leaving_means_exit(coop: &Cooperative) -> bool {
    let leaving = coop
        .participants
        .iter()
        .filter(|(_, row)| row.status == Status::Leaving);
    let leaving = leaving.map(|(who, _)| who);
    let exits = coop.exits.iter().all(|(who, exit)| {
        let payment = coop.payments.values().find(|row| row.hash == exit.hash);
        let blocked = coop.wallets.get(who).map_or(0, |row| row.blocked);
        match (exit.state, payment.map(|row| row.state)) {
            (ExitState::Asked, None) => blocked == 0,
            (ExitState::Asked, Some(state)) => state == PaymentState::Blocked,
            (ExitState::Paying, state) => state == Some(PaymentState::Paying),
        }
    });
    leaving.eq(coop.exits.keys()) && exits
}

pub(super) fn wallets_have_owners(coop: &Cooperative) -> bool {
    let owned = |who| coop.participants.contains_key(who);
    coop.wallets.keys().all(owned) && coop.properties.values().all(|row| owned(&row.who))
}
