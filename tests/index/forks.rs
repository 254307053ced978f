//! Two real nodes, each of which goes on by itself: the index follows the one whose blocks are lost.
//!
//! ```text
//!              +-- aa aa aa            the index follows these blocks
//! eosio .. aa bb
//!              +-- bb bb bb bb bb      longer: these stay when the nodes meet again
//! ```
//!
//! Of two producers none makes a block final without the other, so that both branches may be undone.

use crate::scenarios::world::{Chain, Coop, Draft};
use antelope_follow::StateHistorySource;
use antelope_node::{Node, NodeOptions, find_program};
use antelope_rpc_client::{Client, Signer, native};
use antelope_types::{Action, Name, PermissionLevel, name};
use coop_client::{Contracts, Cooperative};
use coop_index::{
    Compared, Follower, IndexReader, IndexScope, IndexWriter, QuestionFilter, Slice, TABLES,
    compare,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Longer than any step of this takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long a step of the index waits for a block.
const WAIT: Duration = Duration::from_millis(50);

#[track_caller]
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The first node, with `eosio` and the first producer, and the second one beside it.
fn nodes() -> (Node, Node) {
    let arguments = |more: &[String]| {
        let usual = ["--plugin=eosio::net_api_plugin".to_owned()];
        usual.iter().chain(more).map(Into::into).collect()
    };
    let first = Node::start(NodeOptions {
        state_history: true,
        arguments: arguments(&["--producer-name=eosio", "--producer-name=aa"].map(str::to_owned)),
        ..NodeOptions::default()
    });
    let first = first.unwrap_or_else(|e| panic!("{e}"));
    first.boot().unwrap_or_else(|e| panic!("{e}"));
    let genesis = first.folder().join("genesis.json");
    let second = Node::start(NodeOptions {
        key: Some(first.key().clone()),
        produce: false,
        arguments: arguments(&[
            format!("--genesis-json={}", genesis.display()),
            format!("--p2p-peer-address={}", first.p2p_address()),
            "--enable-stale-production".to_owned(),
            "--producer-name=bb".to_owned(),
        ]),
        ..NodeOptions::default()
    });
    (first, second.unwrap_or_else(|e| panic!("{e}")))
}

/// A contract that proposes the schedule in its action's data. `setprods` of the package's `eosio.bios` proposes nothing:
/// it calls the form of the function that is older than block signing authorities.
fn proposes_schedules() -> Vec<u8> {
    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
        ImportSection, MemorySection, MemoryType, Module, TypeSection,
        ValType::{I32, I64},
    };
    let mut types = TypeSection::new();
    types.ty().function([], [I32]);
    types.ty().function([I32, I32], [I32]);
    types.ty().function([I64, I32, I32], [I64]);
    types.ty().function([I64, I64, I64], []);
    let mut imports = ImportSection::new();
    for (name, kind) in [
        ("action_data_size", 0),
        ("read_action_data", 1),
        ("set_proposed_producers_ex", 2),
    ] {
        imports.import("env", name, EntityType::Function(kind));
    }
    let mut functions = FunctionSection::new();
    functions.function(3);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, 3);
    exports.export("memory", ExportKind::Memory, 0);
    let mut apply = Function::new([]);
    let mut code = apply.instructions();
    code.i32_const(0).call(0).call(1).drop();
    // The format of block signing authorities.
    code.i64_const(1).i32_const(0).call(0).call(2).drop().end();
    let mut codes = CodeSection::new();
    codes.function(&apply);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&memories);
    module.section(&exports).section(&codes);
    module.finish()
}

/// The two producers take turns from now on.
fn schedule(node: &Node) {
    let key = node.key().public_key();
    let (eosio, proposing) = (name!("eosio"), name!("schedules"));
    for account in [name!("aa"), name!("bb"), proposing] {
        node.create_account(account, &key)
            .unwrap_or_else(|e| panic!("{e}"));
    }
    let client = node.client();
    let abi = client.abi(eosio).expect("the ABI of eosio");
    let privileged = json!({ "account": proposing, "is_priv": 1 });
    let of = |account, name, data| Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(account)],
        data,
    };
    let privileged = abi
        .pack_action(name!("setpriv"), &privileged)
        .expect("its arguments");
    let schedule = [name!("aa"), name!("bb")].map(|producer| {
        json!({
            "producer_name": producer,
            "authority": ["block_signing_authority_v0", {
                "threshold": 1, "keys": [{ "key": key, "weight": 1 }],
            }],
        })
    });
    // Its arguments are those of `setprods`.
    let schedule = abi.pack_action(name!("setprods"), &json!({ "schedule": schedule }));
    let actions = [
        native::set_code(proposing, &proposes_schedules()),
        of(eosio, name!("setpriv"), privileged),
        of(
            proposing,
            name!("propose"),
            schedule.expect("its arguments"),
        ),
    ];
    client.push(&actions, &[node.key()]).expect("a schedule");
}

/// What the network plugin or the producer of a node is told.
fn tell(client: &Client, call: &str, argument: &Value) {
    let _: Value = client
        .call(call, argument)
        .unwrap_or_else(|e| panic!("{call}: {e}"));
}

/// Parts the nodes in a turn of the first producer. A branch with blocks of both producers is nearer to finality than a
/// longer one without: what the second makes then wins, and in its own turn what the first makes would.
fn part(here: &Client, there: &Client, address: &Value) {
    loop {
        for producer in [name!("bb"), name!("aa")] {
            until("the turn of a producer", || head(here).1 == producer);
        }
        tell(there, "/v1/net/disconnect", address);
        if head(here).1 == name!("aa") {
            return;
        }
        // The machine was busy for a whole turn.
        tell(there, "/v1/net/connect", address);
    }
}

fn head(client: &Client) -> (u32, Name) {
    let info = client.get_info().expect("the head");
    (info.head_block_num, info.head_block_producer)
}

fn rows(file: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let mut reader = IndexReader::open(file).expect("an index");
    let rows = |table: &&'static str| (*table, reader.rows(table).expect("rows"));
    TABLES.iter().map(rows).collect()
}

#[test]
fn an_index_of_the_branch_that_is_lost_undoes_it_and_equals_a_rebuild() {
    if find_program("nodeos").is_err() {
        eprintln!("SKIPPED: a fork between real nodes: there is none on this machine");
        return;
    }
    let (first, second) = nodes();
    let (here, there) = (first.client(), second.client());
    let chain = &Chain::set_up(here.clone(), first.key().clone());
    let coop = Coop::new(chain, 3);
    let scope = IndexScope {
        contracts: Contracts {
            chain_id: chain.id,
            registrator: chain.registrator.name,
            soviet: chain.soviet.name,
            gateway: chain.gateway.name,
        },
        cooperative: Some(coop.name()),
    };
    schedule(&first);
    until("the second producer", || head(here).1 == name!("bb"));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("index.db");
    let history = first
        .state_history_address()
        .expect("state history")
        .to_string();
    let follower = |file: &Path| {
        let source = StateHistorySource::new(&history, scope.interest()).expect("an address");
        Follower::new(source, IndexWriter::open(file, scope).expect("an index"))
    };
    let mut index = follower(&file);
    until("the index", || {
        index.step(WAIT).expect("a step");
        index.status().is_caught_up()
    });

    // The nodes part, and each hears of another question.
    let address = json!(first.p2p_address());
    part(here, there, &address);
    let beyond = &chain.through(there.clone());
    let elsewhere = Coop {
        chain: beyond,
        account: coop.account.clone(),
        members: coop.members.clone(),
        cashier: coop.cashier.clone(),
    };
    let ask = |coop: &Coop<'_>, proposer: usize| {
        let proposer = &coop.members[proposer];
        let proposal = Draft::proposal(coop, proposer.name).signed_by(coop.chain, &[proposer]);
        coop.propose(proposer, &proposal).accepted();
        proposal.hash()
    };
    let (lost, kept) = (ask(&coop, 0), ask(&elsewhere, 1));
    let mut reader = IndexReader::open(&file).expect("an index");
    let mut asked = || {
        let (filter, slice) = (QuestionFilter::default(), Slice::default());
        let found = reader
            .questions(coop.name(), &filter, &slice)
            .expect("questions");
        let found = found.entries.into_iter();
        found.map(|it| (it.hash, it.is_final)).collect::<Vec<_>>()
    };
    until("the question that is lost", || {
        index.step(WAIT).expect("a step");
        asked().contains(&(lost, false))
    });
    tell(here, "/v1/producer/pause", &json!({}));
    let (last, _) = head(here);
    until("the other branch to be longer", || head(there).0 > last + 1);

    // They meet again, and the branch that the index has is lost.
    tell(there, "/v1/net/connect", &address);
    until("the first node to go over", || head(here).0 > last + 1);
    tell(there, "/v1/producer/pause", &json!({}));
    until("both nodes to be at one block", || {
        let [here, there] = [here, there].map(|it| it.get_info().expect("the head").head_block_id);
        here == there
    });
    until("the index to undo and to go on", || {
        index.step(WAIT).expect("a step");
        let at = index.status().head.map(|it| it.block_id);
        at == Some(here.get_info().expect("the head").head_block_id)
    });
    index.writer().flush().expect("what was gathered");
    assert!(index.status().undone > 0, "{:?}", index.status());
    let hashes: Vec<_> = asked().into_iter().map(|(hash, _)| hash).collect();
    assert!(
        hashes.contains(&kept) && !hashes.contains(&lost),
        "{hashes:?}"
    );

    let new = folder.path().join("rebuilt.db");
    let mut rebuilt = follower(&new);
    until("a rebuild", || {
        rebuilt.step(WAIT).expect("a step");
        rebuilt.status().head == index.status().head
    });
    rebuilt.writer().flush().expect("what was gathered");
    let (undone, anew) = (rows(&file), rows(&new));
    for table in TABLES {
        assert_eq!(undone[table], anew[table], "{table}");
    }
    // What was lost waits for a next block, and tables are shown with it: both go on.
    for node in [here, there] {
        tell(node, "/v1/producer/resume", &json!({}));
    }
    let cooperative = Cooperative::new(here.clone(), scope.contracts, coop.name());
    let is_over = AtomicBool::new(false);
    let alike = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                index.step(WAIT).expect("a step");
            }
        });
        let alike = compare(&mut reader, &cooperative, PATIENCE, &AtomicBool::new(false));
        is_over.store(true, Ordering::Relaxed);
        alike
    });
    let alike = match alike.expect("a comparison") {
        Compared::Done(alike) => alike,
        other => panic!("nothing was compared: {other:?}"),
    };
    assert_eq!(alike.differences, []);
}
