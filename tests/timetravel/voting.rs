//! R5 to the block: a vote until `expires_at`, expiry from then on, and never both or neither.

use super::{VOTING, later, moment};
use crate::scenarios::world::Coop;
use coop_model::refusal::{self, Refusal};

const OVER: Refusal = refusal::decision::VOTING_OVER;
const GOES_ON: Refusal = refusal::decision::VOTING_GOES_ON;

#[test]
fn r05_the_last_block_before_the_end_takes_votes_and_no_expiry() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let question = coop.question();
    let end = moment(&coop, &question, "expires_at");
    assert_eq!(end, later(moment(&coop, &question, "created_at"), VOTING));
    world.jump_just_before(end);
    coop.expire(&question).refused(GOES_ON);
    assert_eq!(coop.agenda_ids(), [question.id]);
    coop.vote_for(coop.chairman(), &question).accepted();
    // That block is done: the next one is the first of the other time.
    assert_eq!(world.now(), end);
    coop.vote_for(&coop.members[1], &question).refused(OVER);
    coop.expire(&question).accepted();
}

#[test]
fn r05_the_first_block_after_the_end_takes_expiry_and_no_votes() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let question = coop.question();
    world.jump_to(moment(&coop, &question, "expires_at"));
    coop.vote_for(coop.chairman(), &question).refused(OVER);
    coop.vote_against(coop.chairman(), &question).refused(OVER);
    coop.authorize(&question)
        .refused(refusal::decision::NOT_APPROVED);
    let trace = coop.expire(&question).accepted();
    assert_eq!(coop.status(&question), "gone");
    let event = trace
        .calls_of(world.soviet.name, antelope_types::name!("newdeclined"))
        .next();
    let reason = event
        .and_then(|event| event.act.json.clone())
        .expect("a registry event")["reason"]
        .clone();
    assert_eq!(reason, "not approved in 48 hours");
}

#[test]
fn r05_expired_questions_are_hidden_before_their_row_is_gone() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (old, approved) = (coop.question(), coop.question());
    coop.approve(&approved);
    let end = moment(&coop, &approved, "expires_at");
    world.jump_just_before(moment(&coop, &old, "expires_at"));
    let new = coop.question();
    world.jump_to(end);
    assert_eq!(coop.agenda_ids(), [approved.id, new.id]);
    assert_eq!(coop.status(&old), "open", "the row is still there");
    coop.vote_for(coop.chairman(), &new).accepted();
    // Nobody removed the expired question, and it stands in nobody's way.
    coop.approve_rest(&new);
    coop.authorize(&new).accepted();
    coop.exec(&new).accepted();
    coop.expire(&old).accepted();
}

#[test]
fn r05_a_year_later_the_vote_is_as_late_and_the_expiry_as_valid() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let question = coop.question();
    world.advance(365 * VOTING / 2);
    coop.vote_for(coop.chairman(), &question).refused(OVER);
    coop.expire(&question).accepted();
}

#[test]
fn r06_an_approved_question_outlives_the_voting_without_further_votes() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let question = coop.question();
    coop.approve(&question);
    world.jump_to(moment(&coop, &question, "expires_at"));
    coop.vote_against(&coop.members[2], &question).refused(OVER);
    coop.expire(&question).refused(refusal::decision::APPROVED);
    coop.authorize(&question).accepted();
    coop.exec(&question).accepted();
}

#[test]
fn r06_a_question_is_approved_in_the_last_block() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let question = coop.question();
    coop.vote_for(coop.chairman(), &question).accepted();
    world.jump_just_before(moment(&coop, &question, "expires_at"));
    coop.vote_for(&coop.members[1], &question).accepted();
    assert_eq!(coop.status(&question), "approved");
    coop.authorize(&question).accepted();
}

#[test]
fn r03_a_council_that_changes_during_the_voting() {
    let Some(world) = super::world() else { return };
    let coop = Coop::with_seats(&world, 4, 1);
    // Member 1 leaves, member 4 gets a vote.
    let mut seats = coop.seats(5);
    seats.remove(1);
    let ballot = coop.nearly_elect(seats);
    let question = coop.question();
    coop.vote_for(&coop.members[0], &question).accepted();
    coop.sit(&ballot).accepted();
    coop.vote_for(&coop.members[1], &question)
        .refused(refusal::council::NO_VOTING_SEAT);
    coop.vote_for(&coop.members[4], &question)
        .refused(refusal::decision::NO_SEAT);
    world.jump_just_before(moment(&coop, &question, "expires_at"));
    coop.vote_for(&coop.members[2], &question).accepted();
    // 2 of 4: the seat of the one who left still counts, and the time is over.
    assert_eq!(coop.status(&question), "open");
    coop.vote_for(&coop.members[3], &question).refused(OVER);
    coop.expire(&question).accepted();
}

#[test]
fn r09_an_expired_admission_gives_the_money_back() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (candidate, question) = coop.paid_applicant();
    world.jump_to(moment(&coop, &question, "expires_at"));
    coop.expire(&question).accepted();
    assert_eq!(
        coop.candidate(&candidate.person).expect("the candidate")["status"],
        "refunding"
    );
    coop.refund(candidate.hash).accepted();
    assert!(coop.candidate(&candidate.person).is_none());
    let again = coop.applies(candidate.person);
    coop.confirm_payment(again.hash).accepted();
    coop.decide(&coop.question_of(again.hash));
    assert!(coop.participant(&again.person).is_some());
}

#[test]
fn r09_a_blocked_cooperative_still_gives_expired_money_back() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (candidate, question) = coop.paid_applicant();
    coop.set_status(antelope_types::name!("blocked")).accepted();
    world.jump_to(moment(&coop, &question, "expires_at"));
    coop.expire(&question).accepted();
    coop.refund(candidate.hash).accepted();
    assert!(coop.candidate(&candidate.person).is_none());
    assert_eq!(coop.funds()["processing"], "0.00 RUB");
}

#[test]
fn r05_at_every_instant_exactly_one_of_vote_and_expiry_is_possible() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (mut early, mut late) = (0, 0);
    // The clock meets the ends at an end, and between two of them.
    for start in [5, 4] {
        // Published one block after the other, so that one instant is early for some and late for others.
        let questions: Vec<_> = (0..12).map(|_| coop.question()).collect();
        let ends: Vec<_> = questions
            .iter()
            .map(|question| moment(&coop, question, "expires_at"))
            .collect();
        // Backwards, for every accepted step takes half a second too.
        world.jump_to(ends[start]);
        for (question, end) in questions.iter().zip(&ends).rev() {
            let now = world.now().micros();
            if now < end.micros() {
                coop.expire(question).refused(GOES_ON);
                coop.vote_for(&coop.members[1], question).accepted();
                early += 1;
            } else {
                coop.vote_for(&coop.members[1], question).refused(OVER);
                coop.expire(question).accepted();
                late += 1;
            }
        }
    }
    assert!(early > 0 && late > 0, "{early} early, {late} late");
}
