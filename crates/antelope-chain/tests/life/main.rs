//! Chains that live the same life here and in the chain library of nodeos, block by block: equal
//! traces, equal rows, equal RAM and equal ids of blocks, which commit to everything that happened.
//!
//! Without that library on this machine the tests say so and pass; `scripts/setup` brings it.
#![allow(clippy::unwrap_used)]

mod market;
mod multisig;
#[path = "../differential/normal.rs"]
#[allow(dead_code)]
mod normal;
mod oracle;
mod system;
mod twin;
mod world;

use antelope_chain::FeatureSet;
use world::World;

/// The contracts of the system in the real life of a chain.
#[test]
fn the_life_of_a_chain_is_that_of_a_node() {
    let Some(mut world) = World::start() else {
        return;
    };
    system::begin(&mut world, FeatureSet::LEAP_4);
    market::run(&mut world);
    multisig::run(&mut world);
    world.twin.finish(200);
}
