//! A share contribution in money: it becomes a share, or goes back.

use antelope_types::{Asset, asset};
use coop_model::catalogue::registry;
use coop_model::{parameters, refusal};
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::scenarios::world::{Chain, Coop, Draft};

const SUM: Asset = asset!("50.00 RUB");

#[test]
fn money_becomes_a_share_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for (count, (way, carry_out)) in (1..).zip(CARRIED_OUT) {
        let before = coop.snapshot();
        let question = coop.paid_share(&person, SUM);
        assert_eq!(coop.funds()["processing"], "50.00 RUB");
        carry_out(&coop, &question);
        assert_eq!(coop.shares(&person), (300, 50 * count, 0), "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        assert_eq!(coop.funds()["entrance"], "100.00 RUB");
    }
}

#[test]
fn money_opens_the_wallet_of_a_founder() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let founder = &coop.members[1];
    assert!(coop.wallet(founder).is_none());
    coop.contribute(founder, SUM);
    assert_eq!(coop.shares(founder), (0, 50, 0));
}

#[test]
fn r09_money_that_the_council_does_not_take_goes_back_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for (way, end) in COME_TO_NOTHING {
        let before = coop.snapshot();
        let question = coop.paid_share(&person, SUM);
        end(&coop, &question);
        let payment = coop.payment(question.hash).expect("the payment");
        assert_eq!(payment["status"], "returning", "{way}");
        coop.goes(question.hash, SUM).accepted();
        assert_eq!(coop.shares(&person), (300, 0, 0), "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
    }
    coop.contribute(&person, SUM);
    assert_eq!(coop.shares(&person), (300, 50, 0));
}

#[test]
fn r09_a_contribution_that_cannot_be_sent_back_is_tried_again() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let before = coop.snapshot();
    let question = coop.paid_share(&person, SUM);
    coop.refuse(&question);
    for actor in [&coop.account, &coop.cashier, &person] {
        coop.retry_payment(actor, question.hash)
            .refused(refusal::payment::ANOTHER_STEP);
        coop.fail_refund(question.hash).accepted();
        coop.goes(question.hash, SUM)
            .refused(refusal::payment::NOT_OUTGOING);
        coop.retry_payment(&chain.stranger, question.hash)
            .refused(refusal::staff::NEITHER_COOPERATIVE_NOR_STAFF);
        blocked(&coop, || coop.retry_payment(actor, question.hash)).accepted();
    }
    coop.goes(question.hash, SUM).accepted();
    assert_eq!(coop.residue(&before), BTreeMap::new());
    // Money of an admission is registrator's to send back.
    let (candidate, question) = coop.paid_applicant();
    coop.refuse(&question);
    coop.fail_refund(candidate.hash).accepted();
    coop.retry_payment(&candidate.person, candidate.hash)
        .refused(refusal::payment::ANOTHER_OWNER);
    coop.contribute(&person, SUM);
}

#[test]
fn r09_an_offer_of_money_that_does_not_come_ends() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    for end in 0..3 {
        let before = coop.snapshot();
        let hash = coop.share_money(&person, SUM);
        match end {
            0 => coop.decline_payment(&person, hash).accepted(),
            1 => blocked(&coop, || coop.decline_payment(&coop.cashier, hash)).accepted(),
            _ => {
                chain.pass(parameters::INVOICE_SECONDS);
                coop.expire_payment(hash).accepted()
            }
        };
        assert_eq!(coop.residue(&before), BTreeMap::new());
        assert_eq!(coop.wallet(&person).expect("a wallet")["open"], 0);
    }
    coop.contribute(&person, SUM);
}

#[test]
fn r09_a_contribution_to_a_cooperative_that_is_blocked_by_then_goes_back() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let before = coop.snapshot();
    let hash = coop.share_money(&person, SUM);
    blocked(&coop, || coop.comes(hash, SUM)).accepted();
    assert!(coop.decisions().is_empty());
    coop.goes(hash, SUM).accepted();
    assert_eq!(coop.residue(&before), BTreeMap::new());
    coop.contribute(&person, SUM);
}

#[test]
fn money_is_offered_by_a_participants_statement_of_the_exact_sum() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let offer = |quantity, draft: &Draft| {
        let statement = draft.signed_by(chain, &[&person]);
        coop.offer_money(&person, &person, quantity, &statement)
    };
    let draft = |quantity| Draft::money(&coop, registry::MONEY_STATEMENT, person.name, quantity);
    for other in [asset!("50.01 RUB"), asset!("5000.00 RUB")] {
        offer(other, &draft(SUM)).refused(refusal::document::ANOTHER_SUBJECT);
    }
    let mut without = draft(SUM);
    without.meta.subject = None;
    offer(SUM, &without).refused(refusal::document::ANOTHER_SUBJECT);
    let mut return_statement = draft(SUM);
    return_statement.meta.registry_id = registry::MONEY_RETURN_STATEMENT;
    offer(SUM, &return_statement).refused(refusal::document::ANOTHER_REGISTRY_ID);
    for nothing in [asset!("0.00 RUB"), asset!("-1.00 RUB")] {
        offer(nothing, &draft(nothing)).refused(refusal::money::NOT_POSITIVE);
    }
    let foreign = asset!("50.00 USD");
    offer(foreign, &draft(foreign)).refused(refusal::money::ANOTHER_SYMBOL);
    let outsider = coop.newcomer();
    let statement = Draft::money(&coop, registry::MONEY_STATEMENT, outsider.name, SUM)
        .signed_by(chain, &[&outsider]);
    coop.offer_money(&outsider, &outsider, SUM, &statement)
        .refused(refusal::people::NOT_A_PARTICIPANT);
    let statement = draft(SUM).signed_by(chain, &[&person]);
    coop.offer_money(&chain.stranger, &person, SUM, &statement)
        .lacks_authority_of(person.name);
    blocked(&coop, || {
        coop.offer_money(&person, &person, SUM, &statement)
    })
    .refused(refusal::coop::NOT_ACTIVE);
    coop.offer_money(&coop.account, &person, SUM, &statement)
        .accepted();
    coop.offer_money(&coop.account, &person, SUM, &statement)
        .refused(refusal::document::SERVED_ALREADY);
}

#[test]
fn bounds_the_unfinished_processes_of_a_participant_end() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let hashes: Vec<_> = (0..parameters::MAX_OPEN_OF_PARTICIPANT)
        .map(|_| coop.share_money(&person, SUM))
        .collect();
    let statement = Draft::money(&coop, registry::MONEY_STATEMENT, person.name, SUM)
        .signed_by(chain, &[&person]);
    coop.offer_money(&person, &person, SUM, &statement)
        .refused(refusal::wallet::TOO_MANY_OPEN);
    coop.decline_payment(&person, hashes[3]).accepted();
    coop.offer_money(&person, &person, SUM, &statement)
        .accepted();
}

#[test]
fn money_comes_once_for_each_bank_record() {
    let chain = Chain::shared();
    let (coop, elsewhere) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let person = coop.admitted();
    let [one, other] = [0; 2].map(|_| coop.share_money(&person, SUM));
    let reference = chain.unique_hash();
    let come = |hash| coop.complete(&coop.cashier, hash, SUM, reference);
    come(one).accepted();
    come(other).refused(refusal::payment::REFERENCE_USED);
    coop.complete(&coop.account, other, SUM, reference)
        .refused(refusal::payment::REFERENCE_USED);
    // An outgoing payment has a record of its own too.
    let question = coop.question_of(one);
    coop.refuse(&question);
    coop.send(&coop.cashier, one, SUM, reference)
        .refused(refusal::payment::REFERENCE_USED);
    coop.goes(one, SUM).accepted();
    // Each cooperative has its own bank.
    let person = elsewhere.admitted();
    let hash = elsewhere.share_money(&person, SUM);
    elsewhere
        .complete(&elsewhere.cashier, hash, SUM, reference)
        .accepted();
}
