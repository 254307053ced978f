//! The rules of a decision for every size of a council, every quorum, every order of votes and
//! every instant.

use super::*;
use coop_model::catalogue::{kind, registry};

mod quorum;
mod terms;
mod walks;

const PUBLISHED: i64 = 1_700_000_000_000_000;
const HOURS_48: i64 = 172_800_000_000;
const DAYS_30: i64 = 2_592_000_000_000;
/// A block of the chain.
const BLOCK: i64 = 500_000;

fn at(micros: i64) -> TimePoint {
    TimePoint::from_micros(PUBLISHED + micros)
}

fn question(seats: u8) -> Decision {
    question_with_quorum(seats, 0)
}

fn question_with_quorum(seats: u8, quorum_percent: u8) -> Decision {
    let publication = Publication {
        username: name!("candidateaaa"),
        kind: kind::JOINCOOP,
        hash: Checksum256([7; 32]),
        board: 1,
        seats,
        quorum_percent,
    };
    Decision::published(5, at(0), publication)
}

fn tally(votes_for: u32, votes_against: u32, seats: u32, quorum: u8) -> Tally {
    Tally {
        votes_for,
        votes_against,
        seats,
        quorum,
    }
}

fn approved(seats: u8) -> Decision {
    let mut decision = question(seats);
    for seat in 0..=u32::from(seats) / 2 {
        decision.vote(at(0), Some(seat), Voice::For).unwrap();
    }
    assert_eq!(decision.status, status::APPROVED);
    decision
}

fn authorized() -> Decision {
    let mut decision = approved(3);
    let protocol = Checksum256([9; 32]);
    decision
        .authorize(at(1), name!("chairman"), protocol)
        .unwrap();
    decision
}

#[test]
fn r01_registry_ids_are_those_of_the_public_platform() {
    let ids = [
        registry::STATEMENT,
        registry::ADMISSION_PROTOCOL,
        registry::PROPOSAL,
        registry::FREE_PROTOCOL,
    ];
    assert_eq!(ids, [100, 501, 599, 600]);
}

#[test]
fn r03_one_seat_has_one_final_vote() {
    let mut decision = question(3);
    decision.vote(at(1), Some(1), Voice::Against).unwrap();
    let before = decision.clone();
    for voice in [Voice::For, Voice::Against] {
        assert_eq!(
            decision.vote(at(2), Some(1), voice),
            Err(refusal::VOTED_ALREADY)
        );
    }
    assert_eq!(decision, before);
}

#[test]
fn r03_only_the_frozen_electorate_votes() {
    for seats in 1..=64 {
        let mut decision = question(seats);
        for seat in [None, Some(u32::from(seats)), Some(64), Some(u32::MAX)] {
            assert_eq!(
                decision.vote(at(1), seat, Voice::For),
                Err(refusal::NO_SEAT)
            );
        }
        let last = u32::from(seats) - 1;
        decision.vote(at(1), Some(last), Voice::For).unwrap();
        assert_eq!(decision.votes_for, 1 << last);
    }
}

#[test]
fn r04_strict_majority_of_all_voting_seats_approves() {
    for seats in 1..=64u8 {
        let mut decision = question(seats);
        for seat in 0..u32::from(seats) {
            decision.vote(at(1), Some(seat), Voice::For).unwrap();
            let cast = seat + 1;
            let expected = if 2 * cast > u32::from(seats) {
                status::APPROVED
            } else {
                status::OPEN
            };
            assert_eq!(decision.status, expected, "{cast} of {seats}");
        }
    }
}

#[test]
fn r04_published_table_of_thresholds() {
    let needed = |seats: u32| (1..=seats).find(|&cast| tally(cast, 0, seats, 0).is_approved());
    let table = [3, 4, 5, 6, 7, 8, 9, 63, 64].map(|seats| needed(seats).unwrap());
    assert_eq!(table, [2, 3, 3, 4, 4, 5, 5, 32, 33]);
}

#[test]
fn r04_abstaining_counts_as_not_for() {
    let mut decision = question(5);
    for seat in 0..2 {
        decision.vote(at(1), Some(seat), Voice::For).unwrap();
    }
    assert_eq!(decision.status, status::OPEN);
    assert_eq!(decision.may_expire(at(HOURS_48)), Ok(reason::NOT_APPROVED));
}

#[test]
fn r06_declined_as_soon_as_approval_is_impossible() {
    for seats in 1..=64u8 {
        let mut decision = question(seats);
        let needed = u32::from(seats).div_ceil(2);
        for seat in 0..needed {
            assert_eq!(decision.status, status::OPEN, "{seat} of {seats}");
            decision.vote(at(1), Some(seat), Voice::Against).unwrap();
        }
        assert_eq!(decision.status, status::DECLINED, "{needed} of {seats}");
        assert_eq!(
            decision.vote(at(2), Some(u32::from(seats) - 1), Voice::For),
            Err(refusal::DECLINED)
        );
        assert!(!decision.is_on_agenda(at(2)));
    }
}

#[test]
fn r06_a_tie_is_declined() {
    let mut decision = question(4);
    for (seat, voice) in [
        (0, Voice::For),
        (1, Voice::Against),
        (2, Voice::For),
        (3, Voice::Against),
    ] {
        decision.vote(at(1), Some(seat), voice).unwrap();
    }
    assert_eq!(decision.status, status::DECLINED);
}

#[test]
fn r06_remaining_members_vote_on_an_approved_question_and_change_nothing() {
    let mut decision = approved(5);
    let approved_at = decision.approved_at;
    for seat in 3..5 {
        decision.vote(at(9), Some(seat), Voice::Against).unwrap();
    }
    assert_eq!(decision.status, status::APPROVED);
    assert_eq!(decision.approved_at, approved_at);
    assert_eq!(
        (decision.votes_for, decision.votes_against),
        (0b111, 0b11000)
    );
    assert_eq!(
        approved(5).vote(at(HOURS_48), Some(4), Voice::For),
        Err(refusal::VOTING_OVER)
    );
}

#[test]
fn r07_only_an_approved_question_is_authorized_and_only_once() {
    let authorize = |mut decision: Decision| {
        let before = decision.clone();
        let result = decision.authorize(at(2), name!("other"), Checksum256([1; 32]));
        assert!(result.is_ok() || decision == before);
        result
    };
    assert_eq!(authorize(question(3)), Err(refusal::NOT_APPROVED));
    assert_eq!(authorize(approved(3)), Ok(()));
    assert_eq!(authorize(authorized()), Err(refusal::AUTHORIZED));
    let mut declined = question(1);
    declined.vote(at(1), Some(0), Voice::Against).unwrap();
    assert_eq!(authorize(declined), Err(refusal::DECLINED));
}

#[test]
fn r07_an_authorized_decision_takes_no_more_votes_and_never_expires() {
    let mut decision = authorized();
    assert_eq!(
        decision.vote(at(2), Some(2), Voice::Against),
        Err(refusal::AUTHORIZED)
    );
    assert_eq!(
        decision.may_expire(at(100 * DAYS_30)),
        Err(refusal::AUTHORIZED)
    );
    assert_eq!(decision.may_execute(), Ok(()));
}

#[test]
fn r08_only_an_authorized_decision_is_executed() {
    assert_eq!(question(3).may_execute(), Err(refusal::NOT_AUTHORIZED));
    assert_eq!(approved(3).may_execute(), Err(refusal::NOT_AUTHORIZED));
    assert_eq!(authorized().may_execute(), Ok(()));
}

#[test]
fn r06_only_an_open_question_is_given_up_and_only_when_seats_left() {
    for seats in 3..=64u8 {
        let majority = u32::from(seats) / 2 + 1;
        for votes_for in 0..majority {
            let mut decision = question(seats);
            for seat in 0..votes_for {
                decision.vote(at(1), Some(seat), Voice::For).unwrap();
            }
            let missing = majority - votes_for;
            assert_eq!(
                decision.may_be_given_up(at(2), missing),
                Err(refusal::NOT_DECLINED)
            );
            assert_eq!(decision.may_be_given_up(at(2), missing - 1), Ok(()));
        }
    }
    let mut declined = question(1);
    declined.vote(at(1), Some(0), Voice::Against).unwrap();
    for decision in [approved(3), authorized(), declined] {
        for remaining in [0, 3] {
            assert_eq!(
                decision.may_be_given_up(at(2), remaining),
                Err(refusal::NOT_DECLINED)
            );
        }
    }
}

#[test]
fn r09_a_reason_keeps_its_number() {
    let reasons = [
        reason::DECLINED,
        reason::NOT_APPROVED,
        reason::NOT_AUTHORIZED,
    ];
    for (number, text) in (0..).zip(reasons) {
        assert_eq!(reason::number(text), number);
        assert_eq!(reason::of(number), text);
    }
    assert_eq!(
        reasons,
        [
            "declined by the council",
            "not approved in 48 hours",
            "not authorized in 30 days after approval"
        ]
    );
}

#[test]
fn r03_a_seat_has_voted_when_its_bit_is_set() {
    let mut decision = question(64);
    for (seat, voice) in [(0, Voice::For), (63, Voice::Against)] {
        assert!(!decision.has_voted(seat));
        decision.vote(at(1), Some(seat), voice).unwrap();
        assert!(decision.has_voted(seat));
    }
    assert!((1..63).all(|seat| !decision.has_voted(seat)));
    assert_eq!(decision.tally(), tally(1, 1, 64, 0));
    assert_eq!(decision.tally().silent(), 62);
}

#[test]
fn bounds_the_row_never_changes_its_size() {
    let sizes = [question(64), approved(64), authorized()].map(|row| row.to_bytes().len());
    assert!(sizes.iter().all(|&size| size == sizes[0]), "{sizes:?}");
    assert!(sizes[0] <= 192, "{sizes:?}");
}
