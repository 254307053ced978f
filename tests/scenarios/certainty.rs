//! R6: a question is declined as soon as it cannot be approved; what is approved stays approved.

use super::world::{Chain, Coop};
use coop_model::refusal;

#[test]
fn r06_declined_in_the_vote_that_makes_approval_impossible() {
    for seats in 3..=7 {
        let coop = Coop::new(Chain::shared(), seats);
        let question = coop.question();
        let hopeless = seats.div_ceil(2);
        for (cast, member) in coop.members.iter().take(hopeless).enumerate() {
            assert_eq!(
                coop.status(&question),
                "open",
                "{cast} against of {seats} declined"
            );
            coop.vote_against(member, &question).accepted();
        }
        assert_eq!(
            coop.status(&question),
            "declined",
            "{hopeless} against of {seats}"
        );
    }
}

#[test]
fn r06_a_tie_is_declined() {
    let coop = Coop::new(Chain::shared(), 4);
    let question = coop.question();
    coop.vote_for(&coop.members[0], &question).accepted();
    coop.vote_against(&coop.members[1], &question).accepted();
    coop.vote_for(&coop.members[2], &question).accepted();
    assert_eq!(coop.status(&question), "open");
    coop.vote_against(&coop.members[3], &question).accepted();
    assert_eq!(coop.status(&question), "declined");
}

#[test]
fn r06_a_declined_question_takes_nothing_but_its_removal() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.decline(&question);
    coop.vote_for(coop.chairman(), &question)
        .refused(refusal::decision::DECLINED);
    coop.authorize(&question)
        .refused(refusal::decision::DECLINED);
    coop.exec(&question)
        .refused(refusal::decision::NOT_AUTHORIZED);
    coop.expire(&question).refused(refusal::decision::DECLINED);
    coop.remove_declined(&question).accepted();
    assert_eq!(coop.status(&question), "gone");
    coop.remove_declined(&question)
        .refused(refusal::decision::NO_QUESTION);
}

#[test]
fn r06_only_a_declined_question_is_removed() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    let refused = refusal::decision::NOT_DECLINED;
    coop.remove_declined(&question).refused(refused);
    coop.approve(&question);
    coop.remove_declined(&question).refused(refused);
    coop.authorize(&question).accepted();
    coop.remove_declined(&question).refused(refused);
}

#[test]
fn r06_approved_stays_approved_while_the_others_vote() {
    let coop = Coop::new(Chain::shared(), 5);
    let question = coop.question();
    coop.approve(&question);
    let approved_at = coop.decision(question.id).expect("the question")["approved_at"].clone();
    coop.vote_against(&coop.members[3], &question).accepted();
    coop.vote_against(&coop.members[4], &question).accepted();
    let row = coop.decision(question.id).expect("the question");
    assert_eq!(row["status"], "approved");
    assert_eq!(
        (row["votes_for"].as_u64(), row["votes_against"].as_u64()),
        (Some(0b00111), Some(0b11000))
    );
    assert_eq!(
        row["approved_at"], approved_at,
        "a later vote moved the date of approval"
    );
}

#[test]
fn r06_the_order_of_votes_does_not_matter() {
    let chain = Chain::shared();
    // 3 for and 2 against of 5, in three orders.
    for order in [
        [true, true, true, false, false],
        [false, false, true, true, true],
        [true, false, true, false, true],
    ] {
        let coop = Coop::new(chain, 5);
        let question = coop.question();
        for (member, voice) in coop.members.iter().zip(order) {
            let outcome = if voice {
                coop.vote_for(member, &question)
            } else {
                coop.vote_against(member, &question)
            };
            outcome.accepted();
        }
        assert_eq!(coop.status(&question), "approved", "{order:?}");
    }
}

#[test]
fn r06_no_votes_after_authorization() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.approve(&question);
    coop.authorize(&question).accepted();
    coop.vote_against(&coop.members[2], &question)
        .refused(refusal::decision::AUTHORIZED);
    coop.exec(&question).accepted();
    coop.vote_against(&coop.members[2], &question)
        .refused(refusal::decision::NO_QUESTION);
}
