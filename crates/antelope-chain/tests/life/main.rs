//! Chains that live the same life here and in the chain library of nodeos, block by block: equal
//! traces, equal rows, equal RAM and equal ids of blocks, which commit to everything that happened.
//!
//! Without that library on this machine the tests say so and pass; `scripts/setup` brings it.
#![allow(clippy::unwrap_used)]

mod beginning;
mod deferred;
mod details;
mod features;
mod market;
mod multisig;
mod oracle;
mod parameters;
mod producers;
mod puppet;
mod system;
mod twin;
mod voting;
mod world;

use test_support as shared;

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
    voting::run(&mut world);
    world.twin.finish(200);
}

/// Transactions that are executed later than they are sent.
#[test]
fn deferred_transactions_are_those_of_a_node() {
    let Some(mut world) = World::start() else {
        return;
    };
    deferred::run(&mut world);
    world.twin.finish(30);
}

/// Rules before and after the features that change them.
#[test]
fn features_change_what_they_change_on_a_node() {
    let Some(mut world) = World::start() else {
        return;
    };
    features::run(&mut world);
    world.twin.finish(30);
}

/// Schedules of producers from their proposal to their first block.
#[test]
fn producers_follow_one_another_as_on_a_node() {
    let Some(mut world) = World::start() else {
        return;
    };
    producers::run(&mut world);
    world.twin.finish(20);
}

/// What indexers read of traces in nodeos's debug mode.
#[test]
fn every_detail_of_a_trace_is_that_of_a_node_in_debug_mode() {
    let Some(mut world) = World::start() else {
        return;
    };
    details::run(&mut world);
    let told = world.twin.tells_senders();
    if let Some(found) = world.twin.finish(40) {
        details::assert_complete(&found, told);
    }
}
