//! Taking over a council, a chair or a cash desk that is somebody else's.

use antelope_types::name;
use coop_model::coop::status;
use coop_model::{Right, Seat};

use crate::scenarios::world::{Chain, Coop, Draft, Person};

#[test]
fn attack_a_former_chairman_signs_no_more() {
    let chain = Chain::shared();
    let coop = Coop::with_seats(chain, 4, 0);
    let question = coop.question();
    coop.approve(&question);
    let protocol = Draft::protocol(&coop, &question).signed_by(chain, &[coop.chairman()]);
    let mut seats: Vec<Seat> = coop.seats(4).split_off(1);
    seats[0].position = name!("chairman");
    coop.elect(seats).accepted();
    let not_chairman = "the account is not the chairman of the council";
    coop.authorize_with(coop.chairman(), &question, &protocol)
        .refused(not_chairman);
    let rights = vec![Right {
        contract: chain.gateway.name,
        action: name!("incomplete"),
    }];
    let chairman = coop.chairman();
    let action = coop
        .soviet(chairman)
        .addstaff(coop.name(), chairman.name, chain.stranger.name, rights)
        .to_action();
    chain.push(vec![action], &[chairman]).refused(not_chairman);
    // The old protocol in the new chairman's hands is signed by the wrong person.
    coop.authorize_with(&coop.members[1], &question, &protocol)
        .refused("the document is signed by another account than it must be");
}

#[test]
fn attack_the_chairman_of_one_cooperative_rules_no_other() {
    let chain = Chain::shared();
    let (coop, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let question = other.question();
    other.approve(&question);
    let protocol = Draft::protocol(&other, &question).signed_by(chain, &[coop.chairman()]);
    other
        .authorize_with(coop.chairman(), &question, &protocol)
        .refused("the account is not the chairman of the council");
    other
        .vote_against(coop.chairman(), &question)
        .refused("the account has no voting seat in the council");
}

#[test]
fn attack_a_cooperative_elects_a_council_nobody_voted_for() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    // The cooperative's key, two accounts of its own, and no participants' signatures.
    let puppets = [coop.newcomer(), coop.newcomer()];
    let seats = coop.seats(3);
    let meeting = Draft::election(chain, coop.name(), 2, &seats)
        .signed_by(chain, &[&puppets[0], &puppets[1]]);
    let action = coop
        .soviet(&coop.account)
        .updateboard(coop.name(), seats.clone(), meeting)
        .to_action();
    chain
        .push(vec![action], &[&coop.account])
        .refused("the document of the meeting is signed by somebody who is not a participant");
    // Participants' names with the cooperative's keys.
    let forgers: Vec<Person> = coop.members[..2]
        .iter()
        .map(|member| Person {
            name: member.name,
            ..Person::new()
        })
        .collect();
    let meeting = Draft::election(chain, coop.name(), 2, &seats)
        .signed_by(chain, &forgers.iter().collect::<Vec<_>>());
    let action = coop
        .soviet(&coop.account)
        .updateboard(coop.name(), seats, meeting)
        .to_action();
    chain
        .push(vec![action], &[&coop.account])
        .refused("the signing key does not satisfy the signer's active permission");
}

#[test]
fn attack_a_blocked_cooperative_moves_nothing_forward() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (open, approved, authorized) = (coop.question(), coop.question(), coop.question());
    coop.approve(&approved);
    coop.approve(&authorized);
    coop.authorize(&authorized).accepted();
    let waiting = coop.applicant();
    coop.set_status(status::BLOCKED).accepted();
    let inactive = "the cooperative is not active";
    coop.vote_for(coop.chairman(), &open).refused(inactive);
    coop.vote_against(coop.chairman(), &open).refused(inactive);
    coop.authorize(&approved).refused(inactive);
    coop.exec(&authorized).refused(inactive);
    coop.confirm_payment(waiting.hash).refused(inactive);
    let proposal =
        Draft::proposal(&coop, coop.chairman().name).signed_by(chain, &[coop.chairman()]);
    coop.propose(coop.chairman(), &proposal).refused(inactive);
    // What gives back stays possible.
    let cashier = &coop.cashier;
    let decline = coop
        .gateway(cashier)
        .indecline(coop.name(), cashier.name, waiting.hash, "blocked")
        .to_action();
    chain.push(vec![decline], &[cashier]).accepted();
    coop.set_status(status::ACTIVE).accepted();
    coop.exec(&authorized).accepted();
    coop.vote_for(coop.chairman(), &open).accepted();
}

#[test]
fn attack_a_squatter_takes_the_name_before_the_person() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let squatter = chain.account();
    let owner = Person {
        name: squatter.name,
        ..Person::new()
    };
    chain
        .push(
            vec![coop.new_account(&coop.account, &owner)],
            &[&coop.account],
        )
        .refused("the account exists already");
    // An account that registrator did not make is nobody's statement.
    let statement = Draft::statement(&coop, squatter.name).signed_by(chain, &[&squatter]);
    coop.apply(
        &squatter,
        &squatter,
        coop_model::people::kind::INDIVIDUAL,
        &statement,
    )
    .refused("the account is not registered");
}
