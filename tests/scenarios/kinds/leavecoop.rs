//! Exit: the whole wallet is paid out, and the participant is one no more.

use antelope_types::{Asset, asset, name};
use coop_model::refusal;
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::invariants::ram::{PARTICIPANT, WALLET};
use crate::scenarios::world::{Chain, Coop, Draft, Person};

const ALL: Asset = asset!("350.00 RUB");

/// A participant with 50 roubles beside the minimum share.
fn saver(coop: &Coop<'_>) -> Person {
    let person = coop.admitted();
    coop.contribute(&person, asset!("50.00 RUB"));
    person
}

#[test]
fn people_leave_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    saver(&coop);
    for (way, carry_out) in CARRIED_OUT {
        let person = saver(&coop);
        let before = coop.snapshot();
        let participants = coop.row()["participants"].as_u64();
        let question = coop.exit(&person);
        assert_eq!(coop.standing(&person), "leaving");
        assert_eq!(coop.shares(&person), (0, 0, 350), "{way}");
        carry_out(&coop, &question);
        assert_eq!(coop.standing(&person), "leaving", "{way}");
        blocked(&coop, || coop.goes(question.hash, ALL)).accepted();
        assert_eq!(coop.standing(&person), "", "{way}");
        assert!(coop.wallet(&person).is_none());
        let freed = BTreeMap::from([
            (chain.registrator.name, -PARTICIPANT),
            (chain.gateway.name, -WALLET),
        ]);
        assert_eq!(coop.residue(&before), freed, "{way}");
        assert_eq!(
            coop.row()["participants"].as_u64(),
            participants.map(|count| count - 1)
        );
        // And may join again.
        let candidate = coop.applies(person);
        coop.confirm_payment(candidate.hash).accepted();
        coop.decide(&coop.question_of(candidate.hash));
        assert_eq!(coop.shares(&candidate.person), (300, 0, 0));
    }
}

#[test]
fn r09_people_who_are_not_let_go_stay_as_they_were_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    for (way, end) in COME_TO_NOTHING {
        let before = coop.snapshot();
        let question = coop.exit(&person);
        end(&coop, &question);
        assert_eq!(coop.standing(&person), "active", "{way}");
        assert_eq!(coop.shares(&person), (300, 50, 0), "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
    }
    let question = coop.exit(&person);
    coop.decide(&question);
    coop.goes(question.hash, ALL).accepted();
    assert_eq!(coop.standing(&person), "");
}

#[test]
fn r09_people_whose_money_cannot_be_sent_stay_and_may_ask_again() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    let before = coop.snapshot();
    let question = coop.exit(&person);
    coop.decide(&question);
    blocked(&coop, || coop.fail_refund(question.hash)).accepted();
    assert_eq!(coop.standing(&person), "active");
    assert_eq!(coop.shares(&person), (300, 50, 0));
    assert_eq!(coop.residue(&before), BTreeMap::new());
    let question = coop.exit(&person);
    coop.decide(&question);
    coop.goes(question.hash, ALL).accepted();
    assert_eq!(coop.standing(&person), "");
    coop.check_books();
}

#[test]
fn people_without_a_share_leave_without_a_payment() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 4);
    coop.elect(coop.seats(3)[..3].to_vec());
    let founder = &coop.members[3];
    assert!(coop.wallet(founder).is_none());
    let question = coop.exit(founder);
    coop.refuse(&question);
    assert_eq!(coop.standing(founder), "active");
    let question = coop.exit(founder);
    let executed = {
        coop.approve(&question);
        coop.authorize(&question).accepted();
        coop.exec(&question).accepted()
    };
    assert_eq!(
        executed
            .calls_of(chain.registrator.name, name!("completexit"))
            .count(),
        1
    );
    assert_eq!(coop.standing(founder), "");
    assert!(coop.payments().is_empty());
}

#[test]
fn people_who_are_blocked_may_leave_and_stay_blocked_if_not_let_go() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    coop.decide(&coop.block(&person, true));
    let question = coop.exit(&person);
    coop.refuse(&question);
    assert_eq!(coop.standing(&person), "blocked");
    let question = coop.exit(&person);
    coop.decide(&question);
    coop.goes(question.hash, ALL).accepted();
    assert_eq!(coop.standing(&person), "");
}

#[test]
fn people_who_leave_begin_nothing_else() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    let statement = Draft::exit(&coop, person.name).signed_by(chain, &[&person]);
    coop.ask_exit(&chain.stranger, &person, &statement)
        .lacks_authority_of(person.name);
    let mut about = Draft::exit(&coop, person.name);
    about.meta.subject = Draft::proposal(&coop, person.name).meta.subject;
    coop.ask_exit(&person, &person, &about.signed_by(chain, &[&person]))
        .refused(refusal::document::ANOTHER_SUBJECT);
    coop.ask_exit(&coop.account, &person, &statement).accepted();
    let not_active = refusal::people::NOT_AN_ACTIVE_PARTICIPANT;
    coop.try_exit(&person).0.refused(not_active);
    coop.try_return_money(&person, asset!("1.00 RUB"))
        .0
        .refused(not_active);
    coop.try_share_property(&person, ALL).refused(not_active);
    coop.try_move(&person, &coop.newcomer())
        .0
        .refused(not_active);
    coop.try_block(coop.chairman(), &person, true)
        .0
        .refused(refusal::blocking::ANOTHER_STATUS);
    let outsider = coop.newcomer();
    coop.try_exit(&outsider)
        .0
        .refused(refusal::people::NOT_A_PARTICIPANT);
}

#[test]
fn people_leave_when_nothing_else_is_unfinished_and_nothing_is_theirs() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let hash = coop.share_money(&person, ALL);
    let open = refusal::wallet::OPEN_PROCESSES;
    coop.try_exit(&person).0.refused(open);
    coop.decline_payment(&person, hash).accepted();
    let id = coop.shared_property(&person, ALL);
    coop.try_exit(&person)
        .0
        .refused(refusal::wallet::PROPERTY_FIRST);
    let question = coop.return_property(&person, id);
    coop.try_exit(&person).0.refused(open);
    coop.decide(&question);
    coop.try_exit(&person).0.refused(open);
    coop.hand_over(&coop.cashier, &person, id).accepted();
    blocked(&coop, || coop.try_exit(&person).0).refused(refusal::coop::NOT_ACTIVE);
    coop.try_exit(&person).0.accepted();
}

#[test]
fn people_with_an_office_are_replaced_before_they_leave() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    for member in &coop.members {
        coop.try_exit(member).0.refused(refusal::people::HOLDS_SEAT);
    }
    let clerk = coop.admitted();
    let chairman = coop.chairman();
    let add = coop
        .soviet(chairman)
        .addstaff(
            coop.name(),
            chairman.name,
            clerk.name,
            coop.cashiers_rights(),
        )
        .to_action();
    chain.push(vec![add], &[chairman]).accepted();
    coop.try_exit(&clerk)
        .0
        .refused(refusal::people::HOLDS_RIGHT);
    // Rights that ended with the council bind nobody.
    coop.elect(coop.seats(3));
    coop.try_exit(&clerk).0.accepted();
}

#[test]
fn money_of_an_exit_is_not_paid_by_who_authorized_it() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = saver(&coop);
    let mut seats = coop.seats(3);
    seats[0].position = name!("member");
    seats[1].position = name!("chairman");
    let ballot = coop.nearly_elect(seats);
    let question = coop.exit(&person);
    coop.decide(&question);
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
    coop.send(former, question.hash, ALL, chain.unique_hash())
        .refused(refusal::payment::AUTHORIZED_BY_ACTOR);
    coop.send(&coop.account, question.hash, ALL, chain.unique_hash())
        .accepted();
    assert_eq!(coop.standing(&person), "");
}
