//! Who may act for the contracts when their keys are shared, or given up.

use antelope_rpc_client::{ErrorKind, native};
use antelope_types::{Action, Name, PermissionLevel, name};

use veche_tests::Embedded;

use super::carried::{batch, kinds};
use super::life::Life;
use super::old;
use super::operators::Operators;
use crate::foreign::shop::Shop;
use crate::foreign::world::{Outcome, World};

/// One action for each thing that an operator may do.
fn powers(world: &World) -> Vec<Action> {
    let mut powers: Vec<_> = world
        .contracts()
        .iter()
        .map(|(contract, _)| native::set_code(contract.name, &[]))
        .collect();
    powers.push(pause(world, true));
    powers.push(world.regtype(
        name!("joincoop"),
        world.registrator.name,
        name!("refundpay"),
        name!("declinerfnd"),
        1,
    ));
    powers
}

fn pause(world: &World, paused: bool) -> Action {
    coop_model::clients::Registrator::at(world.registrator.name)
        .signed_by(world.registrator.active())
        .setpause(paused)
        .to_action()
}

fn refused_by_authority(outcome: Outcome) {
    let error = outcome.0.expect_err("nobody was to act alone");
    assert!(error.is(ErrorKind::UnsatisfiedAuthorization), "{error}");
}

#[test]
fn when_keys_are_shared_nobody_acts_for_the_contracts_alone() {
    let world = World::new();
    let shop = Shop::new(&world);
    let operators = Operators::share(&world);
    for power in powers(&world) {
        refused_by_authority(world.push(vec![power.clone()], &world.operators()));
        refused_by_authority(operators.sign(vec![power], 1));
    }
    for one in &operators.people {
        refused_by_authority(world.push(vec![pause(&world, true)], &[one]));
    }
    operators.sign(vec![pause(&world, true)], 2).accepted();
    shop.request(&shop.coop.members[1], shop.day(3))
        .refused("the operator has paused new processes");
    operators.sign(vec![pause(&world, false)], 2).accepted();
    // The contracts themselves act as before.
    let hash = shop.paid(3);
    shop.coop.decide(&shop.coop.question_of(hash));
    assert_eq!(shop.status(hash), "booked");
}

#[test]
fn when_keys_are_given_up_nobody_acts_for_the_contracts_at_all() {
    let world = World::new();
    let shop = Shop::new(&world);
    Operators::give_up(&world);
    for power in powers(&world) {
        refused_by_authority(world.push(vec![power], &world.operators()));
    }
    let hash = shop.paid(3);
    shop.coop.decide(&shop.coop.question_of(hash));
    assert_eq!(shop.status(hash), "booked");
    // What is left is what the chain's producers may do with any account.
    let mut code = native::set_code(world.gateway.name, &[]);
    code.authorization = vec![PermissionLevel::new(world.gateway.name, name!("owner"))];
    world.push(vec![code], &[&world.eosio]).accepted();
}

#[test]
fn an_upgrade_is_proposed_approved_by_two_and_executed() {
    let world = old::configured(World::on(Embedded::with_deferred_transactions()));
    let life = Life::begin(&world);
    let coop = &life.coop;
    let operators = Operators::share(&world);
    operators.set_up_proposals();
    let hash = |account: Name| world.client().get_code_hash(account).expect("a hash");
    for (contract, package) in world.contracts() {
        let built = veche_tests::migrating(package);
        let proposal: Name = package.parse().expect("a name");
        let upgrade = vec![
            native::set_code(contract.name, &built.wasm),
            native::set_abi(contract.name, &built.abi.to_binary()),
        ];
        operators.propose(proposal, upgrade);
        let before = hash(contract.name);
        operators.approve(proposal, 1).accepted();
        operators
            .execute(proposal)
            .refused("transaction authorization failed");
        assert_eq!(hash(contract.name), before, "one of them is not enough");
        operators.approve(proposal, 2).accepted();
        operators.execute(proposal).accepted();
        assert_ne!(hash(contract.name), before);
        world.client().forget_abi(contract.name);
    }
    let mut rest = kinds(&world);
    rest.extend(batch(coop, 50));
    operators.propose(name!("migrate"), rest);
    operators.approve(name!("migrate"), 0).accepted();
    operators.approve(name!("migrate"), 1).accepted();
    operators.execute(name!("migrate")).accepted();
    assert_eq!(coop.funds()["invoices"], 1);
    coop.vote(coop.chairman(), &life.open.1, true).accepted();
    coop.authorize(&life.open.1).accepted();
    coop.exec(&life.open.1).accepted();
    assert_eq!(coop.funds()["share"], "600.00 RUB");
}
