//! What wallets of others ask the history of a local node. The node of the other tests has no such calls
//! any more, so that what was done here says what is right.

use crate::client::local::local_node;
use crate::client::scripts::Scripts;
use serde_json::{Value, json};

/// What a script told: for each question the answers that eosjs and WharfKit got.
fn told() -> Option<Vec<[Value; 2]>> {
    let scripts = Scripts::find()?;
    let folder = tempfile::tempdir().expect("a folder");
    let node = local_node(folder.path());
    let key = antelope_chain::DEVELOPMENT_KEY.to_legacy_text();
    let arguments = ["eosio.token", "eosio", "eosio.saving", "1.0000 SYS"];
    let key = key.expect("a K1 key");
    let told = scripts.run("wallets/history.mjs", node.url(), &arguments, &key);
    node.stop().expect("it ends");
    let line = |line| serde_json::from_str(line).expect("JSON");
    let lines: Vec<Value> = told.lines().map(line).collect();
    let pairs = lines.chunks_exact(2);
    Some(
        pairs
            .map(|pair| [pair[0].clone(), pair[1].clone()])
            .collect(),
    )
}

#[test]
fn eosjs_and_wharfkit_read_what_was_done() {
    let Some(told) = told() else {
        return;
    };
    let action = |place: usize, memo: &str| {
        json!({
            "place": place, "receiver": "eosio.saving", "name": "transfer", "memo": memo, "sent": place,
        })
    };
    let (first, second) = (action(0, "first"), action(1, "second"));
    let actions = [
        json!([first, second]),
        json!([first, second]),
        json!([second]),
    ];
    let sent = ["first", "second"].into_iter().zip(0..).map(|(memo, at)| {
        let receivers = ["eosio.token", "eosio", "eosio.saving"];
        json!({ "sent": at, "status": "executed", "memo": memo, "receivers": receivers })
    });
    let having = [
        "eosio",
        "eosio.bpay",
        "eosio.msig",
        "eosio.names",
        "eosio.ram",
        "eosio.ramfee",
        "eosio.rex",
        "eosio.saving",
        "eosio.stake",
        "eosio.token",
        "eosio.vpay",
        "eosio.wrap",
    ];
    let accounts = [
        json!({ "account_names": having }),
        json!({ "controlled_accounts": ["eosio.prods"] }),
    ];
    let (of_actions, others) = told.split_at(actions.len());
    for (answers, expected) in of_actions.iter().zip(&actions) {
        for answer in answers {
            assert_eq!(answer["actions"], *expected);
            let number = |name: &str| answer[name].as_u64().expect("a number");
            assert!(number("last_irreversible_block") < number("head_block_num"));
        }
    }
    let (others, missing) = others.split_at(others.len() - 1);
    let expected: Vec<_> = sent.chain(accounts).map(|it| [it.clone(), it]).collect();
    assert_eq!(others, expected);
    for (answer, text) in missing[0].iter().zip(["not found", "can not be found"]) {
        let message = answer["missing"].as_str().expect("an error");
        assert!(message.contains(text), "{message}");
    }
}
