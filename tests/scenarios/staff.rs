//! Staff: the chairman gives rights to single actions of single contracts.

use antelope_types::Name;
use coop_model::Right;
use coop_model::coop::status;

use super::world::{Chain, Coop, ENTRANCE_AND_MINIMUM, Outcome, Person};

fn right(contract: &Person, action: &str) -> Right {
    Right {
        contract: contract.name,
        action: action.parse().expect("a name"),
    }
}

fn add(coop: &Coop<'_>, chairman: &Person, staff: Name, rights: &[Right]) -> Outcome {
    let action = coop
        .soviet(chairman)
        .addstaff(coop.name(), chairman.name, staff, rights.to_vec())
        .to_action();
    coop.chain.push(vec![action], &[chairman])
}

fn set(coop: &Coop<'_>, chairman: &Person, staff: Name, rights: &[Right]) -> Outcome {
    let action = coop
        .soviet(chairman)
        .setrights(coop.name(), chairman.name, staff, rights.to_vec())
        .to_action();
    coop.chain.push(vec![action], &[chairman])
}

fn remove(coop: &Coop<'_>, chairman: &Person, staff: Name) -> Outcome {
    let action = coop
        .soviet(chairman)
        .rmstaff(coop.name(), chairman.name, staff)
        .to_action();
    coop.chain.push(vec![action], &[chairman])
}

const NOT_CHAIRMAN: &str = "the account is not the chairman of the council";
const NO_STAFF: &str = "the actor is neither the cooperative nor its staff";
const NO_RIGHT: &str = "the staff member has no right to this action of this contract";

#[test]
fn people_of_the_staff_do_what_their_rights_say() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let clerk = chain.account();
    let candidate = coop.applicant();
    let pay = || {
        coop.complete(
            &clerk,
            candidate.hash,
            ENTRANCE_AND_MINIMUM,
            chain.unique_hash(),
        )
    };
    pay().refused(NO_STAFF);
    add(
        &coop,
        coop.chairman(),
        clerk.name,
        &[right(&chain.gateway, "indecline")],
    )
    .accepted();
    pay().refused(NO_RIGHT);
    set(
        &coop,
        coop.chairman(),
        clerk.name,
        &[right(&chain.gateway, "incomplete")],
    )
    .accepted();
    pay().accepted();
    remove(&coop, coop.chairman(), clerk.name).accepted();
    let other = coop.applicant();
    coop.complete(
        &clerk,
        other.hash,
        ENTRANCE_AND_MINIMUM,
        chain.unique_hash(),
    )
    .refused(NO_STAFF);
}

#[test]
fn people_of_the_staff_have_rights_in_one_contract_only() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let clerk = chain.account();
    // The same action name in other contracts opens nothing here.
    let elsewhere = [&chain.registrator, &chain.soviet, &chain.stranger]
        .map(|contract| right(contract, "incomplete"));
    add(&coop, coop.chairman(), clerk.name, &elsewhere).accepted();
    let candidate = coop.applicant();
    coop.complete(
        &clerk,
        candidate.hash,
        ENTRANCE_AND_MINIMUM,
        chain.unique_hash(),
    )
    .refused(NO_RIGHT);
    let newcomer = Person::new();
    chain
        .push(vec![coop.new_account(&clerk, &newcomer)], &[&clerk])
        .refused(NO_RIGHT);
    set(
        &coop,
        coop.chairman(),
        clerk.name,
        &[right(&chain.registrator, "newaccount")],
    )
    .accepted();
    chain
        .push(vec![coop.new_account(&clerk, &newcomer)], &[&clerk])
        .accepted();
}

#[test]
fn people_of_the_staff_serve_one_cooperative() {
    let chain = Chain::shared();
    let (coop, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let candidate = other.applicant();
    other
        .complete(
            &coop.cashier,
            candidate.hash,
            ENTRANCE_AND_MINIMUM,
            chain.unique_hash(),
        )
        .refused(NO_STAFF);
}

#[test]
fn people_of_the_staff_are_chosen_by_the_chairman() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let rights = [right(&chain.gateway, "incomplete")];
    let clerk = chain.account().name;
    for other in [
        &coop.members[1],
        &coop.account,
        &coop.cashier,
        &chain.stranger,
    ] {
        add(&coop, other, clerk, &rights).refused(NOT_CHAIRMAN);
        set(&coop, other, coop.cashier.name, &rights).refused(NOT_CHAIRMAN);
        remove(&coop, other, coop.cashier.name).refused(NOT_CHAIRMAN);
    }
    let action = coop
        .soviet(&coop.account)
        .addstaff(coop.name(), coop.chairman().name, clerk, rights.to_vec())
        .to_action();
    chain
        .push(vec![action], &[&coop.account])
        .lacks_authority_of(coop.chairman().name);
}

#[test]
fn people_of_the_staff_have_1_to_32_rights() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let clerk = chain.account().name;
    let rights = |count: u64| -> Vec<Right> {
        let action = |number| Name::from_raw(number << 32);
        (1..=count)
            .map(|number| Right {
                contract: chain.gateway.name,
                action: action(number),
            })
            .collect()
    };
    let bounds = "a staff member has 1 to 32 rights";
    add(&coop, coop.chairman(), clerk, &[]).refused(bounds);
    add(&coop, coop.chairman(), clerk, &rights(33)).refused(bounds);
    let twice = [rights(2), rights(1)].concat();
    add(&coop, coop.chairman(), clerk, &twice).refused("a right is given twice");
    add(&coop, coop.chairman(), clerk, &rights(32)).accepted();
    add(&coop, coop.chairman(), clerk, &rights(1)).refused("the account is staff already");
    set(&coop, coop.chairman(), clerk, &[]).refused(bounds);
    set(&coop, coop.chairman(), clerk, &twice).refused("a right is given twice");
}

#[test]
fn people_of_the_staff_have_accounts() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let rights = [right(&chain.gateway, "incomplete")];
    add(&coop, coop.chairman(), super::world::random_name(), &rights)
        .refused("the staff member has no account");
    add(&coop, coop.chairman(), coop.name(), &rights)
        .refused("the cooperative needs no rights in itself");
    set(&coop, coop.chairman(), chain.stranger.name, &rights).refused("the account is not staff");
    remove(&coop, coop.chairman(), chain.stranger.name).refused("the account is not staff");
}

#[test]
fn people_of_a_blocked_cooperative_keep_their_staff() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    coop.set_status(status::BLOCKED).accepted();
    let rights = [right(&chain.gateway, "incomplete")];
    add(&coop, coop.chairman(), chain.stranger.name, &rights)
        .refused("the cooperative is not active");
    remove(&coop, coop.chairman(), coop.cashier.name).refused("the cooperative is not active");
}

#[test]
fn people_pay_the_ram_of_staff_unless_the_cooperative_does() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let rights = [right(&chain.gateway, "incomplete")];
    let chairman = coop.chairman();
    let clerk = chain.account().name;
    let mut action = coop
        .soviet(chairman)
        .addstaff(coop.name(), chairman.name, clerk, rights.to_vec())
        .to_action();
    action.authorization.push(coop.account.active());
    let trace = chain
        .push(vec![action], &[chairman, &coop.account])
        .accepted();
    let deltas = trace.ram_deltas();
    assert!(
        deltas.get(&coop.name()).is_some_and(|bytes| *bytes > 0),
        "{deltas:?}"
    );
    assert!(!deltas.contains_key(&chairman.name), "{deltas:?}");
}
