//! Calls for development.

use crate::support::{Answer, ask, post, server, until};
use antelope_chain::api::Api;
use antelope_rpc::{Options, Server};
use serde_json::{Value, json};

fn developing() -> (Api, Server) {
    server(Options {
        development: true,
        ..Options::default()
    })
}

fn call(server: &Server, call: &str, request: Value) -> Answer {
    let path = format!("/v1/dev/{call}");
    ask(server.address(), &post(&path, &request.to_string())).unwrap()
}

/// The answer of a call that succeeds.
fn done(server: &Server, name: &str, request: Value) -> Value {
    let answer = call(server, name, request);
    assert_eq!(answer.status, 200, "{name}: {}", answer.body);
    answer.json()
}

/// The message of a call that is refused.
fn refused(server: &Server, name: &str, request: Value) -> String {
    let answer = call(server, name, request);
    assert_eq!(answer.status, 400, "{name}: {}", answer.body);
    let message = &answer.json()["error"]["details"][0]["message"];
    message.as_str().unwrap().to_owned()
}

fn time(answer: &Value, field: &str) -> antelope_types::TimePoint {
    answer[field].as_str().unwrap().parse().unwrap()
}

#[test]
fn calls_are_unknown_unless_they_are_on() {
    let (_api, server) = server(Options::default());
    for name in [
        "advance_time",
        "snapshot",
        "push_actions",
        "fork",
        "get_fork",
        "production",
        "nothing",
    ] {
        let answer = call(&server, name, json!({}));
        assert_eq!(answer.status, 404, "{name}");
    }
    let (_api, developing) = developing();
    assert_eq!(call(&developing, "nothing", json!({})).status, 404);
}

#[test]
fn time_moves_by_seconds_and_to_a_moment() {
    let (_api, server) = developing();
    let before = done(&server, "produce_blocks", json!({}));
    let after = done(&server, "advance_time", json!({ "seconds": 48 * 3600 }));
    let passed = time(&after, "now").micros() - time(&before, "now").micros();
    assert_eq!(passed, 48 * 3600 * 1_000_000);
    // The head is recent, so that wallets build on it.
    assert_eq!(
        time(&after, "now").micros() - time(&after, "head_block_time").micros(),
        500_000
    );
    let to = "2040-01-01T00:00:00.000";
    let after = done(&server, "advance_time", json!({ "to": to }));
    assert_eq!(after["now"], to);

    let past = refused(
        &server,
        "advance_time",
        json!({ "to": "2030-01-01T00:00:00" }),
    );
    assert!(past.contains("is past"), "{past}");
    let beyond = refused(
        &server,
        "advance_time",
        json!({ "to": "2070-01-01T00:00:00" }),
    );
    assert!(beyond.contains("last block time"), "{beyond}");
    let neither = refused(&server, "advance_time", json!({}));
    assert!(neither.contains("either `seconds` or `to`"), "{neither}");
    let typo = refused(&server, "advance_time", json!({ "second": 1 }));
    assert!(typo.contains("unknown field `second`"), "{typo}");
    let negative = refused(&server, "advance_time", json!({ "seconds": -1 }));
    assert!(negative.contains("whole number"), "{negative}");
}

#[test]
fn blocks_are_produced_by_number() {
    let (api, server) = developing();
    let before = api.fork().head().number();
    done(&server, "produce_blocks", json!({}));
    let after = done(&server, "produce_blocks", json!({ "count": 10 }));
    assert_eq!(after["head_block_num"], before + 11);
    refused(&server, "produce_blocks", json!({ "count": 10_001 }));
}

#[test]
fn blocks_are_produced_with_an_interval() {
    let (_api, server) = developing();
    let before = done(&server, "produce_blocks", json!({}));
    // Up to whole slots.
    let request = json!({ "count": 3, "interval_ms": 86_399_700 });
    let after = done(&server, "produce_blocks", request);
    let passed = time(&after, "now").micros() - time(&before, "now").micros();
    assert_eq!(passed, 3 * 86_400_000_000);
    let blocks = |answer: &Value| answer["head_block_num"].as_u64().unwrap();
    assert_eq!(blocks(&after), blocks(&before) + 3);
    for (request, text) in [
        (json!({ "interval_ms": 0 }), "expected 1 or more"),
        (
            json!({ "interval_ms": 2_592_000_001u64 }),
            "from 0 to 2592000000",
        ),
        (json!({ "interval": 1 }), "unknown field"),
        (
            json!({ "count": 10_000, "interval_ms": 2_592_000_000u64 }),
            "the last block time",
        ),
    ] {
        let error = refused(&server, "produce_blocks", request);
        assert!(error.contains(text), "{error}");
    }
    assert_eq!(
        done(&server, "produce_blocks", json!({ "count": 0 }))["now"],
        after["now"]
    );
}

/// A server whose owner makes no blocks has a clock of its own.
#[test]
fn the_mode_of_production_is_read_and_changed() {
    let (api, server) = developing();
    let mode = |request: Value| {
        let answer = done(&server, "production", request);
        (answer["mode"].clone(), answer["interval_ms"].clone())
    };
    assert_eq!(mode(json!({})), (json!("per-transaction"), Value::Null));
    let head = || api.fork().head().number();
    let act = json!({ "actions": [{
        "account": "eosio", "name": "setabi",
        "authorization": [{ "actor": "eosio", "permission": "active" }],
        // Of `eosio`, nothing.
        "data": "0000000000ea305500",
    }] });
    let push = || assert_eq!(call(&server, "push_actions", act.clone()).status, 202);
    let before = head();
    push();
    assert_eq!(head(), before + 1);
    assert_eq!(mode(json!({ "mode": "on-demand" })).0, "on-demand");
    push();
    assert_eq!(head(), before + 1);
    done(&server, "produce_blocks", json!({}));
    assert_eq!(head(), before + 2);

    let every = json!({ "mode": "every", "interval_ms": 1 });
    assert_eq!(mode(every), (json!("every"), json!(1)));
    until("blocks by the clock", || head() >= before + 6);
    // The interval of public chains, where none is given.
    assert_eq!(
        mode(json!({ "mode": "every" })),
        (json!("every"), json!(500))
    );
    assert_eq!(
        mode(json!({ "mode": "per-transaction" })).0,
        "per-transaction"
    );
    let still = head();
    push();
    assert_eq!(head(), still + 1);

    for (request, text) in [
        (
            json!({ "mode": "never" }),
            "expected every, per-transaction or on-demand",
        ),
        (
            json!({ "mode": "every", "interval_ms": 0 }),
            "expected 1 or more",
        ),
        (
            json!({ "mode": "on-demand", "interval_ms": 5 }),
            "has no meaning",
        ),
        (json!({ "interval_ms": 5 }), "goes with `mode`"),
        (json!({ "mode": 5 }), "expected text"),
    ] {
        let error = refused(&server, "production", request);
        assert!(error.contains(text), "{error}");
    }
    assert_eq!(mode(json!({})).0, "per-transaction");
}

#[test]
fn snapshots_are_reverted_to_again_and_again() {
    let (api, server) = developing();
    done(&server, "produce_blocks", json!({ "count": 3 }));
    let first = done(&server, "snapshot", json!({}));
    done(&server, "advance_time", json!({ "seconds": 3600 }));
    let second = done(&server, "snapshot", json!({}));
    assert_ne!(first["id"], second["id"]);
    for snapshot in [&first, &second, &first] {
        done(&server, "produce_blocks", json!({ "count": 5 }));
        let mut back = done(&server, "revert", json!({ "id": snapshot["id"] }));
        back["id"] = snapshot["id"].clone();
        assert_eq!(&back, snapshot);
        assert_eq!(
            api.fork().head().number(),
            snapshot["head_block_num"].as_u64().unwrap() as u32
        );
    }
    let list = done(&server, "get_snapshots", json!({}));
    assert_eq!(list, json!({ "snapshots": [first, second] }));
    done(&server, "drop_snapshot", json!({ "id": first["id"] }));
    for call in ["revert", "drop_snapshot"] {
        let unknown = refused(&server, call, json!({ "id": first["id"] }));
        assert!(unknown.contains("there is no snapshot"), "{unknown}");
    }
    for _ in 1..100 {
        done(&server, "snapshot", json!({}));
    }
    let many = refused(&server, "snapshot", json!({}));
    assert!(many.contains("100 snapshots"), "{many}");
}

#[test]
fn any_account_is_impersonated() {
    let (api, server) = developing();
    let key = antelope_types::Authority::from_key(api.fork().genesis().initial_key.clone());
    let action = |authorization: &str, name: &str| {
        json!({ "actions": [{
            "account": "eosio",
            "name": "newaccount",
            "authorization": [{ "actor": authorization, "permission": "active" }],
            "data": { "creator": authorization, "name": name, "owner": key, "active": key },
        }] })
    };
    let before = api.fork().head().number();
    let done = call(&server, "push_actions", action("eosio", "alice"));
    assert_eq!(done.status, 202, "{}", done.body);
    let processed = &done.json()["processed"];
    assert_eq!(processed["receipt"]["status"], "executed");
    assert_eq!(
        processed["action_traces"][0]["act"]["data"]["name"],
        "alice"
    );
    // The block came with it.
    assert_eq!(api.fork().head().number(), before + 1);
    let by_alice = call(&server, "push_actions", action("alice", "bob"));
    assert_eq!(by_alice.status, 202, "{}", by_alice.body);
    let again = call(&server, "push_actions", action("alice", "bob"));
    assert_eq!(again.status, 500);
    assert_eq!(
        again.json()["error"]["name"],
        "account_name_exists_exception"
    );
    assert_eq!(
        call(&server, "push_actions", json!({ "actions": [] })).status,
        400
    );
}

#[test]
fn a_node_that_cannot_be_reached_is_an_error_and_changes_nothing() {
    let (api, server) = developing();
    let before = api.fork().head().id;
    for (request, status, text) in [
        (json!({}), 400, "expected `url`"),
        (json!({ "url": "nonsense" }), 400, "nonsense"),
        (
            json!({ "url": "http://127.0.0.1:1", "accounts": ["alice"] }),
            500,
            "the other node",
        ),
        (
            json!({ "url": "http://127.0.0.1:1", "accounts": ["Alice"] }),
            400,
            "name of an account",
        ),
        (
            json!({ "url": "http://127.0.0.1:1", "tables": [{ "code": "a" }] }),
            400,
            "scope",
        ),
    ] {
        let answer = call(&server, "fork", request.clone());
        assert_eq!(answer.status, status, "{request}: {}", answer.body);
        assert!(answer.body.contains(text), "{request}: {}", answer.body);
    }
    assert_eq!(api.fork().head().id, before);
}

#[test]
fn a_chain_that_is_not_a_fork_says_so() {
    let (_api, server) = developing();
    let error = refused(&server, "get_fork", json!({}));
    assert!(error.contains("is not a fork"), "{error}");
    for (request, text) in [
        (json!({ "lazy": true }), "expected `url`"),
        (
            json!({ "lazy": 1, "url": "http://127.0.0.1:9" }),
            "expected true or false",
        ),
        (
            json!({ "lazy": true, "url": "here" }),
            "expected http:// or https://",
        ),
        (
            json!({ "lazy": true, "url": "http://127.0.0.1:9", "block": "first" }),
            "expected \"latest\" or a block number",
        ),
        (
            json!({ "lazy": true, "url": "http://127.0.0.1:9", "max_rows": 1_000_001 }),
            "from 0 to 1000000",
        ),
    ] {
        let error = refused(&server, "fork", request);
        assert!(error.contains(text), "{error}");
    }
    // Nobody listens on this port.
    let gone = json!({ "lazy": true, "url": "http://127.0.0.1:9" });
    let gone = call(&server, "fork", gone);
    assert_eq!(gone.status, 500, "{}", gone.body);
    assert!(gone.body.contains("the other node"), "{}", gone.body);
}
