//! Upgrades of contracts whose accounts three parties hold: two of them must agree.

use super::guide::shows;
use super::holders::{HOLDERS, commands};
use super::network::{ACCOUNTS, NETWORK, Network, ROOT, Said};
use serde_json::{Value, json};
use std::fs;

/// The next version: each contract with the action that carries rows of the version before over.
const NEXT: &str = r#"
    [[contract]]
    package = "registrator"
    account = "vechepeople1"
    features = ["migration"]

    [[contract]]
    package = "soviet"
    account = "vechecouncil"
    features = ["migration"]

    [[contract]]
    package = "gateway"
    account = "vechepayment"
    features = ["migration"]
"#;

/// `cargo antelope rollout` of the next version of one contract.
pub(super) fn upgrade(network: &Network, package: &str, words: &str) -> Said {
    let file = network.folder.path().join("next.toml");
    fs::write(&file, NEXT).expect("a file");
    let mut command = network.program();
    command.arg("rollout").arg(file).args(["-C", ROOT]);
    // Beside the contract that is deployed, not in its place.
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
    command.args(["--quiet", "--target-dir", &format!("{target}/migrating")]);
    command
        .args(["--network", NETWORK, "--only", package])
        .args(words.split_whitespace());
    network.said(&mut command)
}

/// Neither the key of before nor one holder changes the code or the keys of an account.
fn nobody_acts_alone(network: &Network, package: &str, account: &str) {
    for key in [account, HOLDERS[0]] {
        let refused = upgrade(
            network,
            package,
            &format!("-x --json --payer {0} --key {key} --key {0}", HOLDERS[0]),
        );
        assert_eq!(refused.failure().0, "chain.keys", "{}", refused.out);
        for level in ["active", "owner"] {
            let theirs = format!(
                "set account permission {account} {level} holderalice1@active -p {account}@{level} \
                 --key {key}"
            );
            let refused = network.veche(&theirs);
            assert_eq!(refused.failure().0, "chain.keys", "{}", refused.out);
        }
    }
}

#[test]
fn upgrades_of_all_three_are_proposed_by_the_tool_and_carried_out_by_two_of_three() {
    let network = Network::start();
    network.newcomers(100);
    let keys = Network::keys(&ACCOUNTS.map(|(_, account)| account));
    let deployed = network.deploy(&format!("-x {keys}"));
    assert_eq!(deployed.code, 0, "{}", deployed.err);
    network.hand_over();
    let page = fs::read_to_string(format!("{ROOT}/docs/deploy.md")).expect("the page");
    for command in ACCOUNTS.iter().flat_map(|(_, account)| commands(account)) {
        assert!(page.contains(&command), "docs/deploy.md has no {command}");
    }

    // What is there stays as the file says, with other holders.
    let same = network.deploy("--json").data();
    assert_eq!(same["is_done"], true, "{same:#}");
    for (number, (package, account)) in ACCOUNTS.iter().enumerate() {
        nobody_acts_alone(&network, package, account);
        upgraded_by_two(
            &network,
            package,
            account,
            &format!("upgrade{}", number + 1),
        );
    }
}

/// One contract gets its next version.
fn upgraded_by_two(network: &Network, package: &str, account: &str, proposal: &str) {
    let upgrade = |words: &str| upgrade(network, package, words);
    let propose = format!("--propose {proposal} --proposer {0} --key {0}", HOLDERS[0]);
    let dry = upgrade(&format!("{propose} --json")).data();
    assert_eq!(dry["proposal"], Value::Null);
    let bought = dry["ram"].as_array().expect("RAM");
    assert!(bought.iter().all(|it| it["payer"] == HOLDERS[0]), "{dry:#}");
    // The proposal itself takes RAM, which the proposer has again for the next one.
    let is_first = proposal == "upgrade1";
    let mut receivers = bought.iter().map(|it| &it["receiver"]);
    assert!(!is_first || receivers.any(|it| it == HOLDERS[0]), "{dry:#}");
    let changes = dry["contracts"][0]["abi_changes"].to_string();
    assert!(changes.contains("action migrate"), "{changes}");
    let made = upgrade(&format!("{propose} -x"));
    assert_eq!(made.code, 0, "{}", made.err);
    if proposal == "upgrade2" {
        let command = format!(
            "cargo antelope rollout next.toml --network {NETWORK} --only {package} {propose} -x"
        );
        shows("docs/deploy.md", &command, &made.out);
    }
    // Proposing it again does nothing; another content under this name is refused.
    let again = upgrade(&format!("{propose} -x --json")).data();
    assert_eq!(again["proposal"]["was_there"], true);
    assert_eq!(again["executed"], json!([]));
    let other = upgrade(&format!("{propose} -x --json --permission owner"));
    assert_eq!(
        (other.code, &*other.failure().0),
        (8, "rollout.proposal"),
        "{}",
        other.out
    );

    let review = network
        .veche(&format!("multisig review {} {proposal}", HOLDERS[0]))
        .data();
    let actions = review["transaction"]["actions"].as_array();
    assert_eq!(actions.map(Vec::len), Some(2), "setcode and setabi");
    network.approve(proposal, HOLDERS[1]);
    assert_eq!(
        network.execute(proposal).code,
        6,
        "one of three is not enough"
    );
    network.approve(proposal, HOLDERS[2]);
    network.execute(proposal).data();
    let client = network.node.client();
    let code = || client.get_code_hash(account.parse().expect("a name"));
    let expected = &dry["contracts"][0]["new"]["code_hash"];
    network.until("it has the new code", || {
        code().expect("its code").to_string() == *expected
    });
    let done = upgrade("--json").data();
    assert_eq!(
        (&done["is_done"], &done["executed"]),
        (&json!(true), &Value::Null),
        "{done:#}"
    );
}
