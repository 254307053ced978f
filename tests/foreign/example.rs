//! The workshop of `examples/workshop`: a process that a cooperative adds, from request to the end.

use antelope_types::{Checksum256, asset, name};

use super::shop::{FEE, LATHE, Shop};
use super::world::{DAY, World};

#[test]
fn a_machine_is_asked_for_paid_decided_used_and_forgotten() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let before = world.ram(shop.account.name);
    let hash = shop.asked(3);
    assert_eq!(shop.status(hash), "invoiced");
    coop.pay(hash, FEE).accepted();
    assert_eq!(shop.status(hash), "invoiced", "the contract is told apart");
    coop.tell_all();
    assert_eq!(shop.status(hash), "asked");
    let question = coop.question_of(hash);
    coop.decide(&question);
    assert_eq!(shop.status(hash), "booked");
    let funds = coop.funds();
    assert_eq!(funds["entrance"], "50.00 RUB");
    assert_eq!(funds["processing"], "0.00 RUB");
    assert_eq!(coop.payments(), Vec::<serde_json::Value>::new());
    let row = &shop.bookings()[0];
    assert_ne!(row["authorization"], Checksum256::ZERO.to_string());

    let finish = shop.actions(&world.stranger).finish(coop.name(), 1);
    world
        .push(vec![finish.to_action()], &[&world.stranger])
        .refused("the day is not over");
    world.wait(4 * DAY);
    world
        .push(vec![finish.to_action()], &[&world.stranger])
        .accepted();
    assert_eq!(shop.status(hash), "gone");
    // The counter of bookings stays.
    let counter = 8 + 8 + 112 + 112;
    assert!(world.ram(shop.account.name) - before <= counter);
}

#[test]
fn a_request_that_is_declined_gives_the_fee_back() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.paid(3);
    let question = coop.question_of(hash);
    coop.decline(&question);
    coop.take_off(&question).accepted();
    coop.deliver(&question).accepted();
    assert_eq!(shop.status(hash), "returning");
    coop.send(hash, FEE).accepted();
    coop.tell_all();
    assert_eq!(shop.status(hash), "gone");
    let funds = coop.funds();
    assert_eq!(funds["outgoing"], "50.00 RUB");
    assert_eq!(funds["processing"], "0.00 RUB");
    assert_eq!(funds["foreign"], 0);
}

#[test]
fn a_request_that_nobody_decides_gives_the_fee_back_and_a_failed_transfer_is_tried_again() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.paid(9);
    let question = coop.question_of(hash);
    world.wait(2 * DAY);
    coop.expire(&question).accepted();
    coop.deliver(&question).accepted();
    coop.fail_to_send(hash).accepted();
    coop.tell_all();
    assert_eq!(shop.status(hash), "unsent");
    let retry = shop.actions(&world.stranger).retry(coop.name(), 1);
    world
        .push(vec![retry.to_action()], &[&world.stranger])
        .accepted();
    coop.send(hash, FEE).accepted();
    coop.tell_all();
    assert_eq!(shop.status(hash), "gone");
    assert_eq!(coop.funds()["outgoing"], "50.00 RUB");
}

#[test]
fn an_invoice_that_is_not_paid_frees_the_machine() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.asked(40);
    let (other, day) = (&coop.members[2], shop.day(40));
    shop.request(other, day)
        .refused("the machine is asked for on this day already");
    coop.refuse_payment(hash).accepted();
    coop.tell_all();
    assert_eq!(shop.status(hash), "gone");
    shop.request(other, day).accepted();
    world.wait(30 * DAY);
    let invoice = shop.bookings()[0]["hash"].clone();
    let hash: Checksum256 = invoice
        .as_str()
        .expect("a text")
        .parse()
        .expect("a checksum");
    let expire = coop
        .gateway(&world.stranger)
        .inexpire(coop.name(), hash)
        .to_action();
    world.push(vec![expire], &[&world.stranger]).accepted();
    coop.tell_all();
    assert_eq!(shop.bookings(), Vec::<serde_json::Value>::new());
    assert_eq!(coop.funds()["foreign"], 0);
}

#[test]
fn a_cooperative_that_was_blocked_meanwhile_sends_the_fee_back() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.asked(3);
    coop.set_status(name!("blocked"));
    coop.pay(hash, FEE).accepted();
    coop.tell_all();
    assert_eq!(shop.status(hash), "returning");
    coop.send(hash, FEE).accepted();
    coop.tell_all();
    assert_eq!(shop.status(hash), "gone");
}

#[test]
fn nobody_but_the_code_of_soviet_and_gateway_calls_back() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.paid(3);
    let not_inline = "only the code of another contract may send this action";
    let (name, zero) = (coop.name(), Checksum256::ZERO);
    for (signer, action) in [
        (
            &world.soviet,
            shop.actions(&world.soviet)
                .book(name, hash, zero)
                .to_action(),
        ),
        (
            &world.soviet,
            shop.actions(&world.soviet)
                .refuse(name, hash, "нет")
                .to_action(),
        ),
        (
            &world.gateway,
            shop.actions(&world.gateway).paid(name, hash).to_action(),
        ),
        (
            &world.gateway,
            shop.actions(&world.gateway)
                .refunded(name, hash)
                .to_action(),
        ),
        (
            &shop.account,
            shop.actions(&shop.account)
                .unpaid(name, hash, "нет")
                .to_action(),
        ),
        (
            &shop.account,
            shop.actions(&shop.account)
                .unsent(name, hash, "нет")
                .to_action(),
        ),
    ] {
        world.push(vec![action], &[signer]).refused(not_inline);
    }
    assert_eq!(shop.status(hash), "asked");
}

#[test]
fn the_cooperative_says_what_a_machine_costs_and_members_ask_within_bounds() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let member = &coop.members[1];
    shop.request(member, shop.day(0))
        .refused("the day must be in the future");
    shop.request(&world.stranger, shop.day(1))
        .refused("the account is not a participant");
    let set = |fee| {
        let action = shop
            .actions(&coop.account)
            .setmachine(coop.name(), LATHE, fee)
            .to_action();
        world.push(vec![action], &[&coop.account])
    };
    set(asset!("0.00 RUB")).refused("the amount must be positive");
    set(asset!("1.00 USD"))
        .refused("the amount has another symbol or precision than the cooperative's");
    for later in 1..=3 {
        shop.request(member, shop.day(later)).accepted();
    }
    shop.request(member, shop.day(4))
        .refused("the participant has 3 bookings already");
    // Who has asked pays what they were asked for.
    set(asset!("70.00 RUB")).accepted();
    assert_eq!(shop.bookings()[0]["fee"], "50.00 RUB");
    let remove = shop.actions(&coop.account).rmmachine(coop.name(), LATHE);
    world
        .push(vec![remove.to_action()], &[&coop.account])
        .accepted();
    shop.request(&coop.members[2], shop.day(5))
        .refused("the workshop has no such machine");
}
