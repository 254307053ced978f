//! What a council may look like, and how its questions are counted.

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

fn board(members: Vec<Seat>) -> Board {
    Board {
        version: 1,
        questions: 0,
        members,
        meeting_hash: Checksum256::default(),
        created_at: TimePoint::default(),
    }
}

#[test]
fn a_council_has_3_to_64_seats() {
    let bad = Some("a council has 3 to 64 seats");
    for (members, expected) in [(0, bad), (1, bad), (2, None), (63, None), (64, bad)] {
        assert_eq!(objection(&council(members)), expected, "{members}");
    }
}

#[test]
fn a_council_has_one_chairman_with_a_vote() {
    let mut seats = council(4);
    seats[0].is_voting = false;
    assert_eq!(objection(&seats), Some("the chairman must have a vote"));
    seats[0] = member(1, true);
    assert_eq!(
        objection(&seats),
        Some("a council has exactly one chairman")
    );
    seats[0] = chairman(1);
    seats[1] = chairman(2);
    assert_eq!(
        objection(&seats),
        Some("a council has exactly one chairman")
    );
    seats[1].position = name!("vpchairman");
    assert_eq!(
        objection(&seats),
        Some("a position in a council is member or chairman")
    );
}

#[test]
fn a_council_has_at_least_3_votes() {
    let bad = Some("a council has at least 3 voting seats");
    for (silent, expected) in [(0, None), (1, None), (2, bad), (3, bad)] {
        let mut seats = council(3);
        for seat in seats.iter_mut().skip(1).take(silent) {
            seat.is_voting = false;
        }
        assert_eq!(objection(&seats), expected, "{silent}");
    }
}

#[test]
fn nobody_sits_twice() {
    let mut seats = council(5);
    seats[5].username = seats[2].username;
    assert_eq!(
        objection(&seats),
        Some("a member of the council has two seats")
    );
}

#[test]
fn r03_bits_follow_the_voting_seats() {
    let board = board(alloc::vec![
        member(5, false),
        chairman(1),
        member(7, false),
        member(3, true),
        member(2, true),
    ]);
    assert_eq!(board.voters().count(), 3);
    let seat = |raw: u64| board.voting_seat(Name::from_raw(raw << 8));
    assert_eq!(
        [seat(5), seat(1), seat(7), seat(3), seat(2), seat(9)],
        [None, Some(0), None, Some(1), Some(2), None]
    );
    assert!(board.is_chairman(Name::from_raw(1 << 8)));
    assert!(!board.is_chairman(Name::from_raw(3 << 8)));
}

#[test]
fn r02_numbers_grow_and_are_never_used_again() {
    let mut council = Council::default();
    let publish = |council: &mut Council, kind| {
        council.count_in(kind).unwrap();
        council.last_decision
    };
    assert_eq!(publish(&mut council, kind::JOINCOOP), 1);
    assert_eq!(publish(&mut council, kind::FREEDECISION), 2);
    council.count_out(kind::FREEDECISION);
    council.count_out(kind::JOINCOOP);
    assert_eq!((council.unfinished, council.free), (0, 0));
    assert_eq!(publish(&mut council, kind::JOINCOOP), 3);
}

#[test]
fn at_most_1000_questions_are_unfinished_and_900_of_them_free() {
    let mut council = Council::default();
    for _ in 0..900 {
        council.count_in(kind::FREEDECISION).unwrap();
    }
    assert_eq!(
        council.count_in(kind::FREEDECISION),
        Err("the cooperative has 900 unfinished free questions already")
    );
    for _ in 0..100 {
        council.count_in(kind::JOINCOOP).unwrap();
    }
    let full = Err("the cooperative has 1000 unfinished questions already");
    assert_eq!(council.count_in(kind::JOINCOOP), full);
    assert_eq!(council.count_in(kind::FREEDECISION), full);
    council.count_out(kind::FREEDECISION);
    council.count_in(kind::JOINCOOP).unwrap();
    assert_eq!(council.last_decision, 1001);
}
