//! Who pays for what other contracts cause.

use antelope_types::Name;

use super::shop::{FEE, Shop};
use super::world::World;

/// The most bytes of RAM that a payment costs gateway until its owner is told, without a reason.
const UNTOLD: i64 = 300;
/// The most that a decline costs soviet until it is delivered.
const UNDELIVERED: i64 = 300;
/// The most that a request with invoice and question costs the workshop.
const ON_THE_AGENDA: i64 = 1_300;

/// What has become of the RAM of the protocol's contracts and of the workshop since.
fn growth(world: &World, shop: &Shop<'_>, before: &[(Name, i64)]) -> [i64; 3] {
    let now = all(world, shop);
    [0, 1, 2].map(|index| now[index].1 - before[index].1)
}

fn all(world: &World, shop: &Shop<'_>) -> Vec<(Name, i64)> {
    [&world.soviet, &world.gateway, &shop.account]
        .map(|person| (person.name, world.ram(person.name)))
        .to_vec()
}

#[test]
fn invoices_and_questions_of_a_kind_are_paid_by_its_contract() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let before = all(&world, &shop);
    let hash = shop.asked(9);
    let [soviet, gateway, own] = growth(&world, &shop, &before);
    assert_eq!((soviet, gateway), (0, 0), "an invoice");
    assert!(own > 0);
    coop.pay(hash, FEE).accepted();
    let [soviet, gateway, _] = growth(&world, &shop, &before);
    assert_eq!(soviet, 0);
    // Until it is told, gateway remembers it: the cashier's transaction has nobody else to bill.
    assert!((1..=UNTOLD).contains(&gateway), "{gateway}");
    coop.tell_all();
    let question = coop.question_of(hash);
    let [soviet, gateway, own] = growth(&world, &shop, &before);
    assert_eq!((soviet, gateway), (0, 0), "a question");
    assert!((1..=ON_THE_AGENDA).contains(&own), "{own}");
    coop.decline(&question);
    coop.take_off(&question).accepted();
    let [soviet, ..] = growth(&world, &shop, &before);
    // The same for soviet, until the decline is delivered.
    assert!((1..=UNDELIVERED).contains(&soviet), "{soviet}");
    coop.deliver(&question).accepted();
    coop.send(hash, FEE).accepted();
    coop.tell_all();
    let [soviet, gateway, _] = growth(&world, &shop, &before);
    assert_eq!((soviet, gateway), (0, 0), "nothing is left");
}
