//! Callbacks and events that somebody else sends than who may.

use antelope_types::{Action, Asset, Checksum256, Name, asset, name};
use coop_model::catalogue::kind;

use super::Hostile;
use crate::foreign::world::World;

const NOT_INLINE: &str = "only the code of another contract may send this action";

/// Every action that only the code of a contract of the protocol may send.
fn forgeries(hostile: &Hostile<'_>, hash: Checksum256) -> Vec<Action> {
    let (coop, signer) = (&hostile.coop, &hostile.account);
    let (name, person, zero) = (coop.name(), coop.members[1].name, Checksum256::ZERO);
    let sum: Asset = asset!("5.00 RUB");
    let (registrator, gateway, soviet) = (
        coop.registrator(signer),
        coop.gateway(signer),
        coop.soviet(signer),
    );
    let registry: Name = name!("joincoop");
    vec![
        registrator.confirmmove(name, hash, zero).to_action(),
        registrator.declinemove(name, hash, "нет").to_action(),
        registrator.confirmblock(name, hash, zero).to_action(),
        registrator.declineblock(name, hash, "нет").to_action(),
        registrator.confirmpay(name, hash).to_action(),
        registrator.declinepay(name, hash, "нет").to_action(),
        registrator.confirmreg(name, hash, zero).to_action(),
        registrator.declinereg(name, hash, "нет").to_action(),
        registrator.refundpay(name, hash).to_action(),
        registrator.declinerfnd(name, hash, "нет").to_action(),
        registrator.confirmexit(name, hash, zero).to_action(),
        registrator.completexit(name, hash).to_action(),
        gateway.confirmin(name, hash, zero).to_action(),
        gateway.declinein(name, hash, "нет").to_action(),
        gateway.confirmout(name, hash, zero).to_action(),
        gateway.declineout(name, hash, "нет").to_action(),
        gateway.openfunds(name, sum.symbol).to_action(),
        gateway.blockshares(name, person, hash).to_action(),
        gateway.freeshares(name, person, hash).to_action(),
        gateway.payshares(name, person, hash).to_action(),
        gateway.moveshares(name, person, signer.name).to_action(),
        // In the name of registrator.
        gateway
            .createinpay(
                name,
                person,
                kind::JOINCOOP,
                hash,
                sum,
                false,
                coop.world.registrator.name,
                name!("confirmpay"),
                name!("declinepay"),
            )
            .to_action(),
        gateway
            .createoutpay(
                name,
                person,
                hash,
                sum,
                coop.world.registrator.name,
                name!("refundpay"),
                name!("declinerfnd"),
            )
            .to_action(),
        gateway
            .distribute(
                name,
                person,
                hash,
                sum,
                sum,
                sum,
                coop.world.registrator.name,
            )
            .to_action(),
        soviet
            .createagenda(name, person, kind::JOINCOOP, hash)
            .to_action(),
        soviet
            .newsubmitted(name, person, registry, hash, 1)
            .to_action(),
        soviet
            .newresolved(name, person, registry, hash, 1, zero)
            .to_action(),
        soviet
            .newdecision(name, person, registry, hash, 1, zero)
            .to_action(),
        soviet
            .newdeclined(name, person, registry, hash, 1, "нет")
            .to_action(),
        soviet.newact(name, person, 702, hash, zero).to_action(),
        soviet.newagreement(name, person, 2, zero).to_action(),
        soviet.newboard(name, registry, 2, zero).to_action(),
        soviet.lostboard(name, registry, 2, zero).to_action(),
        soviet.newoverdue(name, person, hash).to_action(),
    ]
}

#[test]
fn nothing_that_the_protocol_tells_itself_can_be_told_by_others() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let hash = hostile.invoice();
    for action in forgeries(&hostile, hash) {
        let what = format!("{}::{}", action.account, action.name);
        for outcome in [
            hostile.relay(0, std::slice::from_ref(&action)),
            world.push(vec![action.clone()], &[&hostile.account]),
        ] {
            let error = outcome.0.expect_err(&what);
            assert_eq!(error.assertion(), Some(NOT_INLINE), "{what}: {error}");
        }
    }
    // `declinexit` looks for the exit first: whom it must come from depends on its step.
    let unknown = hostile
        .coop
        .registrator(&hostile.account)
        .declinexit(hostile.coop.name(), hash, "нет")
        .to_action();
    hostile
        .relay(0, &[unknown])
        .refused("there is no exit with this hash");
}

#[test]
fn a_contract_touches_no_payment_but_its_own() {
    let world = World::new();
    let (one, other) = (Hostile::new(&world), Hostile::new(&world));
    let coop = &one.coop;
    let hash = one.invoice();
    coop.pay(hash, asset!("5.00 RUB")).accepted();
    let gateway = coop.gateway(&other.account);
    let (name, person, sum) = (coop.name(), coop.members[1].name, asset!("5.00 RUB"));
    let nothing = asset!("0.00 RUB");
    let foreign = "the payment belongs to another contract";
    let out = gateway
        .createoutpay(
            name,
            person,
            hash,
            sum,
            other.account.name,
            name!("came"),
            name!("no"),
        )
        .to_action();
    other.relay(0, &[out]).refused(foreign);
    let take = gateway
        .distribute(
            name,
            person,
            hash,
            sum,
            nothing,
            nothing,
            other.account.name,
        )
        .to_action();
    other.relay(0, &[take]).refused(foreign);
    // Not even its own payment becomes a minimum share, or two.
    let gateway = coop.gateway(&one.account);
    let own = |entrance, minimum, available| {
        let action = gateway
            .distribute(
                name,
                person,
                hash,
                entrance,
                minimum,
                available,
                one.account.name,
            )
            .to_action();
        one.relay(0, &[action])
    };
    own(nothing, sum, nothing).refused("only registrator gives a minimum share");
    own(sum, nothing, sum).refused("the amount is not exactly that of the payment");
    own(asset!("10.00 RUB"), nothing, asset!("-5.00 RUB")).refused("the amount must be positive");
    own(nothing, nothing, sum).accepted();
    own(nothing, nothing, sum).refused("there is no payment with this hash");
    // A share that came so is money like any other.
    assert_eq!(coop.funds()["share"], "5.00 RUB");
}
