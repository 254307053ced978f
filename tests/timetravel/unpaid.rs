//! An invoice runs for 30 days.

use antelope_types::{TimePoint, name};
use coop_model::refusal;

use super::{MONTH, later};
use crate::scenarios::world::{Coop, Outcome};

fn expire(coop: &Coop<'_>, hash: antelope_types::Checksum256) -> Outcome {
    let stranger = &coop.chain.stranger;
    let action = coop
        .gateway(stranger)
        .inexpire(coop.name(), hash)
        .to_action();
    coop.chain.push(vec![action], &[stranger])
}

fn due(coop: &Coop<'_>) -> TimePoint {
    let payment = coop.payments().remove(0);
    let moment = |field: &str| -> TimePoint {
        payment[field]
            .as_str()
            .expect("a time")
            .parse()
            .expect("a time")
    };
    assert_eq!(moment("expires_at"), later(moment("created_at"), MONTH));
    moment("expires_at")
}

#[test]
fn money_comes_until_the_last_block_of_the_invoice() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let candidate = coop.applicant();
    world.jump_just_before(due(&coop));
    expire(&coop, candidate.hash).refused(refusal::payment::INVOICE_NOT_EXPIRED);
    coop.confirm_payment(candidate.hash).accepted();
    world.advance(MONTH);
    expire(&coop, candidate.hash).refused(refusal::payment::NOT_PENDING);
}

#[test]
fn money_that_is_late_is_refused_and_the_candidate_may_apply_again() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let candidate = coop.applicant();
    world.jump_to(due(&coop));
    coop.confirm_payment(candidate.hash)
        .refused(refusal::payment::INVOICE_EXPIRED);
    let trace = expire(&coop, candidate.hash).accepted();
    let callback = trace
        .calls_of(world.registrator.name, name!("declinepay"))
        .next()
        .expect("a callback");
    assert_eq!(
        callback.act.json.as_ref().expect("readable")["reason"],
        "not paid in 30 days"
    );
    assert!(coop.candidate(&candidate.person).is_none() && coop.payments().is_empty());
    let again = coop.applies(candidate.person);
    coop.confirm_payment(again.hash).accepted();
    coop.decide(&coop.question_of(again.hash));
    assert!(coop.participant(&again.person).is_some());
}
