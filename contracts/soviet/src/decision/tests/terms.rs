//! Every deadline of a decision, a block before it, at it and a block after it (R5, R7).

use super::*;

/// A microsecond and a block around a deadline.
fn around(deadline: i64) -> [i64; 5] {
    [-BLOCK, -1, 0, 1, BLOCK].map(|offset| deadline + offset)
}

#[test]
fn r05_the_term_has_block_time_precision() {
    for seats in 3..=64 {
        let decision = question(seats);
        let term = decision.expires_at.micros() - decision.created_at.micros();
        assert_eq!(term, HOURS_48);
    }
}

#[test]
fn r05_each_instant_allows_a_vote_or_expiry_and_never_both() {
    let instants = around(0)
        .into_iter()
        .chain(around(HOURS_48))
        .chain([i64::MAX - PUBLISHED]);
    for offset in instants {
        for seats in [3, 4, 63, 64] {
            let mut decision = question(seats);
            let is_open = offset < HOURS_48;
            let expiry = decision.may_expire(at(offset));
            let given_up = decision.may_be_given_up(at(offset), 0);
            assert_eq!(decision.is_on_agenda(at(offset)), is_open, "{offset}");
            let vote = decision.vote(at(offset), Some(0), Voice::For);
            let expected = if is_open {
                (Ok(()), Err(refusal::VOTING_GOES_ON), Ok(()))
            } else {
                (
                    Err(refusal::VOTING_OVER),
                    Ok(reason::NOT_APPROVED),
                    Err(refusal::VOTING_OVER),
                )
            };
            assert_eq!((vote, expiry, given_up), expected, "{offset}");
        }
    }
}

#[test]
fn r05_an_approved_question_takes_votes_until_its_own_term_ends() {
    for offset in around(HOURS_48) {
        let vote = approved(5).vote(at(offset), Some(4), Voice::Against);
        let expected = if offset < HOURS_48 {
            Ok(())
        } else {
            Err(refusal::VOTING_OVER)
        };
        assert_eq!(vote, expected, "{offset}");
    }
}

#[test]
fn r07_each_instant_after_approval_allows_authorization_or_expiry() {
    let instants = around(HOURS_48).into_iter().chain(around(DAYS_30));
    for offset in instants.chain([0, i64::MAX - PUBLISHED]) {
        let mut decision = approved(3);
        let may_sign = offset < DAYS_30;
        assert_eq!(decision.is_on_agenda(at(offset)), may_sign, "{offset}");
        let expiry = decision.may_expire(at(offset));
        let signing = decision.authorize(at(offset), name!("chairman"), Checksum256([9; 32]));
        let expected = if may_sign {
            (Ok(()), Err(refusal::APPROVED))
        } else {
            (Err(refusal::SIGNING_OVER), Ok(reason::NOT_AUTHORIZED))
        };
        assert_eq!((signing, expiry), expected, "{offset}");
    }
}

#[test]
fn r07_the_term_to_sign_begins_with_the_vote_that_approves() {
    let mut decision = question(3);
    decision.vote(at(0), Some(0), Voice::For).unwrap();
    let approval = HOURS_48 - BLOCK;
    decision.vote(at(approval), Some(1), Voice::For).unwrap();
    assert_eq!(decision.approved_at, at(approval));
    for offset in around(approval + DAYS_30) {
        let may_sign = decision.may_authorize(at(offset)).is_ok();
        assert_eq!(may_sign, offset < approval + DAYS_30, "{offset}");
    }
}

#[test]
fn r07_an_authorized_or_declined_question_has_no_term() {
    let mut declined = question(3);
    for seat in 0..2 {
        declined.vote(at(1), Some(seat), Voice::Against).unwrap();
    }
    for offset in around(HOURS_48).into_iter().chain(around(DAYS_30)) {
        assert_eq!(
            authorized().may_expire(at(offset)),
            Err(refusal::AUTHORIZED)
        );
        assert_eq!(authorized().may_execute(), Ok(()));
        assert_eq!(declined.may_expire(at(offset)), Err(refusal::DECLINED));
        assert!(!authorized().is_on_agenda(at(offset)));
        assert!(!declined.is_on_agenda(at(offset)));
    }
}
