//! The other terms to the block: 72 hours for voices, 7 days for a veto, 30 days for a payment.

use coop_model::decision::after;
use coop_model::{parameters, refusal};

use crate::scenarios::world::Coop;

#[test]
fn people_elect_a_council_in_its_term_to_the_block() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 5);
    let others = [0; 2].map(|_| coop.admitted());
    coop.submit(coop.seats(5)[..3].to_vec()).accepted();
    let ballot = coop.ballot();
    world.jump_just_before(ballot.ends_at);
    coop.seat_board(&world.stranger, ballot.version)
        .refused(refusal::council::ELECTION_NOT_OVER);
    coop.support(&others[0], ballot.version).accepted();
    coop.object(&others[1], ballot.version)
        .refused(refusal::council::ELECTION_OVER);
    coop.seat_board(&world.stranger, ballot.version).accepted();
    assert_eq!(coop.council()["seats"], 3);
}

#[test]
fn people_veto_a_move_in_its_term_to_the_block() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (old, new) = (coop.admitted(), coop.outsider());
    let question = coop.move_to(&old, &new);
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let granted = world.now();
    coop.exec(&question).accepted();
    let ready = after(granted, parameters::VETO_SECONDS);
    world.jump_just_before(ready);
    coop.complete_move(&old)
        .refused(refusal::moving::VETO_NOT_OVER);
    world.jump_to(ready);
    coop.veto(&old, &old).refused(refusal::moving::VETO_OVER);
    coop.complete_move(&old).accepted();
    assert_eq!(coop.shares(&new), (300, 0, 0));
}

#[test]
fn money_that_goes_back_is_overdue_after_its_term_to_the_block() {
    let Some(world) = super::world() else { return };
    let coop = Coop::new(&world, 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decline(&question);
    coop.take_off(&question).accepted();
    let ordered = world.now();
    coop.deliver(&question).accepted();
    world.jump_just_before(after(ordered, parameters::PAYMENT_SECONDS));
    coop.overdue(candidate.hash)
        .refused(refusal::payment::NOT_OVERDUE);
    world.jump_to(after(ordered, parameters::PAYMENT_SECONDS));
    coop.overdue(candidate.hash).accepted();
    coop.refund(candidate.hash).accepted();
    assert_eq!(coop.funds()["overdue"], 0);
}
