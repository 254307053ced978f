//! Callbacks that call the protocol back while it is at work.

use antelope_types::{Action, PermissionLevel, asset, name};
use coop_model::refusal::{self, Refusal};
use hostile::Behaviour;

use super::Hostile;
use crate::foreign::world::{World, number};

#[test]
fn r08_the_decision_is_gone_when_its_effect_comes() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let question = hostile.authorized();
    let (id, hash) = (question.id, question.hash);
    let own = coop.soviet(&hostile.account);
    let protocol = coop.protocol(&question);
    let gone = "the cooperative has no such question";
    let again: Vec<(Action, &str)> = vec![
        (
            own.exec(hostile.account.name, coop.name(), id).to_action(),
            gone,
        ),
        (
            own.votefor(coop.name(), hostile.account.name, id, hash)
                .to_action(),
            gone,
        ),
        (own.declinedec(coop.name(), id).to_action(), gone),
        (own.expire(coop.name(), vec![id]).to_action(), gone),
        (
            own.authorize(coop.name(), hostile.account.name, id, protocol)
                .to_action(),
            "the account is not the chairman of the council",
        ),
        (
            own.deliver(coop.name(), id).to_action(),
            "there is no such decline to deliver",
        ),
    ];
    let before = coop.decisions();
    for (action, text) in again {
        hostile.behave(Behaviour::Nothing, &[action]);
        coop.exec(&question).refused(text);
        assert_eq!(coop.decisions(), before, "everything is as it was");
    }
    // Two of its own decisions, one from within the other: each once.
    let other = hostile.authorized();
    let exec = own
        .exec(hostile.account.name, coop.name(), other.id)
        .to_action();
    hostile.behave(Behaviour::Nothing, &[exec]);
    coop.exec(&question).refused(gone);
    hostile.behave(Behaviour::Nothing, &[]);
    coop.exec(&question).accepted();
    coop.exec(&other).accepted();
}

#[test]
fn r09_a_decline_comes_once() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let question = hostile.question();
    coop.decline(&question);
    coop.take_off(&question).accepted();
    let again = coop
        .soviet(&hostile.account)
        .deliver(coop.name(), question.id)
        .to_action();
    hostile.behave(Behaviour::Nothing, &[again]);
    coop.deliver(&question)
        .refused("there is no such decline to deliver");
    assert_eq!(coop.undelivered().len(), 1);
}

/// What soviet does not promise for kinds of others: it forgets a hash with its question. A kind
/// that needs more numbers its processes, as the workshop does.
#[test]
fn r02_a_kind_of_others_may_publish_a_finished_hash_again() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let question = hostile.authorized();
    hostile
        .relay(0, &[hostile.publication(question.hash)])
        .refused("a question with this hash is not finished");
    // From within its own effect, or after it.
    hostile.behave(Behaviour::Nothing, &[hostile.publication(question.hash)]);
    coop.exec(&question).accepted();
    let again = coop.question_of(question.hash);
    assert_eq!(again.id, question.id + 1, "numbers are never used again");
    // What was voted on was another number: no vote is carried over.
    let rows = coop.decisions();
    assert_eq!(rows[0]["votes_for"], 0);
}

#[test]
fn a_probe_takes_nothing_that_it_does_not_like() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let hash = world.unique_hash();
    let publication = hostile.publication(hash);
    let sends = vec![super::sent(&publication)];
    let probe = hostile.own().probe(sends).to_action();
    let (before, ram) = (coop.decisions(), world.ram(hostile.account.name));
    world
        .push(vec![probe], &[&hostile.account])
        .refused("the probe has seen enough");
    assert_eq!(coop.decisions(), before);
    assert_eq!(world.ram(hostile.account.name), ram);
    // The number was not used up: the next question gets it.
    assert_eq!(hostile.question().id, 1);
}

#[test]
fn nobody_lends_the_authority_of_the_protocol() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    for lender in [
        &world.soviet,
        &world.gateway,
        coop.chairman(),
        &coop.account,
    ] {
        let mut action = hostile.publication(world.unique_hash());
        action.authorization = vec![PermissionLevel::new(lender.name, name!("active"))];
        let error = hostile.relay(0, &[action]).0.expect_err("not its own");
        assert_eq!(
            error.code(),
            Some(antelope_rpc_client::ErrorKind::UnsatisfiedAuthorization.code()),
            "{error}"
        );
    }
}

#[test]
fn money_is_told_of_once_and_goes_one_way() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let member = coop.members[1].name;
    let (sum, zero) = (asset!("5.00 RUB"), asset!("0.00 RUB"));
    let hash = hostile.invoice();
    coop.pay(hash, sum).accepted();
    let id = number(&coop.untold()[0]["id"]);
    let owner = hostile.account.name;
    let gateway = || coop.gateway(&hostile.account);
    let tell = || gateway().tell(coop.name(), id).to_action();
    let keep = || {
        gateway()
            .distribute(coop.name(), member, hash, zero, zero, sum, owner)
            .to_action()
    };
    let back = || {
        let (done, failed) = (name!("came"), name!("no"));
        gateway()
            .createoutpay(coop.name(), member, hash, sum, owner, done, failed)
            .to_action()
    };
    let bill = || hostile.bill(hash);
    let twice: [(Vec<Action>, Refusal); 6] = [
        (vec![tell()], refusal::payment::NOTHING_TO_TELL),
        (vec![keep(), keep()], refusal::payment::NO_PAYMENT),
        (vec![keep(), back()], refusal::payment::NO_PAYMENT),
        (vec![back(), keep()], refusal::payment::ANOTHER_STEP),
        (vec![back(), back()], refusal::payment::NOT_RECEIVED),
        (vec![bill()], refusal::payment::HASH_IN_USE),
    ];
    let before = (coop.funds(), coop.payments(), coop.untold());
    for (sends, why) in twice {
        hostile.behave(Behaviour::Nothing, &sends);
        coop.tell(id).refused(why.text);
        let after = (coop.funds(), coop.payments(), coop.untold());
        assert_eq!(after, before, "{}", why.text);
    }
    // One of them in the middle of being told is as good as afterwards.
    hostile.behave(Behaviour::Nothing, &[back()]);
    coop.tell(id).accepted();
    hostile.behave(Behaviour::Nothing, &[]);
    coop.send(hash, sum).accepted();
    assert!(coop.payments().is_empty());
    assert_eq!(coop.funds()["processing"], "0.00 RUB");
}
