//! Transactions that do not fit into the block in production wait for the next one.

use crate::puppets::{Apply, act, chain_of};
use crate::shared::signing::sign;
use antelope_chain::api::{Api, Later, Production, Response, WaitingBounds};
use antelope_chain::{Chain, Genesis, NoContracts};
use antelope_rpc_client::native;
use antelope_types::{Action, Checksum256, Name, PackedTransaction, TimePointSec, name};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

const NAMES: [Name; 4] = [name!("alice"), name!("bob"), name!("carol"), name!("dan")];

/// What a transaction carries, in bytes; about ten fit into a block.
const LOAD: usize = 1000;

/// Small blocks.
fn genesis() -> Genesis {
    let mut genesis = Genesis::default();
    let config = &mut genesis.initial_configuration;
    config.max_transaction_net_usage = 11_000;
    config.max_block_net_usage = 12_000;
    genesis
}

/// A chain with small blocks.
fn chain() -> Chain {
    let mut chain = Chain::start(genesis(), Arc::new(NoContracts)).unwrap();
    for name in NAMES {
        chain.create_account(name).unwrap();
    }
    chain.produce_block().unwrap();
    chain
}

fn waiting(bounds: WaitingBounds) -> Api {
    let api = Api::new(chain(), Production::OnDemand);
    api.wait_for_room(bounds).unwrap();
    api
}

/// A transaction of this account with so many bytes, as the body of a request, and its id.
fn signed(api: &Api, account: Name, bytes: usize) -> (Checksum256, Value) {
    signed_until(api, account, bytes, None)
}

fn signed_until(
    api: &Api,
    account: Name,
    bytes: usize,
    expiration: Option<TimePointSec>,
) -> (Checksum256, Value) {
    signed_action(api, native::set_abi(account, &vec![7; bytes]), expiration)
}

fn signed_action(
    api: &Api,
    action: Action,
    expiration: Option<TimePointSec>,
) -> (Checksum256, Value) {
    api.with(|chain| {
        let mut transaction = chain.transaction(vec![action]);
        transaction.header.expiration = expiration.unwrap_or(transaction.header.expiration);
        let id = transaction.id();
        let packed = PackedTransaction::pack(&sign(chain, transaction));
        (id, json!(packed))
    })
}

fn send(api: &Api, body: &Value) -> Response {
    api.respond("/v1/chain/send_transaction", body.to_string().as_bytes())
}

fn later(response: Response) -> Later {
    match response {
        Response::Later(later) => later,
        Response::Now(answer) => panic!("{}", String::from_utf8_lossy(&answer.body)),
    }
}

/// Status and number of the error.
fn refused(response: Response) -> (u16, u64) {
    let answer = response.wait();
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    (answer.status, body["error"]["code"].as_u64().unwrap_or(0))
}

/// Completes blocks until nothing waits.
fn produce(api: &Api) {
    let began = Instant::now();
    while api.waiting() > 0 {
        assert!(began.elapsed() < Duration::from_secs(60));
        let before = api.waiting();
        api.with(|chain| chain.produce_block()).unwrap();
        while api.waiting() == before && began.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    api.with(|chain| chain.produce_block()).unwrap();
}

/// The ids in all blocks, in order, and how many blocks have any of them.
fn blocks(api: &Api, wanted: &[Checksum256]) -> (Vec<Checksum256>, usize) {
    let chain = api.fork();
    let (mut ids, mut count) = (Vec::new(), 0);
    for number in 1..=chain.head().number() {
        let block = chain.block(number).unwrap();
        let found = block.transactions.iter().map(|it| it.id);
        let before = ids.len();
        ids.extend(found.filter(|id| wanted.contains(id)));
        count += usize::from(ids.len() > before);
    }
    (ids, count)
}

#[test]
fn what_does_not_fit_is_in_the_next_blocks_in_order_of_arrival() {
    let api = waiting(WaitingBounds::default());
    let (mut ids, mut responses) = (Vec::new(), Vec::new());
    for number in 0..60 {
        let (id, body) = signed(&api, NAMES[number % 4], LOAD);
        ids.push(id);
        responses.push(send(&api, &body));
    }
    let kept = responses
        .iter()
        .filter(|it| matches!(it, Response::Later(_)));
    assert!(kept.count() >= 45);
    produce(&api);
    for response in responses {
        assert_eq!(response.wait().status, 202);
    }
    let (found, count) = blocks(&api, &ids);
    assert_eq!(found, ids);
    // At least: on a busy machine the next block may come before all are tried.
    assert!(count >= 6, "{count} blocks");
}

#[test]
fn without_a_queue_the_error_of_the_block_is_told() {
    let api = Api::new(chain(), Production::OnDemand);
    let refusal = loop {
        let (_, body) = signed(&api, NAMES[0], LOAD);
        let response = send(&api, &body).wait();
        if response.status != 202 {
            break response;
        }
    };
    let body: Value = serde_json::from_slice(&refusal.body).unwrap();
    assert_eq!(body["error"]["code"], 3_080_003);
}

#[test]
fn a_large_transaction_stops_only_those_of_its_account() {
    let api = waiting(WaitingBounds::default());
    for _ in 0..5 {
        let (_, body) = signed(&api, NAMES[3], LOAD);
        assert!(matches!(send(&api, &body), Response::Now(_)));
    }
    let (large, body) = signed(&api, NAMES[0], 9000);
    let large_one = later(send(&api, &body));
    let (behind, body) = signed(&api, NAMES[0], 10);
    let behind_it = later(send(&api, &body));
    let (beside, body) = signed(&api, NAMES[1], 10);
    let Response::Now(answer) = send(&api, &body) else {
        panic!("another account waits")
    };
    assert_eq!(answer.status, 202);
    produce(&api);
    assert_eq!([large_one.wait().status, behind_it.wait().status], [202; 2]);
    let wanted = [beside, large, behind];
    let (found, count) = blocks(&api, &wanted);
    assert_eq!(found, wanted);
    assert!(count >= 2, "{count} blocks");
}

/// Fills the block, so that nothing more is tried in it.
fn fill(api: &Api) {
    loop {
        let room = api.with(|chain| chain.state().global.block_resources.net.left());
        if room < 28 {
            return;
        }
        // What the transaction needs beside its load.
        let bytes = usize::try_from(room).unwrap().saturating_sub(200);
        let (_, body) = signed(api, NAMES[3], bytes.min(LOAD));
        if matches!(send(api, &body), Response::Later(_)) {
            return;
        }
    }
}

#[test]
fn what_waits_already_is_a_duplicate() {
    let api = waiting(WaitingBounds::default());
    fill(&api);
    let (id, body) = signed(&api, NAMES[0], LOAD);
    let first = later(send(&api, &body));
    assert_eq!(refused(send(&api, &body)), (409, 3_040_008));
    produce(&api);
    assert_eq!(first.wait().status, 202);
    assert_eq!(refused(send(&api, &body)), (409, 3_040_008));
    assert_eq!(blocks(&api, &[id]).0.len(), 1);
}

#[test]
fn what_is_beyond_the_bounds_is_refused() {
    for bounds in [
        WaitingBounds {
            transactions: 4,
            ..WaitingBounds::default()
        },
        WaitingBounds {
            bytes: 12_000,
            ..WaitingBounds::default()
        },
    ] {
        let api = waiting(bounds);
        fill(&api);
        let mut kept = Vec::new();
        let refusal = loop {
            let (_, body) = signed(&api, NAMES[0], LOAD);
            match send(&api, &body) {
                Response::Later(later) => kept.push(later),
                refusal => break refusal,
            }
        };
        assert!((3..=5).contains(&api.waiting()), "{}", api.waiting());
        assert_eq!(refused(refusal), (500, 3_040_018));
        produce(&api);
        for kept in kept {
            assert_eq!(kept.wait().status, 202);
        }
        // There is room again.
        let (_, body) = signed(&api, NAMES[0], LOAD);
        assert!(matches!(send(&api, &body), Response::Now(_)));
    }
}

#[test]
fn what_expires_while_it_waits_is_refused_and_not_executed() {
    let api = waiting(WaitingBounds::default());
    fill(&api);
    let soon = TimePointSec::from_seconds(TimePointSec::from(api.now()).seconds() + 2);
    let (expired, body) = signed_until(&api, NAMES[0], LOAD, Some(soon));
    let first = send(&api, &body);
    let (alive, body) = signed(&api, NAMES[0], LOAD);
    let second = later(send(&api, &body));
    api.with(|chain| chain.advance(Duration::from_secs(2)))
        .unwrap();
    produce(&api);
    assert_eq!(refused(Response::Later(later(first))), (500, 3_040_005));
    assert_eq!(second.wait().status, 202);
    assert_eq!(blocks(&api, &[expired, alive]).0, [alive]);
    // One that comes too late is refused at once.
    fill(&api);
    let (_, body) = signed_until(&api, NAMES[0], LOAD, Some(soon));
    assert_eq!(refused(send(&api, &body)), (500, 3_040_005));
}

#[test]
fn a_list_is_executed_in_order_across_blocks() {
    let api = waiting(WaitingBounds::default());
    let list: Vec<_> = (0..30)
        .map(|number| {
            // A large one by one account, then small ones by others.
            let bytes = if number % 5 == 0 { 5000 } else { 100 };
            signed(&api, NAMES[number % 4], bytes)
        })
        .collect();
    let ids: Vec<_> = list.iter().map(|(id, _)| *id).collect();
    let bodies: Vec<_> = list.iter().map(|(_, body)| body).collect();
    let response = api.respond(
        "/v1/chain/push_transactions",
        json!(bodies).to_string().as_bytes(),
    );
    let response = later(response);
    produce(&api);
    let answer = response.wait();
    assert_eq!(answer.status, 202);
    let told: Value = serde_json::from_slice(&answer.body).unwrap();
    for (told, id) in told.as_array().unwrap().iter().zip(&ids) {
        assert_eq!(told["transaction_id"], json!(id));
        assert_eq!(told["processed"]["receipt"]["status"], "executed");
    }
    assert_eq!(blocks(&api, &ids).0, ids);
}

#[test]
fn what_is_only_computed_does_not_wait() {
    let api = waiting(WaitingBounds::default());
    fill(&api);
    let (_, transaction) = signed(&api, NAMES[0], LOAD);
    let body = json!({ "transaction": transaction }).to_string();
    let response = api.respond("/v1/chain/compute_transaction", body.as_bytes());
    let Response::Now(answer) = response else {
        panic!("it waits")
    };
    assert_eq!(answer.status, 200);
}

#[test]
fn blocks_that_come_with_transactions_are_completed_for_what_does_not_fit() {
    let api = Api::new(chain(), Production::PerTransaction);
    api.wait_for_room(WaitingBounds::default()).unwrap();
    api.with(
        |chain| {
            while chain.push(native::set_abi(NAMES[3], &[0; LOAD])).is_ok() {}
        },
    );
    let before = api.fork().head().number();
    let (id, body) = signed(&api, NAMES[0], LOAD);
    let Response::Now(answer) = send(&api, &body) else {
        panic!("it waits")
    };
    assert_eq!(answer.status, 202);
    assert_eq!(api.fork().head().number(), before + 2);
    assert_eq!(blocks(&api, &[id]).0, [id]);
    // What fits into no block is refused.
    let (_, body) = signed(&api, NAMES[0], 11_000);
    assert_eq!(refused(send(&api, &body)).0, 500);
    assert_eq!(api.fork().head().number(), before + 2);
}

#[test]
fn cpu_counts_as_net_does() {
    let mut genesis = Genesis::default();
    let config = &mut genesis.initial_configuration;
    config.max_transaction_cpu_usage = 800;
    config.max_block_cpu_usage = 1000;
    let mut chain = Chain::start(genesis, Arc::new(NoContracts)).unwrap();
    for name in NAMES {
        chain.create_account(name).unwrap();
    }
    chain.produce_block().unwrap();
    let api = Api::new(chain, Production::OnDemand);
    api.wait_for_room(WaitingBounds::default()).unwrap();
    let (mut ids, mut responses) = (Vec::new(), Vec::new());
    for number in 0..50 {
        let (id, body) = signed(&api, NAMES[number % 4], 10);
        ids.push(id);
        responses.push(send(&api, &body));
    }
    produce(&api);
    for response in responses {
        assert_eq!(response.wait().status, 202);
    }
    let (found, count) = blocks(&api, &ids);
    assert_eq!(found, ids);
    assert!(count >= 5, "{count} blocks");
}

#[test]
fn the_end_of_the_chain_ends_the_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let options = antelope_chain::OpenOptions::new().template(&chain());
    let kept = options
        .open(folder.path().join("chain"), Arc::new(NoContracts))
        .unwrap();
    let api = Api::new(kept, Production::OnDemand);
    api.wait_for_room(WaitingBounds::default()).unwrap();
    fill(&api);
    let (_, body) = signed(&api, NAMES[0], LOAD);
    let waits = send(&api, &body);
    api.live().close().unwrap();
    assert_eq!(refused(Response::Later(later(waits))), (500, 3_060_000));
}

#[test]
fn a_fault_of_the_engine_costs_only_the_transaction_that_it_happens_in() {
    let faulty = (name!("faulty"), (|_| panic!("the engine fails")) as Apply);
    let mut chain = chain_of(genesis(), &[faulty], &NAMES);
    chain.produce_block().unwrap();
    let api = Api::new(chain, Production::OnDemand);
    api.wait_for_room(WaitingBounds::default()).unwrap();
    fill(&api);
    let (first, body) = signed(&api, NAMES[0], LOAD);
    let before = later(send(&api, &body));
    // It stands behind the first, whose account pays for it too.
    let fault = act(name!("faulty"), name!("run"), NAMES[0], &());
    let (failing, body) = signed_action(&api, fault, None);
    let fault = later(send(&api, &body));
    let (last, body) = signed(&api, NAMES[2], LOAD);
    let behind = later(send(&api, &body));
    produce(&api);
    // What is in the block is told to be there.
    assert_eq!(before.wait().status, 202);
    assert_eq!(behind.wait().status, 202);
    let answer = fault.wait();
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(
        (answer.status, &body["error"]["code"]),
        (500, &json!(3_060_000))
    );
    let told = body["error"]["details"][0]["message"].as_str().unwrap();
    assert!(told.contains("look it up by its id"), "{told}");
    assert_eq!(blocks(&api, &[first, failing, last]).0, [first, last]);
}

#[test]
fn what_waits_when_blocks_come_with_transactions_is_completed_in_order() {
    let api = waiting(WaitingBounds::default());
    fill(&api);
    let (mut ids, mut responses) = (Vec::new(), Vec::new());
    let mut give = |account| {
        let (id, body) = signed(&api, account, LOAD);
        ids.push(id);
        responses.push(send(&api, &body));
    };
    (0..30).for_each(|_| give(NAMES[0]));
    api.set_production(Production::PerTransaction);
    // Nobody completes blocks, and these do not overtake those that wait.
    (0..5).for_each(|_| give(NAMES[0]));
    let began = Instant::now();
    while api.waiting() > 0 {
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(1));
    }
    for response in responses {
        assert_eq!(response.wait().status, 202);
    }
    // Whoever was answered finds it in a complete block.
    assert_eq!(blocks(&api, &ids).0, ids);
}

/// Leaves less room than a transaction with the load needs, and enough for small ones.
fn fill_but_a_little(api: &Api) {
    while api.with(|chain| chain.state().global.block_resources.net.left()) > LOAD as u64 {
        let (_, body) = signed(api, NAMES[3], 500);
        assert!(matches!(send(api, &body), Response::Now(_)));
    }
}

/// Sends transactions that do not fit until nothing more is tried in the block; they are refused.
fn miss(api: &Api) {
    for _ in 0..16 {
        let (_, body) = signed(api, NAMES[0], LOAD);
        assert_eq!(refused(send(api, &body)), (500, 3_040_018));
    }
}

/// Nothing may wait.
const NOTHING: WaitingBounds = WaitingBounds {
    transactions: 0,
    bytes: 1 << 20,
};

#[test]
fn what_is_refused_since_too_many_wait_counts_as_tried() {
    let api = waiting(NOTHING);
    fill_but_a_little(&api);
    miss(&api);
    let (_, small) = signed(&api, NAMES[1], 10);
    let answer = send(&api, &small).wait();
    let told = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(
        told.contains("send it again after the next block"),
        "{told}"
    );
    api.with(|chain| chain.produce_block()).unwrap();
    assert_eq!(send(&api, &small).wait().status, 202);
}

#[test]
fn a_block_that_was_reverted_says_nothing_of_another_with_its_number() {
    let api = waiting(NOTHING);
    let snapshot = api.with(|chain| chain.snapshot());
    api.with(|chain| chain.produce_block()).unwrap();
    fill_but_a_little(&api);
    miss(&api);
    let number = api.fork().head().number();
    api.with(|chain| {
        chain.revert(&snapshot);
        chain.push(native::set_abi(NAMES[2], b"other")).unwrap();
        chain.produce_block().unwrap();
    });
    assert_eq!(api.fork().head().number(), number);
    let (_, small) = signed(&api, NAMES[1], 10);
    assert_eq!(send(&api, &small).wait().status, 202);
}
