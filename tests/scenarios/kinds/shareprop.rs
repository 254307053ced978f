//! A share contribution in property: it becomes a share, or is handed back.

use antelope_types::{Asset, Checksum256, asset, name};
use coop_model::catalogue::registry;
use coop_model::document::subject::{ActSubject, PropertySubject};
use coop_model::{Document, Subject, parameters, refusal};
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::scenarios::world::{Chain, Coop, Draft, Person};

const WORTH: Asset = asset!("70.00 RUB");

fn status(coop: &Coop<'_>, id: u64) -> String {
    let row = coop.property(id).unwrap_or_default();
    row["status"].as_str().unwrap_or("gone").to_owned()
}

#[test]
fn money_of_property_becomes_a_share_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for (count, (way, carry_out)) in (1..).zip(CARRIED_OUT) {
        let (id, question) = coop.accepted_property(&person, WORTH);
        assert_eq!(
            coop.funds()["accepted"],
            format!("{}.00 RUB", 70 * (count - 1))
        );
        carry_out(&coop, &question);
        assert_eq!(status(&coop, id), "shared", "{way}");
        assert_eq!(coop.shares(&person), (300, 70 * count, 0), "{way}");
        let wallet = coop.wallet(&person).expect("a wallet");
        assert_eq!(
            (&wallet["open"], &wallet["properties"]),
            (&0.into(), &count.into()),
            "{way}"
        );
        assert_eq!(coop.funds()["incoming"], "400.00 RUB");
        coop.check_books();
    }
}

#[test]
fn r09_property_that_the_council_does_not_take_is_handed_back_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for (way, end) in COME_TO_NOTHING {
        let before = coop.snapshot();
        let (id, question) = coop.accepted_property(&person, WORTH);
        end(&coop, &question);
        assert_eq!(status(&coop, id), "releasing", "{way}");
        coop.cancel_property(&person, id)
            .refused(refusal::property::ANOTHER_STEP);
        let handed = coop.hand_over(&coop.cashier, &person, id).accepted();
        assert_eq!(
            handed.calls_of(chain.soviet.name, name!("newact")).count(),
            1
        );
        assert_eq!(coop.shares(&person), (300, 0, 0), "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        assert_eq!(coop.funds()["accepted"], "0.00 RUB");
    }
    coop.shared_property(&person, WORTH);
}

#[test]
fn r09_an_offer_of_property_ends_before_it_is_accepted() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let closers: [&Person; 4] = [&person, &coop.cashier, &coop.account, &chain.stranger];
    for closer in closers {
        let before = coop.snapshot();
        let id = coop.share_property(&person, WORTH);
        if closer.name == chain.stranger.name {
            coop.cancel_property(closer, id)
                .refused(refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF);
            chain.pass(parameters::INVOICE_SECONDS);
            coop.accept_property(&coop.cashier, &person, id)
                .refused(refusal::property::OFFER_EXPIRED);
        }
        blocked(&coop, || coop.cancel_property(closer, id)).accepted();
        coop.cancel_property(closer, id)
            .refused(refusal::property::NO_PROPERTY);
        assert_eq!(coop.residue(&before), BTreeMap::new());
        assert_eq!(coop.wallet(&person).expect("a wallet")["open"], 0);
    }
    coop.shared_property(&person, WORTH);
}

#[test]
fn r09_a_handover_that_does_not_happen_is_published_and_ended_by_the_owner_alone() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let (id, question) = coop.accepted_property(&person, WORTH);
    coop.property_overdue(id)
        .refused(refusal::property::ANOTHER_STEP);
    coop.refuse(&question);
    coop.property_overdue(id)
        .refused(refusal::property::NOT_OVERDUE);
    let alone = |id| {
        let act = coop
            .act(registry::HANDOVER_ACT, id)
            .signed_by(chain, &[&person]);
        coop.hand_over_with(&person, id, &act)
    };
    alone(id).refused(refusal::property::ONE_SIDE);
    chain.pass(parameters::PAYMENT_SECONDS);
    let trace = coop.property_overdue(id).accepted();
    assert_eq!(
        trace
            .calls_of(chain.soviet.name, name!("newoverdue"))
            .count(),
        1
    );
    coop.property_overdue(id)
        .refused(refusal::property::OVERDUE_ALREADY);
    alone(id).accepted();
    assert_eq!(status(&coop, id), "gone");
    coop.check_books();
    coop.shared_property(&person, WORTH);
}

#[test]
fn documents_of_property_bind_themselves_to_description_and_valuation() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let subject = PropertySubject {
        description: chain.unique_hash(),
        valuation: WORTH,
    };
    let statement = |subject| {
        Draft::new(
            chain,
            registry::PROPERTY_STATEMENT,
            coop.name(),
            person.name,
            Some(Subject::Property(subject)),
        )
        .signed_by(chain, &[&person])
    };
    let offer =
        |subject, document: &Document| coop.offer_property(&person, &person, subject, document);
    let signed = statement(subject);
    for other in [
        PropertySubject {
            description: chain.unique_hash(),
            ..subject
        },
        PropertySubject {
            valuation: asset!("70.01 RUB"),
            ..subject
        },
    ] {
        offer(other, &signed).refused(refusal::document::ANOTHER_SUBJECT);
    }
    let nothing = PropertySubject {
        description: Checksum256::ZERO,
        ..subject
    };
    offer(nothing, &statement(nothing)).refused(refusal::property::NO_DESCRIPTION);
    let worthless = PropertySubject {
        valuation: asset!("0.00 RUB"),
        ..subject
    };
    offer(worthless, &statement(worthless)).refused(refusal::money::NOT_POSITIVE);
    offer(subject, &signed).accepted();
    offer(subject, &signed).refused(refusal::document::SERVED_ALREADY);
}

#[test]
fn documents_of_acceptance_are_signed_by_both_sides_about_this_property() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (person, other) = (coop.admitted(), coop.admitted());
    let cashier = &coop.cashier;
    let id = coop.share_property(&person, WORTH);
    let draft = coop.act(registry::ACCEPTANCE_ACT, id);
    let sign =
        |signers: &[&Person]| coop.accept_with(cashier, id, &draft.signed_by(chain, signers));
    let both = refusal::document::NOT_BOTH_SIDES;
    coop.accept_with(cashier, id, &draft.unsigned())
        .refused(both);
    sign(&[&person]).refused(both);
    sign(&[cashier]).refused(both);
    sign(&[&person, &other]).refused(both);
    sign(&[&person, cashier, &other]).refused(both);
    sign(&[&person, &person]).refused(both);
    let tampered = |change: &dyn Fn(&mut ActSubject)| {
        let mut draft = coop.act(registry::ACCEPTANCE_ACT, id);
        let Some(Subject::Act(mut subject)) = draft.meta.subject else {
            panic!("an act")
        };
        change(&mut subject);
        draft.meta.subject = Some(Subject::Act(subject));
        coop.accept_with(cashier, id, &draft.signed_by(chain, &[&person, cashier]))
    };
    let another = refusal::document::ANOTHER_SUBJECT;
    tampered(&|subject| subject.valuation = asset!("70000.00 RUB")).refused(another);
    tampered(&|subject| subject.property_id += 1).refused(another);
    tampered(&|subject| subject.description.0[0] ^= 1).refused(another);
    tampered(&|subject| subject.hash.0[0] ^= 1).refused(another);
    let handover = coop
        .act(registry::HANDOVER_ACT, id)
        .signed_by(chain, &[&person, cashier]);
    coop.accept_with(cashier, id, &handover)
        .refused(refusal::document::ANOTHER_REGISTRY_ID);
    // The owner does not accept for the cooperative.
    coop.accept_property(&person, &person, id)
        .refused(refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF);
    blocked(&coop, || coop.accept_property(cashier, &person, id))
        .refused(refusal::coop::NOT_ACTIVE);
    let trace = sign(&[cashier, &person]).accepted();
    assert_eq!(
        trace.calls_of(chain.soviet.name, name!("newact")).count(),
        1
    );
    sign(&[cashier, &person]).refused(refusal::property::ANOTHER_STEP);
}

#[test]
fn money_of_staffs_own_property_is_accepted_by_others() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let clerk = coop.admitted();
    let rights = coop.cashiers_rights();
    let chairman = coop.chairman();
    let add = coop
        .soviet(chairman)
        .addstaff(coop.name(), chairman.name, clerk.name, rights)
        .to_action();
    chain.push(vec![add], &[chairman]).accepted();
    let id = coop.share_property(&clerk, WORTH);
    let act = coop
        .act(registry::ACCEPTANCE_ACT, id)
        .signed_by(chain, &[&clerk]);
    coop.accept_with(&clerk, id, &act)
        .refused(refusal::property::ONE_SIDE);
    coop.accept_property(&coop.cashier, &clerk, id).accepted();
}

#[test]
fn bounds_the_things_of_a_participant_in_a_cooperative_end() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let ids: Vec<u64> = (0..parameters::MAX_PROPERTIES)
        .map(|_| coop.shared_property(&person, WORTH))
        .collect();
    coop.try_share_property(&person, WORTH)
        .refused(refusal::wallet::TOO_MANY_PROPERTIES);
    let question = coop.return_property(&person, ids[5]);
    coop.decide(&question);
    coop.hand_over(&coop.cashier, &person, ids[5]).accepted();
    coop.try_share_property(&person, WORTH).accepted();
}
