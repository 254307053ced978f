//! Callbacks that fail, run for ever, or take RAM: they harm their own kind and nothing else.

use antelope_types::asset;
use hostile::Behaviour;

use super::Hostile;
use crate::foreign::world::{Outcome, World};

/// The node's number for a transaction that ran longer than the chain allows.
const TX_CPU_USAGE_EXCEEDED: u64 = 3_080_004;

/// The node's number for RAM of somebody who has not authorized the action.
const UNAUTHORIZED_RAM_USAGE_INCREASE: u64 = 3_050_010;

/// The chain stopped the transaction for its CPU.
fn stopped(outcome: Outcome) {
    let error = outcome.0.expect_err("it was to run into the limit");
    assert_eq!(error.code(), Some(TX_CPU_USAGE_EXCEEDED), "{error}");
}

#[test]
fn an_effect_that_fails_or_never_ends_stops_nobody_else() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let question = hostile.authorized();
    hostile.behave(Behaviour::Fail, &[]);
    coop.exec(&question)
        .refused("the owner of the kind does not like this decision");
    hostile.behave(Behaviour::Loop, &[]);
    stopped(coop.exec(&question));
    coop.decide(&coop.free_question());
    hostile.behave(Behaviour::Nothing, &[]);
    coop.exec(&question).accepted();
}

#[test]
fn a_decline_that_fails_or_never_ends_leaves_the_agenda_all_the_same() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    hostile.behave(Behaviour::Loop, &[]);
    let (one, other) = (hostile.question(), hostile.question());
    for question in [&one, &other] {
        coop.decline(question);
        coop.take_off(question).accepted();
        stopped(coop.deliver(question));
    }
    assert_eq!(coop.decisions().len(), 0);
    assert_eq!(coop.undelivered().len(), 2);
    hostile.behave(Behaviour::Nothing, &[]);
    coop.deliver(&other).accepted();
    coop.deliver(&one).accepted();
    assert_eq!(coop.undelivered().len(), 0);
}

#[test]
fn a_payment_whose_owner_never_ends_is_confirmed_and_closed() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    hostile.behave(Behaviour::Loop, &[]);
    let (one, other) = (hostile.invoice(), hostile.invoice());
    coop.pay(one, asset!("5.00 RUB")).accepted();
    coop.refuse_payment(other).accepted();
    for payment in 1..=2 {
        stopped(coop.tell(payment));
    }
    assert_eq!(coop.funds()["processing"], "5.00 RUB");
    hostile.behave(Behaviour::Nothing, &[]);
    coop.tell_all();
}

#[test]
fn what_a_callback_stores_is_paid_by_its_own_account_and_by_nobody_else() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let question = hostile.authorized();
    let victims = [
        &world.soviet,
        &world.gateway,
        &world.registrator,
        &world.stranger,
        &coop.account,
        coop.chairman(),
    ];
    for victim in victims {
        hostile.behave(Behaviour::Hoard(victim.name), &[]);
        let outcome = coop.exec(&question);
        let error = outcome.0.expect_err("it was to be refused");
        assert_eq!(
            error.code(),
            Some(UNAUTHORIZED_RAM_USAGE_INCREASE),
            "{error}"
        );
    }
    hostile.behave(Behaviour::Hoard(hostile.account.name), &[]);
    let trace = coop.exec(&question).accepted();
    let deltas = trace.ram_deltas();
    assert!(deltas[&hostile.account.name] > 4096 - 500, "{deltas:?}");
    assert!(
        deltas
            .iter()
            .all(|(account, delta)| *account == hostile.account.name || *delta <= 0),
        "{deltas:?}"
    );

    let declined = hostile.question();
    coop.decline(&declined);
    coop.take_off(&declined).accepted();
    for victim in victims {
        hostile.behave(Behaviour::Hoard(victim.name), &[]);
        assert!(coop.deliver(&declined).0.is_err());
    }
    let hash = hostile.invoice();
    coop.pay(hash, asset!("5.00 RUB")).accepted();
    for victim in victims {
        hostile.behave(Behaviour::Hoard(victim.name), &[]);
        assert!(coop.tell(1).0.is_err());
    }
}
