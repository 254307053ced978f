//! Quotas of kinds that other contracts own.

use antelope_types::Action;
use coop_model::parameters::{MAX_INVOICES_FOREIGN, MAX_UNFINISHED_FOREIGN};
use veche_tests::Person;

use super::hostile::Hostile;
use super::shop::{FEE, Shop};
use super::world::{Coop, World};

#[test]
fn a_kind_serves_who_has_accepted_it_and_from_this_contract() {
    let world = World::new();
    let shop = Shop::registered(&world);
    let coop = &shop.coop;
    let member: &Person = &coop.members[1];
    let day = shop.day(1);
    shop.request(member, day)
        .refused("the cooperative does not accept this kind of decision");
    coop.accept(workshop::KIND).accepted();
    shop.request(member, day).accepted();
    let other = Coop::new(&world);
    let set = shop
        .actions(&other.account)
        .setmachine(other.name(), super::shop::LATHE, FEE)
        .to_action();
    world.push(vec![set], &[&other.account]).accepted();
    let asker = &other.members[1];
    let ask = shop
        .actions(asker)
        .request(other.name(), asker.name, super::shop::LATHE, day)
        .to_action();
    world
        .push(vec![ask], &[asker])
        .refused("the cooperative does not accept this kind of decision");
}

#[test]
fn what_is_paid_and_not_told_counts_like_an_invoice() {
    let world = World::new();
    let shop = Shop::new(&world);
    let hash = shop.asked(1);
    shop.asked(2);
    let foreign = || shop.coop.funds()["foreign"].clone();
    assert_eq!(foreign(), 2);
    assert_eq!(shop.coop.funds()["invoices"], 0);
    // So that no contract piles up what it does not listen to.
    shop.coop.pay(hash, FEE).accepted();
    assert_eq!(foreign(), 2);
    shop.coop.tell_all();
    assert_eq!(foreign(), 1);
}

/// Fills a quota of `most` in batches, and gets this refusal for one more.
fn fill(hostile: &Hostile<'_>, most: u32, one: impl Fn() -> Action, text: &str) {
    const BATCH: u32 = 20;
    for _ in 0..most / BATCH {
        let actions: Vec<_> = (0..BATCH).map(|_| one()).collect();
        hostile.relay(0, &actions).accepted();
    }
    hostile.relay(0, &[one()]).refused(text);
}

#[test]
fn questions_of_other_contracts_leave_room_on_the_agenda() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let publication = || hostile.publication(world.unique_hash());
    fill(
        &hostile,
        MAX_UNFINISHED_FOREIGN,
        publication,
        "the cooperative has 200 unfinished questions of other contracts already",
    );
    hostile.coop.decide(&hostile.coop.free_question());
    let first = hostile.coop.question_of(
        hostile.coop.decisions()[0]["hash"]
            .as_str()
            .expect("a text")
            .parse()
            .expect("a checksum"),
    );
    hostile.coop.decline(&first);
    hostile.coop.take_off(&first).accepted();
    hostile.relay(0, &[publication()]).accepted();
}

#[test]
fn invoices_of_other_contracts_leave_room_for_the_cooperative() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let invoice = || hostile.bill(world.unique_hash());
    fill(
        &hostile,
        MAX_INVOICES_FOREIGN,
        invoice,
        "the cooperative has 100 unpaid invoices of other contracts already",
    );
    assert_eq!(hostile.coop.funds()["invoices"], 0);
}
