//! Money: exact amounts in one symbol, payments that end once, and books that balance.

use antelope_types::{Asset, Checksum256, asset, name};
use coop_model::coop::status;
use coop_model::parameters::MAX_AMOUNT;
use coop_model::refusal;

use super::world::{Chain, Coop, Draft, ENTRANCE_AND_MINIMUM};

#[test]
fn money_of_an_admission_goes_to_its_funds() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    let funds = coop.funds();
    assert_eq!(
        (funds["processing"].as_str(), funds["incoming"].as_str()),
        (Some("400.00 RUB"), Some("400.00 RUB"))
    );
    assert_eq!(
        (funds["entrance"].as_str(), funds["share"].as_str()),
        (Some("0.00 RUB"), Some("0.00 RUB"))
    );
    coop.decide(&question);
    let funds = coop.funds();
    assert_eq!(
        (funds["processing"].as_str(), funds["outgoing"].as_str()),
        (Some("0.00 RUB"), Some("0.00 RUB"))
    );
    assert_eq!(
        (funds["entrance"].as_str(), funds["share"].as_str()),
        (Some("100.00 RUB"), Some("300.00 RUB"))
    );
    let wallet = coop.chain.row(
        &coop.chain.gateway,
        coop.name(),
        name!("wallets"),
        candidate.person.name,
    );
    assert_eq!(wallet.expect("a wallet")["minimum"], "300.00 RUB");
}

#[test]
fn money_comes_in_the_exact_amount() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    for wrong in [
        asset!("399.99 RUB"),
        asset!("400.01 RUB"),
        asset!("0.00 RUB"),
        asset!("-400.00 RUB"),
        asset!("400.00 USD"),
        asset!("400.0000 RUB"),
        asset!("4.0000 RUB"),
        Asset {
            amount: i64::MAX,
            ..ENTRANCE_AND_MINIMUM
        },
        Asset {
            amount: i64::MIN,
            ..ENTRANCE_AND_MINIMUM
        },
    ] {
        coop.complete(
            &coop.cashier,
            candidate.hash,
            wrong,
            coop.chain.unique_hash(),
        )
        .refused(refusal::payment::NOT_EXACTLY);
    }
    coop.confirm_payment(candidate.hash).accepted();
}

#[test]
fn money_comes_with_a_bank_reference() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    coop.complete(
        &coop.cashier,
        candidate.hash,
        ENTRANCE_AND_MINIMUM,
        Checksum256::ZERO,
    )
    .refused(refusal::payment::NO_REFERENCE);
}

#[test]
fn money_comes_once() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    coop.confirm_payment(candidate.hash).accepted();
    coop.confirm_payment(candidate.hash)
        .refused(refusal::payment::NOT_PENDING);
    coop.decide(&coop.question_of(candidate.hash));
    coop.confirm_payment(candidate.hash)
        .refused(refusal::payment::NO_PAYMENT);
}

#[test]
fn money_that_does_not_come_is_declined() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    let decline = |reason: &str| {
        let cashier = &coop.cashier;
        let action = coop
            .gateway(cashier)
            .indecline(coop.name(), cashier.name, candidate.hash, reason)
            .to_action();
        coop.chain.push(vec![action], &[cashier])
    };
    for reason in [String::new(), "x".repeat(257)] {
        decline(&reason).refused(refusal::payment::REASON_BOUND);
    }
    decline(&"x".repeat(256)).accepted();
    assert!(coop.candidate(&candidate.person).is_none());
    assert!(coop.payments().is_empty() && coop.decisions().is_empty());
    decline("again").refused(refusal::payment::NO_PAYMENT);
    let again = coop.applies(candidate.person);
    coop.confirm_payment(again.hash).accepted();
}

#[test]
fn money_that_came_is_not_declined() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, _) = coop.paid_applicant();
    let cashier = &coop.cashier;
    let action = coop
        .gateway(cashier)
        .indecline(coop.name(), cashier.name, candidate.hash, "x")
        .to_action();
    coop.chain
        .push(vec![action], &[cashier])
        .refused(refusal::payment::NOT_PENDING);
}

#[test]
fn money_is_not_expired_early() {
    let coop = Coop::new(Chain::shared(), 3);
    let candidate = coop.applicant();
    let stranger = &coop.chain.stranger;
    let expire = || {
        coop.gateway(stranger)
            .inexpire(coop.name(), candidate.hash)
            .to_action()
    };
    coop.chain
        .push(vec![expire()], &[stranger])
        .refused(refusal::payment::INVOICE_NOT_EXPIRED);
    coop.confirm_payment(candidate.hash).accepted();
    coop.chain
        .push(vec![expire()], &[stranger])
        .refused(refusal::payment::NOT_PENDING);
}

#[test]
fn money_goes_back_in_the_exact_amount_with_a_reference() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decline(&question);
    coop.remove_declined(&question).accepted();
    let send = |quantity, reference| {
        let cashier = &coop.cashier;
        let action = coop
            .gateway(cashier)
            .outcomplete(
                coop.name(),
                cashier.name,
                candidate.hash,
                quantity,
                reference,
            )
            .to_action();
        coop.chain.push(vec![action], &[cashier])
    };
    let reference = coop.chain.unique_hash();
    send(asset!("399.99 RUB"), reference).refused(refusal::payment::NOT_EXACTLY);
    send(ENTRANCE_AND_MINIMUM, Checksum256::ZERO).refused(refusal::payment::NO_REFERENCE);
    send(ENTRANCE_AND_MINIMUM, reference).accepted();
    send(ENTRANCE_AND_MINIMUM, reference).refused(refusal::payment::NO_PAYMENT);
}

#[test]
fn money_is_moved_by_contracts_and_nobodys_key() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (candidate, _) = coop.paid_applicant();
    let (hash, user) = (candidate.hash, candidate.person.name);
    let zero = asset!("0.00 RUB");
    for thief in [
        &coop.account,
        coop.chairman(),
        &coop.cashier,
        &chain.stranger,
        &chain.soviet,
        &chain.gateway,
        &chain.registrator,
    ] {
        let gateway = || coop.gateway(thief);
        let (yes, no) = (name!("yes"), name!("no"));
        let sum = ENTRANCE_AND_MINIMUM;
        let mut actions = vec![
            gateway().openfunds(coop.name(), sum.symbol).to_action(),
            gateway().blockshares(coop.name(), user, hash).to_action(),
            gateway().freeshares(coop.name(), user, hash).to_action(),
            gateway().payshares(coop.name(), user, hash).to_action(),
            gateway()
                .moveshares(coop.name(), user, thief.name)
                .to_action(),
            gateway().confirmin(coop.name(), hash, hash).to_action(),
            gateway().declinein(coop.name(), hash, "x").to_action(),
            gateway().confirmout(coop.name(), hash, hash).to_action(),
            gateway().declineout(coop.name(), hash, "x").to_action(),
        ];
        for owner in [chain.registrator.name, thief.name] {
            let fresh = chain.unique_hash();
            let kind = name!("joincoop");
            actions.extend([
                gateway()
                    .distribute(coop.name(), user, hash, sum, zero, zero, owner)
                    .to_action(),
                gateway()
                    .createinpay(coop.name(), user, kind, fresh, sum, false, owner, yes, no)
                    .to_action(),
                gateway()
                    .createoutpay(coop.name(), user, hash, sum, owner, yes, no)
                    .to_action(),
            ]);
        }
        for action in actions {
            chain
                .push(vec![action], &[thief])
                .refused(refusal::config::NOT_INLINE);
        }
    }
}

#[test]
fn money_has_one_symbol_in_a_cooperative() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let with = |change: &dyn Fn(&mut coop_model::CoopParams)| {
        let mut params = super::world::fees();
        change(&mut params);
        let action = coop
            .registrator(&coop.account)
            .updatecoop(coop.name(), params)
            .to_action();
        chain.push(vec![action], &[&coop.account])
    };
    let other_symbol = refusal::money::ANOTHER_SYMBOL;
    with(&|params| params.minimum = asset!("300.00 USD")).refused(other_symbol);
    with(&|params| params.org_initial = asset!("1000.0000 RUB")).refused(other_symbol);
    let (too_small, too_large) = (refusal::money::NOT_POSITIVE, refusal::money::ABOVE_BOUND);
    for (amount, why) in [
        (0, too_small),
        (-1, too_small),
        (i64::MIN, too_small),
        (MAX_AMOUNT + 1, too_large),
        (Asset::MAX_AMOUNT + 1, too_large),
        (i64::MAX, too_large),
    ] {
        with(&|params| params.initial.amount = amount).refused(why);
        with(&|params| params.org_minimum.amount = amount).refused(why);
    }
    with(&|params| {
        for fee in [
            &mut params.initial,
            &mut params.minimum,
            &mut params.org_initial,
            &mut params.org_minimum,
        ] {
            fee.symbol = asset!("1.00 USD").symbol;
        }
    })
    .refused(refusal::coop::FEES_OF_ANOTHER_SYMBOL);
}

#[test]
fn money_goes_back_even_when_the_cooperative_is_blocked() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.decline(&question);
    coop.set_status(status::BLOCKED).accepted();
    coop.remove_declined(&question).accepted();
    coop.fail_refund(candidate.hash).accepted();
    coop.retry_refund(candidate.hash).accepted();
    coop.refund(candidate.hash).accepted();
    assert_eq!(coop.funds()["processing"], "0.00 RUB");
}

#[test]
fn money_of_one_payment_has_a_bound() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let set_fees = |initial: i64, minimum: i64| {
        let fee = |amount| Asset {
            amount,
            ..ENTRANCE_AND_MINIMUM
        };
        let params = coop_model::CoopParams {
            initial: fee(initial),
            minimum: fee(minimum),
            org_initial: fee(initial),
            org_minimum: fee(minimum),
        };
        let action = coop
            .registrator(&coop.account)
            .updatecoop(coop.name(), params)
            .to_action();
        chain.push(vec![action], &[&coop.account]).accepted();
    };
    let apply = || {
        let person = coop.newcomer();
        let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
        let outcome = coop.apply(&person, &person, name!("individual"), &statement);
        (outcome, statement.hash())
    };
    let too_large = refusal::money::ABOVE_BOUND;
    set_fees(MAX_AMOUNT, MAX_AMOUNT);
    apply().0.refused(too_large);
    set_fees(MAX_AMOUNT, 1);
    apply().0.refused(too_large);

    set_fees(MAX_AMOUNT - 1, 1);
    let all = Asset {
        amount: MAX_AMOUNT,
        ..ENTRANCE_AND_MINIMUM
    };
    let pay = |hash| coop.complete(&coop.cashier, hash, all, chain.unique_hash());
    let (outcome, hash) = apply();
    outcome.accepted();
    pay(hash).accepted();
    coop.decide(&coop.question_of(hash));
}

#[test]
fn money_of_one_cooperative_is_not_that_of_another() {
    let chain = Chain::shared();
    let (coop, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let before = (other.funds(), other.payments());
    let candidate = coop.applicant();
    other
        .confirm_payment(candidate.hash)
        .refused(refusal::payment::NO_PAYMENT);
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    assert_eq!((other.funds(), other.payments()), before);
}

#[test]
fn money_has_payments_with_numbers_that_never_return() {
    let coop = Coop::new(Chain::shared(), 3);
    let last = || coop.payments().last().and_then(|row| row["id"].as_u64());
    let first = coop.applicant();
    assert_eq!(last(), Some(1));
    coop.confirm_payment(first.hash).accepted();
    coop.decide(&coop.question_of(first.hash));
    assert_eq!(last(), None);
    coop.applicant();
    assert_eq!(last(), Some(2));
}

#[test]
fn money_is_read_in_pages_with_funds_and_wallets() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let mut people = [0; 3].map(|_| coop.admitted());
    people.sort_by_key(|person| person.name);
    coop.contribute(&people[1], asset!("50.00 RUB"));
    coop.shared_property(&people[2], asset!("70.00 RUB"));
    coop.return_money(&people[1], asset!("20.00 RUB"));
    let read = |from: &str, limit: u32| {
        let arguments = serde_json::json!({
            "coopname": coop.name().to_string(), "from": from, "limit": limit,
        });
        chain
            .client
            .read_only_json(chain.gateway.name, name!("getbalances"), &arguments)
    };
    let all = read("", 50).expect("balances");
    for (field, sum) in [
        ("entrance", "300.00 RUB"),
        ("share", "1020.00 RUB"),
        ("processing", "0.00 RUB"),
        ("property", "70.00 RUB"),
        ("incoming", "1250.00 RUB"),
        ("outgoing", "0.00 RUB"),
        ("next", ""),
    ] {
        assert_eq!(all[field], sum, "{field}");
    }
    let wallets = all["wallets"].as_array().expect("wallets");
    assert_eq!(wallets.len(), 3);
    assert_eq!(
        (&wallets[1]["available"], &wallets[1]["blocked"]),
        (&"30.00 RUB".into(), &"20.00 RUB".into())
    );
    assert_eq!(
        (&wallets[2]["available"], &wallets[2]["in_kind"]),
        (&"70.00 RUB".into(), &"70.00 RUB".into())
    );
    let first = read("", 2).expect("balances");
    assert_eq!(first["wallets"].as_array().map(Vec::len), Some(2));
    let next = people[2].name.to_string();
    assert_eq!(first["next"], next.as_str());
    let last = read(&next, 2).expect("balances");
    assert_eq!(last["wallets"].as_array().map(Vec::len), Some(1));
    assert_eq!(last["next"], "");
    for limit in [0, 51] {
        let error = read("", limit).expect_err("an unbounded page");
        assert_eq!(error.assertion(), Some(refusal::bounds::PAGE.text));
    }
}

#[test]
fn money_that_is_declined_is_declined_with_a_reason() {
    let coop = Coop::new(Chain::shared(), 3);
    let (candidate, question) = coop.paid_applicant();
    coop.refuse(&question);
    let fail = |reason: &str| {
        let cashier = &coop.cashier;
        let action = coop
            .gateway(cashier)
            .outdecline(coop.name(), cashier.name, candidate.hash, reason)
            .to_action();
        coop.chain.push(vec![action], &[cashier])
    };
    for reason in [String::new(), "x".repeat(257)] {
        fail(&reason).refused(refusal::payment::REASON_BOUND);
    }
    fail(&"x".repeat(256)).accepted();
}
