//! Contributions and returns, in money and in property.

use antelope_types::{Asset, Checksum256, asset};
use coop_model::Subject;
use coop_model::catalogue::registry;
use coop_model::document::subject::{ActSubject, MoneySubject, PropertySubject, ReturnSubject};
use veche_tests::Person;

use super::people::paper;
use super::{PROPERTIES, last_id};
use crate::foreign::world::{Coop, DAY};

const SUM: Asset = asset!("70.00 RUB");
const VALUATION: Asset = asset!("900.00 RUB");

/// A contribution in money: the process by its hash.
fn share(coop: &Coop<'_>, person: &Person) -> Checksum256 {
    let subject = Some(Subject::Money(MoneySubject { quantity: SUM }));
    let statement = paper(coop, registry::MONEY_STATEMENT, person, subject, &[person]);
    let hash = statement.hash();
    let action = coop
        .gateway(person)
        .sharemoney(coop.name(), person.name, SUM, statement)
        .to_action();
    coop.world.push(vec![action], &[person]).accepted();
    hash
}

/// Money is asked back.
fn ask_back(coop: &Coop<'_>, person: &Person) -> Checksum256 {
    let subject = Some(Subject::Money(MoneySubject { quantity: SUM }));
    let statement = paper(
        coop,
        registry::MONEY_RETURN_STATEMENT,
        person,
        subject,
        &[person],
    );
    let hash = statement.hash();
    let action = coop
        .gateway(person)
        .returnmoney(coop.name(), person.name, SUM, statement)
        .to_action();
    coop.world.push(vec![action], &[person]).accepted();
    hash
}

/// A thing that somebody offers: its number, the process, the description.
fn offer(coop: &Coop<'_>, person: &Person) -> (u64, Checksum256, Checksum256) {
    let description = coop.world.unique_hash();
    let subject = Some(Subject::Property(PropertySubject {
        description,
        valuation: VALUATION,
    }));
    let statement = paper(
        coop,
        registry::PROPERTY_STATEMENT,
        person,
        subject,
        &[person],
    );
    let hash = statement.hash();
    let action = coop
        .gateway(person)
        .shareprop(coop.name(), person.name, description, VALUATION, statement)
        .to_action();
    coop.world.push(vec![action], &[person]).accepted();
    (last_id(coop, PROPERTIES), hash, description)
}

/// An act that the owner and the cooperative sign.
fn act(
    coop: &Coop<'_>,
    person: &Person,
    registry_id: u64,
    (property_id, hash, description): (u64, Checksum256, Checksum256),
) {
    let subject = Some(Subject::Act(ActSubject {
        property_id,
        hash,
        description,
        valuation: VALUATION,
    }));
    let act = paper(coop, registry_id, person, subject, &[person, &coop.account]);
    let gateway = coop.gateway(&coop.account);
    let action = if registry_id == registry::ACCEPTANCE_ACT {
        gateway
            .acceptprop(coop.name(), coop.name(), property_id, act)
            .to_action()
    } else {
        gateway
            .handprop(coop.name(), coop.name(), property_id, act)
            .to_action()
    };
    coop.world.push(vec![action], &[&coop.account]).accepted();
}

/// Property is asked back.
fn ask_property_back(coop: &Coop<'_>, person: &Person, property_id: u64) -> Checksum256 {
    let subject = Some(Subject::Return(ReturnSubject {
        property_id,
        valuation: VALUATION,
    }));
    let statement = paper(
        coop,
        registry::PROPERTY_RETURN_STATEMENT,
        person,
        subject,
        &[person],
    );
    let hash = statement.hash();
    let action = coop
        .gateway(person)
        .returnprop(coop.name(), person.name, property_id, statement)
        .to_action();
    coop.world.push(vec![action], &[person]).accepted();
    hash
}

/// Everything goes as it should.
pub(super) fn contributions(coop: &Coop<'_>) {
    let person = &coop.members[1];
    let hash = share(coop, person);
    coop.pay(hash, SUM).accepted();
    coop.decide(&coop.question_of(hash));
    let hash = ask_back(coop, person);
    coop.decide(&coop.question_of(hash));
    coop.send(hash, SUM).accepted();
    let thing = offer(coop, person);
    act(coop, person, registry::ACCEPTANCE_ACT, thing);
    coop.decide(&coop.question_of(thing.1));
    let hash = ask_property_back(coop, person, thing.0);
    coop.decide(&coop.question_of(hash));
    act(
        coop,
        person,
        registry::HANDOVER_ACT,
        (thing.0, hash, thing.2),
    );
}

/// Nothing does.
pub(super) fn failures(coop: &Coop<'_>) {
    let (world, person) = (coop.world, &coop.members[1]);
    let decline = |hash| {
        let question = coop.question_of(hash);
        coop.decline(&question);
        coop.take_off(&question).accepted();
        coop.deliver(&question).accepted();
    };
    coop.refuse_payment(share(coop, person)).accepted();
    let hash = share(coop, person);
    coop.pay(hash, SUM).accepted();
    decline(hash);
    coop.fail_to_send(hash).accepted();
    let retry = coop
        .gateway(person)
        .retrypay(coop.name(), person.name, hash)
        .to_action();
    world.push(vec![retry], &[person]).accepted();
    world.wait(30 * DAY);
    let stranger = &world.stranger;
    let overdue = coop
        .gateway(stranger)
        .outoverdue(coop.name(), hash)
        .to_action();
    world.push(vec![overdue], &[stranger]).accepted();
    coop.send(hash, SUM).accepted();

    let hash = share(coop, person);
    coop.pay(hash, SUM).accepted();
    coop.decide(&coop.question_of(hash));
    decline(ask_back(coop, person));
    let hash = ask_back(coop, person);
    coop.decide(&coop.question_of(hash));
    coop.fail_to_send(hash).accepted();
    let (id, ..) = offer(coop, person);
    let cancel = coop
        .gateway(person)
        .cancelprop(coop.name(), person.name, id)
        .to_action();
    world.push(vec![cancel], &[person]).accepted();
    let thing = offer(coop, person);
    act(coop, person, registry::ACCEPTANCE_ACT, thing);
    decline(thing.1);
    world.wait(30 * DAY);
    let overdue = coop
        .gateway(stranger)
        .propoverdue(coop.name(), thing.0)
        .to_action();
    world.push(vec![overdue], &[stranger]).accepted();
    act(coop, person, registry::HANDOVER_ACT, thing);
    let thing = offer(coop, person);
    act(coop, person, registry::ACCEPTANCE_ACT, thing);
    coop.decide(&coop.question_of(thing.1));
    decline(ask_property_back(coop, person, thing.0));
    let hash = ask_property_back(coop, person, thing.0);
    coop.decide(&coop.question_of(hash));
    act(
        coop,
        person,
        registry::HANDOVER_ACT,
        (thing.0, hash, thing.2),
    );
}
