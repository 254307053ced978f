//! Two keepers at once that are killed at any call, some of them after the node has got it, and started again.

use super::month::{HOURS, act, deed};
use super::{contracts, due};
use crate::scenarios::world::{Chain, Coop, Person};
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use antelope_types::PermissionLevel;
use coop_keeper::{Done, Fate, Keeper, KeeperOptions};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use test_support::random::Random;

/// How often a keeper is killed on a day.
const DEATHS: usize = 4;

/// The way of a keeper that lives for so many calls.
#[derive(Debug)]
struct Mortal {
    node: Client,
    left: AtomicI64,
    /// Whether the node gets the last call.
    arrives: bool,
}

impl Transport for Mortal {
    fn address(&self) -> &str {
        self.node.url()
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let left = self.left.fetch_sub(1, Ordering::SeqCst);
        if left > 0 {
            return self.node.post(path, body);
        }
        if left == 0 && self.arrives {
            drop(self.node.post(path, body));
        }
        Err(ClientError::Transport {
            url: path.to_owned(),
            problem: "killed".to_owned(),
            timed_out: false,
        })
    }
}

/// A day of one keeper: it is killed and started again until a round is complete, whose tasks are returned.
fn day(chain: &Chain, robot: &Person, mut random: Random) -> Vec<Done> {
    let contracts = contracts(chain);
    for life in 0.. {
        let left = if life < DEATHS {
            random.below(60) as i64
        } else {
            i64::MAX
        };
        let mortal = Mortal {
            node: chain.client.clone(),
            left: AtomicI64::new(left),
            arrives: random.one_in(2),
        };
        let options = KeeperOptions {
            level: PermissionLevel::active(robot.name),
            cooperatives: Vec::new(),
            most: 200,
        };
        let client = Client::over(Arc::new(mortal));
        if let Ok(round) = Keeper::new(client, contracts, options, robot.signer()).round() {
            return round.done;
        }
    }
    Vec::new()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() })]

    /// No task is done twice, none fails, the books balance, and each day ends with nothing that is due.
    #[test]
    fn invariant_keepers_that_are_killed_do_each_thing_once(
        days in proptest::collection::vec(proptest::collection::vec(deed(), 0..3), 8),
        seed: u64,
    ) {
        let chain = Chain::own();
        let coops = [Coop::new(&chain, 3), Coop::new(&chain, 4)];
        let mut random = Random::new(seed);
        let mut times: BTreeMap<_, u32> = BTreeMap::new();
        // A month more, in which nobody does anything at all.
        let empty = vec![Vec::new(); 31];
        for (number, deeds) in days.iter().chain(&empty).enumerate() {
            for deed in deeds {
                act(&coops[number % 2], *deed);
            }
            chain.pass(24 * HOURS);
            let done: Vec<_> = std::thread::scope(|scope| {
                let chain = &chain;
                let days = [&chain.stranger, &chain.eosio].map(|robot| {
                    let random = Random::new(random.next());
                    scope.spawn(move || day(chain, robot, random))
                });
                days.into_iter().flat_map(|it| it.join().expect("a keeper")).collect()
            });
            for Done { cooperative, task, fate } in done {
                match fate {
                    Fate::Done { .. } => *times.entry((cooperative, task)).or_default() += 1,
                    Fate::DoneByOthers => {}
                    Fate::Failed { reason } => panic!("{task:?}: {reason}"),
                }
            }
            for coop in &coops {
                prop_assert_eq!(due(coop), []);
                coop.check_books();
            }
        }
        for coop in &coops {
            prop_assert!(coop.decisions().is_empty());
        }
        let twice = times.iter().find(|(_, count)| **count != 1);
        prop_assert_eq!(twice, None);
    }
}
