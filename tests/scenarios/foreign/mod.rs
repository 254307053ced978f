//! Decisions of a kind that a contract of others owns: what fails there must harm nobody else.

use antelope_types::{Encode, Name, name};
use coop_model::catalogue::CATALOGUE;
use coop_model::catalogue::kind::FREEDECISION;
use coop_model::clients::Soviet;
use coop_model::coop::status;
use coop_model::{parameters, refusal};

use crate::attacks::foreign_code::{repeater, veto};
use crate::scenarios::world::{Chain, Coop, Foreign, Person, random_name};

mod money;

#[test]
fn r01_another_contract_owns_its_kind_and_gets_the_callbacks() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let question = owner.question(&coop);
    owner.authorize(&coop, &question);
    let executed = coop.exec(&question).accepted();
    let callback = executed
        .calls_of(owner.account.name, name!("yes"))
        .next()
        .expect("a confirm callback");
    // Nobody's authority, so that nobody's RAM can be used.
    assert_eq!(callback.act.authorization, []);
    assert_eq!(callback.act.data.len(), 8 + 32 + 32);
    assert_eq!(callback.act.data[8..40], question.hash.0);

    let lost = owner.question(&coop);
    coop.decline(&lost);
    let removed = coop.remove_declined(&lost).accepted();
    let callback = removed
        .calls_of(owner.account.name, name!("no"))
        .next()
        .expect("a decline callback");
    assert_eq!(callback.act.authorization, []);
    assert_eq!(callback.act.data[8..40], lost.hash.0);
    assert_eq!(
        callback.act.data[40..],
        "declined by the council".to_bytes()
    );
}

#[test]
fn r01_kinds_are_registered_by_the_operator_for_contracts_that_are_there() {
    let chain = Chain::shared();
    let regtype = |signer: &Person, kind, contract, confirm, decline, protocol| {
        let soviet = Soviet::at(chain.soviet.name).signed_by(signer.active());
        let action = soviet
            .regtype(kind, contract, confirm, decline, protocol)
            .to_action();
        chain.push(vec![action], &[signer])
    };
    let owner = Foreign::unregistered(chain);
    let (kind, contract) = (owner.kind, owner.account.name);
    let (yes, no) = (name!("confirm"), name!("decline"));
    let operator = &chain.soviet;
    regtype(&chain.stranger, kind, contract, yes, no, 900).lacks_authority_of(chain.soviet.name);
    for built_in in [name!("freedecision"), name!("")] {
        regtype(operator, built_in, contract, yes, no, 900).refused(refusal::kind::BUILT_IN);
    }
    regtype(operator, kind, chain.soviet.name, yes, no, 900)
        .refused(refusal::kind::CONTRACT_IS_SOVIET);
    for absent in [random_name(), chain.stranger.name] {
        regtype(operator, kind, absent, yes, no, 900).refused(refusal::kind::CONTRACT_WITHOUT_CODE);
    }
    for (confirm, decline) in [(Name::EMPTY, no), (yes, Name::EMPTY), (yes, yes)] {
        regtype(operator, kind, contract, confirm, decline, 900)
            .refused(refusal::kind::NO_CALLBACKS);
    }
    regtype(operator, kind, contract, yes, no, 0).refused(refusal::kind::NO_PROTOCOL_ID);
    regtype(operator, kind, contract, yes, no, 900).accepted();
    // As long as no question depends on it, it may become anything.
    let other = Foreign::unregistered(chain);
    regtype(operator, kind, other.account.name, no, yes, 901).accepted();
}

#[test]
fn r01_a_kind_is_mended_with_its_owners_consent_while_questions_depend_on_it() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let question = owner.question(&coop);
    let thief = Foreign {
        chain,
        kind: owner.kind,
        account: Foreign::unregistered(chain).account,
    };
    thief
        .mend(name!("yes"), name!("no"))
        .refused(refusal::kind::QUESTIONS_DEPEND_ON_CONTRACT);
    owner
        .register(name!("evil"), name!("no"))
        .lacks_authority_of(owner.account.name);
    owner.mend(name!("right"), name!("wrong")).accepted();
    owner.authorize(&coop, &question);
    let executed = coop.exec(&question).accepted();
    assert_eq!(
        executed
            .calls_of(owner.account.name, name!("right"))
            .count(),
        1
    );
    thief.register(name!("yes"), name!("no")).accepted();
    // What the cooperative accepted was another contract's.
    thief
        .publish(&coop, chain.unique_hash())
        .refused(refusal::kind::ACCEPTED_WITH_ANOTHER_CONTRACT);
    thief.accepted_by(&coop).accepted();
    thief.question(&coop);
}

#[test]
fn r01_a_cooperative_accepts_the_kinds_of_others_itself() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::new(chain);
    owner
        .publish(&coop, chain.unique_hash())
        .refused(refusal::kind::NOT_ACCEPTED);
    let accept = |signer: &Person, chairman: &Person, kind| {
        let mut action = coop
            .soviet(signer)
            .accepttype(coop.name(), chairman.name, kind)
            .to_action();
        action.authorization.push(chairman.active());
        chain.push(vec![action], &[signer, chairman])
    };
    let (account, chairman) = (&coop.account, coop.chairman());
    let alone = coop
        .soviet(chairman)
        .accepttype(coop.name(), chairman.name, owner.kind)
        .to_action();
    chain
        .push(vec![alone], &[chairman])
        .lacks_authority_of(coop.name());
    accept(account, &coop.members[1], owner.kind).refused(refusal::council::NOT_THE_CHAIRMAN);
    accept(account, chairman, random_name()).refused(refusal::kind::NOT_REGISTERED);
    coop.set_status(status::BLOCKED).accepted();
    accept(account, chairman, owner.kind).refused(refusal::coop::NOT_ACTIVE);
    coop.set_status(status::ACTIVE).accepted();
    owner.accepted_by(&coop).accepted();
    owner
        .accepted_by(&coop)
        .refused(refusal::kind::ACCEPTED_ALREADY);
    let question = owner.question(&coop);
    owner
        .dropped_by(&coop)
        .refused(refusal::kind::QUESTIONS_DEPEND_ON_KIND);
    coop.decline(&question);
    coop.take_off(&question).accepted();
    owner
        .dropped_by(&coop)
        .refused(refusal::kind::QUESTIONS_DEPEND_ON_KIND);
    coop.deliver(&question).accepted();
    owner.dropped_by(&coop).accepted();
    owner.dropped_by(&coop).refused(refusal::kind::NOT_ACCEPTED);
    owner
        .publish(&coop, chain.unique_hash())
        .refused(refusal::kind::NOT_ACCEPTED);
    let mut owner = owner;
    for kind in CATALOGUE.iter().filter(|kind| kind.name != FREEDECISION) {
        owner.kind = kind.name;
        owner
            .dropped_by(&coop)
            .refused(refusal::kind::OF_THE_PROTOCOL);
    }
    owner.kind = FREEDECISION;
    owner.dropped_by(&coop).refused(refusal::kind::NOT_ACCEPTED);
}

#[test]
fn r08_an_effect_that_fails_leaves_the_decision_as_it_was_for_another_try() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let question = owner.question(&coop);
    owner.authorize(&coop, &question);
    owner.arm(&veto());
    let before = (coop.decision(question.id), coop.council());
    for _ in 0..2 {
        let outcome = coop.exec(&question);
        assert!(outcome.0.is_err(), "the effect did not fail");
        assert_eq!((coop.decision(question.id), coop.council()), before);
    }
    // Without code the effect would get lost.
    owner.arm(&[]);
    coop.exec(&question)
        .refused(refusal::kind::CONTRACT_WITHOUT_CODE);
    owner.disarm();
    coop.exec(&question).accepted();
    assert_eq!(coop.status(&question), "gone");
}

#[test]
fn r08_an_effect_that_executes_again_fails_as_a_whole() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let question = owner.question(&coop);
    owner.authorize(&coop, &question);
    let again = coop
        .soviet(&owner.account)
        .exec(owner.account.name, coop.name(), question.id)
        .to_action();
    owner.arm(&repeater(&again.to_bytes()));
    coop.exec(&question).refused(refusal::decision::NO_QUESTION);
    assert_eq!(coop.status(&question), "authorized");
}

#[test]
fn r09_a_decline_callback_that_fails_blocks_neither_votes_nor_the_agenda() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let (lost, other) = (owner.question(&coop), coop.question());
    owner.arm(&veto());
    coop.decline(&lost);
    let removal = coop.remove_declined(&lost);
    assert!(removal.0.is_err(), "the callback did not fail");
    assert_eq!(coop.status(&lost), "declined");
    // Taken off without telling, it leaves the agenda; what is to be told waits.
    coop.take_off(&lost).accepted();
    assert_eq!(coop.status(&lost), "gone");
    assert_eq!(coop.council()["foreign"], 0);
    for _ in 0..2 {
        assert!(coop.deliver(&lost).0.is_err(), "the callback did not fail");
    }
    coop.decide(&other);
    assert_eq!(coop.question().id, 3);
    owner.arm(&[]);
    coop.deliver(&lost)
        .refused(refusal::kind::CONTRACT_WITHOUT_CODE);
    owner.disarm();
    let told = coop.deliver(&lost).accepted();
    let callback = told
        .calls_of(owner.account.name, name!("no"))
        .next()
        .expect("a decline callback");
    assert_eq!(callback.act.data[8..40], lost.hash.0);
    coop.deliver(&lost)
        .refused(refusal::decision::NOTHING_TO_DELIVER);
}

#[test]
fn r09_declines_that_cannot_be_delivered_end_new_questions_of_their_kind_only() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let owner = Foreign::of(&coop);
    let mut all = Vec::new();
    while all.len() < parameters::MAX_UNDELIVERED as usize {
        let count = (parameters::MAX_UNDELIVERED as usize - all.len())
            .min(parameters::MAX_UNFINISHED_FOREIGN as usize);
        let questions: Vec<_> = (0..count)
            .map(|_| {
                let hash = chain.unique_hash();
                owner.publish(&coop, hash).accepted();
                hash
            })
            .collect();
        chain.pass(parameters::VOTING_SECONDS);
        let ids: Vec<u64> = coop
            .decisions()
            .iter()
            .map(|row| crate::scenarios::world::number(&row["id"]))
            .collect();
        for batch in ids.chunks(parameters::MAX_BATCH) {
            coop.expire_all(batch).accepted();
        }
        all.extend(questions);
    }
    assert_eq!(coop.council()["unfinished"], 0);
    owner
        .publish(&coop, chain.unique_hash())
        .refused(refusal::decision::TOO_MANY_UNDELIVERED);
    let other = Foreign::of(&coop);
    other.question(&coop);
    coop.question();
    coop.paid_applicant();
}

#[test]
fn r02_a_hash_is_unfinished_once_for_each_contract() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (one, other) = (Foreign::of(&coop), Foreign::of(&coop));
    let question = one.question(&coop);
    let refused = refusal::decision::HASH_UNFINISHED;
    one.publish(&coop, question.hash).refused(refused);
    // Another contract's question with this hash is another question: nobody keeps anybody out.
    other.publish(&coop, question.hash).accepted();
    other.publish(&coop, question.hash).refused(refused);
    coop.decline(&question);
    one.publish(&coop, question.hash).refused(refused);
    coop.remove_declined(&question).accepted();
    one.publish(&coop, question.hash).accepted();
}

#[test]
fn bounds_kinds_of_others_share_a_quota_of_questions_in_a_cooperative() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let owners = [Foreign::of(&coop), Foreign::of(&coop)];
    for number in 0..parameters::MAX_UNFINISHED_FOREIGN as usize {
        owners[number % 2]
            .publish(&coop, chain.unique_hash())
            .accepted();
    }
    for owner in &owners {
        owner
            .publish(&coop, chain.unique_hash())
            .refused(refusal::decision::TOO_MANY_FOREIGN);
    }
    assert_eq!(
        coop.council()["foreign"],
        parameters::MAX_UNFINISHED_FOREIGN
    );
    // The protocol's own kinds have their room.
    coop.paid_applicant();
    coop.question();
}

#[test]
fn bounds_the_contract_of_a_kind_pays_for_its_questions() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let owner = Foreign::of(&coop);
    // Tables that are new in a scope cost something once.
    owner.authorize(&coop, &owner.question(&coop));
    let before = chain.ram();
    let question = owner.question(&coop);
    let after = chain.ram();
    let changed: Vec<_> = after
        .iter()
        .filter(|(account, bytes)| before.get(account) != Some(bytes))
        .map(|(account, _)| *account)
        .collect();
    assert_eq!(changed, [owner.account.name]);
    coop.decline(&question);
    coop.remove_declined(&question).accepted();
    assert_eq!(chain.ram(), before);
}
