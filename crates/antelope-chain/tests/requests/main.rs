//! Requests to the HTTP API with fields of every type, here and on a real node: status, code and
//! content of the answers must be equal.
//!
//! `REQUEST_ROUNDS=10 cargo test -p antelope-chain --test requests` makes ten times as many, and
//! `REQUEST_SEED` others. Without a node on this machine the comparisons say so and pass.
#![allow(clippy::unwrap_used)]

mod blocks;
mod browsers;
mod calls;
mod depth;
mod examples;
mod malformed;
mod mutate;
mod paging;
mod producers;
mod scheduled;
mod traces;
mod transactions;
mod values;
mod world;

use test_support as shared;
use world::World;

/// One node serves all subjects.
#[test]
fn requests_are_answered_as_by_a_node() {
    let Some(mut world) = World::start() else {
        eprintln!("skipped: no nodeos on this machine");
        return;
    };
    let mut differences = examples::run(&world);
    differences.extend(malformed::run(&world));
    differences.extend(calls::run(&world));
    differences.extend(blocks::run(&world));
    differences.extend(paging::run(&world));
    differences.extend(browsers::run(&world));
    differences.extend(depth::run(&world));
    differences.extend(traces::run(&mut world));
    differences.extend(transactions::run(&mut world));
    let count = differences.len();
    let shown: Vec<_> = differences.into_iter().take(400).collect();
    assert!(
        count == 0,
        "{count} answers differ (- node, + chain)\n{}",
        shown.join("\n")
    );
    world.both.finish();
}
