//! R8: anyone executes an authorized decision; its effect happens exactly once.

use antelope_types::name;
use coop_model::coop::status;
use coop_model::refusal;

use super::world::{Chain, Coop, Draft};

#[test]
fn r08_anyone_executes_an_authorized_decision() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    coop.exec(&question)
        .refused(refusal::decision::NOT_AUTHORIZED);
    coop.authorize(&question).accepted();
    assert!(
        coop.participant(&candidate.person).is_none(),
        "the effect came before the execution"
    );
    coop.exec(&question).accepted();
    assert_eq!(coop.status(&question), "gone");
    let participant = coop.participant(&candidate.person).expect("a participant");
    assert_eq!(participant["hash"], candidate.hash.to_string());
}

#[test]
fn r08_the_effect_happens_once() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decide(&question);
    let (participant, funds) = (coop.participant(&candidate.person), coop.funds());
    coop.exec(&question).refused(refusal::decision::NO_QUESTION);
    assert_eq!(
        (coop.participant(&candidate.person), coop.funds()),
        (participant, funds)
    );
}

#[test]
fn r08_executed_twice_in_one_transaction_fails_as_a_whole() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let executer = &coop.chain.stranger;
    let exec = || {
        coop.soviet(executer)
            .exec(executer.name, coop.name(), question.id)
            .to_action()
    };
    coop.chain
        .push(vec![exec(), exec()], &[executer])
        .refused(refusal::decision::NO_QUESTION);
    assert!(coop.participant(&candidate.person).is_none());
    assert_eq!(coop.status(&question), "authorized");
}

#[test]
fn r08_authorization_and_execution_go_in_one_transaction() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    let chairman = coop.chairman();
    let protocol = Draft::protocol(&coop, &question).signed_by(coop.chain, &[chairman]);
    let actions = vec![
        coop.soviet(chairman)
            .authorize(coop.name(), chairman.name, question.id, protocol.clone())
            .to_action(),
        coop.soviet(chairman)
            .exec(chairman.name, coop.name(), question.id)
            .to_action(),
    ];
    coop.chain.push(actions, &[chairman]).accepted();
    let participant = coop.participant(&candidate.person).expect("a participant");
    assert_eq!(participant["authorization"], protocol.hash().to_string());
}

#[test]
fn r08_the_executer_signs() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let chain = coop.chain;
    let action = coop
        .soviet(&chain.stranger)
        .exec(coop.chairman().name, coop.name(), question.id)
        .to_action();
    chain
        .push(vec![action], &[&chain.stranger])
        .lacks_authority_of(coop.chairman().name);
}

#[test]
fn r08_a_blocked_cooperative_ends_what_it_has_begun() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.set_status(status::BLOCKED).accepted();
    coop.decide(&question);
    assert!(coop.participant(&candidate.person).is_some());
    assert_eq!(coop.funds()["share"], "300.00 RUB");
}

#[test]
fn r08_a_free_decision_changes_nothing_but_the_agenda_and_the_registry() {
    let coop = Coop::new(Chain::shared(), 3);
    let tables = || {
        let people = ["candidates", "participants"].map(|table| {
            coop.chain.rows(
                &coop.chain.registrator,
                coop.name(),
                table.parse().expect("a name"),
            )
        });
        (
            people,
            coop.payments(),
            coop.funds(),
            coop.chain
                .rows(&coop.chain.gateway, coop.name(), name!("wallets")),
        )
    };
    let before = tables();
    let question = coop.question();
    coop.decide(&question);
    assert_eq!(tables(), before);
    assert!(coop.decisions().is_empty());
}
