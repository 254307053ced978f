//! The node's own command line reads what the client wrote, and the other way round.

use super::token::Token;
use antelope_node::find_program;
use antelope_types::{PrivateKey, Signature, Transaction};
use serde_json::{Value, json};
use std::process::Command;
use veche_tests::{Person, nodeos};

/// Runs cleos against the shared node.
fn cleos(arguments: &[&str]) -> String {
    let program = find_program("cleos").unwrap_or_else(|e| panic!("{e}"));
    let output = Command::new(program)
        .args(["--no-auto-keosd", "--url", nodeos().url()])
        .args(arguments)
        .output()
        .expect("cleos runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cleos {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("cleos writes text")
}

#[test]
fn cleos_reads_balances_and_accounts() {
    let token = Token::on(nodeos());
    for person in [Person::new(), Person::with_r1(), Person::with_webauthn()] {
        let person = token.rich(person);
        token
            .transfer(&person, token.contract.name, "0.5000 TOK")
            .unwrap();
        let contract = token.contract.name.to_string();
        let name = person.name.to_string();
        let balance = cleos(&["get", "currency", "balance", &contract, &name]);
        assert_eq!(balance.trim(), "99.5000 TOK");
        let account: Value =
            serde_json::from_str(&cleos(&["get", "account", "-j", &name])).unwrap();
        let key = &account["permissions"][0]["required_auth"]["keys"][0]["key"];
        assert_eq!(key, &json!(person.public_key()));
    }
}

#[test]
fn cleos_reads_the_abi_that_was_deployed() {
    let token = Token::on(nodeos());
    let abi = cleos(&["get", "abi", &token.contract.name.to_string()]);
    let abi = antelope_abi::Abi::from_json(&abi).unwrap();
    assert_eq!(
        abi.definition().actions,
        token
            .client
            .abi(token.contract.name)
            .unwrap()
            .definition()
            .actions
    );
}

#[test]
fn both_pack_an_action_alike() {
    let token = Token::on(nodeos());
    let arguments = json!({
        "from": "alice", "to": "bob.x", "quantity": "-12.3456 TOK", "memo": "привет, \"вече\" \u{1F33E}",
    });
    let contract = token.contract.name.to_string();
    let by_cleos = cleos(&[
        "convert",
        "pack_action_data",
        &contract,
        "transfer",
        &arguments.to_string(),
    ]);
    let abi = token.client.abi(token.contract.name).unwrap();
    let packed = abi
        .pack_action("transfer".parse().unwrap(), &arguments)
        .unwrap();
    let hex: String = packed.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(by_cleos.trim(), hex);
}

/// A transaction signed by the node's own library and by ours recovers the same key.
#[test]
fn both_sign_for_the_same_key() {
    let token = Token::on(nodeos());
    let chain_id = token.client.chain_id().unwrap();
    let action = token.transfer_action(&token.contract, token.contract.name, "1.0000 TOK");
    let built = token.client.build(&[action], &Default::default()).unwrap();
    let text = serde_json::to_string(&built).unwrap();
    for curve in ["--k1", "--r1"] {
        let made = cleos(if curve == "--r1" {
            &["create", "key", "--r1", "--to-console"]
        } else {
            &["create", "key", "--to-console"]
        });
        let secret = made.lines().next().unwrap().rsplit(' ').next().unwrap();
        let signed = cleos(&["sign", &text, "-c", &chain_id.to_string(), "-k", secret]);
        let signed: Value = serde_json::from_str(&signed).unwrap();
        let theirs: Signature = serde_json::from_value(signed["signatures"][0].clone()).unwrap();
        let unsigned: Transaction = serde_json::from_value(signed).unwrap();
        assert_eq!(unsigned, built);
        let key: PrivateKey = secret.parse().unwrap();
        let digest = built.signing_digest(&chain_id, &[]);
        let public = antelope_rpc_client::signing::public_key(&key).unwrap();
        assert_eq!(
            antelope_rpc_client::signing::recover(&digest, &theirs).unwrap(),
            public
        );
        let ours = antelope_rpc_client::signing::sign_digest(&key, &digest).unwrap();
        assert_eq!(
            antelope_rpc_client::signing::recover(&digest, &ours).unwrap(),
            public
        );
    }
}
