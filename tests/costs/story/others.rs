//! A kind of decisions that a contract of others owns, and its money.

use antelope_types::{asset, name};

use crate::scenarios::world::{Coop, Foreign, number};

/// The kind is registered, accepted, used and dropped.
pub(super) fn kind(coop: &Coop<'_>) {
    let owner = Foreign::of(coop);
    let person = coop.admitted();
    let question = owner.question(coop);
    owner.authorize(coop, &question);
    coop.exec(&question).accepted();
    let question = owner.question(coop);
    coop.decline(&question);
    coop.take_off(&question).accepted();
    coop.deliver(&question).accepted();

    let sum = asset!("50.00 RUB");
    let hash = coop.chain.unique_hash();
    let callbacks = (name!("paid"), name!("unpaid"));
    owner
        .invoice(coop, person.name, hash, sum, callbacks)
        .accepted();
    coop.comes(hash, sum).accepted();
    let id = number(&coop.payment(hash).expect("a payment")["id"]);
    let stranger = &coop.chain.stranger;
    let told = coop.gateway(stranger).tell(coop.name(), id).to_action();
    coop.chain.push(vec![told], &[stranger]).accepted();
    owner.send_back(coop, person.name, hash, sum).accepted();
    coop.goes(hash, sum).accepted();
    owner.dropped_by(coop).accepted();
}
