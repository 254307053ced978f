//! What both programs read is the same.

use crate::support::{Place, name};
use serde_json::{Value, json};

/// Commands whose JSON must be the same, with what cleos needs to print JSON.
const SAME: &[(&str, &str)] = &[
    ("get consensus_parameters", ""),
    ("get block 2", ""),
    ("get block --info 2", ""),
    ("get block --raw 2", ""),
    ("get block --header 2", ""),
    ("get block --header-with-extensions 2", ""),
    ("get account bob", " -j"),
    ("get account bob 4,SYS", " -j"),
    ("get abi eosio.token", ""),
    ("get table eosio.token alice accounts", ""),
    ("get table eosio.token SYS stat --show-payer", ""),
    ("get table eosio.token alice accounts --binary", ""),
    ("get table eosio eosio voters -l 1", ""),
    ("get table eosio eosio voters -l 1 -r", ""),
    ("get table eosio eosio voters -L bob -U bob", ""),
    ("get table eosio eosio rammarket", ""),
    ("get scope eosio.token", ""),
    ("get scope eosio.token -l 1", ""),
    ("get currency stats eosio.token SYS", ""),
    ("get schedule", " -j"),
    ("system listproducers", " -j"),
    ("system listbw eosio", " -j"),
    ("system bidnameinfo short", " -j"),
    (
        "convert pack_transaction '{\"expiration\":\"2030-01-01T00:00:00\",\"ref_block_num\":1,\"ref_block_prefix\":2,\"max_net_usage_words\":0,\"max_cpu_usage_ms\":0,\"delay_sec\":0,\"context_free_actions\":[],\"actions\":[{\"account\":\"a\",\"name\":\"b\",\"authorization\":[],\"data\":\"00ff\"}],\"transaction_extensions\":[],\"signatures\":[],\"context_free_data\":[]}'",
        "",
    ),
    (
        "convert unpack_action_data eosio.token transfer 0000000000855c340000000000000e3d102700000000000004535953000000000568656c6c6f",
        "",
    ),
    (
        "get transaction_id '{\"expiration\":\"2030-01-01T00:00:00\",\"ref_block_num\":1,\"ref_block_prefix\":2,\"actions\":[{\"account\":\"eosio.token\",\"name\":\"transfer\",\"authorization\":[],\"data\":\"00\"}]}'",
        "",
    ),
];

/// What is read from a node while blocks are made has these fields of the moment.
const MOMENT: &[&str] = &[
    "head_block_num",
    "head_block_time",
    "available",
    "max",
    // `used` as it has decayed until the head block.
    "current_used",
];

fn without_moment(mut value: Value) -> Value {
    let Some(object) = value.as_object_mut() else {
        return value;
    };
    object.retain(|field, _| !MOMENT.contains(&&**field));
    for limit in ["net_limit", "cpu_limit"] {
        if let Some(limit) = object.get_mut(limit) {
            *limit = without_moment(limit.take());
        }
    }
    value
}

#[test]
fn what_both_read_is_the_same() {
    let place = Place::with_system();
    place.veche("system bidname bob short '1.0000 SYS'").well();
    place.settle();
    for (line, more) in SAME {
        // This cleos falls over at the end of some commands, once all is printed.
        let theirs = place.cleos(&format!("{line}{more}"));
        assert!(theirs.code <= 0, "{line}: {theirs:?}");
        let ours = place.veche(&format!("{line} --json")).well().json();
        assert_eq!(ours["success"], json!(true), "{line}");
        let theirs = match serde_json::from_str(&theirs.out) {
            Ok(value) => without_moment(value),
            // One word without quotes.
            Err(_) => json!(theirs.out.trim()),
        };
        assert_eq!(without_moment(ours["data"].clone()), theirs, "{line}");
    }
    let info = place.veche("get info").well().json();
    let theirs = place.cleos("get info").well().json();
    // The other fields follow the newest block, which changes between the two.
    for field in ["chain_id", "server_version"] {
        assert_eq!(info[field], theirs[field]);
    }
    let fields = |info: &Value| {
        info.as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(fields(&info), fields(&theirs));
    plain_words_are_the_same(&place);
    rows_come_page_by_page(&place);
    what_only_some_nodes_know(&place);
    people_read_accounts(&place);
    what_is_packed_is_unpacked(&place);
    states_of_transactions_are_told(&place);
    peers_are_asked_as_cleos_asks_them(&place);
}

/// Plain, and compressed by cleos.
fn what_is_packed_is_unpacked(place: &Place) {
    let line = "transfer alice bob '1.0000 SYS' packed -s -d --return-packed";
    for packed in [
        place.veche(line).well().json(),
        place
            .cleos(&format!("{line} --compression zlib"))
            .well()
            .json(),
    ] {
        let line = format!("convert unpack_transaction '{packed}'");
        let ours = place.veche(&line).well().json();
        let theirs = place.cleos(&line).well().json();
        assert_eq!(ours["actions"], theirs["actions"], "{packed}");
        assert_eq!(ours["expiration"], theirs["expiration"], "{packed}");
    }
}

/// This node keeps no states; both programs say so.
fn states_of_transactions_are_told(place: &Place) {
    let line = format!("get transaction-status {}", "1f".repeat(32));
    assert_ne!(place.cleos(&line).code, 0);
    let said = place.veche(&line);
    assert!(said.code == 5 || said.code == 6, "{said:?}");
    let node = antelope_node::Node::start(antelope_node::NodeOptions {
        arguments: vec!["--transaction-finality-status-max-storage-size-gb=1".into()],
        ..Default::default()
    });
    let node = node.unwrap_or_else(|e| panic!("{e}"));
    let words = crate::support::words(&line);
    let theirs = crate::support::cleos(node.url(), &words).well().json();
    let ours = crate::support::veche_with(place.folder.path(), ["-u", node.url()], &words);
    assert_eq!(ours.well().json()["state"], theirs["state"]);
}

fn peers_are_asked_as_cleos_asks_them(place: &Place) {
    let node = antelope_node::Node::start(antelope_node::NodeOptions {
        arguments: vec!["--plugin=eosio::net_api_plugin".into()],
        ..Default::default()
    });
    let node = node.unwrap_or_else(|e| panic!("{e}"));
    for line in [
        "net peers",
        "net connect 127.0.0.1:1",
        "net status 127.0.0.1:1",
        "net disconnect 127.0.0.1:1",
        "net peers",
    ] {
        let words = crate::support::words(line);
        let ours = crate::support::veche_with(place.folder.path(), ["-u", node.url()], &words);
        let ours = ours.well();
        let theirs = crate::support::cleos(node.url(), &words).well();
        if line == "net peers" {
            assert_eq!(ours.json(), theirs.json());
        }
    }
}

fn plain_words_are_the_same(place: &Place) {
    for line in [
        "get code eosio.token",
        "get currency balance eosio.token alice",
        "get currency balance eosio.token alice SYS",
        "convert pack_action_data eosio.token transfer '{\"from\":\"alice\",\"to\":\"bob\",\"quantity\":\"1.0000 SYS\",\"memo\":\"\"}'",
    ] {
        let theirs = place.cleos(line).well().out;
        assert_eq!(place.veche(line).well().out.trim(), theirs.trim(), "{line}");
    }
    let theirs = place.cleos("get supported_protocol_features").well().out;
    let ours = place.veche("get supported_protocol_features").well().out;
    for feature in theirs.split_whitespace() {
        assert!(
            ours.lines().any(|line| line == feature),
            "{feature}: {ours}"
        );
    }
    let files = ["ours", "theirs"].map(|who| format!("{{folder}}/{who}"));
    place
        .veche(&format!(
            "get code eosio.token -c {0}.wasm -a {0}.abi",
            files[0]
        ))
        .well();
    place
        .cleos(&format!(
            "get code eosio.token -c {0}.wasm -a {0}.abi",
            files[1]
        ))
        .well();
    let read = |file: &str| std::fs::read(place.path(file)).unwrap();
    assert_eq!(read("ours.wasm"), read("theirs.wasm"));
    let abi = |file: &str| -> Value { serde_json::from_slice(&read(file)).unwrap() };
    assert_eq!(abi("ours.abi")["actions"], abi("theirs.abi")["actions"]);
    assert_eq!(abi("ours.abi")["structs"], abi("theirs.abi")["structs"]);
}

/// `--all` reads everything, however small the pages are.
fn rows_come_page_by_page(place: &Place) {
    let count = |line: &str| {
        let read = place.veche(line).well().json();
        assert_eq!(read["more"], json!(false), "{line}");
        read["rows"].as_array().unwrap().len()
    };
    let one = place.veche("get table eosio eosio delband -l 1").well();
    assert!(one.err.contains("--all"), "{one:?}");
    assert_eq!(one.json()["more"], json!(true));
    let all = count("get table eosio eosio delband --all");
    assert!(all >= 3, "{all} stakes");
    for producer in ["alice", "bob", "carol"] {
        let line = format!("system regproducer {producer} {{key}} https://{producer}.example");
        place.veche(&line).well();
    }
    // Page by page it is the same, forwards and backwards, by numbers and by names.
    let rows = |line: &str| place.veche(line).well().json()["rows"].clone();
    for table in ["delband", "producers"] {
        for more in [
            "",
            "--reverse",
            "--key-type name",
            "--key-type name --reverse",
        ] {
            let line = format!("get table eosio eosio {table} --all {more}");
            let whole = rows(&line);
            assert!(whole.as_array().unwrap().len() > 1, "{line}: {whole}");
            assert_eq!(rows(&format!("{line} --page 1")), whole, "{line}");
            assert_eq!(rows(&format!("{line} --page 2")), whole, "{line}");
        }
    }
    let names = "get table eosio eosio delband --all --key-type name -L alice -U bob";
    let bounded = rows(names);
    let owners = bounded.as_array().unwrap().iter().map(|it| &it["to"]);
    assert_eq!(owners.collect::<Vec<_>>(), ["alice", "bob"]);
    assert_eq!(rows(&format!("{names} --page 1")), bounded);
    let back = rows(&format!("{names} --page 1 --reverse"));
    assert_eq!(back[0], bounded[1]);
    assert_eq!(back[1], bounded[0]);
    let scopes = |more: &str| rows(&format!("get scope eosio.token --all {more}"));
    assert_eq!(scopes("--page 1"), scopes(""));
    assert_eq!(scopes("--page 2 -t accounts"), scopes("-t accounts"));
    let by_index = |more: &str| {
        let line = "get table eosio eosio producers --index 2 --key-type float64 --all";
        rows(&format!("{line} {more}"))
    };
    assert_eq!(by_index("--page 1"), by_index(""));
    assert_eq!(count("get table eosio eosio delband --all --reverse"), all);
    let scopes = place.veche("get scope eosio.token --all").well().json();
    assert!(scopes["rows"].as_array().unwrap().len() > 4);
    // A node counts the tables that it passes by; two are two here.
    let two = place
        .veche("get scope eosio.token -t accounts -l 2")
        .well()
        .json();
    let scopes: Vec<_> = two["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["scope"])
        .collect();
    assert_eq!(scopes, ["alice", "bob"]);
}

fn what_only_some_nodes_know(place: &Place) {
    let key = place.key();
    let accounts = place
        .veche(&format!("get accounts {key} --json"))
        .well()
        .json();
    let found = accounts["data"]["accounts"].as_array().unwrap();
    assert!(
        found.iter().any(|it| it["account_name"] == "alice"),
        "{found:?}"
    );
    let servants = place.veche("get servants alice --json").well().json();
    assert_eq!(servants["data"]["accounts"], json!([]));
    let active = place.veche("get activated_protocol_features").well().json();
    assert!(
        active["activated_protocol_features"]
            .as_array()
            .unwrap()
            .len()
            > 5
    );
    let raw = place
        .veche("get raw_code_and_abi eosio.token")
        .well()
        .json();
    assert_eq!(raw["account_name"], "eosio.token");
    // A transaction that the node has traced.
    let sent = place
        .veche("transfer alice bob '0.0001 SYS' --json")
        .well()
        .json();
    let id = sent["data"]["transaction_id"].as_str().unwrap().to_owned();
    let block = sent["data"]["block_num"].as_u64().unwrap() as u32;
    let client = place.node.client();
    client
        .wait_for_block(block + 2, std::time::Duration::from_secs(30))
        .unwrap();
    let ours = place.veche(&format!("get transaction {id}")).well().json();
    let theirs = place
        .cleos(&format!("get transaction_trace {id}"))
        .well()
        .json();
    assert_eq!(ours["actions"], theirs["actions"]);
    let block = ours["block_num"].as_u64().unwrap();
    let ours = place
        .veche(&format!("get block_trace {block}"))
        .well()
        .json();
    assert_eq!(ours["number"], json!(block));
    let theirs = place
        .cleos(&format!("get block_trace {block}"))
        .well()
        .json();
    assert_eq!(ours["transactions"], theirs["transactions"]);
    for (line, code, words) in [
        ("get finalizer_info", 5, "does not"),
        ("get actions alice", 5, ""),
        ("get account nobody", 4, "there is no account nobody"),
        ("get abi alice", 4, "has no ABI"),
        (
            "get table eosio.token alice nothing",
            4,
            "get abi eosio.token",
        ),
        (
            "get transaction 0000000000000000000000000000000000000000000000000000000000000000",
            4,
            "get transaction-status",
        ),
        ("system bidnameinfo unwanted", 4, "nobody has bid"),
        ("net peers", 5, ""),
    ] {
        let said = place.veche(line);
        assert_eq!(said.code, code, "{line}: {said:?}");
        assert!(said.err.contains(words), "{line}: {said:?}");
    }
}

fn people_read_accounts(place: &Place) {
    let said = place.veche("get account bob").well().out;
    let key = place.key().to_legacy_text().unwrap();
    for words in [
        "bob  created ".to_owned(),
        format!("  owner        1 of {key}\n  └─ active       1 of {key}\n"),
        "RAM  █".to_owned(),
        "liquid".to_owned(),
        "staked for CPU".to_owned(),
    ] {
        assert!(said.contains(&words), "{words}: {said}");
    }
    assert!(!said.contains('\u{1b}'), "no colour into pipes: {said:?}");
    assert_eq!(
        place
            .node
            .client()
            .get_account(name("bob"))
            .unwrap()
            .account_name,
        name("bob")
    );
}
