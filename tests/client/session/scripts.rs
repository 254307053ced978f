//! eosjs and WharfKit, unchanged: a script of each does the same on both nodes, and tells the same of
//! every step.

use super::nodes::Pair;
use super::normal::lasting;
use crate::client::wallets::libraries;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use test_support::difference::difference;

/// What a script told of its steps on the node at this address.
fn told(node: &Path, folder: &Path, script: &str, url: &str) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("client/session")
        .join(script);
    let mut child = Command::new(node)
        .arg(script)
        .arg(folder)
        .arg(url)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node runs");
    let key = antelope_chain::DEVELOPMENT_KEY.to_legacy_text();
    let mut stdin = child.stdin.take().expect("its input");
    writeln!(stdin, "{}", key.expect("a K1 key")).expect("it reads the key");
    drop(stdin);
    let output = child.wait_with_output().expect("the script ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let lines = String::from_utf8(output.stdout).expect("text");
    let step = |line| serde_json::from_str(line).expect("a step as JSON");
    lines.lines().map(step).collect()
}

/// Runs a script of at least this many steps, of which these fail, on both.
fn compare(script: &str, least: usize, failing: &[&str]) {
    let Some((node, folder)) = libraries() else {
        return;
    };
    let nodes = Pair::start();
    let there = told(&node, &folder, script, &nodes.real_url());
    let here = told(&node, &folder, script, nodes.url());
    assert!(there.len() >= least, "{} steps", there.len());
    let failed = there.iter().filter(|step| step.get("error").is_some());
    let failed: Vec<_> = failed.filter_map(|step| step["step"].as_str()).collect();
    assert_eq!(failed, failing);
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
    compare("eosjs.mjs", 40, &failing);
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
    compare("wharfkit.mjs", 30, &failing);
}
