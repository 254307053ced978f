//! Money of processes that a contract of others owns.

use antelope_types::{Asset, Checksum256, Name, asset, name};
use coop_model::{parameters, refusal};

use crate::attacks::foreign_code::veto;
use crate::scenarios::world::{Chain, Coop, Foreign, Outcome, number};

/// Whom the contract wants to be told.
const CALLBACKS: (Name, Name) = (name!("paid"), name!("unpaid"));

/// Anyone tells the contract of this payment.
fn tell(coop: &Coop<'_>, id: u64) -> Outcome {
    let stranger = &coop.chain.stranger;
    let action = coop.gateway(stranger).tell(coop.name(), id).to_action();
    coop.chain.push(vec![action], &[stranger])
}

/// The number of the payment of a process.
fn payment_id(coop: &Coop<'_>, hash: Checksum256) -> u64 {
    number(&coop.payment(hash).expect("a payment")["id"])
}

#[test]
fn money_of_another_contracts_process_comes_and_its_contract_is_told() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let person = coop.admitted();
    let sum = asset!("50.00 RUB");
    let callbacks = CALLBACKS;
    let invoice = || {
        let hash = chain.unique_hash();
        owner
            .invoice(&coop, person.name, hash, sum, callbacks)
            .accepted();
        hash
    };
    let tell = |id| tell(&coop, id);
    let (paid, unpaid) = (invoice(), invoice());
    let (first, second) = (payment_id(&coop, paid), payment_id(&coop, unpaid));
    tell(first).refused(refusal::payment::NOTHING_TO_TELL);
    // Its code may fail: the money is confirmed all the same.
    owner.arm(&veto());
    coop.comes(paid, sum).accepted();
    coop.decline_payment(&coop.cashier, unpaid).accepted();
    assert_eq!(coop.payments().len(), 1);
    for id in [first, second] {
        assert!(tell(id).0.is_err(), "the callback did not fail");
    }
    owner.arm(&[]);
    tell(first).refused(refusal::kind::CONTRACT_WITHOUT_CODE);
    owner.disarm();
    for (id, action, hash) in [(first, "paid", paid), (second, "unpaid", unpaid)] {
        let told = tell(id).accepted();
        let action = action.parse().expect("a name");
        let callback = told.calls_of(owner.account.name, action).next();
        let callback = callback.expect("a callback");
        assert_eq!(callback.act.data[8..40], hash.0);
        assert_eq!(callback.act.authorization, []);
    }
    tell(first).refused(refusal::payment::NOTHING_TO_TELL);
    assert_eq!(coop.funds()["foreign"], 0);
    coop.check_books();
}

#[test]
fn money_of_another_contracts_process_is_distributed_or_goes_back() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let person = coop.admitted();
    let sum = asset!("50.00 RUB");
    let zero = asset!("0.00 RUB");
    let callbacks = CALLBACKS;
    let paid = || {
        let hash = chain.unique_hash();
        owner
            .invoice(&coop, person.name, hash, sum, callbacks)
            .accepted();
        coop.comes(hash, sum).accepted();
        hash
    };
    let distribute = |hash, username, entrance, minimum, available| {
        let action = coop
            .gateway(&owner.account)
            .distribute(
                coop.name(),
                username,
                hash,
                entrance,
                minimum,
                available,
                owner.account.name,
            )
            .to_action();
        owner.send(&action)
    };
    let hash = paid();
    let name = person.name;
    distribute(hash, name, zero, sum, zero).refused(refusal::payment::MINIMUM_OF_ANOTHER);
    distribute(hash, name, sum, zero, sum).refused(refusal::payment::NOT_EXACTLY);
    distribute(hash, coop.chairman().name, sum, zero, zero)
        .refused(refusal::payment::ANOTHER_PERSON);
    distribute(hash, name, asset!("60.00 RUB"), zero, asset!("-10.00 RUB"))
        .refused(refusal::money::NOT_POSITIVE);
    distribute(hash, name, asset!("50.00 USD"), zero, zero).refused(refusal::money::ANOTHER_SYMBOL);
    let most = Asset {
        amount: Asset::MAX_AMOUNT,
        ..sum
    };
    distribute(hash, name, most, zero, most).refused(refusal::money::TOO_MUCH);
    distribute(hash, name, asset!("20.00 RUB"), zero, asset!("30.00 RUB")).accepted();
    assert_eq!(coop.shares(&person), (300, 30, 0));
    distribute(hash, name, sum, zero, zero).refused(refusal::payment::NO_PAYMENT);
    coop.check_books();

    let hash = paid();
    let outsider = coop.newcomer();
    let send_back = |hash, username, quantity| owner.send_back(&coop, username, hash, quantity);
    send_back(hash, outsider.name, sum).refused(refusal::payment::ANOTHER_PERSON);
    send_back(hash, name, asset!("49.99 RUB")).refused(refusal::payment::NOT_EXACTLY);
    // What came before is told first.
    let id = payment_id(&coop, hash);
    send_back(hash, name, sum).refused(refusal::payment::TELL_FIRST);
    tell(&coop, id).accepted();
    send_back(hash, name, sum).accepted();
    send_back(hash, name, sum).refused(refusal::payment::NOT_RECEIVED);
    distribute(hash, name, sum, zero, zero).refused(refusal::payment::ANOTHER_STEP);
    coop.fail_refund(hash).accepted();
    send_back(hash, name, sum).refused(refusal::payment::TELL_FIRST);
    tell(&coop, id).accepted();
    send_back(hash, name, sum).accepted();
    coop.goes(hash, sum).accepted();
    tell(&coop, id).accepted();
    coop.check_books();
    assert!(coop.payments().is_empty());
}

#[test]
fn money_of_an_invoice_is_unique_positive_and_answered_for() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let candidate = coop.applicant();
    let (sum, hash) = (asset!("50.00 RUB"), chain.unique_hash());
    let callbacks = CALLBACKS;
    let invoice = |hash, quantity, callbacks| {
        owner.invoice(&coop, candidate.person.name, hash, quantity, callbacks)
    };
    invoice(candidate.hash, sum, callbacks).refused(refusal::payment::HASH_IN_USE);
    for nothing in [asset!("0.00 RUB"), asset!("-1.00 RUB")] {
        invoice(hash, nothing, callbacks).refused(refusal::money::NOT_POSITIVE);
    }
    invoice(hash, asset!("1.00 USD"), callbacks).refused(refusal::money::ANOTHER_SYMBOL);
    invoice(hash, sum, (Name::EMPTY, callbacks.1)).refused(refusal::payment::NO_CALLBACKS);
    invoice(hash, sum, (callbacks.0, Name::EMPTY)).refused(refusal::payment::NO_CALLBACKS);
    owner.dropped_by(&coop).accepted();
    invoice(hash, sum, callbacks).refused(refusal::kind::NOT_ACCEPTED);
    owner.accepted_by(&coop).accepted();
    // Another contract has no say about it.
    let other = Foreign::of(&coop);
    invoice(hash, sum, callbacks).accepted();
    coop.comes(hash, sum).accepted();
    let steal = coop
        .gateway(&other.account)
        .distribute(
            coop.name(),
            candidate.person.name,
            hash,
            sum,
            asset!("0.00 RUB"),
            asset!("0.00 RUB"),
            other.account.name,
        )
        .to_action();
    other.send(&steal).refused(refusal::payment::ANOTHER_OWNER);
    // Money of nobody's share does not go to a wallet.
    let to_an_outsider = coop
        .gateway(&owner.account)
        .distribute(
            coop.name(),
            candidate.person.name,
            hash,
            sum,
            asset!("0.00 RUB"),
            asset!("0.00 RUB"),
            owner.account.name,
        )
        .to_action();
    owner
        .send(&to_an_outsider)
        .refused(refusal::people::NOT_A_PARTICIPANT);
}

#[test]
fn bounds_other_contracts_share_a_quota_of_invoices_in_a_cooperative() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let owner = Foreign::of(&coop);
    let person = coop.admitted();
    let callbacks = CALLBACKS;
    let sum = asset!("1.00 RUB");
    let invoice = || {
        let hash = chain.unique_hash();
        (
            owner.invoice(&coop, person.name, hash, sum, callbacks),
            hash,
        )
    };
    let mut hashes = Vec::new();
    for _ in 0..parameters::MAX_INVOICES_FOREIGN {
        let (outcome, hash) = invoice();
        outcome.accepted();
        hashes.push(hash);
    }
    invoice().0.refused(refusal::payment::TOO_MANY_FOREIGN);
    // What it has not been told counts too.
    coop.comes(hashes[0], sum).accepted();
    invoice().0.refused(refusal::payment::TOO_MANY_FOREIGN);
    tell(&coop, payment_id(&coop, hashes[0])).accepted();
    invoice().0.accepted();
    coop.applicant();
}

#[test]
fn attack_a_contract_that_will_not_be_told_holds_no_payment_up() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let person = coop.admitted();
    let (sum, hash) = (asset!("50.00 RUB"), chain.unique_hash());
    owner
        .invoice(&coop, person.name, hash, sum, CALLBACKS)
        .accepted();
    coop.comes(hash, sum).accepted();
    let id = payment_id(&coop, hash);
    let send_back = || owner.send_back(&coop, person.name, hash, sum);
    // Untold it orders nothing: so nothing that it ordered waits for its being told.
    send_back().refused(refusal::payment::TELL_FIRST);
    tell(&coop, id).accepted();
    send_back().accepted();
    owner.arm(&veto());
    coop.goes(hash, sum).accepted();
    assert!(tell(&coop, id).0.is_err(), "the callback did not fail");
    assert!(coop.payments().is_empty());
    coop.check_books();
}

#[test]
fn attack_a_contract_takes_the_hash_of_somebody_elses_process() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 4);
    let owner = Foreign::of(&coop);
    let person = coop.admitted();
    let (sum, worth) = (asset!("50.00 RUB"), asset!("70.00 RUB"));
    let take = |hash, is_paid: bool| {
        owner
            .invoice(&coop, person.name, hash, sum, CALLBACKS)
            .accepted();
        if is_paid {
            coop.comes(hash, sum).accepted();
        }
    };
    for is_paid in [false, true] {
        let shares = coop.shares(&person);
        let (id, question) = coop.accepted_property(&person, worth);
        take(question.hash, is_paid);
        coop.decide(&question);
        assert_eq!(coop.property(id).expect("the property")["status"], "shared");
        assert_eq!(coop.shares(&person), (300, shares.1 + 70, 0));
        let question = coop.return_property(&person, id);
        take(question.hash, is_paid);
        coop.refuse(&question);
        let question = coop.return_property(&person, id);
        take(question.hash, is_paid);
        coop.decide(&question);
        coop.hand_over(&coop.cashier, &person, id).accepted();
        let (id, question) = coop.accepted_property(&person, worth);
        take(question.hash, is_paid);
        coop.refuse(&question);
        coop.hand_over(&coop.cashier, &person, id).accepted();
        coop.check_books();
    }
    // An exit without a payment has a hash too.
    coop.elect(coop.seats(4)[..3].to_vec());
    let founder = &coop.members[3];
    let question = coop.exit(founder);
    take(question.hash, false);
    coop.refuse(&question);
    let question = coop.exit(founder);
    take(question.hash, false);
    coop.decide(&question);
    assert_eq!(coop.standing(founder), "");
}
