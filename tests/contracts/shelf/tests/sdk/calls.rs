//! Dispatch, arguments, results, inline actions, notifications, singletons, the console.

use antelope_client::ClientError;
use antelope_types::{Action, Decode, Name, PermissionLevel, asset, name};
use serde_json::json;
use shelf::Counter;
use veche_tests::{node, random_name, reference};

use crate::bench::Bench;

fn code(error: &ClientError) -> Option<u64> {
    error.assertion_code()
}

impl Bench {
    fn raw(&self, action: Name, data: &[u8]) -> Action {
        Action {
            account: self.account,
            name: action,
            authorization: vec![PermissionLevel::active(self.account)],
            data: data.to_vec(),
        }
    }
}

#[test]
fn an_unknown_action_fails_with_cdts_code() {
    let bench = Bench::new();
    let error = bench
        .push(bench.raw(name!("nothere"), &[]))
        .expect_err("must fail");
    assert_eq!(code(&error), Some(8_000_000_000_000_000_000));
}

#[test]
fn arguments_that_cannot_be_read_are_named() {
    let bench = Bench::new();
    let failure = |data: &[u8]| bench.failure(bench.raw(name!("arguments"), data));
    assert_eq!(failure(&[]), "arguments.flag");
    assert_eq!(failure(&[2]), "arguments.flag");
    assert_eq!(failure(&[1, 4, b'a']), "arguments.text");
    assert_eq!(failure(&[1, 1, 0xff]), "arguments.text");
    assert_eq!(failure(&[1, 1, b'a', 2, 0]), "arguments.list");
    assert_eq!(
        failure(&[1, 1, b'a', 0xff, 0xff, 0xff, 0xff, 0x0f]),
        "arguments.list"
    );
}

#[test]
fn bytes_after_the_arguments_are_left_alone() {
    let bench = Bench::new();
    bench
        .push(bench.raw(name!("arguments"), &[1, 1, b'a', 0, 9, 9]))
        .expect("extra bytes");
    // Action data on the stack and in the heap.
    for len in [500, 512, 513, 100_000] {
        bench
            .push(bench.raw(name!("arguments"), &vec![0; len]))
            .expect("much data");
    }
}

#[test]
fn a_singleton_counts_and_forgets() {
    let bench = Bench::new();
    for times in 1..4u64 {
        // The same call three times over needs another transaction each time.
        let filler = bench.raw(name!("arguments"), &[0, 0, 0, times as u8]);
        let count = bench.calls().count(bench.account).to_action();
        let trace = node()
            .client()
            .push(&[count, filler], &[Bench::key()])
            .expect("count");
        assert_eq!(u64::from_bytes(trace.return_value()), Ok(times));
    }
    bench
        .push(bench.calls().forget().to_action())
        .expect("forget");
    let again = node().client().push(
        &[
            bench.calls().forget().to_action(),
            bench.raw(name!("arguments"), &[0, 0, 0]),
        ],
        &[Bench::key()],
    );
    assert_eq!(
        again.expect_err("gone").assertion(),
        Some("nothing to forget")
    );
}

#[test]
fn an_inline_action_arrives_with_its_sender() {
    let bench = Bench::new();
    bench
        .push(bench.calls().inline(name!("anybody")).to_action())
        .expect("inline");
    let query = antelope_client::TableQuery::new(bench.account, bench.account, name!("counter"));
    let row = node().client().all_rows(&query).expect("rows").remove(0);
    let expected = Counter {
        times: name!("anybody").raw(),
    };
    assert_eq!(row, json!({ "times": expected.times.to_string() }));
    let direct = bench.calls().sent(name!("anybody"), "text").to_action();
    assert_eq!(bench.failure(direct), "not sent by itself");
}

#[test]
fn notifications_are_told_apart_by_their_contract() {
    let (bench, fake) = (Bench::new(), random_name());
    let token = reference("eosio.token");
    node().create_contract_account(fake).expect("an account");
    token
        .deploy(node().client(), fake, Bench::key())
        .expect("deploy");
    // The real one may be there from another test.
    let real = name!("eosio.token");
    if node()
        .client()
        .find_account(real)
        .expect("account")
        .is_none()
    {
        node().create_contract_account(real).expect("an account");
    }
    let _ = token.deploy(node().client(), real, Bench::key());

    for contract in [fake, real] {
        let abi = node().client().abi(contract).expect("abi");
        let action = |name: Name, by: Name, arguments: serde_json::Value| Action {
            account: contract,
            name,
            authorization: vec![PermissionLevel::active(by)],
            data: abi.pack_action(name, &arguments).expect("arguments"),
        };
        let issuer = random_name();
        node().create_contract_account(issuer).expect("an account");
        // A symbol of its own for each run: seven letters of the random name.
        let letters: String = issuer
            .to_string()
            .to_uppercase()
            .chars()
            .filter(char::is_ascii_uppercase)
            .take(7)
            .collect();
        let quantity = format!("1.0000 {letters}");
        let to = bench.account;
        node()
            .client()
            .push(
                &[
                    action(
                        name!("create"),
                        contract,
                        json!({ "issuer": issuer, "maximum_supply": quantity }),
                    ),
                    action(
                        name!("issue"),
                        issuer,
                        json!({ "to": issuer, "quantity": quantity, "memo": "" }),
                    ),
                    action(
                        name!("transfer"),
                        issuer,
                        json!({ "from": issuer, "to": to, "quantity": quantity, "memo": "hi" }),
                    ),
                ],
                &[Bench::key()],
            )
            .expect("transfer");
    }
    let query = antelope_client::TableQuery::new(bench.account, bench.account, name!("notes"));
    let notes = node().client().all_rows(&query).expect("rows");
    let heard: Vec<_> = notes
        .iter()
        .map(|note| {
            (
                note["handler"].as_str().unwrap_or_default(),
                note["code"].as_str().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        heard,
        [
            ("noticed", fake.to_string().as_str()),
            ("paid", "eosio.token")
        ]
    );
    let _ = asset!("1.0000 EOS");
}

#[test]
fn everything_prints_as_the_host_prints_it() {
    let bench = Bench::new();
    let trace = bench.push(bench.calls().show().to_action()).expect("show");
    assert_eq!(
        trace.actions[0].console,
        "text eosio-12340282366920938463463374607431768211455true1.500000000000000e+00abcd"
    );
}
