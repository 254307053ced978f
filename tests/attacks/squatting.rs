//! Taking a place that belongs to somebody else: a hash, a move.

use coop_model::{parameters, refusal};

use crate::scenarios::world::{Chain, Coop, Foreign};

#[test]
fn attack_a_contract_publishes_a_question_with_the_hash_of_an_admission() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    // The cooperative accepts a kind of this contract, which sees the statement on chain.
    let owner = Foreign::of(&coop);
    let candidate = coop.applicant();
    owner.publish(&coop, candidate.hash).accepted();
    // A hash is unique among the questions of one contract only, so admission goes on.
    coop.confirm_payment(candidate.hash).accepted();
}

#[test]
fn attack_one_account_asks_to_go_on_as_everybody() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let people: Vec<_> = (0..=parameters::MAX_OPEN_OF_PARTICIPANT)
        .map(|_| coop.admitted())
        .collect();
    let thief = coop.outsider();
    // Each would be a question of the council: the kind would be full, and nobody who really lost a key
    // would be heard.
    let asked = people
        .iter()
        .filter(|person| coop.try_move(person, &thief).0.0.is_ok())
        .count();
    assert_eq!(asked, 1, "one account asks to go on as one participant");
}

#[test]
fn attack_a_hash_that_differs_in_its_last_byte_is_another() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    let mut other = candidate.hash;
    other.0[31] ^= 1;
    coop.confirm_payment(other)
        .refused(refusal::payment::NO_PAYMENT);
    coop.confirm_payment(candidate.hash).accepted();
}
