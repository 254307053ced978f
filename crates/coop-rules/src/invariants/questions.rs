//! Questions: who decides what.

use crate::cooperative::QuestionState;
use crate::{Cooperative, QuestionKind};
use coop_model::parameters;
use std::collections::BTreeSet;

pub(super) fn approved_is_carried(coop: &Cooperative) -> bool {
    coop.questions
        .values()
        .all(|question| match question.state {
            QuestionState::Approved { .. } | QuestionState::Authorized { .. } => {
                question.is_carried()
            }
            QuestionState::Open | QuestionState::Declined => true,
        })
}

pub(super) fn votes_are_of_the_electorate(coop: &Cooperative) -> bool {
    coop.questions.values().all(|question| {
        coop.boards.get(&question.board).is_some_and(|board| {
            let voters: BTreeSet<_> = board.voters().collect();
            voters.len() == question.seats as usize
                && question.votes.keys().all(|who| voters.contains(who))
        })
    })
}

pub(super) fn states_follow_votes(coop: &Cooperative) -> bool {
    coop.questions.values().all(|question| {
        let silent = question.seats - question.votes.len() as u32;
        match question.state {
            QuestionState::Open => !question.is_carried() && !question.is_hopeless(silent),
            QuestionState::Declined => question.is_hopeless(silent),
            QuestionState::Approved { .. } | QuestionState::Authorized { .. } => true,
        }
    })
}

pub(super) fn hashes_are_unique(coop: &Cooperative) -> bool {
    let hashes: BTreeSet<_> = coop
        .questions
        .values()
        .map(|question| question.hash)
        .collect();
    let protocols: Vec<_> = coop
        .questions
        .values()
        .filter_map(|question| match question.state {
            QuestionState::Authorized { protocol, .. } => Some(protocol),
            _ => None,
        })
        .collect();
    let distinct: BTreeSet<_> = protocols.iter().collect();
    hashes.len() == coop.questions.len()
        && distinct.len() == protocols.len()
        && protocols.iter().all(|protocol| !hashes.contains(protocol))
}

pub(super) fn numbers_are_given(coop: &Cooperative) -> bool {
    let (question, board) = coop.council.as_ref().map_or((0, 0), |council| {
        (council.last_question, council.last_board)
    });
    let (payment, property, reference) = coop.funds.as_ref().map_or((0, 0, 0), |funds| {
        (
            funds.last_payment,
            funds.last_property,
            funds.last_reference,
        )
    });
    fn last<V>(rows: &std::collections::BTreeMap<u64, V>) -> u64 {
        rows.last_key_value().map_or(0, |(id, _)| *id)
    }
    last(&coop.questions) <= question
        && last(&coop.undelivered) <= question
        && last(&coop.boards) <= board
        && last(&coop.payments) <= payment
        && last(&coop.properties) <= property
        && last(&coop.references) <= reference
}

pub(super) fn agenda_is_bounded(coop: &Cooperative) -> bool {
    let kinds: BTreeSet<_> = coop
        .questions
        .values()
        .map(|question| question.kind)
        .collect();
    let of_kind = |kind| coop.unfinished_of(kind) <= parameters::MAX_UNFINISHED_OF_KIND as usize;
    let members: BTreeSet<_> = coop
        .questions
        .values()
        .map(|question| question.about)
        .collect();
    let of_member = |who| coop.free_of(who) <= parameters::MAX_UNFINISHED_OF_MEMBER as usize;
    coop.questions.len() <= parameters::MAX_UNFINISHED as usize
        && kinds.into_iter().all(of_kind)
        && coop.unfinished_of(QuestionKind::Free) <= parameters::MAX_UNFINISHED_FREE as usize
        && members.into_iter().all(of_member)
}
