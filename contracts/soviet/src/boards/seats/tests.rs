//! What a board may look like.

use alloc::vec::Vec;

use super::*;

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

fn council(members: u64) -> Vec<Seat> {
    let mut seats = alloc::vec![chairman(1)];
    seats.extend((0..members).map(|raw| member(raw + 2, true)));
    seats
}

#[test]
fn a_council_has_3_to_64_seats() {
    let few = Some(refusal::VOTING_SEATS_BOUND);
    let many = Some(refusal::SEATS_BOUND);
    for (members, expected) in [(0, few), (1, few), (2, None), (63, None), (64, many)] {
        assert_eq!(
            objection(board::COUNCIL, &council(members)),
            expected,
            "{members}"
        );
    }
}

#[test]
fn a_council_has_one_chairman_with_a_vote() {
    let mut seats = council(4);
    seats[0].is_voting = false;
    assert_eq!(
        objection(board::COUNCIL, &seats),
        Some(refusal::SILENT_CHAIRMAN)
    );
    seats[0] = member(1, true);
    assert_eq!(
        objection(board::COUNCIL, &seats),
        Some(refusal::ONE_CHAIRMAN)
    );
    seats[0] = chairman(1);
    seats[1] = chairman(2);
    assert_eq!(
        objection(board::COUNCIL, &seats),
        Some(refusal::ONE_CHAIRMAN)
    );
    seats[1].position = name!("vpchairman");
    assert_eq!(objection(board::COUNCIL, &seats), Some(refusal::POSITION));
}

#[test]
fn a_council_has_at_least_3_votes() {
    let bad = Some(refusal::VOTING_SEATS_BOUND);
    for (silent, expected) in [(0, None), (1, None), (2, bad), (3, bad)] {
        let mut seats = council(3);
        for seat in seats.iter_mut().skip(1).take(silent) {
            seat.is_voting = false;
        }
        assert_eq!(objection(board::COUNCIL, &seats), expected, "{silent}");
    }
}

#[test]
fn nobody_sits_twice() {
    let mut seats = council(5);
    seats[5].username = seats[2].username;
    assert_eq!(objection(board::COUNCIL, &seats), Some(refusal::TWO_SEATS));
}

#[test]
fn other_boards_have_1_to_64_seats_and_at_most_one_chairman() {
    for kind in [board::EXECUTIVE, board::AUDIT, board::OTHER] {
        assert_eq!(objection(kind, &[]), Some(refusal::SEATS_BOUND));
        assert_eq!(objection(kind, &[member(1, false)]), None);
        assert_eq!(objection(kind, &council(63)), None);
        assert_eq!(objection(kind, &council(64)), Some(refusal::SEATS_BOUND));
        let two = [chairman(1), chairman(2)];
        assert_eq!(objection(kind, &two), Some(refusal::ONE_CHAIRMAN));
    }
    assert_eq!(
        objection(name!("choir"), &council(4)),
        Some(refusal::KIND_OF_BOARD)
    );
}
