//! The same contracts here and on a real node: traces, rows and RAM must be equal.
//!
//! Without a node on this machine the comparisons say so and pass; `scripts/setup` brings one.
#![allow(clippy::unwrap_used)]

mod cost;
mod finalizers;
mod fresh;
mod hostile;
mod limits;
mod primitives;
mod system;
mod token;

use test_support as shared;

use antelope_chain::{Chain, wasm};
use shared::both::Both;

/// A node and a chain that runs contracts.
fn both() -> Option<Both> {
    let Some(mut both) = Both::start() else {
        eprintln!("skipped: no nodeos on this machine");
        return None;
    };
    let genesis = both.chain.genesis().clone();
    both.chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
    Some(both)
}

#[test]
fn contracts_do_what_they_do_on_a_node() {
    let Some(mut both) = both() else { return };
    token::run(&mut both);
    system::run(&mut both);
    hostile::run(&mut both);
    primitives::run(&mut both);
    both.finish();
}
