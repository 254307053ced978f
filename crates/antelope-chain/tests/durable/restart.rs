//! A chain with contracts is the same after a restart, whether it was closed or not.

use crate::life::lived;
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, OpenOptions, StoreError, TableKey};
use antelope_node::package_contract;
use antelope_rpc_client::native;
use antelope_types::{Asset, name};
use std::path::Path;

/// What is known of a chain from outside.
fn seen(chain: &Chain) -> (String, Vec<String>, Vec<Asset>) {
    let ids = (1..=chain.head().number()).map(|number| chain.block(number).unwrap().id);
    let owners = [name!("alice"), name!("bob")];
    let balances = owners.map(|scope| {
        let (code, table) = (name!("token"), name!("accounts"));
        assert!(
            chain
                .state()
                .scopes(code, table)
                .any(|(found, _)| found == scope)
        );
        assert_eq!(
            chain.state().rows(TableKey { code, scope, table }).count(),
            1
        );
        chain.rows_of::<Asset>(code, scope, table).unwrap()
    });
    (
        chain.state().ram_report().to_string(),
        ids.map(|id| id.to_string()).collect(),
        balances.concat(),
    )
}

fn open(folder: &Path) -> Result<Chain, StoreError> {
    Chain::open(folder)
}

#[test]
fn a_restart_changes_nothing() {
    if package_contract("eosio.token").is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("chain");
    let chain = lived(&folder);
    let expected = seen(&chain);
    // As in a process that ends by itself: everything is executed anew.
    drop(chain);
    let chain = open(&folder).unwrap();
    assert_eq!(seen(&chain), expected);
    chain.close().unwrap();
    // From a checkpoint, and on; the new one is as good as one that has never been closed.
    let mut chain = open(&folder).unwrap();
    assert_eq!(seen(&chain), expected);
    let mut other = OpenOptions::new()
        .template(&chain)
        .open(folder.with_extension("other"), Engine::shared().unwrap())
        .unwrap();
    for chain in [&mut chain, &mut other] {
        let remove = native::set_code(name!("token"), b"");
        chain.push(&[remove]).unwrap();
        chain.produce_block().unwrap();
    }
    let expected = seen(&chain);
    assert_eq!(seen(&other), expected);
    drop((chain, other));
    assert_eq!(seen(&open(&folder).unwrap()), expected);
    assert_eq!(
        seen(&open(&folder.with_extension("other")).unwrap()),
        expected
    );
}
