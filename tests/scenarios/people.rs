//! Accounts and founders: twelve letters, the owner's own key, a founding meeting that everybody signed.

use antelope_types::{Name, name};
use coop_model::catalogue::registry;
use coop_model::coop::status;
use coop_model::refusal;
use coop_model::{Charter, CoopParams, Document};

use super::world::{Chain, Coop, Draft, Outcome, Person, fees, random_name, signature};

#[test]
fn people_have_accounts_with_their_own_key_only() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    for person in [Person::new(), Person::with_r1(), Person::with_webauthn()] {
        let person = coop.newcomer_like(person);
        let account = chain.client.get_account(person.name).expect("the account");
        for permission in [name!("owner"), name!("active")] {
            let auth = &account
                .permission(permission)
                .expect("the permission")
                .required_auth;
            assert_eq!(auth.threshold, 1);
            let keys: Vec<_> = auth.keys.iter().filter_map(|it| it.key.key()).collect();
            assert_eq!(keys, [&person.public_key()], "{permission}");
            assert!(
                auth.accounts.is_empty() && auth.waits.is_empty(),
                "{auth:?}"
            );
        }
        assert_eq!(account.permissions.len(), 2);
    }
}

#[test]
fn people_have_names_of_twelve_letters() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    for text in [
        "abcdefghijk",
        "abcdefghijk1",
        "abcdefghij.a",
        "a.bcdefghijk",
        "1bcdefghijkl",
        "abcdef5hijkl",
        "a",
        "",
        "abcdefghijkla",
    ] {
        let person = Person {
            name: text.parse().expect("a name"),
            ..Person::new()
        };
        chain
            .push(
                vec![coop.new_account(&coop.account, &person)],
                &[&coop.account],
            )
            .refused(refusal::people::NOT_12_LETTERS);
    }
}

#[test]
fn people_get_accounts_that_did_not_exist() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    for taken in [&chain.stranger, coop.chairman()] {
        let thief = Person {
            name: taken.name,
            ..Person::new()
        };
        chain
            .push(
                vec![coop.new_account(&coop.account, &thief)],
                &[&coop.account],
            )
            .refused(refusal::account::EXISTS);
    }
}

#[test]
fn people_get_accounts_from_an_active_cooperative_or_its_staff() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = Person::new();
    let make = |actor: &Person| chain.push(vec![coop.new_account(actor, &person)], &[actor]);
    for other in [&chain.stranger, coop.chairman(), &chain.soviet] {
        make(other).refused(refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF);
    }
    make(&coop.cashier).refused(refusal::staff::NO_RIGHT);
    coop.set_status(status::BLOCKED).accepted();
    make(&coop.account).refused(refusal::coop::NOT_ACTIVE);
    let nobody = Coop {
        chain,
        account: chain.account(),
        members: Vec::new(),
        cashier: chain.account(),
    };
    chain
        .push(
            vec![nobody.new_account(&nobody.account, &person)],
            &[&nobody.account],
        )
        .refused(refusal::coop::NOT_REGISTERED);
}

#[test]
fn people_keep_their_accounts_to_themselves() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let auth = antelope_types::Authority::from_key(Person::new().public_key());
    let steal = || {
        antelope_rpc_client::native::update_auth(
            person.name,
            name!("active"),
            name!("owner"),
            auth.clone(),
        )
    };
    for thief in [
        &coop.account,
        &chain.registrator,
        &chain.soviet,
        coop.chairman(),
    ] {
        chain.push(vec![steal()], &[thief]).lacks_signature();
    }
}

/// `regfounders` with these founders and this document.
fn register(coop: &Coop<'_>, founders: Vec<Name>, meeting: Document) -> Outcome {
    let action = coop
        .registrator(&coop.account)
        .regfounders(coop.name(), founders, meeting)
        .to_action();
    coop.chain.push(vec![action], &[&coop.account])
}

/// An active cooperative whose future members have accounts.
fn young(chain: &Chain, members: usize) -> Coop<'_> {
    let coop = Coop::active(chain, (0..members).map(|_| Person::new()).collect());
    coop.register_members().accepted();
    coop
}

#[test]
fn people_found_a_cooperative_once_and_together() {
    let chain = Chain::shared();
    let coop = young(chain, 4);
    let everybody: Vec<&Person> = coop.members.iter().collect();
    let founders: Vec<Name> = coop.members.iter().map(|member| member.name).collect();
    let draft = Draft::founding(chain, coop.name(), &founders);
    let all = refusal::founder::NOT_ALL_SIGNED;
    register(&coop, founders.clone(), draft.unsigned()).refused(all);
    register(
        &coop,
        founders.clone(),
        draft.signed_by(chain, &everybody[..3]),
    )
    .refused(all);
    let mut with_stranger = everybody.clone();
    with_stranger[3] = &chain.stranger;
    register(
        &coop,
        founders.clone(),
        draft.signed_by(chain, &with_stranger),
    )
    .refused(all);
    with_stranger[3] = everybody[3];
    with_stranger.push(&chain.stranger);
    register(
        &coop,
        founders.clone(),
        draft.signed_by(chain, &with_stranger),
    )
    .refused(all);

    let other: Vec<Name> = founders.iter().rev().copied().collect();
    let another = refusal::document::ANOTHER_SUBJECT;
    register(&coop, other, draft.signed_by(chain, &everybody)).refused(another);
    let mut election = draft.clone();
    election.meta.registry_id = registry::PROPOSAL;
    register(
        &coop,
        founders.clone(),
        election.signed_by(chain, &everybody),
    )
    .refused(refusal::document::ANOTHER_REGISTRY_ID);

    coop.found().accepted();
    for member in &coop.members {
        let participant = coop.participant(member).expect("a participant");
        assert_eq!(
            (
                participant["kind"].as_str(),
                participant["minimum"].as_str()
            ),
            (Some("individual"), Some("0.00 RUB"))
        );
    }
    coop.found().refused(refusal::founder::REGISTERED_ALREADY);
}

#[test]
fn people_who_found_are_3_to_64_and_registered() {
    let chain = Chain::shared();
    let coop = young(chain, 3);
    let sign = |people: &[&Person]| {
        let founders: Vec<Name> = people.iter().map(|person| person.name).collect();
        let meeting = Draft::founding(chain, coop.name(), &founders).signed_by(chain, people);
        register(&coop, founders, meeting)
    };
    let [a, b, c] = [0, 1, 2].map(|index| &coop.members[index]);
    let count = refusal::founder::NUMBER;
    sign(&[]).refused(count);
    sign(&[a, b]).refused(count);
    sign(&[a; 65]).refused(count);
    sign(&[a, b, &chain.stranger]).refused(refusal::account::NOT_REGISTERED);
    sign(&[a, b, a]).refused(refusal::document::SIGNED_TWICE);
    let founders = vec![a.name, b.name, a.name];
    let meeting = Draft::founding(chain, coop.name(), &founders).signed_by(chain, &[a, b, c]);
    register(&coop, founders, meeting).refused(refusal::founder::TWICE);
    sign(&[a, b, c]).accepted();
}

#[test]
fn people_found_within_the_quota_of_the_cooperative() {
    let chain = Chain::shared();
    let coop = young(chain, 4);
    let quota = |participants| {
        let action = coop
            .registrator(&chain.registrator)
            .setquota(coop.name(), 5, participants)
            .to_action();
        chain.push(vec![action], &[&chain.registrator]).accepted();
    };
    quota(3);
    coop.found().refused(refusal::people::QUOTA);
    quota(4);
    coop.found().accepted();
}

#[test]
fn people_found_with_every_kind_of_key() {
    let people = vec![Person::new(), Person::with_r1(), Person::with_webauthn()];
    let coop = Coop::founded_by(Chain::shared(), people, 3);
    let question = coop.question();
    for member in coop.members.iter().take(2) {
        coop.vote_for(member, &question).accepted();
    }
    assert_eq!(coop.status(&question), "approved");
}

#[test]
fn people_join_a_cooperative_that_has_a_council() {
    let chain = Chain::shared();
    let coop = young(chain, 4);
    let person = coop.newcomer();
    let apply = || {
        let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
        coop.apply(&person, &person, name!("individual"), &statement)
    };
    apply().refused(refusal::kind::NOT_ACCEPTED);
    coop.found().accepted();
    apply().refused(refusal::kind::NOT_ACCEPTED);
    let council = coop.first_council(coop.seats(4));
    chain.push(vec![council], &[&coop.account]).accepted();
    apply().accepted();
}

#[test]
fn people_register_a_cooperative_themselves_and_the_operator_activates_it() {
    let chain = Chain::shared();
    let account = chain.account();
    let registrator = |signer: &Person| {
        coop_model::clients::Registrator::at(chain.registrator.name).signed_by(signer.active())
    };
    let hash = chain.unique_hash();
    let regcoop = |signer: &Person, name: Name, params: CoopParams, hash| {
        let action = registrator(signer)
            .regcoop(name, params, Charter::default(), hash)
            .to_action();
        chain.push(vec![action], &[signer])
    };
    for (quorum_percent, board_support, refusal) in [
        (101, 0, refusal::coop::QUORUM_BOUND),
        (0, 65, refusal::coop::SUPPORT_BOUND),
    ] {
        let charter = Charter {
            quorum_percent,
            board_support,
        };
        let action = registrator(&account)
            .regcoop(account.name, fees(), charter, hash)
            .to_action();
        chain.push(vec![action], &[&account]).refused(refusal);
    }
    regcoop(&chain.registrator, account.name, fees(), hash).lacks_authority_of(account.name);
    regcoop(
        &account,
        account.name,
        fees(),
        antelope_types::Checksum256::ZERO,
    )
    .refused(refusal::coop::NO_DOCUMENT);
    for contract in [&chain.registrator, &chain.soviet, &chain.gateway] {
        regcoop(contract, contract.name, fees(), hash)
            .refused(refusal::coop::CONTRACT_AS_COOPERATIVE);
    }
    regcoop(&account, account.name, fees(), hash).accepted();
    regcoop(&account, account.name, fees(), hash).refused(refusal::coop::REGISTERED_ALREADY);
    let row = chain
        .row(
            &chain.registrator,
            chain.registrator.name,
            name!("coops"),
            account.name,
        )
        .expect("a row");
    assert_eq!(row["status"], "pending");

    let coop = Coop {
        chain,
        account,
        members: Vec::new(),
        cashier: chain.stranger.clone(),
    };
    let by_itself = coop
        .registrator(&coop.account)
        .stcoopstatus(coop.name(), status::ACTIVE)
        .to_action();
    chain
        .push(vec![by_itself], &[&coop.account])
        .lacks_authority_of(chain.registrator.name);
    for wrong in [status::PENDING, name!("closed"), name!("")] {
        coop.set_status(wrong).refused(refusal::coop::STATUS);
    }
    coop.set_status(status::ACTIVE).accepted();
    coop.set_status(status::ACTIVE)
        .refused(refusal::coop::STATUS_ALREADY);
    assert_eq!(coop.funds()["incoming"], "0.00 RUB");
}

#[test]
fn people_are_not_cooperatives() {
    let chain = Chain::shared();
    let person = Coop::new(chain, 3).newcomer();
    let action = coop_model::clients::Registrator::at(chain.registrator.name)
        .signed_by(person.active())
        .regcoop(person.name, fees(), Charter::default(), chain.unique_hash())
        .to_action();
    chain
        .push(vec![action], &[&person])
        .refused(refusal::coop::PERSON_AS_COOPERATIVE);
}

#[test]
fn people_of_a_pending_cooperative_wait() {
    let chain = Chain::shared();
    let coop = Coop::pending(chain, (0..3).map(|_| Person::new()).collect());
    let inactive = refusal::coop::NOT_ACTIVE;
    coop.register_members().refused(inactive);
    coop.found().refused(inactive);
    let action = coop
        .registrator(&coop.account)
        .updatecoop(coop.name(), fees())
        .to_action();
    chain.push(vec![action], &[&coop.account]).accepted();
    let action = coop
        .registrator(&chain.registrator)
        .updatecoop(coop.name(), fees())
        .to_action();
    chain
        .push(vec![action], &[&chain.registrator])
        .lacks_authority_of(coop.name());
    coop.set_status(status::BLOCKED).accepted();
    let action = coop
        .registrator(&coop.account)
        .updatecoop(coop.name(), fees())
        .to_action();
    chain
        .push(vec![action], &[&coop.account])
        .refused(refusal::coop::BLOCKED);
}

#[test]
fn people_who_sign_for_founders_sign_the_right_hash() {
    let chain = Chain::shared();
    let coop = young(chain, 3);
    let founders: Vec<Name> = coop.members.iter().map(|member| member.name).collect();
    let signers: Vec<&Person> = coop.members.iter().collect();
    let mut meeting = Draft::founding(chain, coop.name(), &founders).signed_by(chain, &signers);
    let other = random_name();
    meeting.signatures[2] = signature(
        &Person {
            name: founders[2],
            ..Person::new()
        },
        &chain.id,
        &meeting.hash(),
        chain.clock(),
    );
    assert_ne!(other, founders[2]);
    register(&coop, founders, meeting).refused(refusal::document::WRONG_KEY);
}
