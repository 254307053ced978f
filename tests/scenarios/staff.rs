//! Staff: the chairman gives rights to single actions of single contracts.

use antelope_types::{Name, asset};
use coop_model::Right;
use coop_model::catalogue::registry;
use coop_model::coop::status;
use coop_model::council::board;
use coop_model::refusal::{self, Refusal};

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

const NOT_CHAIRMAN: Refusal = refusal::council::NOT_THE_CHAIRMAN;
const NO_STAFF: Refusal = refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF;
const NO_RIGHT: Refusal = refusal::staff::NO_RIGHT;

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
    }
    for other in [&coop.members[1], &chain.stranger] {
        remove(&coop, other, coop.cashier.name).refused(NOT_CHAIRMAN);
    }
    let chairman = coop.chairman();
    add(&coop, chairman, chairman.name, &rights).refused(refusal::staff::CHAIRMAN_HIMSELF);
    let action = coop
        .soviet(&coop.account)
        .addstaff(coop.name(), coop.chairman().name, clerk, rights.to_vec())
        .to_action();
    chain
        .push(vec![action], &[&coop.account])
        .lacks_authority_of(coop.chairman().name);
}

#[test]
fn people_of_the_staff_have_a_bounded_number_of_rights() {
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
    let bounds = refusal::staff::RIGHTS_BOUND;
    add(&coop, coop.chairman(), clerk, &[]).refused(bounds);
    add(&coop, coop.chairman(), clerk, &rights(33)).refused(bounds);
    let twice = [rights(2), rights(1)].concat();
    add(&coop, coop.chairman(), clerk, &twice).refused(refusal::staff::RIGHT_TWICE);
    add(&coop, coop.chairman(), clerk, &rights(32)).accepted();
    add(&coop, coop.chairman(), clerk, &rights(1)).refused(refusal::staff::STAFF_ALREADY);
    set(&coop, coop.chairman(), clerk, &[]).refused(bounds);
    set(&coop, coop.chairman(), clerk, &twice).refused(refusal::staff::RIGHT_TWICE);
}

#[test]
fn people_of_the_staff_have_accounts() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let rights = [right(&chain.gateway, "incomplete")];
    add(&coop, coop.chairman(), super::world::random_name(), &rights)
        .refused(refusal::staff::NO_ACCOUNT);
    add(&coop, coop.chairman(), coop.name(), &rights).refused(refusal::staff::COOPERATIVE_ITSELF);
    set(&coop, coop.chairman(), chain.stranger.name, &rights).refused(refusal::staff::NOT_STAFF);
    remove(&coop, coop.chairman(), chain.stranger.name).refused(refusal::staff::NOT_STAFF);
}

#[test]
fn people_of_the_staff_are_dismissed_by_three_sides_also_when_blocked() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let rights = [right(&chain.gateway, "incomplete")];
    let clerks = [0; 3].map(|_| chain.account());
    for clerk in &clerks {
        add(&coop, coop.chairman(), clerk.name, &rights).accepted();
    }
    coop.set_status(status::BLOCKED).accepted();
    let inactive = refusal::coop::NOT_ACTIVE;
    add(&coop, coop.chairman(), chain.stranger.name, &rights).refused(inactive);
    set(&coop, coop.chairman(), clerks[0].name, &rights).refused(inactive);
    let sides = [coop.chairman(), &coop.account, &clerks[2]];
    for (clerk, side) in clerks.iter().zip(sides) {
        remove(&coop, side, clerk.name).accepted();
        remove(&coop, side, clerk.name).refused(refusal::staff::NOT_STAFF);
    }
}

#[test]
fn people_of_the_staff_lose_their_rights_with_the_council_that_gave_them() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let candidate = coop.applicant();
    coop.elect(coop.seats(3));
    coop.confirm_payment(candidate.hash)
        .refused(refusal::staff::RIGHTS_ENDED);
    // The cooperative itself needs none.
    coop.complete(
        &coop.account,
        candidate.hash,
        ENTRANCE_AND_MINIMUM,
        chain.unique_hash(),
    )
    .accepted();
    let other = coop.applicant();
    let rights = coop.cashiers_rights();
    add(&coop, coop.chairman(), coop.cashier.name, &rights).refused(refusal::staff::STAFF_ALREADY);
    set(&coop, coop.chairman(), coop.cashier.name, &rights).accepted();
    coop.confirm_payment(other.hash).accepted();
    // A change of another board changes nothing.
    coop.submit_board(board::AUDIT, coop.seats(3), &[])
        .accepted();
    let ballot = coop.ballot();
    coop.sit(&ballot).accepted();
    let third = coop.applicant();
    coop.confirm_payment(third.hash).accepted();
}

#[test]
fn people_of_the_staff_may_do_exactly_what_their_one_right_says() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let owner = coop.admitted();
    let sum = asset!("10.00 RUB");
    let returning = || {
        let (candidate, question) = coop.paid_applicant();
        coop.refuse(&question);
        candidate.hash
    };
    let [paying, undoing] = [0; 2].map(|_| coop.applicant().hash);
    let [sending, failing, failed] = [0; 3].map(|_| returning());
    coop.fail_refund(failed).accepted();
    let share = coop.paid_share(&owner, sum);
    coop.refuse(&share);
    coop.fail_refund(share.hash).accepted();
    let [accepting, cancelling] = [0; 2].map(|_| coop.share_property(&owner, sum));
    let (releasing, question) = coop.accepted_property(&owner, sum);
    coop.refuse(&question);

    let (name, whole) = (coop.name(), ENTRANCE_AND_MINIMUM);
    let attempt = |clerk: &Person, right: &str| {
        let gateway = || coop.gateway(clerk);
        let registrator = || coop.registrator(clerk);
        let act = |registry_id, id| {
            coop.act(registry_id, id)
                .signed_by(&chain, &[&owner, clerk])
        };
        let reference = chain.unique_hash();
        let action = match right {
            "incomplete" => gateway()
                .incomplete(name, clerk.name, paying, whole, reference)
                .to_action(),
            "indecline" => gateway()
                .indecline(name, clerk.name, undoing, "x")
                .to_action(),
            "outcomplete" => gateway()
                .outcomplete(name, clerk.name, sending, whole, reference)
                .to_action(),
            "outdecline" => gateway()
                .outdecline(name, clerk.name, failing, "x")
                .to_action(),
            "retrypay" => gateway().retrypay(name, clerk.name, share.hash).to_action(),
            "acceptprop" => gateway()
                .acceptprop(
                    name,
                    clerk.name,
                    accepting,
                    act(registry::ACCEPTANCE_ACT, accepting),
                )
                .to_action(),
            "cancelprop" => gateway()
                .cancelprop(name, clerk.name, cancelling)
                .to_action(),
            "handprop" => gateway()
                .handprop(
                    name,
                    clerk.name,
                    releasing,
                    act(registry::HANDOVER_ACT, releasing),
                )
                .to_action(),
            "retryrefund" => registrator()
                .retryrefund(name, clerk.name, failed)
                .to_action(),
            _ => coop.new_account(clerk, &Person::new()),
        };
        chain.push(vec![action], &[clerk])
    };
    let rights = [
        "incomplete",
        "indecline",
        "outcomplete",
        "outdecline",
        "retrypay",
        "acceptprop",
        "cancelprop",
        "handprop",
        "retryrefund",
        "newaccount",
    ];
    let clerks = rights.map(|own| {
        let clerk = chain.account();
        attempt(&clerk, own).refused(NO_STAFF);
        let contract = match own {
            "retryrefund" | "newaccount" => &chain.registrator,
            _ => &chain.gateway,
        };
        add(&coop, coop.chairman(), clerk.name, &[right(contract, own)]).accepted();
        for other in rights.iter().filter(|other| **other != own) {
            attempt(&clerk, other).refused(NO_RIGHT);
        }
        clerk
    });
    for (clerk, own) in clerks.iter().zip(rights) {
        attempt(clerk, own).accepted();
    }
    coop.check_books();
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
    let bytes = trace.ram_deltas()[&coop.name()];
    assert!(bytes > 0);
    assert!(!trace.ram_deltas().contains_key(&chairman.name));
    // Whoever gives the rights anew pays from then on.
    let trace = set(&coop, chairman, clerk, &rights).accepted();
    let deltas = trace.ram_deltas();
    assert_eq!(deltas[&coop.name()], -deltas[&chairman.name], "{deltas:?}");
    assert!(deltas[&chairman.name] > 0, "{deltas:?}");
    let mut action = coop
        .soviet(chairman)
        .setrights(coop.name(), chairman.name, clerk, rights.to_vec())
        .to_action();
    action.authorization.push(coop.account.active());
    let trace = chain
        .push(vec![action], &[chairman, &coop.account])
        .accepted();
    let back = trace.ram_deltas();
    assert_eq!(back[&coop.name()], deltas[&chairman.name], "{back:?}");
    assert_eq!(back[&chairman.name], -deltas[&chairman.name], "{back:?}");
    // Other rights in the same number cost the same, and nobody else.
    let other = [right(&chain.gateway, "outcomplete")];
    let trace = set(&coop, chairman, clerk, &other).accepted();
    let payers: Vec<Name> = trace.ram_deltas().into_keys().collect();
    assert_eq!(payers.len(), 2, "{payers:?}");
}
