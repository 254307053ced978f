//! A lost key: the council lets a person go on under a new account, and the old one may veto.

use antelope_types::{asset, name};
use coop_model::decision::after;
use coop_model::{parameters, refusal};
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::scenarios::world::{Chain, Coop, Draft, Person, with_wrong_key};

/// A participant with money and property.
fn owner(coop: &Coop<'_>) -> (Person, u64) {
    let person = coop.admitted();
    coop.contribute(&person, asset!("50.00 RUB"));
    let id = coop.shared_property(&person, asset!("70.00 RUB"));
    (person, id)
}

#[test]
fn people_go_on_under_a_new_account_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    for (way, carry_out) in CARRIED_OUT {
        let ((old, id), new) = (owner(&coop), coop.outsider());
        let participants = coop.row()["participants"].clone();
        let before = chain.ram();
        let question = coop.move_to(&old, &new);
        carry_out(&coop, &question);
        assert_eq!(
            coop.standing(&old),
            "active",
            "moved without time for a veto"
        );
        coop.complete_move(&old)
            .refused(refusal::moving::VETO_NOT_OVER);
        chain.pass(parameters::VETO_SECONDS);
        blocked(&coop, || coop.complete_move(&old)).accepted();
        assert_eq!(coop.standing(&old), "", "{way}");
        assert_eq!(coop.standing(&new), "active", "{way}");
        assert!(coop.wallet(&old).is_none());
        assert_eq!(coop.shares(&new), (300, 120, 0), "{way}");
        let row = coop.property(id).expect("the property");
        assert_eq!(row["username"], new.name.to_string());
        assert_eq!(coop.row()["participants"], participants);
        assert_eq!(chain.ram(), before, "{way}");
        // What moved is the new account's to ask for, and nobody's else.
        coop.try_return_property(&old, id)
            .0
            .refused(refusal::property::ANOTHER_OWNER);
        let question = coop.return_property(&new, id);
        coop.decide(&question);
        coop.hand_over(&coop.cashier, &new, id).accepted();
        coop.check_books();
    }
}

#[test]
fn r09_nothing_moves_when_the_council_does_not_agree_in_any_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let ((old, _), new) = (owner(&coop), coop.outsider());
    for (way, end) in COME_TO_NOTHING {
        let before = coop.snapshot();
        let question = coop.move_to(&old, &new);
        end(&coop, &question);
        assert_eq!(coop.standing(&old), "active", "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        coop.complete_move(&old).refused(refusal::moving::NO_MOVE);
    }
    let question = coop.move_to(&old, &new);
    coop.decide(&question);
    chain.pass(parameters::VETO_SECONDS);
    coop.complete_move(&old).accepted();
}

#[test]
fn people_who_have_their_key_after_all_veto_in_time_to_the_block() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let ((old, _), new) = (owner(&coop), coop.outsider());
    let before = coop.snapshot();
    let question = coop.move_to(&old, &new);
    for person in [&old, &new] {
        coop.veto(person, &old)
            .refused(refusal::moving::NOT_GRANTED);
    }
    coop.complete_move(&old)
        .refused(refusal::moving::NOT_GRANTED);
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let granted = chain.now();
    coop.exec(&question).accepted();
    let ready = after(granted, parameters::VETO_SECONDS);
    for other in [&chain.stranger, &coop.account, coop.chairman()] {
        coop.veto(other, &old).lacks_authority_of(old.name);
    }
    chain.jump_just_before(ready);
    coop.complete_move(&old)
        .refused(refusal::moving::VETO_NOT_OVER);
    blocked(&coop, || ());
    // That took two blocks.
    coop.veto(&old, &old).refused(refusal::moving::VETO_OVER);
    coop.veto(&new, &old).accepted();
    assert_eq!(coop.residue(&before), BTreeMap::new());

    let question = coop.move_to(&old, &new);
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let granted = chain.now();
    coop.exec(&question).accepted();
    chain.jump_just_before(after(granted, parameters::VETO_SECONDS));
    coop.veto(&old, &old).accepted();
    coop.complete_move(&old).refused(refusal::moving::NO_MOVE);
    assert_eq!(coop.standing(&old), "active");
}

#[test]
fn people_move_by_a_statement_of_the_new_accounts_key() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let ((old, _), new) = (owner(&coop), coop.newcomer());
    let draft = Draft::moving(&coop, old.name, new.name);
    let send = |document| coop.ask_move(&new, &old, &new, &document);
    send(draft.signed_by(chain, &[&old])).refused(refusal::document::ANOTHER_SIGNER);
    send(draft.signed_by(chain, &[&with_wrong_key(&new)])).refused(refusal::document::WRONG_KEY);
    let other = coop.newcomer();
    let mut elsewhere = Draft::moving(&coop, old.name, other.name);
    send(elsewhere.signed_by(chain, &[&new])).refused(refusal::document::ANOTHER_SUBJECT);
    elsewhere.meta.subject = None;
    send(elsewhere.signed_by(chain, &[&new])).refused(refusal::document::ANOTHER_SUBJECT);
    let statement = draft.signed_by(chain, &[&new]);
    coop.ask_move(&old, &old, &new, &statement)
        .lacks_authority_of(new.name);
    let stranger = &chain.stranger;
    coop.try_move(&old, stranger)
        .0
        .refused(refusal::account::NOT_REGISTERED);
    let candidate = coop.applicant();
    for taken in [&coop.members[1], &candidate.person, &old] {
        coop.try_move(&old, taken)
            .0
            .refused(refusal::moving::NEW_ACCOUNT_TAKEN);
    }
    coop.try_move(&coop.members[1], &new)
        .0
        .refused(refusal::people::HOLDS_SEAT);
    coop.try_move(&other, &new)
        .0
        .refused(refusal::people::NOT_A_PARTICIPANT);
    blocked(&coop, || send(statement.clone())).refused(refusal::coop::NOT_ACTIVE);
    send(statement.clone()).accepted();
    send(statement).refused(refusal::moving::NEW_ACCOUNT_TAKEN);
    coop.try_move(&old, &other)
        .0
        .refused(refusal::moving::ASKED_ALREADY);
}

#[test]
fn people_move_when_what_they_have_begun_has_ended() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (old, new) = (coop.admitted(), coop.outsider());
    coop.decide(&coop.move_to(&old, &new));
    let pending = coop.share_money(&old, asset!("5.00 RUB"));
    chain.pass(parameters::VETO_SECONDS);
    coop.complete_move(&old)
        .refused(refusal::wallet::OPEN_PROCESSES);
    coop.decline_payment(&old, pending).accepted();
    // Voices are of accounts: nobody moves during an election.
    coop.submit(coop.seats(3)).accepted();
    coop.complete_move(&old)
        .refused(refusal::moving::ELECTION_GOES_ON);
    let ballot = coop.ballot();
    coop.sit(&ballot).accepted();
    let question = coop.exit(&old);
    coop.complete_move(&old)
        .refused(refusal::people::NOT_AN_ACTIVE_PARTICIPANT);
    coop.refuse(&question);
    coop.complete_move(&old).accepted();
    assert_eq!(coop.shares(&new), (300, 0, 0));
}

#[test]
fn people_who_got_an_office_meanwhile_do_not_move() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (old, new) = (coop.admitted(), coop.outsider());
    coop.decide(&coop.move_to(&old, &new));
    let mut seats = coop.seats(3);
    seats[2].username = old.name;
    coop.submit_board(name!("council"), seats, &[&old])
        .accepted();
    let ballot = coop.ballot();
    coop.sit(&ballot).accepted();
    chain.pass(parameters::VETO_SECONDS);
    coop.complete_move(&old)
        .refused(refusal::people::HOLDS_SEAT);
    coop.veto(&new, &old).accepted();
}

#[test]
fn people_whose_move_can_be_made_no_longer_end_it() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (old, new) = (coop.admitted(), coop.newcomer());
    coop.decide(&coop.move_to(&old, &new));
    // The new account has become a candidate meanwhile.
    let candidate = coop.applies(new);
    chain.pass(parameters::VETO_SECONDS);
    coop.complete_move(&old).accepted();
    assert_eq!(coop.standing(&old), "active");
    coop.complete_move(&old).refused(refusal::moving::NO_MOVE);
    coop.decline_payment(&candidate.person, candidate.hash)
        .accepted();
    // The old account has left meanwhile.
    let new = candidate.person;
    coop.decide(&coop.move_to(&old, &new));
    let exit = coop.exit(&old);
    coop.decide(&exit);
    coop.goes(exit.hash, asset!("300.00 RUB")).accepted();
    chain.pass(parameters::VETO_SECONDS);
    coop.complete_move(&old).accepted();
    assert_eq!(
        (coop.standing(&old), coop.standing(&new)),
        (String::new(), String::new())
    );
}

#[test]
fn people_who_are_blocked_meanwhile_move_as_blocked() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (old, new) = (coop.admitted(), coop.outsider());
    coop.decide(&coop.move_to(&old, &new));
    coop.decide(&coop.block(&old, true));
    coop.try_move(&old, &coop.outsider())
        .0
        .refused(refusal::people::NOT_AN_ACTIVE_PARTICIPANT);
    chain.pass(parameters::VETO_SECONDS);
    coop.complete_move(&old).accepted();
    assert_eq!(coop.standing(&new), "blocked");
}

#[test]
fn people_who_left_and_joined_again_are_not_moved_by_what_was_granted_before() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let (old, new) = (coop.admitted(), coop.outsider());
    coop.decide(&coop.move_to(&old, &new));
    let exit = coop.exit(&old);
    coop.decide(&exit);
    coop.goes(exit.hash, asset!("300.00 RUB")).accepted();
    chain.pass(parameters::VETO_SECONDS);
    let candidate = coop.applies(old);
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    let old = candidate.person;
    coop.complete_move(&old).accepted();
    assert_eq!(
        (coop.standing(&old), coop.standing(&new)),
        ("active".to_owned(), String::new())
    );
    coop.complete_move(&old).refused(refusal::moving::NO_MOVE);
}
