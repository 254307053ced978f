//! Three contracts go to accounts that a faucet has made, and the second run finds nothing to do.

use super::guide::shows;
use super::network::{ACCOUNTS, NETWORK, Network, ROOT};
use serde_json::{Value, json};

/// Quota and usage of RAM, and tokens: what a second run must not change.
fn holdings(network: &Network) -> Vec<(i64, i64, Option<String>)> {
    let client = network.node.client();
    let accounts = ACCOUNTS.iter().map(|(_, account)| {
        let account = client.get_account(account.parse().expect("a name"));
        let account = account.expect("an account");
        (
            account.ram_quota,
            account.ram_usage,
            account.core_liquid_balance,
        )
    });
    accounts.collect()
}

#[test]
fn three_contracts_are_deployed_to_newcomers_and_the_second_run_changes_nothing() {
    let network = Network::start();
    network.newcomers(100);
    let keys = Network::keys(&ACCOUNTS.map(|(_, account)| account));

    // What a faucet has made.
    let account = network.veche_with("get account vechepeople1", &[]);
    let shown = format!("veche get account vechepeople1 --network {NETWORK}");
    shows("docs/deploy.md", &shown, &account.out);

    // Looking needs no key and sends nothing.
    let dry = network.script("");
    assert_eq!(dry.code, 0, "{}", dry.err);
    let before = network.deploy("--json").data();
    assert_eq!(
        (&before["is_done"], &before["executed"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(before["transactions"].as_array().map(Vec::len), Some(1));
    let cpu_us = before["transactions"][0]["cpu_us"].as_u64();
    assert!(cpu_us > Some(1000), "the node computes it: {before:#}");
    for (contract, (package, account)) in before["contracts"]
        .as_array()
        .expect("three")
        .iter()
        .zip(ACCOUNTS)
    {
        assert_eq!(
            (&contract["package"], &contract["account"]),
            (&json!(package), &json!(account))
        );
        assert_eq!(contract["sets_code"], true);
        assert_eq!(contract["sets_code_permission"], true);
        assert!(contract["build"]["rustc"].is_string() && contract["build"]["commit"].is_string());
    }
    let bill = before["bill"].as_object().expect("prices");
    assert_eq!(bill.len(), 3, "each buys for itself: {bill:?}");

    // All of it is one transaction.
    let done = network.script(&format!("-x {keys}"));
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(done.out.matches("transaction ").count(), 1, "{}", done.out);
    let kinds = network
        .veche("get table vechecouncil vechecouncil types")
        .data();
    assert_eq!(kinds["rows"].as_array().map(Vec::len), Some(8), "{kinds:#}");

    // The second run compares and ends; it needs no key.
    let left = holdings(&network);
    let again = network.script("-x");
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        again.out.contains("nothing to do: the chain has it all"),
        "{}",
        again.out
    );
    assert_eq!(holdings(&network), left);

    verified_by_a_stranger(&network);
    another_configuration_is_refused(&network);
    let command = |more: &str| format!("scripts/deploy {NETWORK} {more}");
    shows("docs/deploy.md", &command("$ACCOUNTS"), &dry.out);
    shows("docs/deploy.md", &command("$ACCOUNTS $KEYS -x"), &done.out);
    shows("docs/deploy.md", &command("$ACCOUNTS -x"), &again.out);
}

/// Whoever has the sources builds the same bytes.
fn verified_by_a_stranger(network: &Network) {
    for (package, account) in ACCOUNTS {
        let mut command = network.program();
        let output = command
            .args(["verify", account, "-p", package, "-C", ROOT])
            .args(["--quiet", "--url", network.node.url()])
            .output()
            .expect("the command runs");
        assert!(output.status.success(), "{output:?}");
    }
}

/// `init` runs once: another configuration is told and not tried.
fn another_configuration_is_refused(network: &Network) {
    let refused = network.deploy("--json --only registrator --account soviet=vecheothers1");
    assert_eq!(refused.code, 8, "{}", refused.out);
    let (code, message, hint) = refused.failure();
    assert_eq!(code, "rollout.differs");
    assert!(
        message.contains("::init") && hint.contains("vechecouncil"),
        "{message}: {hint}"
    );
}
