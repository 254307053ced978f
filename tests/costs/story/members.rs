//! How people become participants, and how they stop being ones.

use antelope_types::asset;
use coop_model::parameters;

use crate::scenarios::world::{Coop, ENTRANCE_AND_MINIMUM};

/// Admissions that end in every way.
pub(super) fn admissions(coop: &Coop<'_>) {
    let chain = coop.chain;
    // The second one finds all tables made, that of the agenda too.
    for (_, question) in [0; 2].map(|_| coop.paid_applicant()) {
        coop.decide(&question);
    }
    let withdrawn = coop.applies(coop.outsider());
    coop.decline_payment(&withdrawn.person, withdrawn.hash)
        .accepted();
    let unpaid = coop.applicant();
    chain.pass(parameters::INVOICE_SECONDS);
    coop.expire_payment(unpaid.hash).accepted();

    let (refused, question) = coop.paid_applicant();
    coop.refuse(&question);
    coop.fail_refund(refused.hash).accepted();
    coop.retry_refund(refused.hash).accepted();
    chain.pass(parameters::PAYMENT_SECONDS);
    coop.overdue(refused.hash).accepted();
    coop.refund(refused.hash).accepted();

    let (late, question) = coop.paid_applicant();
    coop.run_out(&question);
    coop.refund(late.hash).accepted();
    let (late, question) = coop.paid_applicant();
    coop.leave_unsigned(&question);
    coop.refund(late.hash).accepted();
}

/// Exits, moves and blockings that end in every way.
pub(super) fn changes(coop: &Coop<'_>) {
    let chain = coop.chain;
    let person = coop.admitted();
    coop.contribute(&person, asset!("50.00 RUB"));
    coop.refuse(&coop.exit(&person));
    let question = coop.exit(&person);
    coop.decide(&question);
    coop.fail_refund(question.hash).accepted();
    let question = coop.exit(&person);
    coop.decide(&question);
    coop.goes(question.hash, asset!("350.00 RUB")).accepted();

    let (old, new) = (coop.admitted(), coop.outsider());
    coop.contribute(&old, ENTRANCE_AND_MINIMUM);
    coop.refuse(&coop.move_to(&old, &new));
    coop.decide(&coop.move_to(&old, &new));
    coop.veto(&old, &old).accepted();
    let question = coop.move_to(&old, &new);
    coop.decide(&question);
    chain.pass(parameters::VETO_SECONDS);
    coop.complete_move(&old).accepted();

    coop.refuse(&coop.block(&new, true));
    coop.decide(&coop.block(&new, true));
    coop.decide(&coop.block(&new, false));
}
