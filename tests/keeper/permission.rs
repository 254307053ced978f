//! The keeper's permission can do what the keeper does, and nothing else.

use super::contracts;
use crate::scenarios::world::{Chain, Coop, Person};
use antelope_rpc_client::{ErrorKind, native};
use antelope_types::{Authority, PermissionLevel, name};
use coop_keeper::{Fate, Keeper, KeeperOptions, LINKS};

/// Gives the account a permission `keeper` with a key of its own, linked to what a keeper does.
fn linked(chain: &Chain, robot: &Person) -> Person {
    let key = Person::new();
    let permission = name!("keeper");
    let authority = Authority::from_key(key.public_key());
    let mut actions = vec![native::update_auth(
        robot.name,
        permission,
        name!("active"),
        authority,
    )];
    for link in LINKS {
        let (contract, action) = link.of(&contracts(chain));
        actions.push(native::link_auth(robot.name, contract, action, permission));
    }
    chain.push(actions, &[robot]).accepted();
    key
}

#[test]
fn a_permission_that_is_linked_to_nothing_else_is_enough_and_can_do_nothing_else() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let robot = chain.account();
    let key = linked(&chain, &robot);
    let level = PermissionLevel::new(robot.name, name!("keeper"));
    let question = coop.question();
    let unpaid = coop.applicant();
    chain.pass(31 * 24 * 3_600);
    let options = KeeperOptions {
        level,
        cooperatives: vec![coop.name()],
        most: 200,
    };
    let ram = || {
        chain
            .client
            .get_account(robot.name)
            .expect("the robot")
            .ram_usage
    };
    let before = ram();
    let mut keeper = Keeper::new(
        chain.client.clone(),
        contracts(&chain),
        options,
        key.signer(),
    );
    let round = keeper.round().expect("a round");
    assert!(
        round
            .done
            .iter()
            .all(|it| matches!(it.fate, Fate::Done { .. })),
        "{round:?}"
    );
    assert_eq!(round.done.len(), 2, "{round:?}");
    assert!(coop.decision(question.id).is_none() && coop.payment(unpaid.hash).is_none());

    assert_eq!(ram(), before, "the keeper pays for no row");

    // Neither money nor its own account.
    let update = native::update_auth(
        robot.name,
        name!("active"),
        name!("owner"),
        Authority::from_key(key.public_key()),
    );
    let mut vote = coop
        .soviet(&robot)
        .votefor(coop.name(), robot.name, 1, chain.unique_hash())
        .to_action();
    vote.authorization = vec![level];
    for mut action in [update, vote] {
        action.authorization = vec![level];
        let refused = chain.client.push(&[action], &[key.signer()]).unwrap_err();
        assert!(refused.is(ErrorKind::IrrelevantAuth), "{refused}");
    }
}
