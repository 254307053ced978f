//! R7: the chairman of the moment signs the protocol of an approved question, once.

use antelope_types::name;
use coop_model::catalogue::registry;
use coop_model::council::position;
use coop_model::refusal::{self, Refusal};

use super::world::{Chain, Coop, Draft, with_wrong_key};

const NOT_CHAIRMAN: Refusal = refusal::council::NOT_THE_CHAIRMAN;

#[test]
fn r07_only_an_approved_question_is_authorized() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.authorize(&question)
        .refused(refusal::decision::NOT_APPROVED);
    coop.vote_for(coop.chairman(), &question).accepted();
    coop.authorize(&question)
        .refused(refusal::decision::NOT_APPROVED);
    coop.approve_rest(&question);
    coop.authorize(&question).accepted();
    let row = coop.decision(question.id).expect("the decision");
    assert_eq!(row["authorized_by"], coop.chairman().name.to_string());
}

#[test]
fn r07_authorization_happens_once_and_keeps_its_first_protocol() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let before = coop.decision(question.id);
    coop.authorize(&question)
        .refused(refusal::decision::AUTHORIZED);
    coop.authorize(&question)
        .refused(refusal::decision::AUTHORIZED);
    assert_eq!(
        coop.decision(question.id),
        before,
        "a refused authorization left a trace"
    );
    coop.exec(&question).accepted();
}

#[test]
fn r07_the_row_keeps_the_hash_of_the_protocol() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.approve(&question);
    let protocol = Draft::protocol(&coop, &question).signed_by(coop.chain, &[coop.chairman()]);
    coop.authorize_with(coop.chairman(), &question, &protocol)
        .accepted();
    assert_eq!(
        coop.decision(question.id).expect("the decision")["authorization"],
        protocol.hash().to_string()
    );
}

#[test]
fn r07_only_the_chairman_authorizes() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.approve(&question);
    for other in [
        &coop.members[1],
        &coop.cashier,
        &coop.account,
        &coop.chain.stranger,
    ] {
        let protocol = Draft::protocol(&coop, &question).signed_by(coop.chain, &[other]);
        coop.authorize_with(other, &question, &protocol)
            .refused(NOT_CHAIRMAN);
    }
    let protocol = Draft::protocol(&coop, &question).signed_by(coop.chain, &[coop.chairman()]);
    let name = coop.chairman().name;
    let action = coop
        .soviet(&coop.account)
        .authorize(coop.name(), name, question.id, protocol.clone())
        .to_action();
    coop.chain
        .push(vec![action], &[&coop.account])
        .lacks_authority_of(name);
    coop.authorize_with(&with_wrong_key(coop.chairman()), &question, &protocol)
        .lacks_signature();
}

#[test]
fn r07_the_chairman_of_the_moment_authorizes_not_the_one_of_the_publication() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let mut seats = coop.seats(3);
    seats[0].position = position::MEMBER;
    seats[1].position = position::CHAIRMAN;
    let ballot = coop.nearly_elect(seats);
    let question = coop.question();
    coop.approve(&question);
    coop.sit(&ballot).accepted();
    coop.authorize(&question).refused(NOT_CHAIRMAN);
    let protocol = Draft::protocol(&coop, &question).signed_by(coop.chain, &[&coop.members[1]]);
    coop.authorize_with(&coop.members[1], &question, &protocol)
        .accepted();
    coop.exec(&question).accepted();
}

#[test]
fn r07_the_protocol_is_signed_by_the_chairman_alone() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.approve(&question);
    let (chairman, member) = (coop.chairman(), &coop.members[1]);
    let draft = Draft::protocol(&coop, &question);
    let try_it = |document| coop.authorize_with(chairman, &question, &document);
    try_it(draft.unsigned()).refused(refusal::document::NO_SIGNATURES);
    try_it(draft.signed_by(coop.chain, &[member])).refused(refusal::document::ANOTHER_SIGNER);
    let one = refusal::document::NOT_ONE_SIGNATURE;
    try_it(draft.signed_by(coop.chain, &[chairman, member])).refused(one);
    try_it(draft.signed_by(coop.chain, &[chairman, chairman])).refused(one);
    try_it(draft.signed_by(coop.chain, &[chairman])).accepted();
}

#[test]
fn r07_the_protocol_is_about_this_decision() {
    let coop = Coop::new(Chain::shared(), 3);
    let (question, other) = (coop.question(), coop.question());
    coop.approve(&question);
    coop.approve(&other);
    let chairman = coop.chairman();
    let about_another = refusal::decision::PROTOCOL_OF_ANOTHER;
    let protocol = Draft::protocol(&coop, &other).signed_by(coop.chain, &[chairman]);
    coop.authorize_with(chairman, &question, &protocol)
        .refused(about_another);
    let tampered = |change: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::protocol(&coop, &question);
        change(&mut draft);
        coop.authorize_with(
            chairman,
            &question,
            &draft.signed_by(coop.chain, &[chairman]),
        )
    };
    tampered(&|draft| draft.decision_subject().decision_id = other.id).refused(about_another);
    tampered(&|draft| draft.decision_subject().hash = other.hash).refused(about_another);
    tampered(&|draft| draft.meta.subject = None)
        .refused(refusal::decision::PROTOCOL_WITHOUT_DECISION);
    tampered(&|draft| draft.meta.coopname = name!("anothercoop"))
        .refused(refusal::document::ANOTHER_COOPERATIVE);
    tampered(&|draft| draft.meta.username = coop.members[2].name)
        .refused(refusal::document::ANOTHER_PERSON);
    for registry_id in [
        registry::ADMISSION_PROTOCOL,
        registry::PROPOSAL,
        registry::STATEMENT,
        0,
        u64::MAX,
    ] {
        tampered(&|draft| draft.meta.registry_id = registry_id)
            .refused(refusal::document::ANOTHER_REGISTRY_ID);
    }
}

#[test]
fn r07_the_protocol_shows_the_votes_as_they_are() {
    let coop = Coop::new(Chain::shared(), 5);
    let question = coop.question();
    coop.approve(&question);
    let chairman = coop.chairman();
    let other_votes = refusal::decision::PROTOCOL_SHOWS_OTHER_VOTES;
    let early = Draft::protocol(&coop, &question).signed_by(coop.chain, &[chairman]);
    coop.vote_against(&coop.members[4], &question).accepted();
    coop.authorize_with(chairman, &question, &early)
        .refused(other_votes);
    let mut draft = Draft::protocol(&coop, &question);
    draft.decision_subject().votes_against = 0;
    let document = draft.signed_by(coop.chain, &[chairman]);
    coop.authorize_with(chairman, &question, &document)
        .refused(other_votes);
    let mut draft = Draft::protocol(&coop, &question);
    draft.decision_subject().quorum_percent = 50;
    coop.authorize_with(
        chairman,
        &question,
        &draft.signed_by(coop.chain, &[chairman]),
    )
    .refused(other_votes);
    coop.authorize(&question).accepted();
}

#[test]
fn r07_a_free_decision_and_an_admission_have_different_protocols() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    let chairman = coop.chairman();
    let mut draft = Draft::protocol(&coop, &question);
    assert_eq!(draft.meta.registry_id, registry::ADMISSION_PROTOCOL);
    assert_eq!(draft.meta.username, candidate.person.name);
    draft.meta.registry_id = registry::FREE_PROTOCOL;
    coop.authorize_with(
        chairman,
        &question,
        &draft.signed_by(coop.chain, &[chairman]),
    )
    .refused(refusal::document::ANOTHER_REGISTRY_ID);
    coop.authorize(&question).accepted();
}
