//! The road from a statement to a participant, and its refusals.

use antelope_types::name;
use coop_model::catalogue::registry;
use coop_model::coop::status;
use coop_model::document::subject::{ApplicationSubject, ProjectSubject};
use coop_model::people::kind;
use coop_model::refusal;
use coop_model::{CoopParams, Subject};

use super::world::{Chain, Coop, Draft, fees};

#[test]
fn people_join_by_statement_payment_and_decision() {
    let coop = Coop::new(Chain::shared(), 3);
    let person = coop.newcomer();
    let statement = Draft::statement(&coop, person.name).signed_by(coop.chain, &[&person]);
    coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
        .accepted();
    let candidate = coop.candidate(&person).expect("a candidate");
    assert_eq!(candidate["status"], "created");
    assert_eq!(
        (candidate["initial"].as_str(), candidate["minimum"].as_str()),
        (Some("100.00 RUB"), Some("300.00 RUB"))
    );
    let payment = &coop.payments()[0];
    assert_eq!(
        (payment["status"].as_str(), payment["quantity"].as_str()),
        (Some("pending"), Some("400.00 RUB"))
    );

    coop.confirm_payment(statement.hash()).accepted();
    assert_eq!(
        coop.candidate(&person).expect("a candidate")["status"],
        "payed"
    );
    coop.decide(&coop.question_of(statement.hash()));
    assert!(coop.candidate(&person).is_none());
    let participant = coop.participant(&person).expect("a participant");
    assert_eq!(participant["kind"], "individual");
    assert_eq!(participant["minimum"], "300.00 RUB");
}

#[test]
fn people_may_let_the_cooperative_send_their_statement() {
    let coop = Coop::new(Chain::shared(), 3);
    let person = coop.newcomer();
    let statement = Draft::statement(&coop, person.name).signed_by(coop.chain, &[&person]);
    for other in [&coop.cashier, &coop.chain.stranger] {
        coop.apply(other, &person, kind::INDIVIDUAL, &statement)
            .lacks_authority_of(person.name);
    }
    coop.apply(&coop.account, &person, kind::INDIVIDUAL, &statement)
        .accepted();
}

#[test]
fn people_of_each_kind_pay_their_fees() {
    let coop = Coop::new(Chain::shared(), 3);
    for (kind, sum) in [
        (kind::INDIVIDUAL, "400.00 RUB"),
        (kind::ENTREPRENEUR, "400.00 RUB"),
        (kind::ORGANIZATION, "4000.00 RUB"),
    ] {
        let person = coop.newcomer();
        let statement = Draft::statement(&coop, person.name)
            .applying_as(kind)
            .signed_by(coop.chain, &[&person]);
        coop.apply(&person, &person, kind, &statement).accepted();
        let hash = statement.hash().to_string();
        let payments = coop.payments();
        let payment = payments
            .iter()
            .find(|row| row["hash"] == hash.as_str())
            .expect("the invoice");
        assert_eq!(payment["quantity"], sum, "{kind}");
    }
    let person = coop.newcomer();
    let statement = Draft::statement(&coop, person.name).signed_by(coop.chain, &[&person]);
    for kind in [name!("robot"), name!("")] {
        coop.apply(&person, &person, kind, &statement)
            .refused(refusal::people::KIND);
    }
}

#[test]
fn people_apply_once_at_a_time() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    let person = &candidate.person;
    let statement = Draft::statement(&coop, person.name).signed_by(coop.chain, &[person]);
    coop.apply(person, person, kind::INDIVIDUAL, &statement)
        .refused(refusal::candidate::CANDIDATE_ALREADY);
    coop.confirm_payment(candidate.hash).accepted();
    coop.apply(person, person, kind::INDIVIDUAL, &statement)
        .refused(refusal::candidate::CANDIDATE_ALREADY);
    coop.decide(&coop.question_of(candidate.hash));
    coop.apply(person, person, kind::INDIVIDUAL, &statement)
        .refused(refusal::people::PARTICIPANT_ALREADY);
    let founder = coop.chairman();
    let statement = Draft::statement(&coop, founder.name).signed_by(coop.chain, &[founder]);
    coop.apply(founder, founder, kind::INDIVIDUAL, &statement)
        .refused(refusal::people::PARTICIPANT_ALREADY);
}

#[test]
fn people_may_be_participants_of_two_cooperatives() {
    let chain = Chain::shared();
    let (one, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let person = one.admitted();
    let candidate = other.applies(person);
    other.confirm_payment(candidate.hash).accepted();
    other.decide(&other.question_of(candidate.hash));
    assert!(
        one.participant(&candidate.person).is_some()
            && other.participant(&candidate.person).is_some()
    );
}

#[test]
fn people_need_an_account_of_the_registrator() {
    let coop = Coop::new(Chain::shared(), 3);
    let outsider = coop.chain.account();
    let statement = Draft::statement(&coop, outsider.name).signed_by(coop.chain, &[&outsider]);
    coop.apply(&outsider, &outsider, kind::INDIVIDUAL, &statement)
        .refused(refusal::account::NOT_REGISTERED);
}

#[test]
fn people_sign_a_statement_for_each_application() {
    let coop = Coop::new(Chain::shared(), 3);
    let person = coop.newcomer();
    let draft = Draft::statement(&coop, person.name);
    let statement = draft.signed_by(coop.chain, &[&person]);
    coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
        .accepted();
    coop.decline_payment(&coop.cashier, statement.hash())
        .accepted();
    let served = refusal::document::SERVED_ALREADY;
    coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
        .refused(served);
    // The cooperative cannot use it behind the person's back either.
    coop.apply(&coop.account, &person, kind::INDIVIDUAL, &statement)
        .refused(served);
    coop.applies(person);
}

#[test]
fn people_sign_the_right_statement() {
    let coop = Coop::new(Chain::shared(), 3);
    let person = coop.newcomer();
    let chain = coop.chain;
    let sent = |change: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::statement(&coop, person.name);
        change(&mut draft);
        coop.apply(
            &person,
            &person,
            kind::INDIVIDUAL,
            &draft.signed_by(chain, &[&person]),
        )
    };
    let subject = Some(Subject::Project(ProjectSubject {
        project: chain.unique_hash(),
    }));
    sent(&|draft| draft.meta.subject = subject).refused(refusal::document::ANOTHER_SUBJECT);
    let subject = Some(Subject::Application(ApplicationSubject {
        kind: kind::ORGANIZATION,
    }));
    sent(&|draft| draft.meta.subject = subject).refused(refusal::candidate::ANOTHER_KIND);
    sent(&|draft| draft.meta.registry_id = registry::PROPOSAL)
        .refused(refusal::document::ANOTHER_REGISTRY_ID);
    sent(&|draft| draft.meta.coopname = person.name)
        .refused(refusal::document::ANOTHER_COOPERATIVE);
    sent(&|draft| draft.meta.username = coop.chairman().name)
        .refused(refusal::document::ANOTHER_PERSON);
    sent(&|_| ()).accepted();
}

#[test]
fn people_pay_the_fees_of_the_day_they_applied() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    let dearer = CoopParams {
        initial: antelope_types::asset!("999.00 RUB"),
        ..fees()
    };
    let action = coop
        .registrator(&coop.account)
        .updatecoop(coop.name(), dearer)
        .to_action();
    coop.chain.push(vec![action], &[&coop.account]).accepted();
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    assert_eq!(
        coop.participant(&candidate.person).expect("a participant")["initial"],
        "100.00 RUB"
    );
    let later = coop.applicant();
    assert_eq!(
        coop.candidate(&later.person).expect("a candidate")["initial"],
        "999.00 RUB"
    );
}

#[test]
fn people_cannot_join_a_cooperative_that_is_not_active() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.newcomer();
    coop.set_status(status::BLOCKED).accepted();
    let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
    coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
        .refused(refusal::coop::NOT_ACTIVE);
    let mut nowhere = Draft::statement(&coop, person.name);
    nowhere.meta.coopname = chain.stranger.name;
    let statement = nowhere.signed_by(chain, &[&person]);
    let action = coop
        .registrator(&person)
        .reguser(
            chain.stranger.name,
            person.name,
            kind::INDIVIDUAL,
            statement,
        )
        .to_action();
    chain
        .push(vec![action], &[&person])
        .refused(refusal::coop::NOT_REGISTERED);
}

#[test]
fn people_sign_the_agreements_before_they_apply() {
    let coop = Coop::new(Chain::shared(), 3);
    let chain = coop.chain;
    let person = coop.outsider();
    let apply = || {
        let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
        coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
    };
    let agree = |ids: &[u64]| {
        let action = coop.agreements(&person, &person, ids);
        chain.push(vec![action], &[&person])
    };
    apply().refused(refusal::agreement::MISSING);
    // The wallet's agreement is for participants, and two of three are not enough.
    let trace = agree(&[registry::WALLET_AGREEMENT, registry::SIGNATURE_AGREEMENT]).accepted();
    assert_eq!(
        trace
            .calls_of(chain.soviet.name, name!("newagreement"))
            .count(),
        2
    );
    apply().refused(refusal::agreement::MISSING);
    agree(&[registry::STATUTES_AGREEMENT]).accepted();
    apply().refused(refusal::agreement::MISSING);
    agree(&[registry::PRIVACY_AGREEMENT]).accepted();
    apply().accepted();
    // They serve one application.
    assert!(
        coop.row_of(&chain.registrator, name!("agreements"), &person)
            .is_none()
    );
}

#[test]
fn people_sign_agreements_that_are_agreements() {
    let coop = Coop::new(Chain::shared(), 3);
    let chain = coop.chain;
    let person = coop.outsider();
    let agree = |ids: &[u64]| {
        let action = coop.agreements(&person, &person, ids);
        chain.push(vec![action], &[&person])
    };
    agree(&[]).refused(refusal::agreement::NUMBER);
    agree(&[2; 5]).refused(refusal::agreement::NUMBER);
    agree(&[0]).refused(refusal::agreement::NOT_AN_AGREEMENT);
    agree(&[registry::STATEMENT]).refused(refusal::agreement::NOT_AN_AGREEMENT);
    for other in [&coop.cashier, &chain.stranger] {
        let action = coop.agreements(other, &person, &[2]);
        chain
            .push(vec![action], &[other])
            .lacks_authority_of(person.name);
    }
    let nobody = chain.account();
    let action = coop.agreements(&nobody, &nobody, &[2]);
    chain
        .push(vec![action], &[&nobody])
        .refused(refusal::account::NOT_REGISTERED);
    // A participant's are recorded and nothing is kept.
    let founder = &coop.members[1];
    let action = coop.agreements(founder, founder, &[registry::WALLET_AGREEMENT]);
    chain.push(vec![action], &[founder]).accepted();
    assert!(
        coop.row_of(&chain.registrator, name!("agreements"), founder)
            .is_none()
    );
    coop.set_status(status::BLOCKED).accepted();
    agree(&[2]).refused(refusal::coop::NOT_ACTIVE);
}

#[test]
fn people_who_have_not_paid_may_withdraw() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    coop.decline_payment(&candidate.person, candidate.hash)
        .accepted();
    assert!(coop.candidate(&candidate.person).is_none() && coop.payments().is_empty());
    let again = coop.applies(candidate.person);
    coop.confirm_payment(again.hash).accepted();
    coop.decline_payment(&again.person, again.hash)
        .refused(refusal::payment::NOT_PENDING);
}
