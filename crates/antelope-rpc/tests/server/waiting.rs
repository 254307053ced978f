//! More transactions than fit into a block: each is in one, and others are served meanwhile.
//!
//! The same flood goes to nodeos and to this server, both with blocks of 12 000 bytes.

use crate::support::{GET_INFO, ask, connect, node, post, read, server_of, until};
use antelope_chain::api::{Api, Production};
use antelope_chain::{
    BlockProduction, Chain, ChainConfig, DEVELOPMENT_KEY, Genesis, LiveChain, NoContracts,
};
use antelope_node::NodeOptions;
use antelope_rpc::{Options, Server};
use antelope_rpc_client::signing::Signer;
use antelope_rpc_client::{Client, TransactionOptions, native};
use antelope_types::{
    Action, Checksum256, Name, PackedTransaction, PermissionLevel, PrivateKey, SignedTransaction,
    name,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Who pays for transactions.
const NAMES: [Name; 6] = [
    name!("alice"),
    name!("bob"),
    name!("carol"),
    name!("dan"),
    name!("erin"),
    name!("frank"),
];

/// Transactions of each, one after the other.
const EACH: usize = 8;

/// Blocks of so many bytes have room for about five transactions of the flood.
fn small(config: &mut ChainConfig) {
    config.max_transaction_net_usage = 11_000;
    config.max_block_net_usage = 12_000;
}

/// A server whose blocks are small and come by the clock.
fn small_blocks(interval: Duration, options: Options) -> (Api, Server, BlockProduction) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let mut genesis = Genesis {
        initial_timestamp: antelope_types::TimePoint::from_micros(now.as_micros() as i64),
        ..Genesis::default()
    };
    small(&mut genesis.initial_configuration);
    let mut chain = Chain::start(genesis, std::sync::Arc::new(NoContracts)).unwrap();
    for name in NAMES {
        chain.create_account(name).unwrap();
    }
    chain.produce_block().unwrap();
    let live = LiveChain::new(chain);
    let api = Api::over(live.clone(), Production::OnDemand);
    let server = server_of(api.clone(), options);
    let production = live.produce_every(interval).unwrap();
    (api, server, production)
}

/// A large action of this account.
fn large(account: Name, number: usize) -> Action {
    native::set_abi(account, &vec![number as u8; 2200])
}

/// Sends the flood, a thread for each account. The block and the id of each transaction that was
/// accepted, those of an account in order, and the texts of refusals.
fn flood(client: &Client, key: &PrivateKey) -> (Vec<Vec<(u32, Checksum256)>>, Vec<String>) {
    let sent = std::thread::scope(|scope| {
        let threads: Vec<_> = NAMES
            .into_iter()
            .map(|account| {
                scope.spawn(move || {
                    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
                    for number in 0..EACH {
                        match client.push(&[large(account, number)], &[key]) {
                            Ok(trace) => accepted.push((trace.block_num, trace.id)),
                            Err(error) => refused.push(error.to_string()),
                        }
                    }
                    (accepted, refused)
                })
            })
            .collect();
        let results = threads.into_iter().map(|thread| thread.join().unwrap());
        results.collect::<Vec<_>>()
    });
    let (accepted, refused): (Vec<_>, Vec<_>) = sent.into_iter().unzip();
    (accepted, refused.concat())
}

/// The blocks that have each of these transactions, and the place in the chain of each.
fn places(client: &Client, from: u32, last: u32) -> BTreeMap<String, Vec<(u32, usize)>> {
    until("the last block", || {
        client.get_info().unwrap().head_block_num >= last
    });
    let mut found: BTreeMap<String, Vec<(u32, usize)>> = BTreeMap::new();
    for number in from..=last {
        let block: Value = client
            .call("/v1/chain/get_block", &json!({ "block_num_or_id": number }))
            .unwrap();
        for (place, receipt) in block["transactions"].as_array().unwrap().iter().enumerate() {
            if let Some(id) = receipt["trx"]["id"].as_str() {
                found
                    .entry(id.to_owned())
                    .or_default()
                    .push((number, place));
            }
        }
    }
    found
}

/// No transaction of the flood is refused, each is in one block, those of an account in order.
fn takes_the_flood(what: &str, client: &Client, key: &PrivateKey) {
    let from = client.get_info().unwrap().head_block_num;
    let (accepted, refused) = flood(client, key);
    assert_eq!(refused, Vec::<String>::new(), "{what}");
    let blocks = accepted.iter().flatten().map(|(block, _)| *block);
    let last = blocks.max().unwrap();
    let found = places(client, from, last);
    for of_account in &accepted {
        assert_eq!(of_account.len(), EACH, "{what}");
        let places = of_account.iter().map(|(block, id)| {
            let places = &found[&id.to_string()];
            assert_eq!(places.len(), 1, "{what}: {id} is in {places:?}");
            assert_eq!(places[0].0, *block, "{what}: {id}");
            places[0]
        });
        assert!(places.is_sorted(), "{what}");
    }
    let used = last - from;
    let all = NAMES.len() * EACH;
    assert!(used as usize >= all / 6, "{what}: {all} in {used} blocks");
}

#[test]
fn a_flood_is_taken_by_both_nodes_over_many_blocks() {
    let (_api, server, production) = small_blocks(Duration::from_millis(500), Options::default());
    let client = Client::new(&server.url()).unwrap();
    takes_the_flood("this server", &client, &DEVELOPMENT_KEY);
    drop(production);
    drop(server);

    let Some(node) = node("a flood beside a node", NodeOptions::default()) else {
        return;
    };
    node.boot().unwrap();
    let key = node.public_key();
    node.create_accounts(&NAMES.map(|name| (name, key.clone())))
        .unwrap();
    let mut config = ChainConfig::default();
    small(&mut config);
    let eosio = [PermissionLevel::active(name!("eosio"))];
    let parameters = Action::new(name!("eosio"), name!("setparams"), &eosio, &config);
    let trace = node.client().push(&[parameters], &[node.key()]).unwrap();
    until("a block with these parameters", || {
        node.client().get_info().unwrap().head_block_num > trace.block_num
    });
    takes_the_flood("nodeos", node.client(), node.key());
}

/// A signed transaction as the body of `send_transaction2`.
fn body(client: &Client, account: Name, number: usize, lifetime: Option<u64>) -> String {
    let mut options = TransactionOptions::default();
    if let Some(seconds) = lifetime {
        options.expiration = Duration::from_secs(seconds);
    }
    let transaction = client.build(&[large(account, number)], &options).unwrap();
    let digest = transaction.signing_digest(&client.chain_id().unwrap(), &[]);
    let signed = SignedTransaction {
        signatures: vec![DEVELOPMENT_KEY.sign(&digest).unwrap()],
        transaction,
        context_free_data: Vec::new(),
    };
    json!({ "transaction": PackedTransaction::pack(&signed) }).to_string()
}

const SEND: &str = "/v1/chain/send_transaction2";

/// Waits until so many transactions wait.
fn until_waiting(api: &Api, count: usize) {
    until("transactions that wait", || api.waiting() >= count);
}

/// Makes blocks until none waits.
fn until_none_waits(api: &Api) {
    until("blocks that have all", || {
        if api.waiting() > 0 {
            api.with(|chain| chain.produce_block()).unwrap();
        }
        api.waiting() == 0
    });
}

#[test]
fn those_that_wait_keep_no_thread_and_nobody_from_reading() {
    let options = Options {
        max_calls: 1,
        max_waiting: 10,
        ..Options::default()
    };
    // Nobody completes a block before the test does.
    let (api, server, production) = small_blocks(Duration::from_secs(3600), options);
    let client = Client::new(&server.url()).unwrap();
    let mut streams: Vec<_> = (0..60)
        .map(|number| {
            let request = post(SEND, &body(&client, NAMES[number % 6], number, None));
            let mut stream = connect(server.address());
            stream.write_all(&request).unwrap();
            stream
        })
        .collect();
    until_waiting(&api, 50);
    for _ in 0..20 {
        assert_eq!(ask(server.address(), GET_INFO).unwrap().status, 200);
        let block = post("/v1/chain/get_block", r#"{"block_num_or_id":1}"#);
        assert_eq!(ask(server.address(), &block).unwrap().status, 200);
    }
    let metrics = ask(
        server.address(),
        b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    let told = format!("antelope_transactions_waiting {}\n", api.waiting());
    assert!(metrics.unwrap().body.contains(&told), "{told}");
    until_none_waits(&api);
    for stream in &mut streams {
        assert_eq!(read(stream).unwrap().status, 202);
    }
    drop(production);
}

#[test]
fn of_one_transaction_from_fifty_threads_one_waits_and_is_executed() {
    let (api, server, production) = small_blocks(Duration::from_secs(3600), Options::default());
    let client = Client::new(&server.url()).unwrap();
    // The block is full.
    let mut streams: Vec<_> = (0..6)
        .map(|number| {
            let request = post(SEND, &body(&client, NAMES[0], number, None));
            let mut stream = connect(server.address());
            stream.write_all(&request).unwrap();
            stream
        })
        .collect();
    until_waiting(&api, 1);
    let request = post(SEND, &body(&client, NAMES[1], 100, None));
    let statuses = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..50)
            .map(|_| scope.spawn(|| ask(server.address(), &request).unwrap().status))
            .collect();
        // All but one are refused before the block is complete.
        until("49 answers", || {
            asked.iter().filter(|asked| asked.is_finished()).count() >= 49
        });
        until_none_waits(&api);
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        for asked in asked {
            *counts.entry(asked.join().unwrap()).or_default() += 1;
        }
        counts
    });
    assert_eq!(statuses, BTreeMap::from([(202, 1), (409, 49)]));
    for stream in &mut streams {
        assert_eq!(read(stream).unwrap().status, 202);
    }
    drop(production);
}

#[test]
fn what_expires_while_it_waits_is_told_so() {
    let (api, server, production) = small_blocks(Duration::from_secs(3600), Options::default());
    let client = Client::new(&server.url()).unwrap();
    let mut streams: Vec<_> = (0..10)
        .map(|number| {
            let lifetime = (number == 9).then_some(2);
            let request = post(SEND, &body(&client, NAMES[0], number, lifetime));
            let mut stream = connect(server.address());
            stream.write_all(&request).unwrap();
            until_waiting(&api, number.saturating_sub(6));
            stream
        })
        .collect();
    until_waiting(&api, 4);
    api.with(|chain| chain.advance(Duration::from_secs(3)))
        .unwrap();
    until_none_waits(&api);
    let expired = read(&mut streams.pop().unwrap()).unwrap();
    assert_eq!(expired.status, 500);
    assert_eq!(expired.json()["error"]["name"], "expired_tx_exception");
    for stream in &mut streams {
        assert_eq!(read(stream).unwrap().status, 202);
    }
    drop(production);
}
