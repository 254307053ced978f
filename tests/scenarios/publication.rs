//! R1 and R2: who publishes a question, and that one question is one meeting and one protocol.

use antelope_types::name;
use coop_model::Subject;
use coop_model::document::ProjectSubject;

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
    ] {
        let action = coop
            .soviet(sender)
            .createagenda(coop.name(), sender.name, name!("joincoop"), hash)
            .to_action();
        chain
            .push(vec![action], &[sender])
            .lacks_authority_of(chain.registrator.name);
    }
}

#[test]
fn r01_unknown_kind_is_refused() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    for kind in [name!("sharemoney"), name!("freedecision"), name!("")] {
        let action = coop
            .soviet(&chain.registrator)
            .createagenda(coop.name(), coop.name(), kind, chain.unique_hash())
            .to_action();
        chain
            .push(vec![action], &[&chain.registrator])
            .refused("the kind of decision is not registered");
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
        .refused("the account has no voting seat in the council");
}

#[test]
fn r01_participant_without_a_seat_proposes_nothing() {
    let coop = Coop::new(Chain::shared(), 3);
    let participant = coop.admitted();
    let proposal = Draft::proposal(&coop, participant.name).signed_by(coop.chain, &[&participant]);
    coop.propose(&participant, &proposal)
        .refused("the account has no voting seat in the council");
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
    let refused = "the proposal does not name its project";
    coop.propose(chairman, &draft.signed_by(coop.chain, &[chairman]))
        .refused(refused);
    draft.meta.subject = Some(Subject::Founders(coop_model::document::FoundersSubject {
        members: coop.chain.unique_hash(),
    }));
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
        .refused("the cooperative has no council");
}

#[test]
fn r01_kinds_are_registered_by_the_operator_once() {
    let chain = Chain::shared();
    let regtype = |signer: &super::world::Person, kind, contract, confirm, decline, protocol| {
        let soviet = coop_model::clients::Soviet::at(chain.soviet.name).signed_by(signer.active());
        chain.push(
            vec![
                soviet
                    .regtype(kind, contract, confirm, decline, protocol)
                    .to_action(),
            ],
            &[signer],
        )
    };
    let (kind, contract) = (super::world::random_name(), chain.gateway.name);
    let (yes, no) = (name!("confirm"), name!("decline"));
    regtype(&chain.stranger, kind, contract, yes, no, 900).lacks_authority_of(chain.soviet.name);
    let operator = &chain.soviet;
    for built_in in [name!("freedecision"), name!("")] {
        regtype(operator, built_in, contract, yes, no, 900)
            .refused("the kind is built in or has no name");
    }
    let no_contract = "the contract of the kind has no account, or is soviet itself";
    regtype(operator, kind, super::world::random_name(), yes, no, 900).refused(no_contract);
    regtype(operator, kind, chain.soviet.name, yes, no, 900).refused(no_contract);
    regtype(operator, kind, contract, name!(""), no, 900).refused("the kind needs both callbacks");
    regtype(operator, kind, contract, yes, name!(""), 900).refused("the kind needs both callbacks");
    regtype(operator, kind, contract, yes, no, 0)
        .refused("the kind needs the registry id of its protocol");
    regtype(operator, kind, contract, yes, no, 900).accepted();
    regtype(operator, kind, contract, no, yes, 901).refused("the kind is registered already");
    regtype(operator, name!("joincoop"), contract, yes, no, 900)
        .refused("the kind is registered already");
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
fn r02_a_hash_stands_in_one_unfinished_question() {
    let coop = Coop::new(Chain::shared(), 3);
    let chairman = coop.chairman();
    let proposal = Draft::proposal(&coop, chairman.name).signed_by(coop.chain, &[chairman]);
    coop.propose(chairman, &proposal).accepted();
    let question = coop.question_of(proposal.hash());
    let again = "a question with this hash is not finished";
    coop.propose(chairman, &proposal).refused(again);
    coop.approve(&question);
    coop.propose(chairman, &proposal).refused(again);
    coop.authorize(&question).accepted();
    coop.propose(chairman, &proposal).refused(again);
    coop.exec(&question).accepted();
    coop.propose(chairman, &proposal).accepted();
    assert_ne!(coop.question_of(proposal.hash()).id, question.id);
}
