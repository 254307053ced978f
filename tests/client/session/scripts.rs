//! eosjs and WharfKit, unchanged: a script of each does the same on both nodes, and tells the same of
//! every step.

use super::nodes::Pair;
use super::normal::lasting;
use crate::client::scripts::Scripts;
use serde_json::Value;
use std::ffi::OsString;
use test_support::difference::difference;
use veche_tests::built;

/// Runs a script of this many steps, of which these fail, on both. `docs/clients.md` tells how many.
fn compare(script: &str, more: &[OsString], steps: usize, failing: &[&str]) {
    let Some(scripts) = Scripts::find() else {
        return;
    };
    let nodes = Pair::start();
    let key = antelope_chain::DEVELOPMENT_KEY.to_legacy_text();
    let key = key.expect("a K1 key");
    let [there, here] = [nodes.real_url(), nodes.url()].map(|url| {
        let told = scripts.run(&format!("session/{script}"), url, more, &key);
        let step = |line| serde_json::from_str(line).expect("a step as JSON");
        told.lines().map(step).collect::<Vec<Value>>()
    });
    assert_eq!(there.len(), steps, "steps");
    let failed = there.iter().filter(|step| step.get("error").is_some());
    let failed: Vec<_> = failed.filter_map(|step| step["step"].as_str()).collect();
    assert_eq!(failed, failing);
    assert_eq!(there.len(), here.len());
    let mut differences = String::new();
    for (there, here) in there.into_iter().zip(here) {
        let step = there["step"].clone();
        if let Some(lines) = difference(&lasting(there), &lasting(here)) {
            differences += &format!("{step}\n{lines}");
        }
    }
    assert!(differences.is_empty(), "(- nodeos, + ours)\n{differences}");
}

#[test]
fn eosjs_says_the_same_on_both_nodes() {
    let failing = [
        "read only",
        "read only with its failure",
        "context-free",
        "overdrawn",
        "to nobody",
        "two actions, the second fails",
        r#"get_abi ["nobody"]"#,
        r#"get_account ["nobody"]"#,
        "get_block [99999999]",
        "get_block_header_state [99999999]",
        r#"get_code_hash ["nobody"]"#,
        r#"get_table_rows [{"code":"eosio.token","scope":"SYS","table":"missing"}]"#,
    ];
    compare("eosjs.mjs", &[], 45, &failing);
}

#[test]
fn wharfkit_says_the_same_on_both_nodes() {
    let failing = [
        "overdrawn",
        "to nobody",
        r#"get_abi ["nobody"]"#,
        r#"get_account ["nobody"]"#,
        "get_block [99999999]",
        r#"get_table_rows [{"code":"eosio.token","scope":"SYS","table":"missing"}]"#,
    ];
    compare("wharfkit.mjs", &[], 31, &failing);
}

#[test]
fn the_contract_kit_says_the_same_on_both_nodes() {
    let soviet = built("soviet");
    let folder = tempfile::tempdir().expect("a folder");
    let files = ["soviet.wasm", "soviet.abi"].map(|name| folder.path().join(name));
    for (file, bytes) in files.iter().zip([&soviet.wasm, &soviet.abi.to_binary()]) {
        std::fs::write(file, bytes).expect("a file");
    }
    let failing = [
        "no account",
        "no contract",
        "a ricardian contract that is missing",
        "an action that is missing",
        "a table that is missing",
        "overdrawn",
        "to nobody",
        "by another",
        "a bid that is too low",
        "get by a field",
        "get by a key of another type",
        "an index with a wrong name",
        "a field that the ABI does not list",
        "reads by an action that returns nothing",
        "reads without arguments",
    ];
    compare("contractkit.mjs", &files.map(Into::into), 111, &failing);
}

#[test]
fn the_account_kit_says_the_same_on_both_nodes() {
    let failing = [
        "an account that is missing",
        "a permission that is missing",
        "a resource that is missing",
        "its balance of another symbol",
        "a balance that is missing",
        "sells more than there is",
        "delegates more than there is",
        "undelegates more than there is",
        "the same key once more",
        "an authority that cannot be met",
        "links to a permission that is missing",
        "removes a permission that is linked",
        "unlinks what is not linked",
        "removes an owner",
        "sells REX too soon",
        "a power-up that costs more",
        "a table that is missing here",
        "a value that is missing here",
    ];
    compare("accountkit.mjs", &[], 102, &failing);
}
