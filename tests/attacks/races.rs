//! Many at once: the same effect sent by several people, or the same transaction several times.

use std::thread;

use antelope_rpc_client::{ErrorKind, TransactionOptions, transaction};
use antelope_types::asset;
use coop_model::catalogue::registry;
use coop_model::refusal;

use crate::scenarios::world::{Chain, Coop, Draft};

#[test]
fn attack_eight_executers_at_once_have_one_effect() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let done = thread::scope(|scope| {
        let racers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| coop.exec(&question).0.is_ok()))
            .collect();
        racers
            .into_iter()
            .map(|racer| racer.join().expect("no panic"))
            .filter(|done| *done)
            .count()
    });
    assert_eq!(done, 1, "{done} executions of one decision");
    assert!(coop.participant(&candidate.person).is_some());
    assert_eq!(coop.funds()["share"], "300.00 RUB");
}

#[test]
fn attack_eight_votes_of_one_member_at_once_count_once() {
    let coop = Coop::new(Chain::shared(), 5);
    let question = coop.question();
    let member = &coop.members[1];
    let done = thread::scope(|scope| {
        let racers: Vec<_> = (0..8)
            .map(|number| {
                let (coop, question) = (&coop, &question);
                scope.spawn(move || {
                    let outcome = match number % 2 {
                        0 => coop.vote_for(member, question),
                        _ => coop.vote_against(member, question),
                    };
                    outcome.0.is_ok()
                })
            })
            .collect();
        racers
            .into_iter()
            .map(|racer| racer.join().expect("no panic"))
            .filter(|done| *done)
            .count()
    });
    assert_eq!(done, 1);
    let row = coop.decision(question.id).expect("the question");
    let cast = row["votes_for"].as_u64().unwrap_or(0) + row["votes_against"].as_u64().unwrap_or(0);
    assert_eq!(cast, 0b10);
}

#[test]
fn attack_one_transaction_sent_three_times_happens_once() {
    let coop = Coop::new(Chain::shared(), 3);
    let chain = coop.chain;
    let candidate = coop.applicant();
    let cashier = &coop.cashier;
    let action = coop
        .gateway(cashier)
        .incomplete(
            coop.name(),
            cashier.name,
            candidate.hash,
            crate::scenarios::world::ENTRANCE_AND_MINIMUM,
            chain.unique_hash(),
        )
        .to_action();
    let built = chain
        .client
        .build(&[action], &TransactionOptions::default())
        .expect("a transaction");
    let signed = transaction::sign(&chain.id, built, &[cashier.signer()]).expect("signatures");
    chain.client.send(&signed).expect("accepted once");
    for _ in 0..2 {
        let error = chain.client.send(&signed).expect_err("accepted again");
        assert!(error.is(ErrorKind::TxDuplicate), "{error}");
    }
    assert_eq!(coop.funds()["incoming"], "400.00 RUB");
}

#[test]
fn attack_the_same_money_is_not_asked_back_twice_in_one_transaction() {
    let coop = Coop::new(Chain::shared(), 3);
    let chain = coop.chain;
    let person = coop.admitted();
    let sum = asset!("60.00 RUB");
    coop.contribute(&person, asset!("100.00 RUB"));
    let before = coop.wallet(&person);
    let ask = || {
        let statement = Draft::money(&coop, registry::MONEY_RETURN_STATEMENT, person.name, sum)
            .signed_by(chain, &[&person]);
        coop.gateway(&person)
            .returnmoney(coop.name(), person.name, sum, statement)
            .to_action()
    };
    chain
        .push(vec![ask(), ask()], &[&person])
        .refused(refusal::money::NOT_ENOUGH);
    assert_eq!(coop.wallet(&person), before);
    chain.push(vec![ask()], &[&person]).accepted();
}
