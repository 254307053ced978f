//! Dispatch, arguments, results, inline actions, notifications, singletons, the console.

use antelope_rpc_client::{ClientError, TableQuery};
use antelope_types::{Action, Asset, Decode, Name, PermissionLevel, asset, name};
use serde_json::json;
use shelf::Counter;
use veche_tests::{node, random_name, reference};

use super::bench::Bench;

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
    let query = TableQuery::new(bench.account, bench.account, name!("counter"));
    let row = node().client().all_rows(&query).expect("rows").remove(0);
    let expected = Counter {
        times: name!("anybody").raw(),
    };
    assert_eq!(row, json!({ "times": expected.times.to_string() }));
    let direct = bench.calls().sent(name!("anybody"), "text").to_action();
    assert_eq!(bench.failure(direct), "not sent by itself");
}

/// The reference token on this account, with one token issued to a new account.
fn token_on(contract: Name) -> (Name, Asset) {
    let abi = &reference("eosio.token").abi;
    let action = |name: Name, by: Name, arguments: serde_json::Value| Action {
        account: contract,
        name,
        authorization: vec![PermissionLevel::active(by)],
        data: abi.pack_action(name, &arguments).expect("arguments"),
    };
    let issuer = random_name();
    node().create_contract_account(issuer).expect("an account");
    // A symbol that no other test has: letters of the random name.
    let text = issuer.to_string().to_uppercase();
    let letters: String = text
        .chars()
        .filter(char::is_ascii_uppercase)
        .take(7)
        .collect();
    let quantity = format!("1.0000 {letters}");
    let create = json!({ "issuer": issuer, "maximum_supply": quantity });
    let issue = json!({ "to": issuer, "quantity": quantity, "memo": "" });
    let actions = [
        action(name!("create"), contract, create),
        action(name!("issue"), issuer, issue),
    ];
    node()
        .client()
        .push(&actions, &[Bench::key()])
        .expect("a token");
    (issuer, quantity.parse().expect("an asset"))
}

fn transfer(contract: Name, from: Name, to: Name, quantity: Asset) {
    let action = shelf::token::Client::at(contract)
        .signed_by(PermissionLevel::active(from))
        .transfer(from, to, quantity, "hi")
        .to_action();
    node()
        .client()
        .push(&[action], &[Bench::key()])
        .expect("transfer");
}

fn deploy_token(contract: Name) {
    if node()
        .client()
        .find_account(contract)
        .expect("account")
        .is_none()
    {
        node()
            .create_contract_account(contract)
            .expect("an account");
    }
    // The code may be there already, from another test.
    let _ = reference("eosio.token").deploy(node().client(), contract, Bench::key());
}

#[test]
fn notifications_are_told_apart_by_their_contract() {
    let (bench, fake, real) = (Bench::new(), random_name(), name!("eosio.token"));
    for contract in [fake, real] {
        deploy_token(contract);
        let (issuer, quantity) = token_on(contract);
        transfer(contract, issuer, bench.account, quantity);
    }
    let query = TableQuery::new(bench.account, bench.account, name!("notes"));
    let notes = node().client().all_rows(&query).expect("rows");
    let text =
        |note: &serde_json::Value, field: &str| note[field].as_str().unwrap_or_default().to_owned();
    let heard: Vec<_> = notes
        .iter()
        .map(|note| (text(note, "handler"), text(note, "code")))
        .collect();
    let expected = [("noticed", fake), ("paid", real)];
    assert_eq!(
        heard,
        expected.map(|(handler, code)| (handler.to_owned(), code.to_string()))
    );
}

#[test]
fn a_foreign_contract_is_read_and_called_by_its_abi_file() {
    let (bench, contract) = (Bench::new(), random_name());
    deploy_token(contract);
    let (issuer, quantity) = token_on(contract);
    let pay = || bench.calls().pay(contract, issuer, quantity).to_action();
    assert_eq!(bench.failure(pay()), "no balance");
    transfer(contract, issuer, bench.account, quantity);
    let trace = bench.push(pay()).expect("pay");
    assert!(
        trace
            .action_traces
            .iter()
            .any(|action| action.act.name == name!("transfer"))
    );
    let query = TableQuery::new(contract, issuer, name!("accounts"));
    let rows = node().client().all_rows(&query).expect("rows");
    assert_eq!(rows[0]["balance"], quantity.to_string());
}

#[test]
fn failures_by_number_are_in_the_abi() {
    let bench = Bench::new();
    let code = |paid| {
        code(
            &bench
                .push(bench.calls().refuse(paid).to_action())
                .expect_err("fails"),
        )
    };
    assert_eq!((code(true), code(false)), (Some(2), Some(1)));
    let abi = shelf::shelf::abi().expect("an ABI");
    let texts: Vec<_> = abi
        .error_messages
        .iter()
        .map(|it| (it.error_code, it.error_msg.as_str()))
        .collect();
    assert_eq!(
        texts,
        [(1, "no such order"), (2, "the order is paid already")]
    );
}

#[test]
fn operators_of_assets_fail_with_cdts_texts() {
    let bench = Bench::new();
    let add = |left, right| bench.calls().add(left, right).to_action();
    let trace = bench
        .push(add(asset!("1.00 EUR"), asset!("2.50 EUR")))
        .expect("a sum");
    assert_eq!(
        Asset::from_bytes(trace.return_value()),
        Ok(asset!("3.50 EUR"))
    );
    assert_eq!(
        bench.failure(add(asset!("1.00 EUR"), asset!("1.00 USD"))),
        "attempt to add asset with different symbol"
    );
}

#[test]
fn the_abi_of_the_build_is_that_of_the_host() {
    let built = veche_tests::built("shelf").abi.definition();
    assert_eq!(Ok(built), shelf::shelf::abi().as_ref());
}

#[test]
fn ricardian_texts_come_from_files() {
    let bench = Bench::new();
    let abi = node()
        .client()
        .abi(bench.account)
        .expect("the ABI on the chain");
    let abi = abi.definition();
    let text = |name| {
        let action = abi.actions.iter().find(|action| action.name == name);
        action.map(|action| action.ricardian_contract.as_str())
    };
    assert_eq!(
        text(name!("run")),
        Some(include_str!("../contracts/shelf/ricardian/run.md"))
    );
    assert_eq!(text(name!("count")), Some("The contract counts.\n"));
    assert_eq!(text(name!("show")), Some(""));
    let clauses: Vec<_> = abi
        .ricardian_clauses
        .iter()
        .map(|it| (it.id.as_str(), it.body.as_str()))
        .collect();
    assert_eq!(clauses, [("terms", "Nobody owes anything.\n")]);
}

#[test]
fn everything_prints_as_the_host_prints_it() {
    let bench = Bench::new();
    let trace = bench.push(bench.calls().show().to_action()).expect("show");
    assert_eq!(
        trace.action_traces[0].console,
        "text eosio-12340282366920938463463374607431768211455true1.500000000000000e+00abcd"
    );
}
