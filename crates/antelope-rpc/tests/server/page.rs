//! The requests in `docs/node-development.md`, sent to a server, and the answers beside them.

use crate::support::{Answer, ask, post, server, server_of};
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, DEVELOPMENT_KEY, Genesis, wasm};
use antelope_node::{NodeError, Operator, package_contract};
use antelope_rpc::{Options, Server};
use antelope_rpc_client::Client;
use antelope_types::{Name, PermissionLevel, name};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;

const PAGE: &str = include_str!("../../../../docs/node-development.md");

/// Where the page has another node.
const ELSEWHERE: &str = "https://node.example";

/// A request of the page, with the answer where one follows it.
struct Example {
    call: String,
    body: String,
    answer: Option<Value>,
}

/// All requests, in order.
fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    for block in PAGE.split("```").skip(1).step_by(2) {
        for text in block.split("curl ").skip(1) {
            let path = text
                .split("/v1/dev/")
                .nth(1)
                .unwrap_or_else(|| panic!("{text}"));
            let call: String = path.chars().take_while(|it| !it.is_whitespace()).collect();
            let (body, rest) = match path.split_once(" -d '") {
                Some((_, quoted)) => quoted.split_once('\'').unwrap(),
                None => ("", &path[call.len()..]),
            };
            // Long texts are cut short on the page.
            let answer = rest.trim();
            let answer = answer.starts_with('{').then(|| {
                serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"))
            });
            examples.push(Example {
                call,
                body: body.to_owned(),
                answer,
            });
        }
    }
    examples
}

fn fields(answer: &Value) -> BTreeSet<&str> {
    let fields = answer.as_object().into_iter().flatten();
    fields.map(|(field, _)| field.as_str()).collect()
}

fn send(server: &Server, example: &Example, other: &Server) -> Answer {
    let body = example.body.replace(ELSEWHERE, &other.url());
    let path = format!("/v1/dev/{}", example.call);
    ask(server.address(), &post(&path, &body)).unwrap()
}

fn options() -> Options {
    Options {
        development: true,
        ..Options::default()
    }
}

/// Whether an example names accounts, which chains have in [`examples_with_accounts`] only.
fn names_accounts(example: &Example) -> bool {
    example.call == "push_actions" || example.body.contains("\"accounts\"")
}

#[test]
fn every_request_of_the_page_is_answered_as_the_page_says() {
    let (_other, other) = server(options());
    let (_api, server) = server(options());
    let examples = examples();
    for example in examples.iter().filter(|example| !names_accounts(example)) {
        let answer = send(&server, example, &other);
        let of = format!("{} {}: {}", example.call, example.body, answer.body);
        assert_eq!(answer.status, 200, "{of}");
        if let Some(told) = &example.answer {
            let answer = answer.json();
            // The mode that the node of the page has begun with has an interval.
            let mut expected = fields(told);
            if answer["mode"] == "per-transaction" {
                expected.remove("interval_ms");
            }
            assert_eq!(expected, fields(&answer), "{of}");
        }
    }
    // Every call is on the page.
    let apis = ask(server.address(), &post("/v1/node/get_supported_apis", "")).unwrap();
    let apis = apis.json();
    let apis = apis["apis"].as_array().unwrap().iter();
    let calls: BTreeSet<_> = apis
        .filter_map(|api| api.as_str().unwrap().strip_prefix("/v1/dev/"))
        .collect();
    let seen: BTreeSet<_> = examples.iter().map(|example| &*example.call).collect();
    assert_eq!(seen, calls);
}

/// A server that runs contracts, with its client and who may sign on it.
fn with_contracts() -> (Server, Client, Operator) {
    let chain = Chain::start(Genesis::default(), wasm::Engine::shared().unwrap()).unwrap();
    let server = server_of(Api::new(chain, Production::PerTransaction), options());
    let client = Client::new(&server.url()).unwrap();
    let operator = Operator::new(client.clone(), DEVELOPMENT_KEY);
    (server, client, operator)
}

/// The requests that name accounts, between two chains that have them: what is forked is written as the
/// page says, and the transfer is made.
#[test]
fn requests_that_name_accounts_do_what_the_page_says() {
    const TOKEN: Name = name!("eosio.token");
    let (code, abi) = match package_contract("eosio.token") {
        Ok(files) => files,
        Err(missing @ NodeError::ContractMissing { .. }) => {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: requests of the page: {missing}"
            );
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let (other, there, operator) = with_contracts();
    let key = operator.public_key();
    operator.create_account(name!("alice"), &key).unwrap();
    operator.deploy(TOKEN, &code, &abi).unwrap();
    for (action, by, data) in [
        (
            name!("create"),
            TOKEN,
            json!({ "issuer": "alice", "maximum_supply": "100.0000 SYS" }),
        ),
        (
            name!("issue"),
            name!("alice"),
            json!({ "to": "alice", "quantity": "50.0000 SYS", "memo": "" }),
        ),
    ] {
        let action = there.action(TOKEN, action, PermissionLevel::active(by), &data);
        there.push(&[action.unwrap()], &[operator.key()]).unwrap();
    }

    let (server, here, operator) = with_contracts();
    operator.create_account(name!("bob"), &key).unwrap();
    let examples = examples().into_iter().filter(names_accounts);
    let (forks, pushes): (Vec<_>, Vec<_>) = examples.partition(|example| example.call == "fork");
    assert_eq!((forks.len(), pushes.len()), (1, 1));
    let answer = send(&server, &forks[0], &other);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(Some(answer.json()), forks[0].answer);
    let answer = send(&server, &pushes[0], &other);
    assert_eq!(answer.status, 202, "{}", answer.body);
    let answer = answer.json();
    assert_eq!(
        fields(&answer),
        BTreeSet::from(["processed", "transaction_id"])
    );
    assert_eq!(answer["processed"]["id"], answer["transaction_id"]);
    for (account, balance) in [("alice", "49.0000 SYS"), ("bob", "1.0000 SYS")] {
        let request = json!({ "code": TOKEN, "account": account, "symbol": "SYS" });
        let found: Value = here
            .call("/v1/chain/get_currency_balance", &request)
            .unwrap();
        assert_eq!(found, json!([balance]), "{account}");
    }
}
