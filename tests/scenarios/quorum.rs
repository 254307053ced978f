//! R4 and R6 where the charter sets a quorum, and where members have left.

use antelope_types::name;
use coop_model::{Charter, parameters, refusal};

use super::world::{Chain, Coop, ENTRANCE_AND_MINIMUM};

/// A cooperative whose charter asks for so many percent of the seats.
fn chartered(chain: &Chain, seats: usize, quorum_percent: u8) -> Coop<'_> {
    let charter = Charter {
        quorum_percent,
        ..Charter::default()
    };
    Coop::chartered(chain, seats, charter)
}

#[test]
fn r04_a_majority_without_the_quorum_does_not_approve() {
    let chain = &Chain::own();
    let coop = chartered(chain, 5, 80);
    let question = coop.question();
    for member in &coop.members[..3] {
        coop.vote_for(member, &question).accepted();
    }
    assert_eq!(coop.status(&question), "open", "3 of 5 are 60 percent");
    coop.authorize(&question)
        .refused(refusal::decision::NOT_APPROVED);
    chain.pass(parameters::VOTING_SECONDS);
    coop.expire(&question).accepted();
}

#[test]
fn r04_a_vote_against_makes_up_the_quorum() {
    let chain = Chain::shared();
    let coop = chartered(chain, 5, 80);
    let question = coop.question();
    for member in &coop.members[..3] {
        coop.vote_for(member, &question).accepted();
    }
    coop.vote_against(&coop.members[3], &question).accepted();
    assert_eq!(coop.status(&question), "approved");
    coop.authorize(&question).accepted();
    coop.exec(&question).accepted();
}

#[test]
fn r04_a_quorum_without_the_majority_does_not_approve() {
    let chain = Chain::shared();
    let coop = chartered(chain, 5, 60);
    let question = coop.question();
    coop.vote_for(&coop.members[0], &question).accepted();
    coop.vote_for(&coop.members[1], &question).accepted();
    coop.vote_against(&coop.members[2], &question).accepted();
    coop.vote_against(&coop.members[3], &question).accepted();
    assert_eq!(coop.status(&question), "open");
    coop.vote_for(&coop.members[4], &question).accepted();
    assert_eq!(coop.status(&question), "approved");
}

#[test]
fn r06_a_quorum_does_not_save_what_a_majority_has_declined() {
    let chain = Chain::shared();
    let coop = chartered(chain, 5, 100);
    let question = coop.question();
    for member in &coop.members[..3] {
        assert_eq!(coop.status(&question), "open");
        coop.vote_against(member, &question).accepted();
    }
    assert_eq!(coop.status(&question), "declined");
}

#[test]
fn r06_a_question_is_given_up_when_too_many_have_left_for_a_majority() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 5);
    let ballot = coop.nearly_elect(coop.seats(5)[..3].to_vec());
    let (candidate, question) = coop.paid_applicant();
    let other = coop.question();
    coop.vote_for(&coop.members[0], &question).accepted();
    coop.sit(&ballot).accepted();
    // Three of five are left, and all three are needed.
    coop.take_off(&question)
        .refused(refusal::decision::NOT_DECLINED);
    coop.vote_against(&coop.members[1], &question).accepted();
    assert_eq!(coop.status(&question), "open");
    let trace = coop.remove_declined(&question).accepted();
    assert_eq!(
        trace
            .calls_of(chain.soviet.name, name!("newdeclined"))
            .count(),
        1
    );
    // The cashier's rights ended with the old council.
    coop.send(
        &coop.account,
        candidate.hash,
        ENTRANCE_AND_MINIMUM,
        chain.unique_hash(),
    )
    .accepted();
    assert!(coop.candidate(&candidate.person).is_none());
    // Those who stay can still approve the other one.
    coop.take_off(&other)
        .refused(refusal::decision::NOT_DECLINED);
    for member in &coop.members[..3] {
        coop.vote_for(member, &other).accepted();
    }
    assert_eq!(coop.status(&other), "approved");
    coop.take_off(&other)
        .refused(refusal::decision::NOT_DECLINED);
}

#[test]
fn r06_a_question_is_given_up_when_too_many_have_left_for_the_quorum() {
    let chain = &Chain::own();
    let coop = chartered(chain, 5, 80);
    let ballot = coop.nearly_elect(coop.seats(5)[..3].to_vec());
    let questions = [0; 3].map(|_| coop.question());
    let [nobody, voted, late] = &questions;
    for member in &coop.members[3..] {
        coop.vote_for(member, voted).accepted();
    }
    coop.take_off(nobody)
        .refused(refusal::decision::NOT_DECLINED);
    coop.sit(&ballot).accepted();
    coop.take_off(nobody).accepted();
    // Votes that were cast stand, and four of five can be had.
    coop.take_off(voted)
        .refused(refusal::decision::NOT_DECLINED);
    for member in &coop.members[..2] {
        coop.vote_for(member, voted).accepted();
    }
    assert_eq!(coop.status(voted), "approved");
    // When the term is over it is expired, not given up.
    chain.pass(parameters::VOTING_SECONDS);
    coop.take_off(late).refused(refusal::decision::VOTING_OVER);
    coop.expire(late).accepted();
}

#[test]
fn r06_a_blocked_cooperative_gives_up_what_is_hopeless() {
    let chain = &Chain::own();
    let coop = chartered(chain, 4, 100);
    let ballot = coop.nearly_elect(coop.seats(4)[..3].to_vec());
    let question = coop.question();
    coop.set_status(name!("blocked")).accepted();
    coop.sit(&ballot).accepted();
    coop.take_off(&question).accepted();
    assert!(coop.decisions().is_empty());
    assert_eq!(coop.boards().len(), 1);
}
