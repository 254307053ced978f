//! How the questions of a council are counted (R2, bounds).

use super::*;

fn filled(share: Share, times: u32) -> Council {
    let mut council = Council::default();
    for _ in 0..times {
        count_in(&mut council, share).unwrap();
    }
    council
}

fn refused(council: &mut Council, share: Share, refusal: Refusal) {
    let before = council.clone();
    assert_eq!(count_in(council, share), Err(refusal), "{share:?}");
    assert_eq!(*council, before, "a refusal counts nothing");
}

#[test]
fn r02_numbers_grow_and_are_never_used_again() {
    let mut council = Council::default();
    let mut publish = |share| {
        count_in(&mut council, share).unwrap();
        // What is finished leaves the counters and not the numbers.
        council.unfinished = 0;
        council.questions = 0;
        council.last_decision
    };
    let numbers = [Share::Own, Share::Free, Share::Foreign, Share::Own].map(&mut publish);
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[test]
fn bounds_each_share_ends_at_its_limit() {
    for (share, limit, refusal) in [
        (Share::Own, parameters::MAX_UNFINISHED, question::TOO_MANY),
        (
            Share::Foreign,
            parameters::MAX_UNFINISHED_FOREIGN,
            question::TOO_MANY_FOREIGN,
        ),
        (
            Share::Free,
            parameters::MAX_UNFINISHED_FREE,
            question::TOO_MANY_FREE,
        ),
    ] {
        let mut council = filled(share, limit - 1);
        assert_eq!(
            count_in(&mut council, share),
            Ok(()),
            "{share:?} at {limit}"
        );
        refused(&mut council, share, refusal);
        assert_eq!(
            (council.unfinished, council.questions, council.last_decision),
            (limit, limit, u64::from(limit))
        );
        let of = |wanted| if share == wanted { limit } else { 0 };
        assert_eq!(
            (council.foreign, council.free),
            (of(Share::Foreign), of(Share::Free))
        );
    }
}

#[test]
fn bounds_a_full_share_leaves_room_for_the_others() {
    for (full, limit, others) in [
        (
            Share::Foreign,
            parameters::MAX_UNFINISHED_FOREIGN,
            [Share::Own, Share::Free],
        ),
        (
            Share::Free,
            parameters::MAX_UNFINISHED_FREE,
            [Share::Own, Share::Foreign],
        ),
    ] {
        for other in others {
            assert_eq!(count_in(&mut filled(full, limit), other), Ok(()));
        }
    }
}

#[test]
fn bounds_the_whole_agenda_ends() {
    let mut council = filled(Share::Foreign, parameters::MAX_UNFINISHED_FOREIGN);
    for _ in 0..parameters::MAX_UNFINISHED_FREE {
        count_in(&mut council, Share::Free).unwrap();
    }
    while council.unfinished < 1_000 {
        count_in(&mut council, Share::Own).unwrap();
    }
    for share in [Share::Own, Share::Foreign, Share::Free] {
        refused(&mut council, share, question::TOO_MANY);
    }
    council.unfinished -= 1;
    assert_eq!(count_in(&mut council, Share::Own), Ok(()));
    assert_eq!(council.last_decision, 1_001);
}
