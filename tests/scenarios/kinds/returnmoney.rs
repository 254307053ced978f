//! Return of a share in money: blocked, decided, paid.

use antelope_types::{Asset, asset, name};
use coop_model::catalogue::registry;
use coop_model::{parameters, refusal};
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::scenarios::world::{Chain, Coop, Draft, Person};

const SUM: Asset = asset!("30.00 RUB");

/// A participant with 100 roubles beside the minimum share.
fn saver(coop: &Coop<'_>) -> Person {
    let person = coop.admitted();
    coop.contribute(&person, asset!("100.00 RUB"));
    person
}

#[test]
fn money_is_returned_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    for (way, carry_out) in CARRIED_OUT {
        let person = saver(&coop);
        let share = coop.funds()["share"].clone();
        let before = coop.snapshot();
        let question = coop.return_money(&person, SUM);
        assert_eq!(coop.shares(&person), (300, 70, 30), "{way}");
        coop.goes(question.hash, SUM)
            .refused(refusal::payment::NOT_OUTGOING);
        carry_out(&coop, &question);
        assert_eq!(coop.shares(&person), (300, 70, 30), "{way}");
        assert_eq!(coop.funds()["share"], share);
        blocked(&coop, || coop.goes(question.hash, SUM)).accepted();
        assert_eq!(coop.shares(&person), (300, 70, 0), "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        let (outcome, _) = coop.try_return_money(&person, asset!("70.01 RUB"));
        outcome.refused(refusal::money::NOT_ENOUGH);
    }
}

#[test]
fn r09_money_that_is_not_returned_is_free_again_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    for (way, end) in COME_TO_NOTHING {
        let before = coop.snapshot();
        let question = coop.return_money(&person, SUM);
        end(&coop, &question);
        assert_eq!(coop.shares(&person), (300, 100, 0), "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
    }
    let question = coop.return_money(&person, SUM);
    coop.decide(&question);
    coop.goes(question.hash, SUM).accepted();
}

#[test]
fn r09_a_return_that_cannot_be_paid_gives_exactly_back_what_was_blocked() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    let before = coop.snapshot();
    let (first, second) = (
        coop.return_money(&person, SUM),
        coop.return_money(&person, asset!("20.00 RUB")),
    );
    coop.decide(&first);
    coop.decide(&second);
    assert_eq!(coop.shares(&person), (300, 50, 50));
    coop.fail_refund(first.hash).accepted();
    assert_eq!(coop.shares(&person), (300, 80, 20));
    coop.fail_refund(first.hash)
        .refused(refusal::payment::NO_PAYMENT);
    coop.fail_refund(second.hash).accepted();
    assert_eq!(coop.shares(&person), (300, 100, 0));
    assert_eq!(coop.residue(&before), BTreeMap::new());
    // Asked for again, by a new statement.
    let question = coop.return_money(&person, SUM);
    coop.decide(&question);
    coop.goes(question.hash, SUM).accepted();
    assert_eq!(coop.shares(&person), (300, 70, 0));
}

#[test]
fn r09_a_return_that_is_not_paid_in_time_is_published_and_bars_invoices() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    let question = coop.return_money(&person, SUM);
    coop.decide(&question);
    coop.overdue(question.hash)
        .refused(refusal::payment::NOT_OVERDUE);
    chain.pass(parameters::PAYMENT_SECONDS);
    let trace = coop.overdue(question.hash).accepted();
    assert_eq!(
        trace
            .calls_of(chain.soviet.name, name!("newoverdue"))
            .count(),
        1
    );
    let statement = Draft::money(&coop, registry::MONEY_STATEMENT, person.name, SUM)
        .signed_by(chain, &[&person]);
    let offer = || coop.offer_money(&person, &person, SUM, &statement);
    offer().refused(refusal::payment::OVERDUE_FIRST);
    coop.goes(question.hash, SUM).accepted();
    offer().accepted();
}

#[test]
fn money_of_a_return_is_not_paid_by_who_authorized_it() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    // The chairman of the next council was staff of this one.
    let deputy = &coop.members[1];
    let rights = |chairman: &Person, staff: &Person| {
        let action = coop
            .soviet(chairman)
            .addstaff(
                coop.name(),
                chairman.name,
                staff.name,
                coop.cashiers_rights(),
            )
            .to_action();
        chain.push(vec![action], &[chairman]).accepted();
    };
    let mut seats = coop.seats(3);
    seats[0].position = name!("member");
    seats[1].position = name!("chairman");
    let question = {
        let ballot = coop.nearly_elect(seats);
        let question = coop.return_money(&person, SUM);
        coop.approve(&question);
        coop.authorize(&question).accepted();
        coop.exec(&question).accepted();
        coop.sit(&ballot).accepted();
        question
    };
    let former = coop.chairman();
    rights(deputy, former);
    coop.send(former, question.hash, SUM, chain.unique_hash())
        .refused(refusal::payment::AUTHORIZED_BY_ACTOR);
    coop.send(&coop.account, question.hash, SUM, chain.unique_hash())
        .accepted();
    assert_eq!(coop.shares(&person), (300, 70, 0));
}

#[test]
fn money_is_asked_back_within_what_is_available_in_money() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    let ask = |quantity| coop.try_return_money(&person, quantity).0;
    ask(asset!("100.01 RUB")).refused(refusal::money::NOT_ENOUGH);
    // The minimum share stays until the exit.
    ask(asset!("400.00 RUB")).refused(refusal::money::NOT_ENOUGH);
    for nothing in [asset!("0.00 RUB"), asset!("-1.00 RUB")] {
        ask(nothing).refused(refusal::money::NOT_POSITIVE);
    }
    ask(asset!("1.00 USD")).refused(refusal::money::ANOTHER_SYMBOL);
    // Property is returned as property.
    coop.shared_property(&person, asset!("500.00 RUB"));
    assert_eq!(coop.shares(&person), (300, 600, 0));
    ask(asset!("100.01 RUB")).refused(refusal::money::NOT_ENOUGH);
    ask(asset!("60.00 RUB")).accepted();
    ask(asset!("40.01 RUB")).refused(refusal::money::NOT_ENOUGH);
    ask(asset!("40.00 RUB")).accepted();
    assert_eq!(coop.shares(&person), (300, 500, 100));
    blocked(&coop, || ask(SUM)).refused(refusal::coop::NOT_ACTIVE);
    coop.decide(&coop.block(&coop.admitted(), true));
    let statement = Draft::money(&coop, registry::MONEY_RETURN_STATEMENT, person.name, SUM)
        .signed_by(chain, &[&person]);
    coop.ask_money(&chain.stranger, &person, SUM, &statement)
        .lacks_authority_of(person.name);
}

#[test]
fn money_of_a_founder_without_a_wallet_is_not_asked_back() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (outcome, _) = coop.try_return_money(&coop.members[1], SUM);
    outcome.refused(refusal::money::NOT_ENOUGH);
}
