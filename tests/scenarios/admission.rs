//! The road from a statement to a participant, and its refusals.

use antelope_types::name;
use coop_model::coop::status;
use coop_model::decision::registry;
use coop_model::document::{ApplicationSubject, ProjectSubject};
use coop_model::people::kind;
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
            .refused("the kind must be individual, entrepreneur or organization");
    }
}

#[test]
fn people_apply_once_at_a_time() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    let person = &candidate.person;
    let statement = Draft::statement(&coop, person.name).signed_by(coop.chain, &[person]);
    coop.apply(person, person, kind::INDIVIDUAL, &statement)
        .refused("the account is a candidate already");
    coop.confirm_payment(candidate.hash).accepted();
    coop.apply(person, person, kind::INDIVIDUAL, &statement)
        .refused("the account is a candidate already");
    coop.decide(&coop.question_of(candidate.hash));
    coop.apply(person, person, kind::INDIVIDUAL, &statement)
        .refused("the account is a participant already");
    let founder = coop.chairman();
    let statement = Draft::statement(&coop, founder.name).signed_by(coop.chain, &[founder]);
    coop.apply(founder, founder, kind::INDIVIDUAL, &statement)
        .refused("the account is a participant already");
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
        .refused("the account is not registered");
}

#[test]
fn people_sign_a_statement_for_each_application() {
    let coop = Coop::new(Chain::shared(), 3);
    let person = coop.newcomer();
    let draft = Draft::statement(&coop, person.name);
    let statement = draft.signed_by(coop.chain, &[&person]);
    coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
        .accepted();
    let cashier = &coop.cashier;
    let decline = coop
        .gateway(cashier)
        .indecline(coop.name(), cashier.name, statement.hash(), "x")
        .to_action();
    coop.chain.push(vec![decline], &[cashier]).accepted();
    let served = "the statement has served already: a new one must be signed";
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
    sent(&|draft| draft.meta.subject = subject)
        .refused("the statement has a subject that is not an application");
    let subject = Some(Subject::Application(ApplicationSubject {
        kind: kind::ORGANIZATION,
    }));
    sent(&|draft| draft.meta.subject = subject)
        .refused("the statement is of another kind of participant");
    sent(&|draft| draft.meta.registry_id = registry::PROPOSAL)
        .refused("the document has another registry id than this action takes");
    sent(&|draft| draft.meta.coopname = person.name)
        .refused("the document is about another cooperative");
    sent(&|draft| draft.meta.username = coop.chairman().name)
        .refused("the document is about another person");
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
        .refused("the cooperative is not active");
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
        .refused("the cooperative is not registered");
}
