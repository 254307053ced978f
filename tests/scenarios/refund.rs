//! R9: what was taken is given back when the council says no.

use antelope_types::name;
use coop_model::refusal;

use super::world::{Chain, Coop};

#[test]
fn r09_a_declined_candidate_gets_the_money_back_and_may_apply_again() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decline(&question);
    let removed = coop.remove_declined(&question).accepted();
    let callback = removed
        .calls_of(coop.chain.registrator.name, name!("declinereg"))
        .next()
        .expect("a callback");
    assert_eq!(
        callback.act.json.as_ref().expect("readable")["reason"],
        "declined by the council"
    );
    assert_eq!(
        coop.candidate(&candidate.person).expect("the candidate")["status"],
        "refunding"
    );
    assert_eq!(coop.payments()[0]["status"], "returning");
    coop.refund(candidate.hash).accepted();
    assert!(coop.candidate(&candidate.person).is_none());
    assert!(coop.payments().is_empty());
    let funds = coop.funds();
    assert_eq!(
        (funds["incoming"].as_str(), funds["outgoing"].as_str()),
        (Some("400.00 RUB"), Some("400.00 RUB"))
    );
    assert_eq!(funds["processing"], "0.00 RUB");

    let again = coop.applies(candidate.person);
    coop.confirm_payment(again.hash).accepted();
    coop.decide(&coop.question_of(again.hash));
    assert!(coop.participant(&again.person).is_some());
}

#[test]
fn r09_a_transfer_that_fails_is_tried_again() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decline(&question);
    coop.remove_declined(&question).accepted();
    coop.retry_refund(candidate.hash)
        .refused(refusal::candidate::ANOTHER_STEP);
    coop.fail_refund(candidate.hash).accepted();
    assert_eq!(
        coop.candidate(&candidate.person).expect("the candidate")["status"],
        "refundfailed"
    );
    assert_eq!(
        coop.funds()["processing"],
        "400.00 RUB",
        "money left without being sent"
    );
    coop.refund(candidate.hash)
        .refused(refusal::payment::NOT_OUTGOING);
    coop.retry_refund(candidate.hash).accepted();
    coop.fail_refund(candidate.hash).accepted();
    coop.retry_refund(candidate.hash).accepted();
    coop.refund(candidate.hash).accepted();
    assert!(coop.candidate(&candidate.person).is_none());
}

#[test]
fn r09_the_question_is_declined_even_before_its_money_goes_back() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decline(&question);
    assert_eq!(
        coop.candidate(&candidate.person).expect("the candidate")["status"],
        "payed"
    );
    coop.exec(&question)
        .refused(refusal::decision::NOT_AUTHORIZED);
    coop.refund(candidate.hash)
        .refused(refusal::payment::NOT_OUTGOING);
}

#[test]
fn r09_an_admitted_candidate_gets_nothing_back() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decide(&question);
    coop.remove_declined(&question)
        .refused(refusal::decision::NO_QUESTION);
    coop.refund(candidate.hash)
        .refused(refusal::payment::NO_PAYMENT);
    coop.retry_refund(candidate.hash)
        .refused(refusal::candidate::NO_CANDIDATE);
}
