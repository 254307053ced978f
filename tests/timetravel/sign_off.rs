//! R7: the chairman has 30 days; then anyone ends the decision, and money goes back.

use super::{MONTH, later, moment};
use crate::scenarios::world::Coop;
use coop_model::refusal;

#[test]
fn r07_the_last_block_of_the_term_takes_the_protocol_and_no_expiry() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    world.jump_just_before(later(moment(&coop, &question, "approved_at"), MONTH));
    coop.expire(&question).refused(refusal::decision::APPROVED);
    assert_eq!(coop.agenda_ids(), [question.id]);
    coop.authorize(&question).accepted();
    // An authorized decision waits for its execution as long as it takes.
    world.advance(MONTH * 12);
    coop.expire(&question)
        .refused(refusal::decision::AUTHORIZED);
    coop.exec(&question).accepted();
    assert!(coop.participant(&candidate.person).is_some());
}

#[test]
fn r07_after_the_term_the_decision_ends_and_the_money_goes_back() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    world.jump_to(later(moment(&coop, &question, "approved_at"), MONTH));
    coop.authorize(&question)
        .refused(refusal::decision::SIGNING_OVER);
    coop.exec(&question)
        .refused(refusal::decision::NOT_AUTHORIZED);
    assert_eq!(coop.agenda_ids(), [] as [u64; 0]);
    let trace = coop.expire(&question).accepted();
    let event = trace
        .calls_of(world.soviet.name, antelope_types::name!("newdeclined"))
        .next();
    let reason = event
        .and_then(|event| event.act.json.clone())
        .expect("a registry event")["reason"]
        .clone();
    assert_eq!(reason, "not authorized in 30 days after approval");
    assert_eq!(
        coop.candidate(&candidate.person).expect("the candidate")["status"],
        "refunding"
    );
    coop.refund(candidate.hash).accepted();
    let funds = coop.funds();
    assert_eq!(
        (funds["incoming"].as_str(), funds["outgoing"].as_str()),
        (Some("400.00 RUB"), Some("400.00 RUB"))
    );
    assert_eq!(
        (funds["processing"].as_str(), funds["share"].as_str()),
        (Some("0.00 RUB"), Some("0.00 RUB"))
    );
}

#[test]
fn r07_the_term_is_counted_from_the_approval_not_the_publication() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let question = coop.question();
    coop.vote_for(coop.chairman(), &question).accepted();
    world.jump_just_before(moment(&coop, &question, "expires_at"));
    coop.vote_for(&coop.members[1], &question).accepted();
    world.jump_just_before(later(
        moment(&coop, &question, "created_at"),
        MONTH + super::VOTING,
    ));
    // One block before the end of the term, which began one block before the end of the voting.
    coop.authorize(&question)
        .refused(refusal::decision::SIGNING_OVER);
    coop.expire(&question).accepted();
}
