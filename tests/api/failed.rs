//! Money that could not be sent back, and goes again when its owner asks.

use super::council::{Council, PUSHED};
use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Person};
use antelope_types::{Action, Checksum256, asset};
use serde_json::{Value, json};

/// The newest payment of a person.
fn payment(client: &Client<'_>) -> Value {
    let payments = "{ getPayments { items { hash status } } }";
    client.ask(payments, json!({}))["data"]["getPayments"]["items"][0].clone()
}

/// A transfer that fails is told, another one is ordered by its owner, once, and is made.
fn goes_again(
    council: &Council<'_>,
    (client, person): (&Client<'_>, &Person),
    operation: &str,
    hash: Checksum256,
    retry: &Action,
) {
    let again = || council.sending(person, hash, retry.clone());
    let early = client.refused(operation, "PaymentStepInput", again(), PUSHED);
    assert_eq!(
        early.0, "REFUSED_BY_CHAIN",
        "{operation}: it has not failed"
    );
    council.settle(client, "FAILED");
    let failed = payment(client);
    assert_eq!(failed, json!({"hash": hash, "status": "FAILED"}));
    let other = retry.clone();
    let mut foreign = again();
    foreign["hash"] = json!("22".repeat(32));
    foreign["transaction"] = council.served.transaction(&[other], &[person]);
    let refused = client.refused(operation, "PaymentStepInput", foreign, PUSHED);
    assert_eq!(
        refused,
        ("BAD_INPUT".into(), json!("data.transaction.data"))
    );
    client.call(operation, "PaymentStepInput", again(), PUSHED);
    let twice = client.refused(operation, "PaymentStepInput", again(), PUSHED);
    assert_eq!(twice.0, "REFUSED_BY_CHAIN", "{operation}: it is on its way");
    council.settle(client, "COMPLETED");
    let sent = payment(client);
    assert_eq!(sent, json!({"hash": hash, "status": "REFUNDED"}));
}

#[test]
fn declined_money_that_could_not_be_sent_back_goes_again() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| vec![coop.admitted()]);
    let (council, coop) = (Council::of(&served), &served.coop);

    // A contribution.
    let person = &served.people[0];
    let client = &served.login(person, 5);
    let question = coop.paid_share(person, asset!("50.00 RUB"));
    coop.refuse(&question);
    let retry = coop.gateway(person);
    let retry = retry.retrypay(coop.name(), person.name, question.hash);
    goes_again(
        &council,
        (client, person),
        "retryPayment",
        question.hash,
        &retry.to_action(),
    );
    let hash = question.hash;
    assert!(coop.payment(hash).is_none(), "nothing is owed any more");
}

#[test]
fn the_money_of_a_declined_candidate_goes_again() {
    let (chain, live) = Chain::followed();
    let mut candidate = None;
    let served = Served::with(&chain, live, |coop| {
        let (found, question) = coop.paid_applicant();
        candidate = Some(question);
        vec![found.person]
    });
    let question = candidate.expect("a question");
    let (council, coop) = (Council::of(&served), &served.coop);
    let person = &served.people[0];
    let client = &served.login(person, 5);
    coop.refuse(&question);
    let retry = coop.registrator(person);
    let retry = retry.retryrefund(coop.name(), person.name, question.hash);
    goes_again(
        &council,
        (client, person),
        "retryRefund",
        question.hash,
        &retry.to_action(),
    );
    assert!(coop.candidate(person).is_none(), "the application is over");
}
