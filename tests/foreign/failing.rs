//! A kind whose contract fails, or is gone: nothing of the protocol sticks, and nothing is lost.

use veche_tests::built;

use super::shop::{FEE, Shop};
use super::world::{DAY, World};
use crate::foreign::hostile::veto;

const NO_CODE: &str = "the account of the contract does not exist or has no code";

#[test]
fn r08_an_effect_that_fails_waits_for_its_contract_to_be_mended() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.paid(9);
    let question = coop.question_of(hash);
    coop.approve(&question);
    coop.authorize(&question).accepted();
    shop.set_code(&veto());
    assert!(coop.exec(&question).0.is_err());
    shop.set_code(&[]);
    coop.exec(&question).refused(NO_CODE);
    // Other decisions go on meanwhile.
    coop.decide(&coop.free_question());
    world.wait(40 * DAY);
    assert_eq!(coop.decisions().len(), 1, "an authorized decision stays");
    shop.set_code(&built("workshop").wasm);
    coop.exec(&question).accepted();
    assert_eq!(shop.status(hash), "booked");
}

#[test]
fn r09_a_decline_that_fails_waits_beside_the_agenda() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.paid(9);
    let question = coop.question_of(hash);
    shop.set_code(&veto());
    coop.decline(&question);
    coop.take_off(&question).accepted();
    assert_eq!(coop.decisions().len(), 0, "it does not stick on the agenda");
    assert!(coop.deliver(&question).0.is_err());
    shop.set_code(&[]);
    coop.deliver(&question).refused(NO_CODE);
    assert_eq!(coop.undelivered().len(), 1);
    shop.set_code(&built("workshop").wasm);
    coop.deliver(&question).accepted();
    assert_eq!(coop.undelivered().len(), 0);
    assert_eq!(shop.status(hash), "returning");
}

#[test]
fn a_payment_is_confirmed_whatever_its_owner_does_and_told_when_it_listens() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let hash = shop.asked(9);
    shop.set_code(&veto());
    coop.pay(hash, FEE).accepted();
    assert_eq!(coop.funds()["processing"], "50.00 RUB");
    assert!(coop.tell(1).0.is_err());
    shop.set_code(&[]);
    coop.tell(1).refused(NO_CODE);
    shop.set_code(&built("workshop").wasm);
    coop.tell(1).accepted();
    coop.tell(1)
        .refused("there is nothing to tell about this payment");
    assert_eq!(shop.status(hash), "asked");
}

#[test]
fn r02_a_hash_that_was_decided_comes_never_again_from_a_contract_that_numbers_its_processes() {
    let world = World::new();
    let shop = Shop::new(&world);
    let coop = &shop.coop;
    let mut seen = Vec::new();
    for _ in 0..3 {
        // The same person, the same machine, the same day.
        let hash = shop.paid(9);
        let question = coop.question_of(hash);
        assert!(!seen.contains(&hash), "one hash twice");
        seen.push(hash);
        coop.decline(&question);
        coop.take_off(&question).accepted();
        coop.deliver(&question).accepted();
        coop.send(hash, FEE).accepted();
        coop.tell_all();
    }
}
