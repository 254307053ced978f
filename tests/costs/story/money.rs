//! Shares in money and in property, in and out.

use antelope_types::asset;
use coop_model::parameters;

use crate::scenarios::world::Coop;

/// Contributions and returns in money that end in every way.
pub(super) fn money(coop: &Coop<'_>) {
    let chain = coop.chain;
    let person = &coop.admitted();
    let sum = asset!("50.00 RUB");
    coop.contribute(person, sum);
    coop.contribute(person, sum);
    let unpaid = coop.share_money(person, sum);
    coop.decline_payment(&coop.cashier, unpaid).accepted();
    let refused = coop.paid_share(person, sum);
    coop.refuse(&refused);
    coop.fail_refund(refused.hash).accepted();
    coop.retry_payment(person, refused.hash).accepted();
    coop.goes(refused.hash, sum).accepted();

    coop.refuse(&coop.return_money(person, sum));
    let failed = coop.return_money(person, sum);
    coop.decide(&failed);
    coop.fail_refund(failed.hash).accepted();
    let paid = coop.return_money(person, sum);
    coop.decide(&paid);
    coop.goes(paid.hash, sum).accepted();

    chain.pass(parameters::REFERENCE_SECONDS);
    let action = coop
        .gateway(&chain.stranger)
        .freerefs(coop.name(), 50)
        .to_action();
    chain.push(vec![action], &[&chain.stranger]).accepted();
}

/// Contributions and returns in property that end in every way.
pub(super) fn property(coop: &Coop<'_>) {
    let chain = coop.chain;
    let person = &coop.admitted();
    let worth = asset!("70.00 RUB");
    let withdrawn = coop.share_property(person, worth);
    coop.cancel_property(person, withdrawn).accepted();
    let (refused, question) = coop.accepted_property(person, worth);
    coop.refuse(&question);
    coop.hand_over(&coop.cashier, person, refused).accepted();

    let id = coop.shared_property(person, worth);
    coop.refuse(&coop.return_property(person, id));
    let question = coop.return_property(person, id);
    coop.decide(&question);
    chain.pass(parameters::PAYMENT_SECONDS);
    coop.property_overdue(id).accepted();
    coop.hand_over(&coop.cashier, person, id).accepted();
}
