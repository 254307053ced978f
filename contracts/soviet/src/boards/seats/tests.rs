//! What boards may look like, and which bits their seats have.

use alloc::vec::Vec;

use coop_model::council::Board;

use super::*;

/// The boards that record and do not decide.
const OTHERS: [Name; 3] = [board::EXECUTIVE, board::AUDIT, board::OTHER];
const ALL: [Name; 4] = [board::COUNCIL, board::EXECUTIVE, board::AUDIT, board::OTHER];

fn member(raw: u64, is_voting: bool) -> Seat {
    Seat {
        username: Name::from_raw(raw << 8),
        is_voting,
        position: position::MEMBER,
    }
}

fn chairman(raw: u64) -> Seat {
    Seat {
        position: position::CHAIRMAN,
        ..member(raw, true)
    }
}

/// A chairman and `members` voting members.
fn seats(members: u64) -> Vec<Seat> {
    let mut seats = alloc::vec![chairman(1)];
    seats.extend((0..members).map(|raw| member(raw + 2, true)));
    seats
}

#[test]
fn r03_a_council_has_a_bounded_number_of_seats() {
    let council = |size: u64| objection(board::COUNCIL, &seats(size - 1));
    assert_eq!(objection(board::COUNCIL, &[]), Some(refusal::SEATS_BOUND));
    for size in 1..=2 {
        assert_eq!(council(size), Some(refusal::VOTING_SEATS_BOUND), "{size}");
    }
    for size in 3..=64 {
        assert_eq!(council(size), None, "{size}");
    }
    assert_eq!(council(65), Some(refusal::SEATS_BOUND));
}

#[test]
fn r03_another_board_has_a_bounded_number_of_seats() {
    for kind in OTHERS {
        assert_eq!(objection(kind, &[]), Some(refusal::SEATS_BOUND));
        for size in 1..=64 {
            assert_eq!(objection(kind, &seats(size - 1)), None, "{kind} of {size}");
        }
        assert_eq!(objection(kind, &seats(64)), Some(refusal::SEATS_BOUND));
    }
}

#[test]
fn r03_no_other_kind_of_board_is_known() {
    for kind in [Name::EMPTY, name!("member"), name!("councils")] {
        assert_eq!(objection(kind, &seats(4)), Some(refusal::KIND_OF_BOARD));
        assert_eq!(objection(kind, &[]), Some(refusal::KIND_OF_BOARD));
    }
}

#[test]
fn r03_a_council_has_at_least_3_votes() {
    let bad = Some(refusal::VOTING_SEATS_BOUND);
    for size in 3..=64u64 {
        for silent in 0..size {
            let mut seats = seats(size - 1);
            for seat in seats.iter_mut().rev().take(silent as usize) {
                seat.is_voting = false;
            }
            let expected = if size - silent >= 3 { None } else { bad };
            assert_eq!(
                objection(board::COUNCIL, &seats),
                expected,
                "{silent} of {size}"
            );
        }
    }
}

#[test]
fn r03_another_board_needs_no_votes_and_no_chairman() {
    for kind in OTHERS {
        assert_eq!(objection(kind, &[member(1, false)]), None);
        assert_eq!(objection(kind, &[member(1, false), member(2, true)]), None);
        let mut seats = seats(2);
        seats[0].is_voting = false;
        assert_eq!(objection(kind, &seats), None, "a silent chairman of {kind}");
    }
}

#[test]
fn r03_a_council_has_one_chairman_with_a_vote() {
    let council = |seats: &[Seat]| objection(board::COUNCIL, seats);
    let mut seats = seats(4);
    seats[0].is_voting = false;
    assert_eq!(council(&seats), Some(refusal::SILENT_CHAIRMAN));
    seats[0] = member(1, true);
    assert_eq!(council(&seats), Some(refusal::ONE_CHAIRMAN));
    for place in 0..seats.len() {
        let mut one = seats.clone();
        one[place].position = position::CHAIRMAN;
        assert_eq!(council(&one), None, "the chairman sits at {place}");
    }
}

#[test]
fn r03_no_board_has_two_chairmen() {
    for kind in ALL {
        let mut seats = seats(4);
        seats[3].position = position::CHAIRMAN;
        assert_eq!(objection(kind, &seats), Some(refusal::ONE_CHAIRMAN));
    }
}

#[test]
fn r03_positions_are_known() {
    for kind in ALL {
        for position in [Name::EMPTY, name!("vpchairman")] {
            let mut seats = seats(4);
            seats[1].position = position;
            assert_eq!(objection(kind, &seats), Some(refusal::POSITION), "{kind}");
        }
    }
}

#[test]
fn r03_nobody_sits_twice() {
    for kind in ALL {
        let places = 6;
        for one in 0..places {
            for other in one + 1..places {
                let mut seats = seats(places as u64 - 1);
                seats[other].username = seats[one].username;
                assert_eq!(
                    objection(kind, &seats),
                    Some(refusal::TWO_SEATS),
                    "{one} and {other} of {kind}"
                );
            }
        }
    }
}

fn sitting(members: Vec<Seat>) -> Board {
    Board {
        version: 1,
        kind: board::COUNCIL,
        members,
        meeting_hash: Checksum256::default(),
        created_at: TimePoint::default(),
    }
}

#[test]
fn r03_bits_follow_the_voting_seats() {
    let board = sitting(alloc::vec![
        member(5, false),
        chairman(1),
        member(7, false),
        member(3, true),
        member(2, true),
    ]);
    assert_eq!(board.voters().count(), 3);
    let name = |raw: u64| Name::from_raw(raw << 8);
    let bits = [5, 1, 7, 3, 2, 9].map(|raw| board.voting_seat(name(raw)));
    assert_eq!(bits, [None, Some(0), None, Some(1), Some(2), None]);
    assert!([5, 1, 7, 3, 2].iter().all(|&raw| board.has(name(raw))));
    assert!(!board.has(name(9)));
}

#[test]
fn r03_a_full_council_uses_every_bit_once() {
    let board = sitting(seats(63));
    let mask = board
        .voters()
        .filter_map(|voter| board.voting_seat(voter))
        .fold(0u64, |mask, bit| mask | 1 << bit);
    assert_eq!(mask, u64::MAX);
    assert_eq!(board.voters().count(), 64);
}
