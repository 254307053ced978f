//! The keeper: a month in which people forget everything, with two keepers at once.

mod killed;
mod month;
mod permission;
mod terms;

use crate::scenarios::world::{Chain, Coop, Person};
use antelope_types::{Name, PermissionLevel};
use coop_client::{Contracts, Cooperative};
use coop_keeper::{Done, Fate, Keeper, KeeperOptions, Task};

/// The contracts of a chain of scenarios.
fn contracts(chain: &Chain) -> Contracts {
    Contracts::read(&chain.client, chain.soviet.name).expect("the configuration")
}

/// A keeper that acts with the `active` permission of this account.
fn keeper<'a>(chain: &Chain, robot: &'a Person) -> Keeper<'a> {
    let options = KeeperOptions {
        level: PermissionLevel::active(robot.name),
        cooperatives: Vec::new(),
        most: 200,
    };
    let client = chain.client.clone();
    Keeper::new(client, contracts(chain), options, robot.signer())
}

/// What is due in the cooperative now.
fn due(coop: &Coop<'_>) -> Vec<Task> {
    let client = coop.chain.client.clone();
    let cooperative = Cooperative::new(client, contracts(coop.chain), coop.name());
    coop_keeper::due(&cooperative, coop.chain.now()).expect("its tables")
}

/// The tasks that were done, without what others were quicker with.
fn done(all: &[Done]) -> Vec<(Name, Task)> {
    let done = all.iter().filter(|it| matches!(it.fate, Fate::Done { .. }));
    done.map(|it| (it.cooperative, it.task)).collect()
}

#[test]
fn a_chain_without_the_contracts_is_told() {
    let chain = Chain::own();
    let error = Contracts::read(&chain.client, chain.stranger.name).unwrap_err();
    assert!(
        error.to_string().contains("config") || error.to_string().contains("ABI"),
        "{error}"
    );
    let cooperatives = contracts(&chain).cooperatives(&chain.client);
    assert!(cooperatives.expect("the table").is_empty());
    let round = keeper(&chain, &chain.stranger).round().expect("a round");
    assert_eq!((round.done.len(), round.waiting), (0, 0));
}
