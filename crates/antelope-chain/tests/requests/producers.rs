//! `get_producers` of a chain whose system contract has registered some, and has votes for them.

use crate::blocks::form;
use crate::calls::rounds;
use crate::shared::both::Both;
use crate::shared::difference::difference;
use crate::shared::package::package;
use crate::shared::random::Random;
use crate::values;
use antelope_abi::Abi;
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, Contract, FeatureSet, Genesis, wasm};
use antelope_node::TREASURIES;
use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Name, PermissionLevel, PublicKey, name};
use serde_json::{Value, json};
use std::time::Duration;

const SYSTEM: Name = name!("eosio");
const TOKEN: Name = name!("eosio.token");

/// Those who stand for election, and what is voted for each.
const PRODUCERS: [(&str, u32); 6] = [
    ("alice", 3),
    ("bob", 500),
    ("carol", 0),
    ("112233445511", 70),
    ("dave", 70),
    ("erin", 9),
];

struct World {
    both: Both,
    abis: [(Name, Abi); 2],
}

impl World {
    /// `None` where there is no node.
    fn start() -> Option<Self> {
        let mut both = Both::start()?;
        let genesis = Genesis {
            features: FeatureSet::LEAP_4,
            ..both.chain.genesis().clone()
        };
        both.chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
        // Votes weigh more with time.
        let now = both.node.client().get_info().unwrap().head_block_time;
        let behind = now.micros() - both.chain.now().micros();
        let behind = Duration::from_micros(behind.max(0) as u64);
        both.chain.advance(behind).unwrap();
        let contracts = [
            (TOKEN, package("eosio.token")),
            (SYSTEM, package("eosio.system")),
        ];
        let abi = |contract: &Contract| Abi::from_binary(contract.abi()).unwrap();
        let abis = contracts
            .each_ref()
            .map(|(account, it)| (*account, abi(it)));
        let mut world = Self { both, abis };
        world.accounts(&TREASURIES);
        world.accounts(&["eosio.token"]);
        let [(_, token), (_, system)] = &contracts;
        world.deploy(TOKEN, token);
        world.act(
            TOKEN,
            "create",
            TOKEN,
            json!(["eosio", "2000000000.0000 SYS"]),
        );
        world.act(
            TOKEN,
            "issue",
            SYSTEM,
            json!(["eosio", "1000000000.0000 SYS", ""]),
        );
        world.accounts(&PRODUCERS.map(|(name, _)| name));
        world.deploy(SYSTEM, system);
        world.act(SYSTEM, "init", SYSTEM, json!([0, "4,SYS"]));
        for (name, _) in PRODUCERS {
            world.act(SYSTEM, "buyrambytes", SYSTEM, json!(["eosio", name, 8000]));
        }
        Some(world)
    }

    fn accounts(&mut self, names: &[&str]) {
        let key: PublicKey = self.both.node.public_key();
        for name in names {
            let name: Name = name.parse().unwrap();
            let owner = Authority::from_key(key.clone());
            let active = owner.clone().with_code(name);
            let create = native::new_account(SYSTEM, name, owner, active);
            self.both.push("an account", &[create]);
        }
    }

    fn deploy(&mut self, account: Name, contract: &Contract) {
        let code = native::set_code(account, contract.wasm());
        let abi = native::set_abi(account, contract.abi());
        self.both.push("code", &[code]);
        self.both.push("an ABI", &[abi]);
    }

    fn act(&mut self, code: Name, name: &str, by: Name, arguments: Value) {
        let (_, abi) = self
            .abis
            .iter()
            .find(|(account, _)| *account == code)
            .unwrap();
        let name: Name = name.parse().unwrap();
        let action = Action {
            account: code,
            name,
            authorization: vec![PermissionLevel::active(by)],
            data: abi.pack_action(name, &arguments).unwrap(),
        };
        let key = self.both.key.clone();
        let outcomes = self.both.outcomes(&[action]);
        for outcome in &outcomes {
            assert_eq!(
                outcome["status"], "executed",
                "{name} {arguments}: {outcome}"
            );
        }
        drop(key);
    }
}

/// Takes out the times, which are rows' own.
fn strip(mut answer: Value) -> Value {
    // Of those in office, whom the node changes while time passes.
    if answer["total_producer_vote_weight"] == "0.00000000000000000" {
        return form(&answer["rows"][0]);
    }
    for row in answer["rows"].as_array_mut().into_iter().flatten() {
        match row {
            Value::Object(fields) => {
                fields.remove("last_claim_time");
            }
            // Bytes: the time is among them.
            Value::String(bytes) => {
                *bytes = format!("{} digits from {}", bytes.len(), &bytes[..32])
            }
            _ => {}
        }
    }
    answer
}

#[test]
fn producers_are_told_as_by_a_node() {
    let Some(mut world) = World::start() else {
        eprintln!("skipped: no nodeos on this machine");
        return;
    };
    let key = world.both.node.public_key().to_string();
    for (number, (name, votes)) in PRODUCERS.into_iter().enumerate() {
        let by: Name = name.parse().unwrap();
        let url = format!("https://{name}.example");
        world.act(SYSTEM, "regproducer", by, json!([name, key, url, number]));
        if votes > 0 {
            let stake = format!("{votes}.0000 SYS");
            let delegate = json!(["eosio", name, stake, "0.0000 SYS", true]);
            world.act(SYSTEM, "delegatebw", SYSTEM, delegate);
            world.act(SYSTEM, "voteproducer", by, json!([name, "", [name]]));
        }
    }
    world.act(SYSTEM, "unregprod", name!("erin"), json!(["erin"]));
    let several = json!(["carol", ["block_signing_authority_v0", {
        "threshold": 2, "keys": [{ "key": key, "weight": 2 }],
    }], "", 0]);
    world.act(SYSTEM, "regproducer2", name!("carol"), several);
    let head = world.both.node.client().get_info().unwrap().head_block_num;
    let patience = Duration::from_secs(20);
    world
        .both
        .node
        .client()
        .wait_for_block(head + 2, patience)
        .unwrap();
    world.both.chain.produce_block().unwrap();
    let api = Api::new(world.both.chain.clone(), Production::OnDemand);
    let mut requests = vec![
        json!({ "json": true }),
        json!({ "json": false }),
        json!({ "json": true, "limit": 1 }),
        json!({ "json": true, "lower_bound": "carol" }),
    ];
    for round in 0..400 * rounds() {
        let mut random = Random::new(round);
        let mut request = json!({ "json": true });
        for field in ["json", "limit", "lower_bound", "time_limit_ms"] {
            match random.below(6) {
                0 => request[field] = values::any(&mut random),
                1 if field == "limit" => request[field] = json!(random.below(8)),
                1 | 2 if field == "lower_bound" => {
                    let more = [
                        "",
                        "a",
                        "alice",
                        "b",
                        "112233445511",
                        "frank",
                        "erin",
                        "zzz",
                    ];
                    request[field] = json!(random.of(&more));
                }
                1 if field == "json" => request[field] = json!(false),
                _ => {}
            }
        }
        // A node that has no time gives fewer rows.
        if request
            .get("time_limit_ms")
            .is_some_and(|it| it != &json!(1000))
        {
            request["time_limit_ms"] = json!(1000);
        }
        requests.push(request);
    }
    let (mut answered, mut different) = (0, Vec::new());
    let path = "/v1/chain/get_producers";
    for request in &requests {
        let body = request.to_string().into_bytes();
        let there = world.both.node.client().post(path, &body).unwrap();
        let here = api.answer(path, &body);
        let told = [&there, &here].map(|answer| {
            let value: Value = serde_json::from_slice(&answer.body).unwrap();
            match answer.status {
                200 => json!({ "status": 200, "answer": strip(value) }),
                status => json!({ "status": status, "code": value["error"]["code"] }),
            }
        });
        answered += usize::from(there.status == 200);
        let lines = difference(&told[0], &told[1]);
        different.extend(lines.map(|lines| format!("== {request}\n{lines}")));
    }
    eprintln!(
        "get_producers with votes: {} requests, {answered} succeed, {} differ",
        requests.len(),
        different.len()
    );
    assert!(
        different.is_empty(),
        "(- node, + chain)\n{}",
        different.join("\n")
    );
}
