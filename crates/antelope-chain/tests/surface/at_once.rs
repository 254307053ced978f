//! Calls that are answered on the calling thread: the same answers as by the long way.

use crate::{ALICE, BOB, TOKEN, chain, pay};
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, DEVELOPMENT_KEY};
use antelope_rpc_client::signing::Signer;
use antelope_types::{PackedTransaction, SignedTransaction, asset};
use serde_json::{Value, json};

fn api(chain: &Chain) -> Api {
    Api::new(chain.clone(), Production::OnDemand)
}

/// A signed transfer as a request.
fn transfer(chain: &mut Chain) -> String {
    let transaction = chain.transaction(pay(ALICE, BOB, asset!("1.0000 TOK")));
    let digest = transaction.signing_digest(&chain.chain_id(), &[]);
    let packed = PackedTransaction::pack(&SignedTransaction {
        signatures: vec![DEVELOPMENT_KEY.sign(&digest).unwrap()],
        transaction,
        ..SignedTransaction::default()
    });
    json!({ "transaction": packed }).to_string()
}

/// A body as JSON, without the times that an execution took.
fn told(body: &[u8]) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Object(fields) => {
                fields.remove("elapsed");
                fields.values_mut().for_each(strip);
            }
            _ => {}
        }
    }
    let mut value = serde_json::from_slice(body).unwrap();
    strip(&mut value);
    value
}

#[test]
fn short_calls_have_the_answers_of_the_long_way() {
    let api = api(&chain());
    let rows = |limit: u32| json!({ "code": TOKEN, "scope": ALICE, "table": "accounts", "json": true, "limit": limit });
    for (call, request, short) in [
        ("get_info", json!({}), true),
        ("get_info", json!({ "a": 1 }), true),
        ("get_account", json!({ "account_name": ALICE }), true),
        ("get_account", json!({ "account_name": "nobody" }), true),
        ("get_account", json!({}), false),
        ("get_table_rows", rows(50), true),
        ("get_table_rows", rows(51), false),
        (
            "get_currency_balance",
            json!({ "code": TOKEN, "account": ALICE }),
            true,
        ),
        ("get_code_hash", json!({ "account_name": TOKEN }), true),
        ("get_block", json!({ "block_num_or_id": 1 }), false),
        ("nothing", json!({}), false),
    ] {
        let (path, body) = (format!("/v1/chain/{call}"), request.to_string());
        let at_once = api.answer_at_once(&path, body.as_bytes());
        let at_once = at_once.map(|response| response.wait());
        assert_eq!(at_once.is_some(), short, "{call} {body}");
        if let Some(answer) = at_once {
            assert_eq!(answer, api.answer(&path, body.as_bytes()), "{call} {body}");
        }
    }
}

#[test]
fn nothing_is_answered_while_the_chain_is_in_use() {
    let api = api(&chain());
    let found = api.with(|chain| {
        let body = transfer(chain);
        [
            api.answer_at_once("/v1/chain/get_info", b""),
            api.answer_at_once("/v1/chain/get_account", br#"{"account_name":"eosio"}"#),
            api.answer_at_once("/v1/chain/send_transaction2", body.as_bytes()),
        ]
    });
    assert!(found.iter().all(Option::is_none));
}

#[test]
fn a_transaction_is_executed_by_both_ways_with_one_result() {
    let mut chain = chain();
    let body = transfer(&mut chain);
    let path = "/v1/chain/send_transaction2";
    let (short, long) = (api(&chain), api(&chain));
    // Once, and then as a duplicate.
    for status in [202, 409] {
        let answer = short.answer_at_once(path, body.as_bytes()).unwrap().wait();
        let expected = long.answer(path, body.as_bytes());
        assert_eq!((answer.status, expected.status), (status, status));
        assert_eq!(told(&answer.body), told(&expected.body));
    }
    let balance = |api: &Api| {
        let body = json!({ "code": TOKEN, "account": BOB }).to_string();
        told(
            &api.answer("/v1/chain/get_currency_balance", body.as_bytes())
                .body,
        )
    };
    assert_eq!(balance(&short), json!(["1.0000 TOK"]));
}
