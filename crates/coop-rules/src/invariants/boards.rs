//! Boards: who sits.

use crate::Cooperative;
use crate::cooperative::{Position, Status};
use crate::kind::{BoardKind, PersonKind};
use coop_model::parameters::{MAX_SEATS, MIN_SEATS};
use std::collections::BTreeSet;

pub(super) fn boards_are_boards(coop: &Cooperative) -> bool {
    coop.boards.values().all(|board| {
        let people: BTreeSet<_> = board.members.iter().map(|seat| seat.who).collect();
        let chairmen = board
            .members
            .iter()
            .filter(|seat| seat.position == Position::Chairman);
        let is_council = board.kind == BoardKind::Council;
        people.len() == board.members.len()
            && (1..=MAX_SEATS).contains(&people.len())
            && chairmen.clone().count() <= 1
            && (!is_council
                || board.voters().count() >= MIN_SEATS
                    && chairmen.clone().count() == 1
                    && chairmen.clone().all(|seat| seat.votes))
    })
}

pub(super) fn members_are_active(coop: &Cooperative) -> bool {
    let sitting = coop
        .council
        .iter()
        .flat_map(|council| council.sitting.values());
    let mut members = sitting
        .filter_map(|version| coop.boards.get(version))
        .flat_map(|board| &board.members);
    members.all(|seat| {
        coop.participants
            .get(&seat.who)
            .is_some_and(|row| row.status == Status::Active && row.kind == PersonKind::Individual)
    })
}

pub(super) fn elected_support(coop: &Cooperative) -> bool {
    coop.election.as_ref().is_none_or(|election| {
        election.members.iter().all(|seat| {
            let voice = coop.voices.get(&seat.who);
            voice.is_some_and(|voice| voice.supports && voice.version == election.version)
        })
    })
}

pub(super) fn boards_are_needed(coop: &Cooperative) -> bool {
    let sitting: Vec<_> = coop
        .council
        .iter()
        .flat_map(|council| council.sitting.values().copied())
        .collect();
    sitting
        .iter()
        .all(|version| coop.boards.contains_key(version))
        && coop.boards.keys().all(|version| {
            sitting.contains(version)
                || coop
                    .questions
                    .values()
                    .any(|question| question.board == *version)
        })
}
