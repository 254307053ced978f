//! R1 and R2: who publishes a question, and that one question is one meeting and one protocol.

use antelope_types::name;
use coop_model::Subject;
use coop_model::document::subject::ProjectSubject;
use coop_model::refusal;

use super::world::{Chain, Coop, Draft};

#[test]
fn r01_admission_is_published_when_the_payment_is_confirmed_and_not_before() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    assert!(coop.decisions().is_empty(), "published before the payment");
    coop.confirm_payment(candidate.hash).accepted();
    let question = coop.question_of(candidate.hash);
    let row = coop.decision(question.id).expect("the question");
    assert_eq!(row["kind"], "joincoop");
    assert_eq!(row["username"], candidate.person.name.to_string());
    assert_eq!(row["seats"], 3);
    assert_eq!(row["status"], "open");
}

#[test]
fn r01_only_the_contract_of_a_kind_publishes_it() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let hash = chain.unique_hash();
    for sender in [
        &coop.account,
        coop.chairman(),
        &coop.cashier,
        &chain.stranger,
        &chain.soviet,
        &chain.gateway,
        &chain.registrator,
    ] {
        // The keys of a contract's account are not its code.
        let action = coop
            .soviet(sender)
            .createagenda(coop.name(), sender.name, name!("joincoop"), hash)
            .to_action();
        chain
            .push(vec![action], &[sender])
            .refused(refusal::config::NOT_INLINE);
    }
}

#[test]
fn r01_unknown_kind_is_refused() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    for kind in [
        super::world::random_name(),
        name!("freedecision"),
        name!(""),
    ] {
        let action = coop
            .soviet(&chain.registrator)
            .createagenda(coop.name(), coop.name(), kind, chain.unique_hash())
            .to_action();
        chain
            .push(vec![action], &[&chain.registrator])
            .refused(refusal::kind::NOT_REGISTERED);
    }
}

#[test]
fn r01_free_question_comes_from_a_voting_member() {
    let coop = Coop::with_seats(Chain::shared(), 3, 1);
    let member = &coop.members[2];
    let proposal = Draft::proposal(&coop, member.name).signed_by(coop.chain, &[member]);
    coop.propose(member, &proposal).accepted();
    let row = coop
        .decision(coop.question_of(proposal.hash()).id)
        .expect("the question");
    assert_eq!(
        (row["kind"].as_str(), row["username"].as_str()),
        (Some("freedecision"), Some(&*member.name.to_string()))
    );

    let silent = &coop.members[3];
    let proposal = Draft::proposal(&coop, silent.name).signed_by(coop.chain, &[silent]);
    coop.propose(silent, &proposal)
        .refused(refusal::council::NO_VOTING_SEAT);
}

#[test]
fn r01_participant_without_a_seat_proposes_nothing() {
    let coop = Coop::new(Chain::shared(), 3);
    let participant = coop.admitted();
    let proposal = Draft::proposal(&coop, participant.name).signed_by(coop.chain, &[&participant]);
    coop.propose(&participant, &proposal)
        .refused(refusal::council::NO_VOTING_SEAT);
}

#[test]
fn r01_nobody_proposes_for_another_member() {
    let coop = Coop::new(Chain::shared(), 3);
    let proposer = &coop.members[1];
    let proposal = Draft::proposal(&coop, proposer.name).signed_by(coop.chain, &[proposer]);
    let action = coop
        .soviet(&coop.account)
        .freedecision(coop.name(), proposer.name, proposal)
        .to_action();
    coop.chain
        .push(vec![action], &[&coop.account])
        .lacks_authority_of(proposer.name);
}

#[test]
fn r01_proposal_names_its_project() {
    let coop = Coop::new(Chain::shared(), 3);
    let chairman = coop.chairman();
    let mut draft = Draft::proposal(&coop, chairman.name);
    draft.meta.subject = None;
    let refused = refusal::document::ANOTHER_SUBJECT;
    coop.propose(chairman, &draft.signed_by(coop.chain, &[chairman]))
        .refused(refused);
    draft.meta.subject = Some(Subject::Founders(
        coop_model::document::subject::FoundersSubject {
            members: coop.chain.unique_hash(),
        },
    ));
    coop.propose(chairman, &draft.signed_by(coop.chain, &[chairman]))
        .refused(refused);
    draft.meta.subject = Some(Subject::Project(ProjectSubject {
        project: coop.chain.unique_hash(),
    }));
    coop.propose(chairman, &draft.signed_by(coop.chain, &[chairman]))
        .accepted();
}

#[test]
fn r01_a_cooperative_without_a_council_has_no_agenda() {
    let chain = Chain::shared();
    let coop = Coop::active(chain, vec![chain.account()]);
    let proposal =
        Draft::proposal(&coop, coop.members[0].name).signed_by(chain, &[&coop.members[0]]);
    coop.propose(&coop.members[0], &proposal)
        .refused(refusal::council::NO_VOTING_SEAT);
}

#[test]
fn r02_numbers_grow_and_are_never_used_again() {
    let coop = Coop::new(Chain::shared(), 3);
    let first = coop.question();
    let second = coop.question();
    assert_eq!((first.id, second.id), (1, 2));
    coop.decide(&second);
    coop.decline(&first);
    coop.remove_declined(&first).accepted();
    assert!(coop.decisions().is_empty());
    assert_eq!(
        coop.question().id,
        3,
        "a number came back when the table was empty"
    );
}

#[test]
fn r02_each_cooperative_counts_for_itself() {
    let chain = Chain::shared();
    let (one, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    assert_eq!(one.question().id, 1);
    assert_eq!(one.question().id, 2);
    assert_eq!(other.question().id, 1);
}

#[test]
fn r02_a_proposal_serves_once() {
    let coop = Coop::new(Chain::shared(), 3);
    let chairman = coop.chairman();
    let older = Draft::proposal(&coop, chairman.name).signed_by(coop.chain, &[chairman]);
    let proposal = Draft::proposal(&coop, chairman.name).signed_by(coop.chain, &[chairman]);
    coop.propose(chairman, &proposal).accepted();
    let question = coop.question_of(proposal.hash());
    let again = refusal::document::SERVED_ALREADY;
    coop.propose(chairman, &proposal).refused(again);
    coop.approve(&question);
    coop.propose(chairman, &proposal).refused(again);
    coop.authorize(&question).accepted();
    coop.propose(chairman, &proposal).refused(again);
    coop.exec(&question).accepted();
    coop.propose(chairman, &proposal).refused(again);
    // Nor does one that is older than the last.
    coop.propose(chairman, &older).refused(again);
    let member = &coop.members[1];
    let other = Draft::proposal(&coop, member.name).signed_by(coop.chain, &[member]);
    coop.propose(member, &other).accepted();
}
