//! The calls of the history plugin, on a chain in memory and on one in a folder.

use super::*;
use crate::api::Production;
use crate::{Chain, DEVELOPMENT_KEY, OpenOptions};
use antelope_ledger::NoContracts;
use antelope_rpc_client::signing;
use antelope_types::name;
use std::sync::Arc;

#[test]
fn both_ends_of_a_range_are_included() {
    let range = |pos, offset, count| range(pos, offset, count).ok();
    assert_eq!(range(-1, -20, 100), Some((80, 100)));
    assert_eq!(range(-1, -1, 100), Some((99, 100)));
    assert_eq!(range(0, 9, 100), Some((0, 9)));
    assert_eq!(range(50, -10, 100), Some((40, 50)));
    assert_eq!(range(5, 0, 100), Some((5, 5)));
    assert_eq!(range(-1, -20, 0), Some((-21, -1)));
    assert_eq!(
        range(i32::MAX, i32::MAX, 1).unwrap().1,
        2 * i64::from(i32::MAX)
    );
}

#[test]
fn numbers_may_have_signs() {
    let read = |value: Value| {
        let body = json!({ "pos": value }).to_string();
        signed(&Request::read(body.as_bytes()).unwrap(), "pos").ok()
    };
    assert_eq!(read(json!(-1)), Some(Some(-1)));
    assert_eq!(read(json!("-20")), Some(Some(-20)));
    assert_eq!(read(json!("7")), Some(Some(7)));
    assert_eq!(read(json!(null)), Some(None));
    assert_eq!(read(json!([])), None);
}

/// What the API answers.
fn call(api: &Api, name: &str, request: Value) -> (u16, Value) {
    let path = format!("/v1/history/{name}");
    let answer = api.answer(&path, request.to_string().as_bytes());
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

/// Creates accounts in blocks of three.
fn live(chain: &mut Chain) -> Vec<Checksum256> {
    let accounts = (1..20u64).map(|number| Name::from_raw(number << 58 | 1 << 50));
    let ids = accounts.enumerate().map(|(number, account)| {
        if number % 3 == 2 {
            chain.produce_block().unwrap();
        }
        chain.create_account(account).unwrap().id
    });
    let ids = ids.collect();
    chain.produce_block().unwrap();
    ids
}

#[test]
fn actions_of_an_account_are_paged_alike_from_memory_and_from_the_logs() {
    let mut memory = Chain::start(Default::default(), Arc::new(NoContracts)).unwrap();
    memory.record_history();
    live(&mut memory);
    let folder = tempfile::tempdir().unwrap();
    let options = OpenOptions::new().history(true);
    let mut stored = options.open(folder.path(), Arc::new(NoContracts)).unwrap();
    live(&mut stored);
    stored.checkpoint().unwrap();
    let [memory, stored] = [memory, stored].map(|it| Api::new(it, Production::OnDemand));
    let of = |request: Value| {
        let (status, told) = call(&memory, "get_actions", request.clone());
        assert_eq!(
            call(&stored, "get_actions", request),
            (status, told.clone())
        );
        (status, told)
    };
    let request =
        |pos: i32, offset: i32| json!({ "account_name": "eosio", "pos": pos, "offset": offset });
    let (_, all) = of(request(0, 500));
    let all = all["actions"].as_array().unwrap().clone();
    // `onblock` of every block and the creation of every account.
    assert_eq!(all.len(), 7 + 19);
    let acts = all.iter().map(|it| &it["action_trace"]["act"]["name"]);
    assert_eq!(acts.filter(|name| **name == "newaccount").count(), 19);
    for (place, action) in all.iter().enumerate() {
        assert_eq!(action["account_action_seq"], json!(place));
        let number = &action["action_trace"]["receipt"]["global_sequence"];
        assert_eq!(action["global_action_seq"], *number);
    }
    for (pos, offset, expected) in [
        (0, 9, 0..10),
        (5, 0, 5..6),
        (10, -3, 7..11),
        (-1, -1, 25..26),
        (-1, -20, 6..26),
        (100, 5, 26..26),
    ] {
        let (_, told) = of(request(pos, offset));
        assert_eq!(told["actions"], json!(all[expected]), "{pos} {offset}");
    }
    let (_, told) = of(json!({ "account_name": "eosio" }));
    assert_eq!(told["actions"], json!(all[6..]));
    assert_eq!(told["last_irreversible_block"], 7);
    assert_eq!(told["head_block_num"], 8);
    let (_, told) = of(json!({ "account_name": "nobody" }));
    assert_eq!(told["actions"], json!([]));
}

#[test]
fn a_transaction_is_found_by_its_id_and_by_the_beginning_of_it_in_a_block() {
    let mut chain = Chain::start(Default::default(), Arc::new(NoContracts)).unwrap();
    chain.record_history();
    let ids = live(&mut chain);
    let number = chain.history().unwrap().find(ids[4]).unwrap().unwrap();
    let api = Api::new(chain, Production::OnDemand);
    let (status, whole) = call(&api, "get_transaction", json!({ "id": ids[4] }));
    assert_eq!((status, &whole["block_num"]), (200, &json!(number)));
    assert_eq!(whole["id"], json!(ids[4]));
    assert_eq!(whole["traces"][0]["act"]["name"], "newaccount");
    assert_eq!(whole["trx"]["trx"]["actions"][0]["name"], "newaccount");
    assert_eq!(whole["trx"]["receipt"]["status"], "executed");
    let short = &ids[4].to_string()[..8];
    let hinted = json!({ "id": short, "block_num_hint": number });
    assert_eq!(call(&api, "get_transaction", hinted), (200, whole));
    for (request, code) in [
        (json!({ "id": short }), 3_040_011),
        (json!({ "id": Checksum256::ZERO }), 3_040_011),
        (json!({ "id": "abc" }), 3_010_009),
        (json!({ "id": "not a number" }), 3_010_009),
    ] {
        let (status, told) = call(&api, "get_transaction", request);
        assert_eq!((status, &told["error"]["code"]), (500, &json!(code)));
    }
}

#[test]
fn accounts_are_listed_by_a_key_and_by_an_account() {
    let mut chain = Chain::start(Default::default(), Arc::new(NoContracts)).unwrap();
    chain.create_account(name!("bob")).unwrap();
    chain.create_account(name!("alice")).unwrap();
    let api = Api::new(chain, Production::OnDemand);
    let key = signing::public_key(&DEVELOPMENT_KEY).unwrap();
    let (_, told) = call(&api, "get_key_accounts", json!({ "public_key": key }));
    assert_eq!(told["account_names"], json!(["alice", "bob", "eosio"]));
    let request = json!({ "controlling_account": "eosio" });
    let (status, told) = call(&api, "get_controlled_accounts", request);
    assert_eq!(status, 200);
    assert!(told["controlled_accounts"].is_array(), "{told}");
    // The chain does not record.
    let (status, _) = call(&api, "get_actions", json!({ "account_name": "eosio" }));
    assert_eq!(status, 404);
}
