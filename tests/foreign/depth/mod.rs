//! How deep the inline actions of each action of the protocol go.
//!
//! A chain allows so many levels below a transaction's own action (`max_inline_action_depth`, 4 by
//! default); whoever wraps the protocol in a contract of their own uses up some of them.

use std::fmt::Write;

use antelope_types::{Action, Name, name};
use hostile::Behaviour;

use super::hostile::Hostile;
use super::shop::{FEE, Shop};
use super::world::{Coop, DAY, World, number};

mod boards;
mod money;
pub(crate) mod people;

/// What a chain allows unless its producers change it.
const ALLOWED: usize = 4;
/// What the protocol takes at most.
const DEEPEST: usize = 3;

/// The table that `docs/operators.md` and `docs/own-processes.md` show: the actions that go deeper
/// than one level.
const TABLE: &str = "\
gateway::acceptprop 2
gateway::incomplete 3
gateway::returnmoney 2
gateway::returnprop 2
gateway::tell 3
registrator::blockuser 2
registrator::exitcoop 2
registrator::moveuser 2
soviet::deliver 2
soviet::exec 3
";

#[test]
fn no_action_of_the_protocol_goes_deeper_than_three_levels() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let rich = people::admission(coop);
    money::contributions(coop);
    money::failures(coop);
    let leaver = people::admission(coop);
    people::exit(coop, &leaver);
    people::exit_without_shares(&world);
    people::moving(coop, &rich);
    people::blocking(coop);
    boards::all(coop);
    coop.decide(&coop.free_question());
    let hash = shop.paid(9);
    coop.decide(&coop.question_of(hash));
    let hash = shop.paid(10);
    let question = coop.question_of(hash);
    coop.decline(&question);
    coop.take_off(&question).accepted();
    coop.deliver(&question).accepted();
    coop.send(hash, FEE).accepted();
    coop.tell_all();
    coop.drop(workshop::KIND).accepted();

    let depths = world.depths();
    let mut table = String::new();
    for (action, depth) in &depths {
        assert!(*depth <= DEEPEST, "{action} {depth}");
        if *depth > 1 {
            let _ = writeln!(table, "{action} {depth}");
        }
    }
    assert_eq!(table, TABLE);
    assert_eq!(missing(&world), Vec::<String>::new());
}

/// Actions that no process above has sent itself and that are not sent inline only.
fn missing(world: &World) -> Vec<String> {
    // Read-only, of the version before, or alike with one that is there.
    const NOT_SENT: [&str; 6] = [
        "gateway::getbalances",
        "soviet::getagenda",
        "registrator::migrate",
        "soviet::migrate",
        "gateway::migrate",
        "gateway::freerefs",
    ];
    let sent = world.depths();
    let inline = world.inline();
    let mut missing = Vec::new();
    for (contract, package) in world.contracts() {
        let abi = world.client().abi(contract.name).expect("an ABI");
        for action in abi.definition().actions.iter() {
            let what = format!("{package}::{}", action.name);
            if !sent.contains_key(&what)
                && !inline.contains(&what)
                && !NOT_SENT.contains(&what.as_str())
            {
                missing.push(what);
            }
        }
    }
    missing
}

#[test]
fn one_contract_around_the_protocol_is_within_what_a_chain_allows_and_two_are_not() {
    let world = World::new();
    let shop = Shop::new(&world);
    let wrapper = Hostile::new(&world);
    let coop = &shop.coop;
    let tell = |payment: u64| -> Action {
        coop.gateway(&wrapper.account)
            .tell(coop.name(), payment)
            .to_action()
    };
    let hash = shop.asked(3);
    coop.pay(hash, FEE).accepted();
    let payment = number(&coop.untold()[0]["id"]);
    assert_eq!(1 + DEEPEST, ALLOWED);
    let error = wrapper.relay(1, &[tell(payment)]).0.expect_err("too deep");
    let text = error.to_string();
    assert!(text.contains("max inline action depth"), "{text}");
    assert_eq!(coop.untold().len(), 1, "nothing is lost");
    wrapper.relay(0, &[tell(payment)]).accepted();
    assert_eq!(shop.status(hash), "asked");

    // A decision whose effect goes two levels further: two contracts around it are within the limit.
    let question = coop.question_of(hash);
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let exec = coop
        .soviet(&wrapper.account)
        .exec(wrapper.account.name, coop.name(), question.id)
        .to_action();
    assert!(wrapper.relay(2, std::slice::from_ref(&exec)).0.is_err());
    wrapper.relay(1, &[exec]).accepted();
    assert_eq!(shop.status(hash), "booked");
    wrapper.behave(Behaviour::Nothing, &[]);
}

/// The number of the cooperative's last row in a table that counts from 1.
fn last_id(coop: &Coop<'_>, table: Name) -> u64 {
    let rows = coop.world.rows(&coop.world.gateway, coop.name(), table);
    number(&rows.last().expect("a row")["id"])
}

/// The day after tomorrow.
fn two_days(world: &World) {
    world.wait(2 * DAY);
}

/// The table of property.
const PROPERTIES: Name = name!("properties");
