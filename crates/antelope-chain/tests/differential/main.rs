//! The same transactions here and on a real node: traces must be equal.
//!
//! Without a node on this machine the tests say so and pass; `scripts/setup` brings one.
#![allow(clippy::unwrap_used)]

mod accounts;
mod authority;
mod blocks;
mod permissions;
mod transactions;

use test_support as shared;

/// One node serves all subjects: each uses accounts of its own.
#[test]
fn traces_are_those_of_a_node() {
    let Some(mut both) = shared::both::Both::start() else {
        eprintln!("skipped: no nodeos on this machine");
        return;
    };
    accounts::run(&mut both);
    permissions::run(&mut both);
    authority::run(&mut both);
    transactions::run(&mut both);
    blocks::run(&mut both);
    both.finish();
}
