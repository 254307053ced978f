//! Callbacks of the contracts called by somebody else than the contract that owes them.

use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Name, asset, name};
use coop_model::refusal;
use serde_json::Value;

use crate::scenarios::world::{Chain, Coop, ENTRANCE_AND_MINIMUM, Outcome, Person};

/// Everything that the contracts know of a cooperative.
fn state(coop: &Coop<'_>) -> Vec<Value> {
    let chain = coop.chain;
    let mut all = vec![coop.funds()];
    for (contract, tables) in [
        (
            &chain.registrator,
            &["candidates", "participants", "exits", "moves", "blockings"][..],
        ),
        (&chain.gateway, &["payments", "wallets", "properties"]),
        (&chain.soviet, &["decisions", "boards", "staff", "seats"]),
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
    let [one, two, three, four] = [0; 4].map(|_| coop.admitted());
    let moving = coop.move_to(&one, &coop.newcomer()).hash;
    let leaving = coop.exit(&two).hash;
    let blocking = coop.block(&three, true).hash;
    let sum = asset!("10.00 RUB");
    coop.contribute(&four, sum);
    let share = coop.paid_share(&four, sum).hash;
    let back = coop.return_money(&four, sum).hash;
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
        let (soviet, gateway) = (|| coop.soviet(forger), || coop.gateway(forger));
        let zero = asset!("0.00 RUB");
        let username = candidate.person.name;
        let own = forger.name;
        let owed: Vec<Action> = vec![
            registrator().confirmpay(coopname, pending).to_action(),
            registrator().declinepay(coopname, pending, "x").to_action(),
            registrator().confirmreg(coopname, hash, hash).to_action(),
            registrator().declinereg(coopname, hash, "x").to_action(),
            registrator()
                .confirmmove(coopname, moving, hash)
                .to_action(),
            registrator().declinemove(coopname, moving, "x").to_action(),
            registrator()
                .confirmexit(coopname, leaving, hash)
                .to_action(),
            registrator()
                .confirmblock(coopname, blocking, hash)
                .to_action(),
            registrator()
                .declineblock(coopname, blocking, "x")
                .to_action(),
            registrator().completexit(coopname, leaving).to_action(),
            registrator().declinexit(coopname, leaving, "x").to_action(),
            registrator().refundpay(coopname, hash).to_action(),
            registrator().declinerfnd(coopname, hash, "x").to_action(),
            gateway().confirmin(coopname, share, hash).to_action(),
            gateway().declinein(coopname, share, "x").to_action(),
            gateway().confirmout(coopname, back, hash).to_action(),
            gateway().declineout(coopname, back, "x").to_action(),
            gateway().blockshares(coopname, username, hash).to_action(),
            gateway()
                .freeshares(coopname, username, leaving)
                .to_action(),
            gateway().payshares(coopname, username, leaving).to_action(),
            gateway().moveshares(coopname, username, own).to_action(),
            gateway()
                .distribute(
                    coopname,
                    username,
                    hash,
                    ENTRANCE_AND_MINIMUM,
                    zero,
                    zero,
                    own,
                )
                .to_action(),
            gateway()
                .openfunds(coopname, asset!("1.00 RUB").symbol)
                .to_action(),
            soviet()
                .createagenda(coopname, username, name!("joincoop"), pending)
                .to_action(),
        ];
        for action in owed {
            let sent = action.name;
            let outcome = chain.push(vec![action], &[forger]);
            let text = outcome.0.as_ref().err().and_then(|error| error.assertion());
            assert_eq!(
                text,
                Some(refusal::config::NOT_INLINE.text),
                "{sent}: {outcome:?}"
            );
        }
    }
    let nothing = coop
        .registrator(&chain.stranger)
        .declinexit(coop.name(), chain.unique_hash(), "x")
        .to_action();
    chain
        .push(vec![nothing], &[&chain.stranger])
        .refused(refusal::exit::NO_EXIT);
    assert_eq!(state(&coop), before, "a refused callback left a trace");
    assert_eq!(coop.status(&question), "open");
}

#[test]
fn attack_callbacks_sent_by_a_contract_in_its_own_name() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let candidate = coop.applicant();
    let intruder = sender(chain);
    let invoice = |owner: Name| {
        coop.gateway(&intruder)
            .createinpay(
                coop.name(),
                intruder.name,
                name!("joincoop"),
                chain.unique_hash(),
                asset!("1.00 RUB"),
                false,
                owner,
                name!("confirmpay"),
                name!("declinepay"),
            )
            .to_action()
    };
    for action in [
        coop.registrator(&intruder)
            .confirmpay(coop.name(), candidate.hash)
            .to_action(),
        coop.soviet(&intruder)
            .createagenda(
                coop.name(),
                intruder.name,
                name!("joincoop"),
                chain.unique_hash(),
            )
            .to_action(),
        invoice(chain.registrator.name),
    ] {
        send(chain, &intruder, &action).refused(refusal::config::NOT_INLINE);
    }
    // A payment owned by the intruder itself is no better: the kind is accepted with another contract.
    send(chain, &intruder, &invoice(intruder.name))
        .refused(refusal::kind::ACCEPTED_WITH_ANOTHER_CONTRACT);
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
        .votefor(coop.name(), member.name, question.id, question.hash)
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
        .votefor(coop.name(), intruder.name, question.id, question.hash)
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
    let person = chain.account();
    sender_code(chain, &person);
    person
}

/// Gives an account such a contract.
pub(super) fn sender_code(chain: &Chain, person: &Person) {
    let active = Authority::from_key(person.public_key()).with_code(person.name);
    let changes = vec![
        native::set_code(person.name, &super::foreign_code::sender()),
        native::update_auth(person.name, name!("active"), name!("owner"), active),
    ];
    chain.push(changes, &[person]).accepted();
}

/// Makes the intruder's contract send this action.
pub(super) fn send(chain: &Chain, intruder: &Person, action: &Action) -> Outcome {
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
