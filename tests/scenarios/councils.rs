//! Councils: 3–64 seats, nobody twice, one chairman with a vote, elected by a general meeting.

use antelope_types::name;
use coop_model::coop::status;
use coop_model::council::position;
use coop_model::decision::registry;
use coop_model::people::kind;
use coop_model::{Document, Seat};

use super::world::{Chain, Coop, Draft, Outcome, Person};

/// Version 2 of the council, with this document of the meeting.
fn update(coop: &Coop<'_>, seats: Vec<Seat>, meeting: Document) -> Outcome {
    let action = coop
        .soviet(&coop.account)
        .updateboard(coop.name(), seats, meeting)
        .to_action();
    coop.chain.push(vec![action], &[&coop.account])
}

#[test]
fn people_of_a_council_are_in_order() {
    let coop = Coop::new(Chain::shared(), 4);
    let changed = |change: &dyn Fn(&mut Vec<Seat>)| {
        let mut seats = coop.seats(4);
        change(&mut seats);
        coop.elect(seats)
    };
    changed(&|seats| seats.truncate(2)).refused("a council has 3 to 64 seats");
    changed(&|seats| seats.clear()).refused("a council has 3 to 64 seats");
    changed(&|seats| *seats = vec![seats[1]; 65]).refused("a council has 3 to 64 seats");
    changed(&|seats| seats[2].username = seats[1].username)
        .refused("a member of the council has two seats");
    changed(&|seats| seats[0].is_voting = false).refused("the chairman must have a vote");
    changed(&|seats| seats[1].position = name!("boss"))
        .refused("a position in a council is member or chairman");
    let one_chairman = "a council has exactly one chairman";
    changed(&|seats| seats[1].position = position::CHAIRMAN).refused(one_chairman);
    changed(&|seats| seats[0].position = position::MEMBER).refused(one_chairman);
    changed(&|seats| seats[3].username = coop.cashier.name)
        .refused("a member of the council is not a participant");
    changed(&|seats| seats.truncate(3)).accepted();
}

#[test]
fn people_of_a_council_are_at_least_three_voters() {
    let coop = Coop::with_seats(Chain::shared(), 3, 2);
    coop.elect(coop.seats(2))
        .refused("a council has at least 3 voting seats");
    coop.elect(coop.seats(3)).accepted();
}

#[test]
fn people_of_a_council_are_individuals() {
    let coop = Coop::new(Chain::shared(), 3);
    let firm = coop.newcomer();
    let statement = Draft::statement(&coop, firm.name)
        .applying_as(kind::ORGANIZATION)
        .signed_by(coop.chain, &[&firm]);
    coop.apply(&firm, &firm, kind::ORGANIZATION, &statement)
        .accepted();
    coop.complete(
        &coop.cashier,
        statement.hash(),
        antelope_types::asset!("4000.00 RUB"),
        coop.chain.unique_hash(),
    )
    .accepted();
    coop.decide(&coop.question_of(statement.hash()));
    let mut seats = coop.seats(3);
    seats[2].username = firm.name;
    coop.elect(seats)
        .refused("a member of the council is not an individual");
}

#[test]
fn people_of_a_council_change_by_the_cooperative_and_a_meeting() {
    let coop = Coop::new(Chain::shared(), 4);
    let seats = coop.seats(3);
    let meeting = coop.election(2, &seats);
    for other in [
        coop.chairman(),
        &coop.cashier,
        &coop.chain.stranger,
        &coop.chain.soviet,
    ] {
        let action = coop
            .soviet(other)
            .updateboard(coop.name(), seats.clone(), meeting.clone())
            .to_action();
        coop.chain
            .push(vec![action], &[other])
            .lacks_authority_of(coop.name());
    }
    update(&coop, seats, meeting).accepted();
}

#[test]
fn people_of_a_council_are_those_of_the_signed_document() {
    let coop = Coop::new(Chain::shared(), 4);
    let chain = coop.chain;
    let (seats, others) = (coop.seats(3), coop.seats(4));
    let another = "the document of the meeting is about another council";
    update(&coop, seats.clone(), coop.election(2, &others)).refused(another);
    update(&coop, seats.clone(), coop.election(1, &seats)).refused(another);
    update(&coop, seats.clone(), coop.election(3, &seats)).refused(another);
    let signers: Vec<&Person> = coop.members.iter().take(2).collect();
    let signed = |change: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::election(chain, coop.name(), 2, &seats);
        change(&mut draft);
        update(&coop, seats.clone(), draft.signed_by(chain, &signers))
    };
    signed(&|draft| draft.meta.subject = None).refused(another);
    signed(&|draft| draft.meta.coopname = chain.stranger.name)
        .refused("the document is about another cooperative");
    signed(&|draft| draft.meta.username = coop.members[0].name)
        .refused("the document is about another person");
    signed(&|draft| draft.meta.registry_id = registry::FREE_PROTOCOL)
        .refused("the document has another registry id than this action takes");
    signed(&|_| ()).accepted();
    // The same meeting does not elect twice.
    update(&coop, seats.clone(), coop.election(2, &seats)).refused(another);
}

#[test]
fn people_who_sign_for_a_meeting_are_two_participants() {
    let coop = Coop::new(Chain::shared(), 4);
    let seats = coop.seats(3);
    let draft = Draft::election(coop.chain, coop.name(), 2, &seats);
    let (first, second) = (&coop.members[0], &coop.members[1]);
    let signed =
        |signers: &[&Person]| update(&coop, seats.clone(), draft.signed_by(coop.chain, signers));
    let too_few = "the document of the meeting has less than 2 signatures";
    update(&coop, seats.clone(), draft.unsigned()).refused(too_few);
    signed(&[first]).refused(too_few);
    signed(&[first, first]).refused("the document is signed twice by one account");
    signed(&[first, second, first]).refused("the document is signed twice by one account");
    let outsider = "the document of the meeting is signed by somebody who is not a participant";
    signed(&[first, &coop.cashier]).refused(outsider);
    signed(&[first, &coop.account]).refused(outsider);
    signed(&[first, second, &coop.chain.stranger]).refused(outsider);
    signed(&[second, first]).accepted();
}

#[test]
fn people_elect_the_first_council_once() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let seats = coop.seats(3);
    let meeting = coop.election(1, &seats);
    let action = coop
        .soviet(&coop.account)
        .createboard(coop.name(), seats, meeting)
        .to_action();
    chain
        .push(vec![action], &[&coop.account])
        .refused("the cooperative has a council already");

    let young = Coop::active(chain, (0..3).map(|_| Person::new()).collect());
    young.register_members().accepted();
    young.found().accepted();
    let seats = young.seats(3);
    let meeting = young.election(1, &seats);
    update(&young, seats, meeting).refused("the cooperative has no council");
}

#[test]
fn people_of_a_blocked_cooperative_keep_their_council() {
    let coop = Coop::new(Chain::shared(), 4);
    coop.set_status(status::BLOCKED).accepted();
    coop.elect(coop.seats(3))
        .refused("the cooperative is not active");
}
