//! A chain on which contracts walk over tables at random, and what indexers read of it.
//!
//! The walks are those of [`walk`](crate::walk): rows and entries of all kinds of indexes stored,
//! changed, removed and made again, several times in a block, by transactions of which some fail.

use crate::kinds::{FRIEND, LISTENER, PROBE};
use crate::probe::Probe;
use crate::program::{Op, Unit, nonce};
use crate::shared::history::compare;
use crate::shared::package::package;
use crate::shared::random::Random;
use crate::shared::signing::sign;
use crate::walk::step;
use antelope_chain::{Chain, Detail, Feature, FeatureSet, Genesis, wasm};
use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Encode, IntoActions, Name, PermissionLevel, name};

/// Walks, each of which is a transaction of at most so many steps.
const WALKS: u64 = 80;
const STEPS: usize = 15;

/// Walks on a chain, and compares its history with that of a node.
pub fn run(seed: u64) {
    let mut world = World::start();
    let mut random = Random::new(seed);
    let mut steps = 0;
    for walk in 0..WALKS {
        steps += world.walk(walk, &mut random);
        if random.below(4) == 0 {
            world.chain.produce_block().unwrap();
        }
    }
    world.chain.produce_block().unwrap();
    eprintln!("{steps} steps");
    compare(&world.chain, Detail::Plain);
}

struct World {
    chain: Chain,
    probe: Probe,
}

impl World {
    /// A chain that begins as a node's does, with the features of nodes and the probe.
    fn start() -> Self {
        let genesis = Genesis {
            features: FeatureSet::NONE,
            ..Genesis::default()
        };
        let mut chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
        let first = Feature::PREACTIVATE_FEATURE;
        chain.activate_features(&[first]).unwrap();
        // From the block in production on, as a node that executes a block log.
        chain.record_history();
        chain.produce_block().unwrap();
        let probe = Probe::new();
        let mut world = Self { chain, probe };
        let bios = package("eosio.bios");
        world.push(native::set_code(name!("eosio"), bios.wasm()));
        for feature in FeatureSet::LEAP_4.without(first).iter() {
            let digest = feature.digest.to_bytes();
            world.push(action(name!("eosio"), name!("activate"), digest));
        }
        world.chain.produce_block().unwrap();
        let own = Authority::from_key(world.chain.genesis().initial_key.clone());
        for account in [PROBE, LISTENER, FRIEND] {
            let active = own.clone().with_code(account);
            let create = native::new_account(name!("eosio"), account, own.clone(), active);
            world.push(create);
        }
        let code = world.probe.code.clone();
        for account in [PROBE, LISTENER] {
            world.push(native::set_code(account, &code));
        }
        world.chain.produce_block().unwrap();
        world
    }

    fn push(&mut self, actions: impl IntoActions) {
        let transaction = self.chain.transaction(actions);
        let signed = sign(&self.chain, transaction);
        self.chain.push_signed(&signed).unwrap();
    }

    /// Executes a program in a transaction; whether it succeeded.
    fn runs(chain: &mut Chain, probe: &Probe, number: u64, notified: bool, unit: &Unit) -> bool {
        let mut data = Vec::new();
        nonce(&mut data, number);
        if notified {
            let tell = Op::Call("require_recipient", vec![LISTENER.raw()]);
            Unit(vec![tell, Op::OnlyNotified]).encode(probe, &mut data);
        }
        unit.encode(probe, &mut data);
        let transaction = chain.transaction(action(PROBE, name!("run"), data));
        let signed = sign(chain, transaction);
        chain.push_signed(&signed).is_ok()
    }

    /// Makes steps that do not fail into a transaction, and executes it; how many there are. What
    /// fails is executed before it and leaves nothing.
    fn walk(&mut self, number: u64, random: &mut Random) -> usize {
        let notified = number % 6 == 5;
        let mut steps = Unit::default();
        let mut made = 0;
        for _ in 0..STEPS {
            let mut longer = steps.clone();
            longer.0.extend(step(&self.probe, random).0);
            let mut fork = self.chain.clone();
            if Self::runs(&mut fork, &self.probe, number, notified, &longer) {
                steps = longer;
                made += 1;
            } else if random.below(3) == 0 {
                Self::runs(&mut self.chain, &self.probe, number, notified, &longer);
            }
        }
        assert!(Self::runs(
            &mut self.chain,
            &self.probe,
            number,
            notified,
            &steps
        ));
        made
    }
}

fn action(account: Name, name: Name, data: Vec<u8>) -> Action {
    Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(account)],
        data,
    }
}
