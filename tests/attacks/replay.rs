//! Signatures and documents used again: in another decision, cooperative, chain, or a second time.

use antelope_types::Signature;
use coop_model::council::board;
use coop_model::people::kind;
use coop_model::refusal;

use crate::scenarios::world::{Chain, Coop, Draft};

#[test]
fn attack_the_chairmans_old_signature_authorizes_nothing_new() {
    let coop = Coop::new(Chain::shared(), 3);
    let (old, new) = (coop.question(), coop.question());
    coop.approve(&old);
    coop.approve(&new);
    let chairman = coop.chairman();
    let signed = Draft::protocol(&coop, &old).signed_by(coop.chain, &[chairman]);
    coop.authorize_with(chairman, &old, &signed).accepted();
    coop.exec(&old).accepted();
    // As it is, and with the new decision's text over the old signature.
    coop.authorize_with(chairman, &new, &signed)
        .refused(refusal::decision::PROTOCOL_OF_ANOTHER);
    let mut forged = Draft::protocol(&coop, &new).unsigned();
    forged.signatures = signed.signatures.clone();
    coop.authorize_with(chairman, &new, &forged)
        .refused(refusal::document::WRONG_SIGNATURE);
    forged.doc_hash = signed.doc_hash;
    coop.authorize_with(chairman, &new, &forged)
        .refused(refusal::document::WRONG_SIGNATURE);
}

#[test]
fn attack_a_protocol_of_another_cooperative_with_the_same_chairman() {
    let chain = &Chain::own();
    let (here, there) = (Coop::new(chain, 3), Coop::new(chain, 3));
    // The chairman of `here` presides over `there` too, where the question has the same number.
    let chairman = here.chairman();
    let candidate = there.applies(chairman.clone());
    there.confirm_payment(candidate.hash).accepted();
    there.decide(&there.question_of(candidate.hash));
    let mut seats = there.seats(3);
    seats[0].username = chairman.name;
    there
        .submit_board(board::COUNCIL, seats, &[chairman])
        .accepted();
    let ballot = there.ballot();
    there.sit(&ballot).accepted();

    let first = here.question();
    let (question, other) = (here.question(), there.question_by(&there.members[1]));
    assert_eq!((first.id, question.id, other.id), (1, 2, 2));
    here.approve(&question);
    for member in &there.members[1..] {
        there.vote_for(member, &other).accepted();
    }
    let signed = Draft::protocol(&there, &other).signed_by(chain, &[chairman]);
    here.authorize_with(chairman, &question, &signed)
        .refused(refusal::document::ANOTHER_COOPERATIVE);
    there.authorize_with(chairman, &other, &signed).accepted();
}

#[test]
fn attack_a_protocol_signed_for_another_chain() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.approve(&question);
    let mut other_chain = coop.chain.id;
    other_chain.0.reverse();
    let protocol = Draft::protocol(&coop, &question).signed_for(
        other_chain,
        coop.chain.clock(),
        &[coop.chairman()],
    );
    coop.authorize_with(coop.chairman(), &question, &protocol)
        .refused(refusal::document::WRONG_SIGNATURE);
}

#[test]
fn attack_a_statement_serves_neither_another_cooperative_nor_another_person() {
    let chain = Chain::shared();
    let (coop, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let (person, thief) = (coop.newcomer(), coop.newcomer());
    let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
    other
        .apply(&other.account, &person, kind::INDIVIDUAL, &statement)
        .refused(refusal::document::ANOTHER_COOPERATIVE);
    coop.apply(&thief, &thief, kind::INDIVIDUAL, &statement)
        .refused(refusal::document::ANOTHER_PERSON);
    let mut stolen = statement.clone();
    stolen.meta.username = thief.name;
    coop.apply(&thief, &thief, kind::INDIVIDUAL, &stolen)
        .refused(refusal::document::ANOTHER_SIGNER);
    stolen.signatures[0].signer = thief.name;
    coop.apply(&thief, &thief, kind::INDIVIDUAL, &stolen)
        .refused(refusal::document::WRONG_SIGNATURE);
    coop.apply(&coop.account, &person, kind::INDIVIDUAL, &statement)
        .accepted();
}

#[test]
fn attack_a_vote_sent_twice_in_one_transaction() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    let member = &coop.members[1];
    let vote = || {
        coop.soviet(member)
            .votefor(coop.name(), member.name, question.id, question.hash)
            .to_action()
    };
    coop.chain
        .push(vec![vote(), vote()], &[member])
        .refused(refusal::decision::VOTED_ALREADY);
    assert_eq!(
        coop.decision(question.id).expect("the question")["votes_for"],
        0
    );
}

#[test]
fn attack_the_other_form_of_a_signature_gives_no_second_use() {
    // (r, s) and (r, n - s) are signatures of the same digest by the same key.
    let coop = Coop::new(Chain::shared(), 3);
    let person = coop.newcomer();
    let mut statement = Draft::statement(&coop, person.name).signed_by(coop.chain, &[&person]);
    coop.apply(&person, &person, kind::INDIVIDUAL, &statement)
        .accepted();
    let cashier = &coop.cashier;
    let decline = coop
        .gateway(cashier)
        .indecline(coop.name(), cashier.name, statement.hash(), "x")
        .to_action();
    coop.chain.push(vec![decline], &[cashier]).accepted();
    let Signature::K1(compact) = &mut statement.signatures[0].signature else {
        panic!("a K1 signature")
    };
    mirror(compact);
    let again = coop.apply(&coop.account, &person, kind::INDIVIDUAL, &statement);
    again.refused(refusal::document::SERVED_ALREADY);
    assert!(coop.candidate(&person).is_none());
}

/// Turns s into n - s, and the recovery byte with it.
fn mirror(compact: &mut [u8; 65]) {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xfe, 0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36,
        0x41, 0x41,
    ];
    compact[0] = 31 + ((compact[0] - 31) ^ 1);
    let mut borrow = 0;
    for (digit, order) in compact[33..].iter_mut().zip(ORDER).rev() {
        let difference = i16::from(order) - i16::from(*digit) - borrow;
        borrow = i16::from(difference < 0);
        *digit = difference.rem_euclid(256) as u8;
    }
}
