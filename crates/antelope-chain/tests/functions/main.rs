//! Every host function and every instruction that computes, at its edges, here and on a real node.
//!
//! A contract that does what its action's data say ([`probe`]) is called thousands of times with
//! generated arguments; what it prints, returns, changes and fails with must be equal.
//!
//! Without a node on this machine the comparisons say so and pass; `scripts/setup` brings one.
#![allow(clippy::unwrap_used)]

mod contents;
mod edges;
mod history;
mod kinds;
mod known;
mod modules;
mod numbers;
mod opcodes;
mod probe;
mod program;
mod random;
mod sweep;
mod twin;
mod walk;

use test_support as shared;

use twin::Twin;

/// A name, and what is done.
type Subject = (&'static str, fn(&mut Twin));

#[test]
fn host_functions_do_at_their_edges_what_they_do_on_a_node() {
    let Some(mut twin) = Twin::start() else {
        eprintln!("skipped: no nodeos on this machine");
        return;
    };
    if !twin.probe.missing.is_empty() {
        eprintln!(
            "not called, as this chain has it not: {}",
            twin.probe.missing.join(", ")
        );
    }
    // One subject alone: `ONLY=walk cargo test -p antelope-chain --test functions`.
    let only = std::env::var("ONLY").unwrap_or_default();
    let subjects: [Subject; 4] = [
        ("modules", modules::run),
        ("numbers", numbers::run),
        ("walk", walk::run),
        ("sweep", sweep::run),
    ];
    let names = subjects.map(|(name, _)| name);
    assert!(
        only.is_empty() || names.contains(&&*only),
        "`ONLY` is one of {names:?}"
    );
    for (name, run) in subjects {
        if only.is_empty() || only == name {
            run(&mut twin);
        }
    }
    if only.is_empty() {
        twin.demand_known();
    }
    twin.finish();
}

/// Rows of all kinds of indexes, changed at random.
#[test]
fn indexers_read_of_random_walks_what_they_read_from_a_node() {
    if let Err(missing) = antelope_node::find_program("nodeos") {
        eprintln!("skipped: {missing}");
        return;
    }
    for seed in 0..3 {
        history::run(seed);
    }
}
