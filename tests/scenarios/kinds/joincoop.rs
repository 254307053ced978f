//! Admission: from a statement to a participant, or to the money's return.

use antelope_types::name;
use coop_model::{parameters, refusal};
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::invariants::ram::{PARTICIPANT, WALLET};
use crate::scenarios::world::{Candidate, Chain, Coop, Person};

/// Somebody joins after all, and leaves nothing but a participant's rows since `before`.
#[track_caller]
fn joins(coop: &Coop<'_>, person: Person) {
    let before = coop.snapshot();
    let candidate = coop.applies(person);
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    is_participant(coop, &candidate.person);
    let chain = coop.chain;
    let expected = BTreeMap::from([
        (chain.registrator.name, PARTICIPANT),
        (chain.gateway.name, WALLET),
    ]);
    assert_eq!(coop.residue(&before), expected);
}

#[track_caller]
fn is_participant(coop: &Coop<'_>, person: &Person) {
    assert_eq!(coop.standing(person), "active");
    assert_eq!(coop.shares(person), (300, 0, 0));
    assert!(coop.candidate(person).is_none());
    assert_eq!(coop.row()["candidates"], 0);
}

/// Somebody whose money came, and their question.
fn paid(coop: &Coop<'_>, person: Person) -> Candidate {
    let candidate = coop.applies(person);
    coop.confirm_payment(candidate.hash).accepted();
    candidate
}

#[test]
fn people_are_admitted_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.admitted();
    for (way, carry_out) in CARRIED_OUT {
        let person = coop.outsider();
        let before = coop.snapshot();
        let participants = coop.row()["participants"].as_u64();
        let candidate = paid(&coop, person);
        carry_out(&coop, &coop.question_of(candidate.hash));
        is_participant(&coop, &candidate.person);
        let expected = BTreeMap::from([
            (chain.registrator.name, PARTICIPANT),
            (chain.gateway.name, WALLET),
        ]);
        assert_eq!(coop.residue(&before), expected, "{way}");
        assert_eq!(
            coop.row()["participants"].as_u64(),
            participants.map(|count| count + 1)
        );
    }
}

#[test]
fn r09_people_who_are_not_admitted_get_their_money_back_in_every_way() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.admitted();
    let funds = coop.funds();
    for (way, end) in COME_TO_NOTHING {
        let person = coop.outsider();
        let before = coop.snapshot();
        let candidate = paid(&coop, person);
        end(&coop, &coop.question_of(candidate.hash));
        let person = &candidate.person;
        assert_eq!(
            coop.candidate(person).expect("a candidate")["status"],
            "refunding",
            "{way}"
        );
        assert_eq!(coop.funds()["processing"], "400.00 RUB", "{way}");
        coop.refund(candidate.hash).accepted();
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        assert_eq!(coop.row()["candidates"], 0, "{way}");
        assert!(coop.wallet(person).is_none() && coop.participant(person).is_none());
        assert_eq!(coop.funds()["share"], funds["share"], "{way}");
        assert_eq!(coop.funds()["processing"], "0.00 RUB", "{way}");
    }
    let person = coop.outsider();
    let candidate = paid(&coop, person);
    coop.refuse(&coop.question_of(candidate.hash));
    coop.refund(candidate.hash).accepted();
    joins(&coop, candidate.person);
}

#[test]
fn r09_a_refund_that_fails_is_tried_again_by_the_cooperative_or_the_person() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.admitted();
    let person = coop.outsider();
    let before = coop.snapshot();
    let candidate = paid(&coop, person);
    coop.refuse(&coop.question_of(candidate.hash));
    let retry = |actor: &Person| {
        let action = coop
            .registrator(actor)
            .retryrefund(coop.name(), actor.name, candidate.hash)
            .to_action();
        chain.push(vec![action], &[actor])
    };
    for actor in [&coop.account, &candidate.person] {
        retry(actor).refused(refusal::candidate::ANOTHER_STEP);
        coop.fail_refund(candidate.hash).accepted();
        assert_eq!(coop.funds()["processing"], "400.00 RUB");
        coop.refund(candidate.hash)
            .refused(refusal::payment::NOT_OUTGOING);
        for other in [&coop.cashier, &chain.stranger] {
            assert!(retry(other).0.is_err(), "{} tried again", other.name);
        }
        blocked(&coop, || retry(actor)).accepted();
    }
    coop.refund(candidate.hash).accepted();
    assert_eq!(coop.residue(&before), BTreeMap::new());
    joins(&coop, candidate.person);
}

#[test]
fn r09_an_invoice_that_is_not_paid_ends_in_three_ways() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.admitted();
    let ends: [fn(&Coop<'_>, &Candidate); 3] = [
        |coop, candidate| {
            coop.decline_payment(&coop.cashier, candidate.hash)
                .accepted();
        },
        |coop, candidate| {
            coop.decline_payment(&candidate.person, candidate.hash)
                .accepted();
        },
        |coop, candidate| {
            coop.expire_payment(candidate.hash)
                .refused(refusal::payment::INVOICE_NOT_EXPIRED);
            coop.chain.pass(parameters::INVOICE_SECONDS);
            coop.confirm_payment(candidate.hash)
                .refused(refusal::payment::INVOICE_EXPIRED);
            coop.expire_payment(candidate.hash).accepted();
        },
    ];
    for end in ends {
        for is_blocked in [false, true] {
            let person = coop.outsider();
            let before = coop.snapshot();
            let candidate = coop.applies(person);
            if is_blocked {
                blocked(&coop, || end(&coop, &candidate));
            } else {
                end(&coop, &candidate);
            }
            assert_eq!(coop.residue(&before), BTreeMap::new());
            assert_eq!(coop.funds()["invoices"], 0);
            joins(&coop, candidate.person);
        }
    }
}

#[test]
fn r09_money_that_comes_to_a_blocked_or_paused_cooperative_goes_back() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.admitted();
    for is_paused in [false, true] {
        let person = coop.outsider();
        let before = coop.snapshot();
        let candidate = coop.applies(person);
        let come = || coop.confirm_payment(candidate.hash).accepted();
        let trace = if is_paused {
            chain.set_pause(true);
            let trace = come();
            let other = coop.set_status(name!("active"));
            other.refused(refusal::coop::STATUS_ALREADY);
            let (paused, _) = coop.try_exit(&coop.members[2]);
            paused.refused(refusal::coop::PAUSED);
            chain.set_pause(false);
            trace
        } else {
            blocked(&coop, come)
        };
        assert_eq!(
            trace
                .calls_of(chain.soviet.name, name!("createagenda"))
                .count(),
            0
        );
        assert!(coop.decisions().is_empty());
        coop.refund(candidate.hash).accepted();
        assert_eq!(coop.residue(&before), BTreeMap::new());
        joins(&coop, candidate.person);
    }
}

#[test]
fn money_that_does_not_go_back_in_time_is_published_and_bars_new_invoices() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.admitted();
    let candidate = paid(&coop, coop.outsider());
    coop.overdue(candidate.hash)
        .refused(refusal::payment::NOT_OUTGOING);
    coop.refuse(&coop.question_of(candidate.hash));
    let ordered = chain.now();
    coop.overdue(candidate.hash)
        .refused(refusal::payment::NOT_OVERDUE);
    chain.jump_to(coop_model::decision::after(
        ordered,
        parameters::PAYMENT_SECONDS,
    ));
    let trace = coop.overdue(candidate.hash).accepted();
    assert_eq!(
        trace
            .calls_of(chain.soviet.name, name!("newoverdue"))
            .count(),
        1
    );
    coop.overdue(candidate.hash)
        .refused(refusal::payment::OVERDUE_ALREADY);
    let other = coop.newcomer();
    let apply = || {
        let statement = crate::scenarios::world::Draft::statement(&coop, other.name)
            .signed_by(chain, &[&other]);
        coop.apply(&other, &other, name!("individual"), &statement)
    };
    apply().refused(refusal::payment::OVERDUE_FIRST);
    // A failed transfer is not overdue; ordered again it gets a term of its own.
    coop.fail_refund(candidate.hash).accepted();
    apply().accepted();
    coop.retry_refund(candidate.hash).accepted();
    coop.overdue(candidate.hash)
        .refused(refusal::payment::NOT_OVERDUE);
    chain.pass(parameters::PAYMENT_SECONDS);
    coop.overdue(candidate.hash).accepted();
    assert_eq!(coop.funds()["overdue"], 1);
    coop.refund(candidate.hash).accepted();
    assert_eq!(coop.funds()["overdue"], 0);
    let waiting = coop.candidate(&other).expect("a candidate");
    let hash = waiting["hash"].as_str().expect("a hash");
    coop.decline_payment(&other, hash.parse().expect("a hash"))
        .accepted();
    joins(&coop, candidate.person);
}

#[test]
fn bounds_accounts_and_participants_of_a_cooperative_have_quotas() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let quota = |accounts, participants| {
        let action = coop
            .registrator(&chain.registrator)
            .setquota(coop.name(), accounts, participants)
            .to_action();
        chain.push(vec![action], &[&chain.registrator]).accepted();
    };
    assert_eq!(coop.row()["max_accounts"], parameters::DEFAULT_ACCOUNTS);
    assert_eq!(
        coop.row()["max_participants"],
        parameters::DEFAULT_PARTICIPANTS
    );
    // Three founders and two more.
    quota(5, 4);
    let (one, other) = (coop.newcomer(), coop.newcomer());
    chain
        .push(
            vec![coop.new_account(&coop.account, &Person::new())],
            &[&coop.account],
        )
        .refused(refusal::account::QUOTA);
    let candidate = coop.applies(one);
    let apply = || {
        let statement = crate::scenarios::world::Draft::statement(&coop, other.name)
            .signed_by(chain, &[&other]);
        coop.apply(&other, &other, name!("individual"), &statement)
    };
    apply().refused(refusal::people::QUOTA);
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    apply().refused(refusal::people::QUOTA);
    quota(5, 5);
    apply().accepted();
}

#[test]
fn bounds_invoices_of_a_cooperative_have_quotas() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let mut alone = Vec::new();
    for _ in 0..parameters::MAX_INVOICES_ALONE {
        alone.push(coop.applicant());
    }
    let late = coop.newcomer();
    let statement =
        crate::scenarios::world::Draft::statement(&coop, late.name).signed_by(chain, &[&late]);
    coop.apply(&late, &late, name!("individual"), &statement)
        .refused(refusal::payment::TOO_MANY_ALONE);
    // The cooperative's signature opens the rest.
    for _ in parameters::MAX_INVOICES_ALONE..parameters::MAX_INVOICES {
        coop.sent_application();
    }
    coop.apply(&coop.account, &late, name!("individual"), &statement)
        .refused(refusal::payment::TOO_MANY_INVOICES);
    coop.confirm_payment(alone[0].hash).accepted();
    coop.apply(&late, &late, name!("individual"), &statement)
        .accepted();
}
