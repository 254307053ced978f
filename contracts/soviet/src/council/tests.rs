//! How questions are counted.

use super::*;

#[test]
fn r02_numbers_grow_and_are_never_used_again() {
    let mut council = Council::default();
    for expected in 1..=5 {
        count_in(&mut council, Share::Own).unwrap();
        assert_eq!(council.last_decision, expected);
        council.unfinished = 0;
    }
}

#[test]
fn bounds_each_share_of_the_agenda_has_its_own() {
    let limits = [
        (
            Share::Free,
            parameters::MAX_UNFINISHED_FREE,
            question::TOO_MANY_FREE,
        ),
        (
            Share::Foreign,
            parameters::MAX_UNFINISHED_FOREIGN,
            question::TOO_MANY_FOREIGN,
        ),
    ];
    let mut council = Council::default();
    for (share, limit, refusal) in limits {
        for _ in 0..limit {
            count_in(&mut council, share).unwrap();
        }
        let before = council.clone();
        assert_eq!(count_in(&mut council, share), Err(refusal));
        assert_eq!(council, before);
    }
    while council.unfinished < parameters::MAX_UNFINISHED {
        count_in(&mut council, Share::Own).unwrap();
    }
    let before = council.clone();
    for share in [Share::Own, Share::Foreign, Share::Free] {
        assert_eq!(count_in(&mut council, share), Err(question::TOO_MANY));
        assert_eq!(council, before);
    }
}
