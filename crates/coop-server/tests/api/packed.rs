//! The package for browsers packs whatever the API takes, so that a page needs nothing else.

use coop_server::TakenAction;
use coop_wasm::ACTIONS;

/// Whether the package makes this action, for this contract.
fn is_made(taken: TakenAction) -> bool {
    let name = taken.name().to_string();
    let mut contracts = ACTIONS.iter().filter(|it| it.0 == taken.contract());
    contracts.any(|(_, rows)| rows.lines().any(|row| row.split(' ').next() == Some(&name)))
}

#[test]
fn the_package_for_browsers_makes_every_action_that_the_api_takes() {
    let missing: Vec<_> = TakenAction::ALL
        .iter()
        .filter(|it| !is_made(**it))
        .collect();
    assert!(
        missing.is_empty(),
        "crates/coop-wasm/src/actions.rs lacks {missing:?}"
    );
}
