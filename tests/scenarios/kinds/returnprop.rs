//! Return of a share in property: blocked, decided, handed over.

use antelope_types::{Asset, asset, name};
use coop_model::catalogue::registry;
use coop_model::{parameters, refusal};
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::scenarios::world::{Chain, Coop, Person};

const WORTH: Asset = asset!("70.00 RUB");

/// A participant and the number of the property that is their share.
fn contributor(coop: &Coop<'_>) -> (Person, u64) {
    let person = coop.admitted();
    let id = coop.shared_property(&person, WORTH);
    (person, id)
}

fn in_kind(coop: &Coop<'_>, person: &Person) -> String {
    let wallet = coop.wallet(person).expect("a wallet");
    wallet["in_kind"].as_str().expect("an asset").to_owned()
}

#[test]
fn money_of_property_is_returned_as_property_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    contributor(&coop);
    for (way, carry_out) in CARRIED_OUT {
        let person = coop.admitted();
        let before = coop.snapshot();
        let id = coop.shared_property(&person, WORTH);
        let question = coop.return_property(&person, id);
        assert_eq!(coop.shares(&person), (300, 0, 70), "{way}");
        assert_eq!(in_kind(&coop, &person), "0.00 RUB");
        coop.hand_over(&coop.cashier, &person, id)
            .refused(refusal::property::ANOTHER_STEP);
        carry_out(&coop, &question);
        blocked(&coop, || coop.hand_over(&coop.cashier, &person, id)).accepted();
        assert_eq!(coop.shares(&person), (300, 0, 0), "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        let funds = coop.funds();
        let outgoing = funds["outgoing"].as_str();
        assert_eq!(outgoing, Some("0.00 RUB"), "property went out as money");
    }
}

#[test]
fn r09_property_that_is_not_returned_stays_a_share_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (person, id) = contributor(&coop);
    let row = |id| {
        let mut row = coop.property(id).expect("the property");
        // The process that is being carried out, or was last.
        row["hash"] = "".into();
        row
    };
    let before = row(id);
    for (way, end) in COME_TO_NOTHING {
        let question = coop.return_property(&person, id);
        let ram = chain.ram();
        end(&coop, &question);
        assert_eq!(coop.shares(&person), (300, 70, 0), "{way}");
        assert_eq!(in_kind(&coop, &person), "70.00 RUB", "{way}");
        assert_eq!(row(id), before, "{way}");
        assert!(coop.decisions().is_empty());
        assert!(
            chain.ram()[&chain.soviet.name] < ram[&chain.soviet.name],
            "{way}"
        );
    }
    let question = coop.return_property(&person, id);
    coop.decide(&question);
    coop.hand_over(&coop.cashier, &person, id).accepted();
}

#[test]
fn r09_a_return_is_withdrawn_before_the_property_is_handed_over() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (person, id) = contributor(&coop);
    for actor in [&person, &coop.cashier, &coop.account] {
        let question = coop.return_property(&person, id);
        coop.cancel_property(actor, id)
            .refused(refusal::property::ANOTHER_STEP);
        coop.decide(&question);
        coop.cancel_property(&chain.stranger, id)
            .refused(refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF);
        blocked(&coop, || coop.cancel_property(actor, id)).accepted();
        assert_eq!(coop.shares(&person), (300, 70, 0));
        assert_eq!(in_kind(&coop, &person), "70.00 RUB");
        coop.hand_over(&coop.cashier, &person, id)
            .refused(refusal::property::ANOTHER_STEP);
        coop.check_books();
    }
    let question = coop.return_property(&person, id);
    coop.decide(&question);
    coop.hand_over(&coop.cashier, &person, id).accepted();
}

#[test]
fn r09_a_handover_in_time_or_the_owner_alone_ends_it() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (person, id) = contributor(&coop);
    coop.decide(&coop.return_property(&person, id));
    coop.property_overdue(id)
        .refused(refusal::property::NOT_OVERDUE);
    chain.pass(parameters::PAYMENT_SECONDS);
    let trace = coop.property_overdue(id).accepted();
    assert_eq!(
        trace
            .calls_of(chain.soviet.name, name!("newoverdue"))
            .count(),
        1
    );
    // Two signatures are still as good as one.
    let act = coop.act(registry::HANDOVER_ACT, id);
    coop.hand_over_with(
        &person,
        id,
        &act.signed_by(chain, &[&person, &coop.cashier]),
    )
    .refused(refusal::document::NOT_ONE_SIGNATURE);
    coop.hand_over_with(&person, id, &act.signed_by(chain, &[&person]))
        .accepted();
    assert_eq!(coop.shares(&person), (300, 0, 0));
    coop.check_books();
}

#[test]
fn money_of_property_is_not_handed_over_by_who_authorized_it() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (person, id) = contributor(&coop);
    let mut seats = coop.seats(3);
    seats[0].position = name!("member");
    seats[1].position = name!("chairman");
    let ballot = coop.nearly_elect(seats);
    coop.decide(&coop.return_property(&person, id));
    coop.sit(&ballot).accepted();
    let (former, chairman) = (coop.chairman(), &coop.members[1]);
    let add = coop
        .soviet(chairman)
        .addstaff(
            coop.name(),
            chairman.name,
            former.name,
            coop.cashiers_rights(),
        )
        .to_action();
    chain.push(vec![add], &[chairman]).accepted();
    coop.hand_over(former, &person, id)
        .refused(refusal::property::AUTHORIZED_BY_ACTOR);
    coop.hand_over(&coop.account, &person, id).accepted();
}

#[test]
fn money_of_property_is_asked_back_by_its_owner_when_it_is_a_share() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (person, id) = contributor(&coop);
    let other = coop.admitted();
    let ask = |person: &Person, id| coop.try_return_property(person, id).0;
    ask(&other, id).refused(refusal::property::ANOTHER_OWNER);
    let offered = coop.share_property(&other, WORTH);
    ask(&other, offered).refused(refusal::property::ANOTHER_STEP);
    blocked(&coop, || ask(&person, id)).refused(refusal::coop::NOT_ACTIVE);
    ask(&person, id).accepted();
    ask(&person, id).refused(refusal::property::ANOTHER_STEP);
    coop.cancel_property(&person, 99)
        .refused(refusal::property::NO_PROPERTY);
}
