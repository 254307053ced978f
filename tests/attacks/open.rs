//! Attacks that succeed as the rules stand; each says what would have to change. Run with `--ignored`.

use coop_model::parameters;

use crate::scenarios::world::{Chain, Coop, Foreign};

#[test]
#[ignore = "R2 makes a hash unique in the cooperative: it would have to be unique for each contract"]
fn attack_a_contract_publishes_a_question_with_the_hash_of_an_admission() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    // The cooperative accepts a kind of this contract, which sees the statement on chain.
    let owner = Foreign::of(&coop);
    let candidate = coop.applicant();
    owner.publish(&coop, candidate.hash).accepted();
    // The money came, and cannot be confirmed: every 48 hours the contract does the same again, until
    // the invoice runs out.
    coop.confirm_payment(candidate.hash).accepted();
}

#[test]
#[ignore = "moves have no quota: their table would have to find a move by its new account"]
fn attack_one_account_asks_to_go_on_as_everybody() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let people: Vec<_> = (0..=parameters::MAX_OPEN_OF_PARTICIPANT)
        .map(|_| coop.admitted())
        .collect();
    let thief = coop.outsider();
    // Each is a question of the council, whose row soviet pays for; the kind has room for 400, and then
    // nobody who really lost a key is heard.
    let asked = people
        .iter()
        .filter(|person| coop.try_move(person, &thief).0.0.is_ok())
        .count();
    assert!(asked < people.len(), "one account asked {asked} times");
}
