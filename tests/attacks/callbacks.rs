//! Callbacks of the contracts called by somebody else than the contract that owes them.

use antelope_types::{Action, Name, asset, name};
use serde_json::Value;

use crate::scenarios::world::{Chain, Coop, Person};

/// Everything that the contracts know of a cooperative.
fn state(coop: &Coop<'_>) -> Vec<Value> {
    let chain = coop.chain;
    let mut all = vec![coop.funds()];
    for (contract, tables) in [
        (&chain.registrator, &["candidates", "participants"][..]),
        (&chain.gateway, &["payments", "wallets"]),
        (&chain.soviet, &["decisions", "boards", "staff"]),
    ] {
        for table in tables {
            all.extend(chain.rows(contract, coop.name(), table.parse().expect("a name")));
        }
    }
    all
}

#[test]
fn attack_callbacks_called_directly_by_everybody() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (candidate, question) = coop.paid_applicant();
    let waiting = coop.applicant();
    let before = state(&coop);
    let everybody: [&Person; 8] = [
        &coop.account,
        coop.chairman(),
        &coop.cashier,
        &candidate.person,
        &chain.stranger,
        &chain.registrator,
        &chain.soviet,
        &chain.gateway,
    ];
    for forger in everybody {
        let registrator = || coop.registrator(forger);
        let (coopname, hash, pending) = (coop.name(), candidate.hash, waiting.hash);
        let owed: [(Action, &Person); 9] = [
            (
                registrator().confirmpay(coopname, pending).to_action(),
                &chain.gateway,
            ),
            (
                registrator().declinepay(coopname, pending, "x").to_action(),
                &chain.gateway,
            ),
            (
                registrator()
                    .confirmreg(coopname, hash, chain.unique_hash())
                    .to_action(),
                &chain.soviet,
            ),
            (
                registrator().declinereg(coopname, hash, "x").to_action(),
                &chain.soviet,
            ),
            (
                registrator().refundpay(coopname, hash).to_action(),
                &chain.gateway,
            ),
            (
                registrator().declinerfnd(coopname, hash, "x").to_action(),
                &chain.gateway,
            ),
            (
                coop.soviet(forger)
                    .createagenda(coopname, candidate.person.name, name!("joincoop"), pending)
                    .to_action(),
                &chain.registrator,
            ),
            (
                coop.gateway(forger)
                    .distribute(
                        coopname,
                        candidate.person.name,
                        hash,
                        asset!("100.00 RUB"),
                        asset!("300.00 RUB"),
                    )
                    .to_action(),
                &chain.registrator,
            ),
            (
                coop.gateway(forger)
                    .openfunds(coopname, asset!("1.00 RUB").symbol)
                    .to_action(),
                &chain.registrator,
            ),
        ];
        for (action, owner) in owed {
            // With its own keys a contract's account could do what its code does; that is the operator.
            if forger.name != owner.name {
                chain
                    .push(vec![action], &[forger])
                    .lacks_authority_of(owner.name);
            }
        }
    }
    assert_eq!(state(&coop), before, "a refused callback left a trace");
    assert_eq!(coop.status(&question), "open");
}

#[test]
fn attack_callbacks_sent_by_a_contract_in_its_own_name() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let candidate = coop.applicant();
    let intruder = sender(chain);
    for (action, owner) in [
        (
            coop.registrator(&intruder)
                .confirmpay(coop.name(), candidate.hash)
                .to_action(),
            &chain.gateway,
        ),
        (
            coop.soviet(&intruder)
                .createagenda(
                    coop.name(),
                    intruder.name,
                    name!("joincoop"),
                    chain.unique_hash(),
                )
                .to_action(),
            &chain.registrator,
        ),
        (
            coop.gateway(&intruder)
                .createinpay(
                    coop.name(),
                    intruder.name,
                    chain.unique_hash(),
                    asset!("1.00 RUB"),
                    chain.registrator.name,
                    name!("confirmpay"),
                    name!("declinepay"),
                )
                .to_action(),
            &chain.registrator,
        ),
    ] {
        send(chain, &intruder, &action).lacks_authority_of(owner.name);
    }
    // A payment owned by the intruder itself is no better.
    let own = coop
        .gateway(&intruder)
        .createinpay(
            coop.name(),
            intruder.name,
            chain.unique_hash(),
            asset!("1.00 RUB"),
            intruder.name,
            name!("yes"),
            name!("no"),
        )
        .to_action();
    send(chain, &intruder, &own).refused("the contract may not make payments");
}

#[test]
fn attack_a_contract_borrows_the_members_signature() {
    // The member signs an action of the intruder, which then votes in the member's name.
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let question = coop.question();
    let intruder = sender(chain);
    let member = &coop.members[1];
    let vote = coop
        .soviet(member)
        .votefor(coop.name(), member.name, question.id)
        .to_action();
    let lure = Action::new(intruder.name, name!("anything"), &[member.active()], &vote);
    chain.push(vec![lure], &[member]).lacks_signature();
    assert_eq!(
        coop.decision(question.id).expect("the question")["votes_for"],
        0
    );
}

#[test]
fn attack_a_contract_probes_and_rolls_back() {
    // An executer's contract may run exec inline; if it fails later, nothing of exec remains.
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let intruder = sender(chain);
    let exec = coop
        .soviet(&intruder)
        .exec(intruder.name, coop.name(), question.id)
        .to_action();
    let probe = Action::new(intruder.name, name!("probe"), &[intruder.active()], &exec);
    let fail = coop
        .soviet(&intruder)
        .votefor(coop.name(), intruder.name, question.id)
        .to_action();
    let outcome = chain.push(vec![probe, fail], &[&intruder]);
    assert!(outcome.0.is_err());
    assert!(coop.participant(&candidate.person).is_none());
    assert_eq!(coop.status(&question), "authorized");
    send(chain, &intruder, &exec).accepted();
    assert!(coop.participant(&candidate.person).is_some());
}

/// An account whose contract sends, with its own authority, whatever action it is given.
fn sender(chain: &Chain) -> Person {
    let person = chain.account_with_code(&super::foreign_code::sender());
    let active = antelope_types::Authority::from_key(person.public_key()).with_code(person.name);
    let change =
        antelope_client::native::update_auth(person.name, name!("active"), name!("owner"), active);
    chain.push(vec![change], &[&person]).accepted();
    person
}

/// Makes the intruder's contract send this action.
fn send(chain: &Chain, intruder: &Person, action: &Action) -> crate::scenarios::world::Outcome {
    let name: Name = name!("send");
    chain.push(
        vec![Action::new(
            intruder.name,
            name,
            &[intruder.active()],
            action,
        )],
        &[intruder],
    )
}
