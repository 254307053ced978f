//! The system around the contract: time, code, transactions, privileged calls, newer cryptography.

use antelope_rpc_client::{Signer, signing};
use antelope_types::{Action, Checksum256, Decode, Encode, Name, PermissionLevel, name};
use serde_json::json;
use shelf::{NewCrypto, Probe};
use veche_tests::{built, node, random_name};

use super::bench::Bench;

#[test]
fn where_and_when_it_runs() {
    let bench = Bench::new();
    let action = bench.calls().probe(bench.account).to_action();
    let trace = bench.push(action.clone()).expect("probe");
    let probe = Probe::from_bytes(trace.return_value()).expect("a probe");
    assert_eq!(probe.block, trace.block_num);
    assert!(probe.created <= probe.now);
    assert_eq!(probe.now.micros() % 500_000, 0, "time of a block");
    assert!(i64::from(probe.expiration.seconds()) > probe.now.micros() / 1_000_000);
    assert_eq!(probe.code_hash, Checksum256::sha256(&built("shelf").wasm));
    assert_eq!(probe.code_sequence, 1);
    assert_eq!(probe.first_action, Checksum256::sha256(&action.to_bytes()));
}

/// Makes an account privileged, by the contract on `eosio`.
fn privilege(account: Name) {
    let eosio = name!("eosio");
    let abi = node().client().abi(eosio).expect("the ABI of the bios");
    let arguments = json!({ "account": account, "is_priv": 1 });
    let data = abi
        .pack_action(name!("setpriv"), &arguments)
        .expect("arguments");
    let authorization = vec![PermissionLevel::active(eosio)];
    let action = Action {
        account: eosio,
        name: name!("setpriv"),
        authorization,
        data,
    };
    node()
        .client()
        .push(&[action], &[Bench::key()])
        .expect("setpriv");
}

#[test]
fn privileged_calls_work_for_privileged_contracts_alone() {
    let (bench, other) = (Bench::new(), random_name());
    node().create_contract_account(other).expect("an account");
    let govern = || bench.calls().govern(other).to_action();
    let refusal = bench
        .push(govern())
        .expect_err("not privileged yet")
        .to_string();
    assert!(
        refusal.contains("does not have permission to call this API"),
        "{refusal}"
    );
    privilege(bench.account);
    let trace = bench.push(govern()).expect("govern");
    assert_eq!(u32::from_bytes(trace.return_value()), Ok(1 + 1 + 8));
    let account = node().client().get_account(other).expect("an account");
    assert!(
        (1_000_000..1_010_000).contains(&account.ram_quota),
        "{account:?}"
    );
}

#[test]
fn newer_cryptography_agrees_with_known_answers() {
    let bench = Bench::new();
    let key = signing::generate_k1().expect("a key");
    let text = b"abc";
    let signature = key
        .sign(&Checksum256::sha256(text))
        .expect("a signature")
        .to_bytes();
    // Without the byte for the kind of key.
    let action = bench
        .calls()
        .newcrypto(text, signature[1..].to_vec())
        .to_action();
    let trace = bench.push(action).expect("newcrypto");
    let answer = NewCrypto::from_bytes(trace.return_value()).expect("an answer");
    // FIPS 202 and the Keccak team, for "abc".
    let sha3 = "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532";
    let keccak = "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45";
    assert_eq!(
        (
            answer.sha3.to_string().as_str(),
            answer.keccak.to_string().as_str()
        ),
        (sha3, keccak)
    );
    assert_eq!(answer.power, (0..200).fold(1, |power, _| power * 3 % 1000));
    assert_ne!(answer.key, answer.blake);
}
