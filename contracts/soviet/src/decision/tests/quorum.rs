//! Threshold and quorum for every council of 3 to 64 seats and every quorum of a charter (R4, R6).

use super::*;

/// The fewest votes that satisfy a quorum, found by counting.
fn votes_for_quorum(seats: u32, quorum: u8) -> u32 {
    (0..=seats)
        .find(|&cast| f64::from(cast) / f64::from(seats) * 100.0 >= f64::from(quorum) - 1e-9)
        .unwrap()
}

#[test]
fn r04_published_table_of_quorums() {
    let table = [
        (3, [0, 1, 2, 2, 3, 3]),
        (4, [0, 1, 2, 3, 3, 4]),
        (5, [0, 1, 3, 4, 4, 5]),
        (9, [0, 1, 5, 6, 7, 9]),
        (10, [0, 1, 5, 7, 8, 10]),
        (64, [0, 1, 32, 43, 48, 64]),
    ];
    for (seats, expected) in table {
        let needed = [0, 1, 50, 66, 75, 100].map(|quorum| {
            (0..=seats)
                .find(|&cast| tally(cast, 0, seats, quorum).has_quorum())
                .unwrap()
        });
        assert_eq!(needed, expected, "{seats} seats");
    }
}

#[test]
fn r04_a_majority_approves_only_with_the_quorum() {
    for seats in 3..=64u32 {
        for quorum in 0..=100 {
            let needed = votes_for_quorum(seats, quorum);
            for votes_for in 0..=seats {
                for votes_against in 0..=seats - votes_for {
                    let expected = votes_for > seats / 2 && votes_for + votes_against >= needed;
                    let tally = tally(votes_for, votes_against, seats, quorum);
                    assert_eq!(tally.is_approved(), expected, "{tally:?}");
                }
            }
        }
    }
}

#[test]
fn r04_at_most_50_percent_asks_for_no_more_than_the_majority() {
    for seats in 3..=64u32 {
        for quorum in 0..=50 {
            let majority = seats / 2 + 1;
            assert!(tally(majority, 0, seats, quorum).is_approved(), "{quorum}");
        }
    }
}

#[test]
fn r04_the_vote_that_makes_the_quorum_approves_whatever_it_says() {
    for last in [Voice::For, Voice::Against] {
        let mut decision = question_with_quorum(10, 75);
        for seat in 0..7 {
            decision.vote(at(1), Some(seat), Voice::For).unwrap();
            assert_eq!(decision.status, status::OPEN);
        }
        decision.vote(at(7), Some(7), last).unwrap();
        assert_eq!(decision.status, status::APPROVED);
        assert_eq!(decision.approved_at, at(7));
    }
}

#[test]
fn r06_a_quorum_of_100_percent_needs_every_seat_that_remains() {
    for seats in 3..=64u8 {
        let mut decision = question_with_quorum(seats, 100);
        let all = u32::from(seats);
        for seat in 0..all - 1 {
            decision.vote(at(1), Some(seat), Voice::For).unwrap();
            assert_eq!(decision.status, status::OPEN);
        }
        assert_eq!(
            decision.may_be_given_up(at(1), 1),
            Err(refusal::NOT_DECLINED)
        );
        assert_eq!(decision.may_be_given_up(at(1), 0), Ok(()));
        decision.vote(at(1), Some(all - 1), Voice::Against).unwrap();
        assert_eq!(decision.status, status::APPROVED);
    }
}

#[test]
fn r06_hopeless_means_that_no_further_votes_approve() {
    for seats in 3..=64u32 {
        for quorum in [0, 1, 33, 50, 51, 66, 67, 75, 99, 100] {
            for votes_for in 0..=seats {
                for votes_against in 0..=seats - votes_for {
                    let now = tally(votes_for, votes_against, seats, quorum);
                    let silent = seats - votes_for - votes_against;
                    assert_eq!(now.silent(), silent);
                    for remaining in [0, silent / 2, silent] {
                        let can_be = (0..=remaining).any(|more| {
                            tally(votes_for + more, votes_against, seats, quorum).is_approved()
                                || tally(
                                    votes_for + more,
                                    votes_against + remaining - more,
                                    seats,
                                    quorum,
                                )
                                .is_approved()
                        });
                        assert_eq!(now.is_hopeless(remaining), !can_be, "{now:?}, {remaining}");
                    }
                }
            }
        }
    }
}
