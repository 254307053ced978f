//! A fork of a real node with the system contracts: what transactions come to on the fork is what the
//! node says of them, and nothing is written there.

use super::forking::serving;
use super::forking_lazily::{computed_on_both, impersonated};
use antelope_chain::{Chain, Genesis, wasm};
use antelope_node::{Node, NodeOptions, package_contract};
use antelope_rpc::{ForkOptions, ForkSource};
use antelope_rpc_client::{Client, TableQuery};
use antelope_types::{Name, PermissionLevel, name};
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

const ALICE: Name = name!("sysalice");
const BOB: Name = name!("sysbob");
const MSIG: Name = name!("eosio.msig");

/// A node with system, token, msig, two accounts with tokens, and a proposal.
fn node() -> Node {
    let options = NodeOptions {
        max_transaction_cpu_ms: 1000,
        ..NodeOptions::default()
    };
    let node = Node::start(options).expect("a node");
    node.boot_system().expect("the system");
    for account in [ALICE, BOB] {
        node.create_account(account, &node.public_key())
            .expect("an account");
        node.fund(account, "100.0000 SYS").expect("tokens");
    }
    node.create_contract_account(MSIG).expect("an account");
    let (wasm, abi) = package_contract("eosio.msig").expect("the package");
    node.deploy(MSIG, &wasm, &abi).expect("msig");
    let client = node.client();
    let by = PermissionLevel::active;
    let privileged = json!({ "account": MSIG, "is_priv": 1 });
    let privileged = client.action(
        name!("eosio"),
        name!("setpriv"),
        by(name!("eosio")),
        &privileged,
    );
    let proposal = client.action(MSIG, name!("propose"), by(ALICE), &proposal("first"));
    let actions = [privileged.expect("an action"), proposal.expect("an action")];
    client.push(&actions, &[node.key()]).expect("a proposal");
    // Limits are in force when the block has ended.
    let begun = client.get_info().expect("info").head_block_num;
    let start = Instant::now();
    while client.get_info().expect("info").head_block_num < begun + 2 {
        assert!(start.elapsed() < Duration::from_secs(60), "no blocks");
        sleep(Duration::from_millis(100));
    }
    node
}

/// A transfer of bob, to be approved by alice and bob.
fn proposal(name: &str) -> Value {
    json!({
        "proposer": "sysalice",
        "proposal_name": name,
        "requested": [
            { "actor": "sysalice", "permission": "active" },
            { "actor": "sysbob", "permission": "active" },
        ],
        "trx": {
            "expiration": "2100-01-01T00:00:00", "ref_block_num": 0, "ref_block_prefix": 0,
            "max_net_usage_words": 0, "max_cpu_usage_ms": 0, "delay_sec": 0,
            "context_free_actions": [], "transaction_extensions": [],
            "actions": [{
                "account": "eosio.token", "name": "transfer",
                "authorization": [{ "actor": "sysbob", "permission": "active" }],
                "data": "000000001c7ab0c70000000ab968b0c7102700000000000004535953000000000131",
            }],
        },
    })
}

fn call(account: &str, name: &str, by: &str, data: Value) -> Value {
    json!({ "account": account, "name": name, "by": by, "data": data })
}

fn approve(by: &str) -> Value {
    let level = json!({ "actor": by, "permission": "active" });
    let data = json!({ "proposer": "sysalice", "proposal_name": "first", "level": level });
    call("eosio.msig", "approve", by, data)
}

fn transfer(from: &str, to: &str, quantity: &str) -> Value {
    let data = json!({ "from": from, "to": to, "quantity": quantity, "memo": "" });
    call("eosio.token", "transfer", from, data)
}

fn balance(client: &Client, account: Name) -> Value {
    let request = json!({ "code": "eosio.token", "account": account });
    client
        .call("/v1/chain/get_currency_balance", &request)
        .expect("a balance")
}

#[test]
fn a_fork_of_a_chain_with_the_system_does_what_the_chain_would() {
    let node = node();
    let there = node.client();
    // With the protocol features of the node, as `veche node --fork` has them: its msig needs deferred
    // transactions.
    let source = ForkSource::connect(ForkOptions::new(node.url())).expect("the node");
    let genesis = Genesis {
        features: source.features().expect("features"),
        ..Genesis::default()
    };
    let engine = wasm::Engine::shared().expect("an engine");
    let (api, _server, here) = serving(Chain::start(genesis, engine).expect("a chain"));
    source.begin(&api, true).expect("a fork");
    // `onblock` of the system contract runs with its own tables.
    let blocks = |_| {
        api.with(|chain| chain.produce_block().map(drop))
            .expect("a block")
    };
    (0..3).for_each(blocks);
    assert_eq!(api.with(Chain::take_wanted).len(), 0);

    let cases = [
        vec![transfer("sysalice", "sysbob", "1.0000 SYS")],
        vec![transfer("sysalice", "sysbob", "1000.0000 SYS")],
        vec![transfer("sysalice", "nobody", "1.0000 SYS")],
        vec![transfer("sysalice", "eosio.ram", "1.0000 SYS")],
        vec![call(
            "eosio",
            "buyrambytes",
            "sysalice",
            json!({ "payer": "sysalice", "receiver": "sysbob", "bytes": 1000 }),
        )],
        vec![call("eosio", "sellram", "sysbob", json!(["sysbob", 500]))],
        vec![call(
            "eosio",
            "delegatebw",
            "sysalice",
            json!(["sysalice", "sysbob", "1.0000 SYS", "2.0000 SYS", false]),
        )],
        vec![call(
            "eosio",
            "undelegatebw",
            "sysalice",
            json!(["sysalice", "sysbob", "100.0000 SYS", "2.0000 SYS"]),
        )],
        vec![approve("sysalice"), approve("sysbob")],
        vec![call(
            "eosio.msig",
            "exec",
            "sysalice",
            json!({ "proposer": "sysalice", "proposal_name": "first", "executer": "sysalice" }),
        )],
        vec![call(
            "eosio.msig",
            "propose",
            "sysalice",
            proposal("second"),
        )],
    ];
    for case in &cases {
        let [theirs, ours] = computed_on_both(there, &here, case);
        assert_eq!(theirs, ours, "{case:?}");
    }
    // The account as a whole: balances, staked, permissions, RAM.
    for account in [ALICE, BOB, MSIG, name!("eosio.token")] {
        let [theirs, ours] = [there, &here].map(|at| at.get_account(account).expect("an account"));
        assert_eq!(theirs.permissions, ours.permissions);
        assert_eq!(theirs.core_liquid_balance, ours.core_liquid_balance);
        assert_eq!(theirs.total_resources, ours.total_resources);
        assert_eq!(
            (
                theirs.ram_quota,
                theirs.ram_usage,
                theirs.net_weight,
                theirs.cpu_weight
            ),
            (
                ours.ram_quota,
                ours.ram_usage,
                ours.net_weight,
                ours.cpu_weight
            )
        );
        assert_eq!(theirs.privileged, ours.privileged);
        assert_eq!(theirs.created, ours.created);
    }
    let weights = [there, &here].map(|at| at.get_info().expect("info"));
    assert_eq!(weights[0].total_net_weight, weights[1].total_net_weight);

    // The proposal of the node is approved and executed here, and stays there.
    impersonated(&here, &[approve("sysalice"), approve("sysbob")]).expect("approvals");
    let exec = call(
        "eosio.msig",
        "exec",
        "sysalice",
        json!({ "proposer": "sysalice", "proposal_name": "first", "executer": "sysalice" }),
    );
    impersonated(&here, &[exec]).expect("it is executed");
    // It is a deferred transaction of eosio.msig.
    (0..2).for_each(blocks);
    assert_eq!(balance(&here, ALICE), json!(["101.0000 SYS"]));
    assert_eq!(balance(there, ALICE), json!(["100.0000 SYS"]));
    let proposals = |at: &Client| {
        let rows = at.all_rows_with_payers(&TableQuery::new(MSIG, ALICE, name!("proposal")));
        rows.expect("rows").len()
    };
    assert_eq!((proposals(there), proposals(&here)), (1, 0));
    // A new account, with RAM and stake, of the account that has taken over everything.
    let new = json!({
        "creator": "sysalice", "name": "sysnewperson",
        "owner": { "threshold": 1, "keys": [], "accounts": [{ "permission": { "actor": "sysbob", "permission": "active" }, "weight": 1 }], "waits": [] },
        "active": { "threshold": 1, "keys": [], "accounts": [{ "permission": { "actor": "sysbob", "permission": "active" }, "weight": 1 }], "waits": [] },
    });
    let steps = [
        call("eosio", "newaccount", "sysalice", new),
        call(
            "eosio",
            "buyrambytes",
            "sysalice",
            json!({ "payer": "sysalice", "receiver": "sysnewperson", "bytes": 4000 }),
        ),
    ];
    let [theirs, ours] = computed_on_both(there, &here, &steps);
    assert_eq!(theirs, ours);
    impersonated(&here, &steps).expect("an account");
    assert!(
        there
            .find_account(name!("sysnewperson"))
            .expect("an answer")
            .is_none()
    );
    assert!(
        here.find_account(name!("sysnewperson"))
            .expect("an answer")
            .is_some()
    );
}
