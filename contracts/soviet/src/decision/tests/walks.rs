//! Random votes and random lives of a question (R3–R8).

use proptest::prelude::*;

use super::*;

fn voices(seats: u8) -> impl Strategy<Value = Vec<(u32, Voice)>> {
    let voice = prop_oneof![3 => Just(Voice::For), 2 => Just(Voice::Against)];
    proptest::collection::vec(proptest::option::weighted(0.8, voice), usize::from(seats)).prop_map(
        |cast| {
            (0..)
                .zip(cast)
                .filter_map(|(seat, voice)| Some((seat, voice?)))
                .collect()
        },
    )
}

fn any_order() -> impl Strategy<Value = (u8, u8, Vec<(u32, Voice)>)> {
    (3..=64u8, 0..=100u8)
        .prop_flat_map(|(seats, quorum)| (Just(seats), Just(quorum), voices(seats).prop_shuffle()))
}

/// The state that these votes lead to, whatever their order.
fn expected(seats: u8, quorum: u8, votes: &[(u32, Voice)]) -> Name {
    let count = |wanted| votes.iter().filter(|(_, voice)| *voice == wanted).count() as u32;
    let seats = u32::from(seats);
    let (votes_for, votes_against) = (count(Voice::For), count(Voice::Against));
    let cast = votes_for + votes_against;
    if 2 * votes_for > seats && 100 * cast >= u32::from(quorum) * seats {
        status::APPROVED
    } else if 2 * (seats - votes_against) <= seats {
        status::DECLINED
    } else {
        status::OPEN
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Wait(i64),
    Vote(u32, Voice),
    Authorize,
    Expire,
    Execute,
    GiveUp(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let wait = prop_oneof![
        0..HOURS_48,
        Just(BLOCK),
        Just(HOURS_48 - BLOCK),
        Just(HOURS_48),
        Just(DAYS_30 - BLOCK),
        Just(DAYS_30)
    ];
    prop_oneof![
        2 => wait.prop_map(Step::Wait),
        8 => (0..70u32, prop_oneof![Just(Voice::For), Just(Voice::Against)])
            .prop_map(|(seat, voice)| Step::Vote(seat % 9, voice)),
        1 => (0..70u32).prop_map(|seat| Step::Vote(seat, Voice::For)),
        2 => Just(Step::Authorize),
        1 => Just(Step::Expire),
        1 => Just(Step::Execute),
        1 => (0..9u32).prop_map(Step::GiveUp),
    ]
}

/// Whether the rules know a way from one status to another; `None` is an erased row.
fn is_lawful(from: Name, to: Option<Name>) -> bool {
    match to {
        Some(to) if to == from => true,
        Some(status::APPROVED | status::DECLINED) | None if from == status::OPEN => true,
        Some(status::AUTHORIZED) | None if from == status::APPROVED => true,
        None => from == status::AUTHORIZED,
        _ => false,
    }
}

proptest! {
    #[test]
    fn r06_the_order_of_the_same_votes_never_matters((seats, quorum, votes) in any_order()) {
        let mut decision = question_with_quorum(seats, quorum);
        for &(seat, voice) in &votes {
            let _ = decision.vote(at(1), Some(seat), voice);
        }
        prop_assert_eq!(decision.status, expected(seats, quorum, &votes));
    }

    #[test]
    fn r04_r06_approval_and_certain_decline_exclude_each_other(
        (votes_for, votes_against, seats) in (3..=64u32)
            .prop_flat_map(|seats| (Just(seats), 0..=seats))
            .prop_flat_map(|(seats, votes_for)| (Just(votes_for), 0..=seats - votes_for, Just(seats))),
        quorum in 0..=100u8,
    ) {
        let now = tally(votes_for, votes_against, seats, quorum);
        let best = tally(votes_for + now.silent(), votes_against, seats, quorum);
        prop_assert!(!(now.is_approved() && now.is_hopeless(now.silent())));
        prop_assert_eq!(now.is_hopeless(now.silent()), !best.is_approved());
        // One more seat that may vote never takes a chance away.
        for remaining in 0..now.silent() {
            prop_assert!(now.is_hopeless(remaining) || !now.is_hopeless(remaining + 1));
        }
    }

    #[test]
    fn r03_r08_every_walk_through_the_states_is_lawful(
        seats in 3..=8u8,
        quorum in 0..=100u8,
        steps in proptest::collection::vec(step(), 1..60)
    ) {
        let mut decision = question_with_quorum(seats, quorum);
        let full = full_mask(seats.into());
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
                Step::GiveUp(remaining) => {
                    let remaining = remaining.min(decision.tally().silent());
                    let done = decision.may_be_given_up(at(now), remaining).is_ok();
                    (done, done)
                }
            };
            prop_assert!(done || decision == before, "a refused step changed the row");
            prop_assert!(is_lawful(before.status, (!erased).then_some(decision.status)));
            prop_assert_eq!(decision.votes_for & decision.votes_against, 0);
            prop_assert_eq!((decision.votes_for | decision.votes_against) & !full, 0);
            prop_assert_eq!(before.votes_for & !decision.votes_for, 0);
            prop_assert_eq!(before.votes_against & !decision.votes_against, 0);
            prop_assert_eq!(decision.quorum_percent, quorum);
            let tally = decision.tally();
            if matches!(decision.status, status::APPROVED | status::AUTHORIZED) {
                prop_assert!(tally.is_approved());
            }
            if decision.status == status::OPEN {
                prop_assert!(!tally.is_approved() && !tally.is_hopeless(tally.silent()));
            }
            if erased {
                break;
            }
        }
    }
}
