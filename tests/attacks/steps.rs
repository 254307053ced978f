//! Callbacks at a wrong step of their process, sent by the very contract that owes them.
//!
//! The contracts never send them: here the code of one is replaced by code that sends whatever it is
//! told. Each of the other two still holds its own rows to their order.

use antelope_types::{Action, asset, name};
use coop_model::refusal::{self, Refusal};

use super::callbacks::{send, sender_code};
use crate::scenarios::world::{Chain, Coop, ENTRANCE_AND_MINIMUM, Person};

/// Replaces the code of a contract and lets it send actions that must be refused.
fn all_refused(chain: &Chain, contract: &Person, actions: Vec<(Action, Refusal)>) {
    sender_code(chain, contract);
    for (action, refusal) in actions {
        send(chain, contract, &action).refused(refusal);
    }
}

#[test]
fn attack_callbacks_of_soviet_at_a_wrong_step() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let sum = asset!("10.00 RUB");
    let name = coop.name();
    let waiting = coop.applicant().hash;
    let (returned, question) = coop.paid_applicant();
    coop.refuse(&question);
    let [one, two] = [0; 2].map(|_| coop.admitted());
    let exit = coop.exit(&one);
    coop.decide(&exit);
    let offered = coop.share_money(&two, sum);
    coop.contribute(&two, asset!("30.00 RUB"));
    let paying = coop.return_money(&two, sum);
    coop.decide(&paying);
    let property = coop.share_property(&two, sum);
    let property = coop.property_hash(property);
    let shared = coop.shared_property(&two, sum);
    let shared = coop.property_hash(shared);
    let asked = coop.shared_property(&two, sum);
    let handover = coop.return_property(&two, asked);
    coop.decide(&handover);

    let (registrator, gateway) = (coop.registrator(&chain.soviet), coop.gateway(&chain.soviet));
    let mut actions = Vec::new();
    for hash in [waiting, returned.hash] {
        let step = refusal::candidate::ANOTHER_STEP;
        actions.extend([
            (registrator.confirmreg(name, hash, hash).to_action(), step),
            (registrator.declinereg(name, hash, "x").to_action(), step),
        ]);
    }
    actions.extend([
        (
            registrator
                .confirmexit(name, exit.hash, exit.hash)
                .to_action(),
            refusal::exit::ANOTHER_STEP,
        ),
        // From now on only gateway tells how the payment went.
        (
            registrator.declinexit(name, exit.hash, "x").to_action(),
            refusal::config::NOT_INLINE,
        ),
    ]);
    for (hash, step) in [
        (offered, refusal::payment::ANOTHER_STEP),
        (paying.hash, refusal::payment::ANOTHER_STEP),
        (property, refusal::property::ANOTHER_STEP),
        (shared, refusal::property::ANOTHER_STEP),
        (handover.hash, refusal::property::ANOTHER_STEP),
    ] {
        actions.extend([
            (gateway.confirmin(name, hash, hash).to_action(), step),
            (gateway.declinein(name, hash, "x").to_action(), step),
            (gateway.confirmout(name, hash, hash).to_action(), step),
            (gateway.declineout(name, hash, "x").to_action(), step),
        ]);
    }
    all_refused(chain, &chain.soviet, actions);
}

#[test]
fn attack_callbacks_of_gateway_at_a_wrong_step() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let name = coop.name();
    let (paid, _) = coop.paid_applicant();
    let waiting = coop.applicant().hash;
    let exit = coop.exit(&coop.admitted()).hash;
    let registrator = coop.registrator(&chain.gateway);
    let mut actions = vec![
        (
            registrator.completexit(name, exit).to_action(),
            refusal::exit::ANOTHER_STEP,
        ),
        // Until the council has decided only soviet tells.
        (
            registrator.declinexit(name, exit, "x").to_action(),
            refusal::config::NOT_INLINE,
        ),
    ];
    let step = refusal::candidate::ANOTHER_STEP;
    actions.extend([
        (registrator.confirmpay(name, paid.hash).to_action(), step),
        (
            registrator.declinepay(name, paid.hash, "x").to_action(),
            step,
        ),
    ]);
    for hash in [waiting, paid.hash] {
        actions.extend([
            (registrator.refundpay(name, hash).to_action(), step),
            (registrator.declinerfnd(name, hash, "x").to_action(), step),
        ]);
    }
    all_refused(chain, &chain.gateway, actions);
}

#[test]
fn attack_requests_of_registrator_at_a_wrong_step() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let name = coop.name();
    let (whole, zero) = (ENTRANCE_AND_MINIMUM, asset!("0.00 RUB"));
    let waiting = coop.applicant();
    let (returned, question) = coop.paid_applicant();
    coop.refuse(&question);
    let (paid, _) = coop.paid_applicant();
    let [leaving, busy, staying] = [0; 3].map(|_| coop.admitted());
    let exit = coop.exit(&leaving);
    coop.decide(&exit);
    coop.share_money(&busy, asset!("10.00 RUB"));

    let own = chain.registrator.name;
    let gateway = coop.gateway(&chain.registrator);
    let distribute = |of: &Person, hash, entrance, minimum, available| {
        gateway
            .distribute(name, of.name, hash, entrance, minimum, available, own)
            .to_action()
    };
    let back = |of: &Person, hash, quantity, confirm| {
        gateway
            .createoutpay(
                name,
                of.name,
                hash,
                quantity,
                own,
                confirm,
                name!("declinerfnd"),
            )
            .to_action()
    };
    let step = refusal::payment::ANOTHER_STEP;
    let confirm = name!("refundpay");
    let (less, negative) = (asset!("399.99 RUB"), asset!("-1.00 RUB"));
    let person = &paid.person;
    all_refused(
        chain,
        &chain.registrator,
        vec![
            (
                gateway
                    .freeshares(name, leaving.name, exit.hash)
                    .to_action(),
                step,
            ),
            (
                gateway.payshares(name, leaving.name, exit.hash).to_action(),
                step,
            ),
            (
                gateway
                    .blockshares(name, busy.name, chain.unique_hash())
                    .to_action(),
                refusal::wallet::OPEN_PROCESSES,
            ),
            (
                gateway
                    .moveshares(name, busy.name, waiting.person.name)
                    .to_action(),
                refusal::wallet::OPEN_PROCESSES,
            ),
            (
                gateway
                    .blockshares(name, staying.name, waiting.hash)
                    .to_action(),
                refusal::payment::HASH_IN_USE,
            ),
            (
                distribute(&waiting.person, waiting.hash, whole, zero, zero),
                step,
            ),
            (
                distribute(&returned.person, returned.hash, whole, zero, zero),
                step,
            ),
            (
                distribute(&staying, paid.hash, whole, zero, zero),
                refusal::payment::ANOTHER_PERSON,
            ),
            (
                distribute(person, paid.hash, whole, zero, zero),
                refusal::people::NOT_A_PARTICIPANT,
            ),
            (
                distribute(person, paid.hash, negative, whole, zero),
                refusal::money::NOT_POSITIVE,
            ),
            (
                back(&waiting.person, waiting.hash, whole, confirm),
                refusal::payment::NOT_RECEIVED,
            ),
            (
                back(&returned.person, returned.hash, whole, confirm),
                refusal::payment::NOT_RECEIVED,
            ),
            (
                back(&staying, paid.hash, whole, confirm),
                refusal::payment::ANOTHER_PERSON,
            ),
            (
                back(person, paid.hash, less, confirm),
                refusal::payment::NOT_EXACTLY,
            ),
            (
                back(person, paid.hash, whole, name!("")),
                refusal::payment::NO_CALLBACKS,
            ),
        ],
    );
}
