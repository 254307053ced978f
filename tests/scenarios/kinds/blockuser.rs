//! Blocking of a participant by the council, and its end.

use antelope_types::asset;
use coop_model::refusal;
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::scenarios::world::{Chain, Coop, Draft};

#[test]
fn people_are_blocked_and_unblocked_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for (way, carry_out) in CARRIED_OUT {
        for (is_blocked, standing) in [(true, "blocked"), (false, "active")] {
            let before = coop.snapshot();
            let question = coop.block(&person, is_blocked);
            carry_out(&coop, &question);
            assert_eq!(coop.standing(&person), standing, "{way}");
            assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        }
    }
}

#[test]
fn r09_people_stay_as_they_are_when_the_council_does_not_agree_in_any_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for (is_blocked, standing) in [(true, "active"), (false, "blocked")] {
        for (way, end) in COME_TO_NOTHING {
            let before = coop.snapshot();
            let question = coop.block(&person, is_blocked);
            end(&coop, &question);
            assert_eq!(coop.standing(&person), standing, "{way}");
            assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        }
        coop.decide(&coop.block(&person, is_blocked));
    }
}

#[test]
fn people_who_are_blocked_begin_nothing_and_keep_what_is_theirs() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    coop.contribute(&person, asset!("50.00 RUB"));
    let asked = coop.return_money(&person, asset!("20.00 RUB"));
    coop.decide(&coop.block(&person, true));
    let not_active = refusal::people::NOT_AN_ACTIVE_PARTICIPANT;
    coop.try_return_money(&person, asset!("1.00 RUB"))
        .0
        .refused(not_active);
    coop.try_share_property(&person, asset!("1.00 RUB"))
        .refused(not_active);
    // What was begun ends.
    coop.decide(&asked);
    coop.goes(asked.hash, asset!("20.00 RUB")).accepted();
    assert_eq!(coop.shares(&person), (300, 30, 0));
    coop.decide(&coop.block(&person, false));
    let (outcome, _) = coop.try_return_money(&person, asset!("1.00 RUB"));
    outcome.accepted();
}

#[test]
fn people_are_blocked_on_a_members_signed_proposal_about_what_is_not_so_yet() {
    let chain = Chain::shared();
    let coop = Coop::with_seats(chain, 3, 1);
    let person = coop.admitted();
    let chairman = coop.chairman();
    for other in [&coop.members[3], &person, &coop.cashier, &coop.account] {
        coop.try_block(other, &person, true)
            .0
            .refused(refusal::council::NO_VOTING_SEAT);
    }
    coop.try_block(chairman, &person, false)
        .0
        .refused(refusal::blocking::ANOTHER_STATUS);
    coop.try_block(chairman, &coop.members[1], true)
        .0
        .refused(refusal::people::HOLDS_SEAT);
    coop.try_block(chairman, &coop.newcomer(), true)
        .0
        .refused(refusal::people::NOT_A_PARTICIPANT);
    let mut draft = Draft::blocking(&coop, person.name, true);
    draft.meta.subject = None;
    let propose = |document| {
        let action = coop
            .registrator(chairman)
            .blockuser(coop.name(), chairman.name, person.name, document)
            .to_action();
        chain.push(vec![action], &[chairman])
    };
    propose(draft.signed_by(chain, &[chairman])).refused(refusal::document::ANOTHER_SUBJECT);
    let draft = Draft::blocking(&coop, person.name, true);
    propose(draft.signed_by(chain, &[&coop.members[1]])).refused(refusal::document::ANOTHER_SIGNER);
    let proposal = draft.signed_by(chain, &[chairman]);
    blocked(&coop, || propose(proposal.clone())).refused(refusal::coop::NOT_ACTIVE);
    propose(proposal.clone()).accepted();
    coop.try_block(&coop.members[1], &person, true)
        .0
        .refused(refusal::blocking::PROPOSED_ALREADY);
    let question = coop.question_of(proposal.hash());
    coop.refuse(&question);
    propose(proposal).refused(refusal::document::SERVED_ALREADY);
}

#[test]
fn people_who_leave_meanwhile_are_not_blocked() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let [leaving, gone] = [0; 2].map(|_| coop.admitted());
    let questions = [&leaving, &gone].map(|person| coop.block(person, true));
    coop.exit(&leaving);
    let exit = coop.exit(&gone);
    coop.decide(&exit);
    coop.goes(exit.hash, asset!("300.00 RUB")).accepted();
    for question in &questions {
        coop.decide(question);
    }
    assert_eq!(coop.standing(&leaving), "leaving");
    assert_eq!(coop.standing(&gone), "");
}
