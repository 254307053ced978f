//! Every end that a decision of each kind can come to: what is given back, what is left, and that the
//! person may begin again.

use coop_model::coop::status;
use coop_model::parameters;

use super::world::{Coop, Question};

mod blockuser;
mod freedecision;
mod joincoop;
mod leavecoop;
mod moveuser;
mod others;
mod returnmoney;
mod returnprop;
mod sharemoney;
mod shareprop;

/// A way from a question to its end, by its name.
type Way = (&'static str, fn(&Coop<'_>, &Question));

/// The ways in which a question is carried out.
const CARRIED_OUT: [Way; 6] = [
    ("at once", |coop, question| coop.decide(question)),
    ("in the last block of each term", |coop, question| {
        let last = parameters::VOTING_SECONDS - 60;
        coop.chain.pass(last);
        coop.approve(question);
        coop.chain.pass(parameters::SIGNING_SECONDS - 60);
        coop.authorize(question).accepted();
        coop.exec(question).accepted();
    }),
    ("a year after it was signed", |coop, question| {
        coop.approve(question);
        coop.authorize(question).accepted();
        coop.chain.pass(365 * 24 * 3600);
        coop.exec(question).accepted();
    }),
    ("blocked before the votes", |coop, question| {
        blocked(coop, || coop.decide(question));
    }),
    ("blocked after the approval", |coop, question| {
        coop.approve(question);
        blocked(coop, || {
            coop.authorize(question).accepted();
            coop.exec(question).accepted();
        });
    }),
    ("blocked after the authorization", |coop, question| {
        coop.approve(question);
        coop.authorize(question).accepted();
        blocked(coop, || {
            coop.exec(question).accepted();
        });
    }),
];

/// The ways in which a question comes to nothing.
const COME_TO_NOTHING: [Way; 7] = [
    ("declined", |coop, question| coop.refuse(question)),
    ("not voted on", |coop, question| coop.run_out(question)),
    ("not signed", |coop, question| coop.leave_unsigned(question)),
    ("declined, and told a month later", |coop, question| {
        coop.decline(question);
        coop.take_off(question).accepted();
        coop.chain.pass(30 * 24 * 3600);
        coop.deliver(question).accepted();
    }),
    (
        "blocked before the votes, and declined",
        |coop, question| {
            blocked(coop, || coop.refuse(question));
        },
    ),
    (
        "blocked before the votes, and not voted on",
        |coop, question| {
            blocked(coop, || coop.run_out(question));
        },
    ),
    (
        "blocked after the approval, and not signed",
        |coop, question| {
            coop.approve(question);
            blocked(coop, || {
                coop.chain.pass(parameters::SIGNING_SECONDS);
                coop.expire(question).accepted();
            });
        },
    ),
];

/// Does something while the cooperative is blocked.
fn blocked<R>(coop: &Coop<'_>, act: impl FnOnce() -> R) -> R {
    coop.set_status(status::BLOCKED).accepted();
    let result = act();
    coop.set_status(status::ACTIVE).accepted();
    result
}
