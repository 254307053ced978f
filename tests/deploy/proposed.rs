//! An upgrade of a contract whose account three parties hold: two of them must agree.

use super::guide::shows;
use super::network::{ACCOUNTS, NETWORK, Network, ROOT, Said};
use serde_json::{Value, json};
use std::fs;

/// Who holds the account.
const HOLDERS: [&str; 3] = ["holderalice1", "holderbobby1", "holdercarol1"];
/// The next version: soviet with the action that carries rows of the version before over.
const NEXT: &str = r#"
    [[contract]]
    package = "soviet"
    account = "vechecouncil"
    features = ["migration"]
"#;

/// `cargo antelope rollout` of the next version.
fn upgrade(network: &Network, words: &str) -> Said {
    let file = network.folder.path().join("next.toml");
    fs::write(&file, NEXT).expect("a file");
    let mut command = network.program();
    command.arg("rollout").arg(file).args(["-C", ROOT]);
    // Beside the contract that is deployed, not in its place.
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
    command.args(["--quiet", "--target-dir", &format!("{target}/migrating")]);
    command
        .args(["--network", NETWORK])
        .args(words.split_whitespace());
    network.said(&mut command)
}

/// Gives the account to two of the three, by `veche`.
fn share(network: &Network) {
    let holders = HOLDERS.map(|it| format!("{it}@active")).join(", ");
    let code = "vechecouncil@eosio.code * 2";
    let active = format!("2 of [{holders}, {code}]");
    let owner = format!("2 of [{holders}]");
    let set = "set account permission vechecouncil";
    let by = [
        "-p",
        "vechecouncil@owner",
        "--key",
        "vechecouncil",
        "--json",
    ];
    network
        .veche_with(
            &format!("{set} active"),
            &[&[&*active, "owner"], &by[..]].concat(),
        )
        .data();
    network
        .veche_with(&format!("{set} owner"), &[&[&*owner], &by[..]].concat())
        .data();
}

#[test]
fn an_upgrade_is_proposed_by_the_tool_and_carried_out_by_two_of_three() {
    let network = Network::start();
    network.newcomers("100.0000 SYS");
    let keys = Network::keys(&ACCOUNTS.map(|(_, account)| account));
    let deployed = network.deploy(&format!("-x {keys}"));
    assert_eq!(deployed.code, 0, "{}", deployed.err);
    for holder in HOLDERS {
        network.newcomer(holder, Some("10.0000 SYS"));
        let holder = holder.parse().expect("a name");
        network.node.fund(holder, "100.0000 SYS").expect("tokens");
    }
    share(&network);

    // What is there stays as the file says, with other holders.
    let same = network.deploy("--json").data();
    assert_eq!(same["is_done"], true, "{same:#}");
    // Neither the keys of before nor one holder can upgrade it.
    for key in ["vechecouncil", HOLDERS[0]] {
        let refused = upgrade(
            &network,
            &format!("-x --json --payer {0} --key {key} --key {0}", HOLDERS[0]),
        );
        assert_eq!(refused.failure().0, "chain.keys", "{}", refused.out);
    }

    let propose = format!("--propose upgrade1 --proposer {0} --key {0}", HOLDERS[0]);
    let dry = upgrade(&network, &format!("{propose} --json")).data();
    assert_eq!(dry["proposal"], Value::Null);
    let receivers = dry["ram"].as_array().expect("RAM").iter();
    let receivers: Vec<_> = receivers.map(|it| &it["receiver"]).collect();
    assert_eq!(
        receivers,
        [&json!(HOLDERS[0])],
        "the proposal itself takes RAM: {dry:#}"
    );
    let changes = dry["contracts"][0]["abi_changes"].to_string();
    assert!(changes.contains("action migrate"), "{changes}");
    let made = upgrade(&network, &format!("{propose} -x"));
    assert_eq!(made.code, 0, "{}", made.err);
    shows(
        "docs/deploy.md",
        &format!("cargo antelope rollout next.toml --network {NETWORK} {propose} -x"),
        &made.out,
    );
    // Proposing it again does nothing; another content under this name is refused.
    let again = upgrade(&network, &format!("{propose} -x --json")).data();
    assert_eq!(again["proposal"]["was_there"], true);
    assert_eq!(again["executed"], json!([]));
    let other = upgrade(&network, &format!("{propose} -x --json --permission owner"));
    assert_eq!(
        (other.code, &*other.failure().0),
        (8, "rollout.proposal"),
        "{}",
        other.out
    );

    let review = network
        .veche(&format!("multisig review {} upgrade1", HOLDERS[0]))
        .data();
    let actions = review["transaction"]["actions"]
        .as_array()
        .expect("actions")
        .clone();
    assert_eq!(actions.len(), 2, "setcode and setabi");
    let approve = |holder: &str| {
        let words = format!(
            "multisig approve {} upgrade1 {holder}@active --key {holder}",
            HOLDERS[0]
        );
        network.veche(&words).data();
    };
    let execute = || {
        let words = format!("multisig exec {0} upgrade1 {0} --key {0}", HOLDERS[0]);
        network.veche(&words)
    };
    approve(HOLDERS[1]);
    assert_eq!(execute().code, 6, "one of three is not enough");
    approve(HOLDERS[2]);
    execute().data();

    // The version of eosio.msig in the node's package lets a later block execute it.
    let code = || {
        network
            .node
            .client()
            .get_code_hash("vechecouncil".parse().expect("a name"))
    };
    let expected = dry["contracts"][0]["new"]["code_hash"]
        .as_str()
        .expect("a hash")
        .to_owned();
    let head = network
        .node
        .client()
        .get_info()
        .expect("the head")
        .head_block_num;
    for block in 1..=20 {
        if code().expect("its code").to_string() == expected {
            break;
        }
        let patience = std::time::Duration::from_secs(30);
        network
            .node
            .client()
            .wait_for_block(head + block, patience)
            .expect("a block");
    }
    let done = upgrade(&network, "--json").data();
    assert_eq!(
        (&done["is_done"], &done["executed"]),
        (&json!(true), &Value::Null),
        "{done:#}"
    );
}
