//! The rules of a decision for every size of a council, every order of votes and every instant.

use coop_model::catalogue::{kind, registry};
use proptest::prelude::*;

use super::*;

const PUBLISHED: i64 = 1_700_000_000_000_000;
const HOURS_48: i64 = 172_800_000_000;
const DAYS_30: i64 = 2_592_000_000_000;

fn at(micros: i64) -> TimePoint {
    TimePoint::from_micros(PUBLISHED + micros)
}

fn question(seats: u8) -> Decision {
    with_quorum(seats, 0)
}

fn with_quorum(seats: u8, quorum_percent: u8) -> Decision {
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

/// Votes for and against of so many seats, without a quorum.
fn tally(votes_for: u32, votes_against: u32, seats: u32) -> Tally {
    Tally {
        votes_for,
        votes_against,
        seats,
        quorum: 0,
    }
}

fn is_approved(votes_for: u32, seats: u32) -> bool {
    tally(votes_for, 0, seats).is_approved()
}

fn is_hopeless(votes_against: u32, seats: u32) -> bool {
    tally(0, votes_against, seats).is_hopeless(seats - votes_against)
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
    let needed = |seats| (1..=seats).find(|&cast| is_approved(cast, seats));
    let table: Vec<_> = (1..=9).map(|seats| needed(seats).unwrap()).collect();
    assert_eq!(table, [1, 2, 2, 3, 3, 4, 4, 5, 5]);
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
fn r05_each_instant_allows_a_vote_or_expiry_and_never_both() {
    for offset in [
        0,
        1,
        HOURS_48 - 500_000,
        HOURS_48 - 1,
        HOURS_48,
        HOURS_48 + 1,
        HOURS_48 + 500_000,
        i64::MAX - PUBLISHED,
    ] {
        let mut decision = question(3);
        let may_expire = decision.may_expire(at(offset)).is_ok();
        let may_vote = decision.vote(at(offset), Some(0), Voice::For).is_ok();
        assert!(may_vote != may_expire, "{offset}");
        assert_eq!(may_vote, offset < HOURS_48);
        assert_eq!(decision.is_on_agenda(at(offset)), offset < HOURS_48);
    }
}

#[test]
fn r05_the_term_has_block_time_precision() {
    let decision = question(3);
    assert_eq!(
        decision.expires_at.micros() - decision.created_at.micros(),
        HOURS_48
    );
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
        assert_eq!(decision.status, status::DECLINED);
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
fn r07_each_instant_after_approval_allows_authorization_or_expiry() {
    for offset in [0, HOURS_48, DAYS_30 - 1, DAYS_30, DAYS_30 + 1] {
        let decision = approved(3);
        let may_sign = decision.may_authorize(at(offset)).is_ok();
        assert!(
            may_sign != decision.may_expire(at(offset)).is_ok(),
            "{offset}"
        );
        assert_eq!(may_sign, offset < DAYS_30);
        assert_eq!(decision.is_on_agenda(at(offset)), may_sign);
    }
    assert_eq!(
        approved(3).may_authorize(at(DAYS_30)),
        Err(refusal::SIGNING_OVER)
    );
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
fn r06_an_open_question_is_given_up_when_too_few_may_still_vote() {
    let mut decision = question(5);
    decision.vote(at(1), Some(0), Voice::For).unwrap();
    assert_eq!(
        decision.may_be_given_up(at(2), 2),
        Err(refusal::NOT_DECLINED)
    );
    assert_eq!(decision.may_be_given_up(at(2), 1), Ok(()));
    assert_eq!(
        decision.may_be_given_up(at(HOURS_48), 1),
        Err(refusal::VOTING_OVER)
    );
    for decision in [approved(3), authorized()] {
        assert_eq!(
            decision.may_be_given_up(at(2), 0),
            Err(refusal::NOT_DECLINED)
        );
    }
}

#[test]
fn r04_a_vote_against_can_bring_the_quorum() {
    let mut decision = with_quorum(4, 100);
    for seat in 0..3 {
        decision.vote(at(1), Some(seat), Voice::For).unwrap();
        assert_eq!(decision.status, status::OPEN);
    }
    decision.vote(at(2), Some(3), Voice::Against).unwrap();
    assert_eq!(decision.status, status::APPROVED);
}

#[test]
fn r04_r06_threshold_and_quorum_for_every_council_and_every_quorum() {
    for seats in 3..=64u32 {
        for quorum in 0..=100u8 {
            for votes_for in 0..=seats {
                for votes_against in [0, (seats - votes_for) / 2, seats - votes_for] {
                    let tally = Tally {
                        quorum,
                        ..tally(votes_for, votes_against, seats)
                    };
                    let cast = votes_for + votes_against;
                    let expected = votes_for > seats / 2 && 100 * cast >= u32::from(quorum) * seats;
                    assert_eq!(tally.is_approved(), expected, "{tally:?}");
                    // All silent seats vote for: then everybody took part.
                    let best = votes_for + tally.silent();
                    assert_eq!(
                        tally.is_hopeless(tally.silent()),
                        best <= seats / 2,
                        "{tally:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_row_never_changes_its_size() {
    let sizes = [question(64), approved(64), authorized()].map(|row| row.to_bytes().len());
    assert!(sizes.iter().all(|&size| size == sizes[0]), "{sizes:?}");
    assert!(sizes[0] <= 192, "{sizes:?}");
}

fn voices(seats: u8) -> impl Strategy<Value = Vec<(u32, Voice)>> {
    let voice = prop_oneof![Just(Voice::For), Just(Voice::Against)];
    proptest::collection::vec(proptest::option::of(voice), usize::from(seats)).prop_map(|cast| {
        (0..)
            .zip(cast)
            .filter_map(|(seat, voice)| Some((seat, voice?)))
            .collect()
    })
}

fn any_order() -> impl Strategy<Value = (u8, Vec<(u32, Voice)>)> {
    (1..=64u8).prop_flat_map(|seats| (Just(seats), voices(seats).prop_shuffle()))
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Wait(i64),
    Vote(u32, Voice),
    Authorize,
    Expire,
    Execute,
    GiveUp,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => prop_oneof![0..HOURS_48, Just(HOURS_48), Just(DAYS_30)].prop_map(Step::Wait),
        8 => (0..6u32, prop_oneof![Just(Voice::For), Just(Voice::Against)])
            .prop_map(|(seat, voice)| Step::Vote(seat, voice)),
        2 => Just(Step::Authorize),
        1 => Just(Step::Expire),
        1 => Just(Step::Execute),
        1 => Just(Step::GiveUp),
    ]
}

/// Whether the rules know a way from one status to another; `None` is an erased row.
fn is_lawful(from: Name, to: Option<Name>) -> bool {
    match to {
        Some(to) if to == from => true,
        Some(status::APPROVED | status::DECLINED) | None if from == status::OPEN => true,
        Some(status::AUTHORIZED) | None if from == status::APPROVED => true,
        None => from == status::DECLINED || from == status::AUTHORIZED,
        _ => false,
    }
}

proptest! {
    #[test]
    fn r06_the_order_of_the_same_votes_never_matters((seats, votes) in any_order()) {
        let mut decision = question(seats);
        for &(seat, voice) in &votes {
            let _ = decision.vote(at(1), Some(seat), voice);
        }
        let count = |wanted| votes.iter().filter(|(_, voice)| *voice == wanted).count() as u32;
        let expected = if is_approved(count(Voice::For), seats.into()) {
            status::APPROVED
        } else if is_hopeless(count(Voice::Against), seats.into()) {
            status::DECLINED
        } else {
            status::OPEN
        };
        prop_assert_eq!(decision.status, expected);
    }

    #[test]
    fn r04_r06_approval_and_certain_decline_exclude_each_other(
        (seats, votes_for, votes_against) in (1..=64u32)
            .prop_flat_map(|seats| (Just(seats), 0..=seats))
            .prop_flat_map(|(seats, votes_for)| (Just(seats), Just(votes_for), 0..=seats - votes_for))
    ) {
        prop_assert!(!(is_approved(votes_for, seats) && is_hopeless(votes_against, seats)));
        let undecided = seats - votes_for - votes_against;
        prop_assert_eq!(
            is_hopeless(votes_against, seats),
            !is_approved(votes_for + undecided, seats)
        );
    }

    #[test]
    fn every_walk_through_the_states_is_lawful(
        seats in 1..=6u8,
        steps in proptest::collection::vec(step(), 1..60)
    ) {
        let mut decision = question(seats);
        let mut now = 0;
        for step in steps {
            let before = decision.clone();
            let (done, erased) = match step {
                Step::Wait(micros) => { now += micros; (true, false) }
                Step::Vote(seat, voice) => (decision.vote(at(now), Some(seat), voice).is_ok(), false),
                Step::Authorize => (
                    decision.authorize(at(now), name!("chairman"), Checksum256([3; 32])).is_ok(),
                    false,
                ),
                Step::Expire => { let done = decision.may_expire(at(now)).is_ok(); (done, done) }
                Step::Execute => { let done = decision.may_execute().is_ok(); (done, done) }
                Step::GiveUp => {
                    let done = decision.may_be_given_up(at(now), 0).is_ok();
                    (done, done)
                }
            };
            prop_assert!(done || decision == before, "a refused step changed the row");
            prop_assert!(is_lawful(before.status, (!erased).then_some(decision.status)));
            let full = full_mask(seats.into());
            prop_assert_eq!(decision.votes_for & decision.votes_against, 0);
            prop_assert_eq!((decision.votes_for | decision.votes_against) & !full, 0);
            prop_assert_eq!(before.votes_for & !decision.votes_for, 0);
            prop_assert_eq!(before.votes_against & !decision.votes_against, 0);
            if matches!(decision.status, status::APPROVED | status::AUTHORIZED) {
                prop_assert!(is_approved(decision.votes_for.count_ones(), seats.into()));
            }
            if erased {
                break;
            }
        }
    }
}
