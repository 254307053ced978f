//! Producers registered and voted for, proxies, and what producers are paid.

use crate::world::World;
use serde_json::json;
use std::time::Duration;

const KEY: &str = "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV";

pub fn run(world: &mut World) {
    register(world);
    vote(world);
    rewards(world);
}

fn register(world: &mut World) {
    let arguments = |name: &str, url: &str, key: &str| json!({ "producer": name, "producer_key": key, "url": url, "location": 7 });
    for name in ["bob", "carol", "dave"] {
        let url = format!("https://{name}.example");
        world.act_in_block("eosio", "regproducer", name, arguments(name, &url, KEY));
    }
    world.act(
        "eosio",
        "regproducer",
        "bob",
        arguments("bob", "https://new.example", KEY),
    );
    world.fails("eosio", "regproducer", "alice", arguments("bob", "", KEY));
    world.fails(
        "eosio",
        "regproducer",
        "erin",
        arguments("erin", &"x".repeat(600), KEY),
    );
    let nothing = "EOS1111111111111111111111111111111114T1Anm";
    world.act(
        "eosio",
        "regproducer",
        "frank",
        arguments("frank", "", nothing),
    );
    let several = json!({
        "producer": "frank", "url": "", "location": 0, "producer_authority": [
            "block_signing_authority_v0",
            { "threshold": 1, "keys": [{ "key": KEY, "weight": 1 }] },
        ],
    });
    world.act_in_block("eosio", "regproducer2", "frank", several);
    world.act_in_block(
        "eosio",
        "unregprod",
        "frank",
        json!({ "producer": "frank" }),
    );
    world.rows("eosio");
}

fn vote(world: &mut World) {
    let vote = |voter: &str, proxy: &str, producers: &[&str]| json!({ "voter": voter, "proxy": proxy, "producers": producers });
    for (voter, proxy, producers) in [
        ("alice", "", &["bob", "carol"][..]),
        ("alice", "", &["bob", "carol", "dave"]),
        ("alice", "", &["carol", "bob"]),
        ("alice", "", &["frank"]),
        ("alice", "", &["nobody"]),
        ("erin", "", &["bob"]),
        ("bob", "alice", &[]),
    ] {
        let action = vote(voter, proxy, producers);
        world.act_in_block("eosio", "voteproducer", voter, action);
    }
    let proxy = |name: &str, is: bool| json!({ "proxy": name, "isproxy": is });
    world.act_in_block("eosio", "regproxy", "alice", proxy("alice", true));
    world.act_in_block("eosio", "regproxy", "alice", proxy("alice", true));
    world.act_in_block("eosio", "voteproducer", "bob", vote("bob", "alice", &[]));
    world.act_in_block("eosio", "regproxy", "bob", proxy("bob", true));
    world.act_in_block(
        "eosio",
        "voteproducer",
        "alice",
        vote("alice", "", &["dave"]),
    );
    world.act_in_block(
        "eosio",
        "voteproducer",
        "carol",
        vote("carol", "alice", &["dave"]),
    );
    world.act_in_block("eosio", "regproxy", "alice", proxy("alice", false));
    world.act_in_block("eosio", "unregprod", "dave", json!({ "producer": "dave" }));
    world.act_in_block(
        "eosio",
        "rmvproducer",
        "eosio",
        json!({ "producer": "carol" }),
    );
    world.fails(
        "eosio",
        "rmvproducer",
        "alice",
        json!({ "producer": "bob" }),
    );
    world.rows("eosio");
}

fn rewards(world: &mut World) {
    world.act_in_block("eosio", "claimrewards", "bob", json!({ "owner": "bob" }));
    let inflation =
        json!({ "annual_rate": 500, "inflation_pay_factor": 50_000, "votepay_factor": 40_000 });
    world.act_in_block("eosio", "setinflation", "eosio", inflation);
    // So many blocks that votes are counted.
    for _ in 0..130 {
        world.twin.block();
    }
    world.twin.advance(Duration::from_secs(26 * 60 * 60));
    world.act_in_block("eosio", "claimrewards", "bob", json!({ "owner": "bob" }));
    world.act_in_block(
        "eosio",
        "claimrewards",
        "alice",
        json!({ "owner": "alice" }),
    );
    world.rows("eosio");
    world.rows("eosio.token");
}
