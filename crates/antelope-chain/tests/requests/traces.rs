//! `/v1/trace_api`: what transactions of every kind did, and requests of every form.
//!
//! Blocks of the two chains have other times and other transactions beside, so that transactions are
//! compared one by one; of blocks, the fields and the `onblock`.

use crate::shared::difference::difference;
use crate::shared::signing::sign_with;
use crate::shared::token::token;
use crate::world::{ALICE, NUMBER, TOKEN, World};
use antelope_chain::api::{Api, Production};
use antelope_rpc_client::{native, signing};
use antelope_types::{
    Action, Authority, Checksum256, Encode, PermissionLevel, SignedTransaction, Transaction, asset,
    name,
};
use serde_json::{Value, json};
use std::time::Duration;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, ImportSection, Instruction as I, MemorySection, MemoryType, Module,
    TypeSection, ValType,
};

const BLOCK: &str = "/v1/trace_api/get_block";
const TRANSACTION: &str = "/v1/trace_api/get_transaction_trace";

/// Fields that depend on the time, on the machine, or on what the chain did before.
const OWN: [&str; 13] = [
    "id",
    "previous_id",
    "number",
    "block_num",
    "block_time",
    "timestamp",
    "cpu_usage_us",
    "expiration",
    "ref_block_num",
    "ref_block_prefix",
    "transaction_mroot",
    "action_mroot",
    "transactions",
];

/// An account whose contract sends deferred transactions and fails.
const SENDER: antelope_types::Name = name!("sender");

/// The same transaction for each of the chains.
struct Pair {
    there: SignedTransaction,
    here: SignedTransaction,
}

fn pair(world: &mut World, edit: &dyn Fn(&mut Transaction)) -> Pair {
    let both = &mut world.both;
    let client = both.node.client();
    let mut there = client.build(&[], &Default::default()).unwrap();
    edit(&mut there);
    let there = sign_with(&client.chain_id().unwrap(), there, &[&both.key]);
    let none: [Action; 0] = [];
    let mut here = both.chain.transaction(none);
    edit(&mut here);
    let here = sign_with(&both.chain.chain_id(), here, &[&both.key]);
    Pair { there, here }
}

/// Executes it on both; its ids. The requests before were not the same on both, so that sequences
/// differ.
fn push(world: &mut World, what: &str, edit: &dyn Fn(&mut Transaction)) -> [Checksum256; 2] {
    let Pair { there, here } = pair(world, edit);
    let outcomes = [world.both.there(&there), world.both.here(&here)];
    for outcome in outcomes {
        assert!(outcome["except"].is_null(), "{what}: {outcome:#}");
    }
    [there.transaction.id(), here.transaction.id()]
}

/// Waits until the node has completed its next blocks, and completes some of the chain.
fn blocks(world: &mut World) {
    let client = world.both.node.client();
    let head = client.get_info().unwrap().head_block_num;
    while client.get_info().unwrap().head_block_num < head + 4 {
        std::thread::sleep(Duration::from_millis(100));
    }
    for _ in 0..4 {
        world.both.chain.produce_block().unwrap();
    }
}

/// Takes out what is a chain's own.
fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|field, _| !OWN.contains(&&**field));
            // Signatures differ, their number does not.
            if let Some(signatures) = fields.get_mut("signatures") {
                *signatures = signatures.as_array().unwrap().len().into();
            }
            // A deferred transaction ends with the id of the one that sent it, a number and a name.
            if fields.get("action") == Some(&json!("onerror")) {
                let data = fields["data"].as_str().unwrap();
                let at = data.len() - 2 * (32 + 16 + 8);
                fields["data"] = [&data[..at], &data[at + 64..]].concat().into();
            }
            // The header of the previous block.
            if fields.get("action") == Some(&json!("onblock")) {
                fields.remove("data");
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => {
            let order = items.iter().map(|item| item["global_sequence"].as_u64());
            assert!(order.is_sorted());
            for item in &mut *items {
                if let Some(fields) = item.as_object_mut() {
                    fields.remove("global_sequence");
                }
                strip(item);
            }
        }
        _ => {}
    }
}

/// The status and the response without what is a chain's own.
fn outcome(status: u16, body: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(body).unwrap_or_default();
    strip(&mut value);
    json!({ "status": status, "answer": value })
}

/// Sends a request to the node and another to the chain.
fn compare(world: &World, api: &Api, what: &str, path: &str, bodies: [Value; 2]) -> Option<String> {
    let [there, here] = bodies.map(|body| body.to_string().into_bytes());
    let there = world.both.node.client().post(path, &there).unwrap();
    let here = api.answer(path, &here);
    let there = outcome(there.status, &there.body);
    let here = outcome(here.status, &here.body);
    let lines = difference(&there, &here)?;
    Some(format!("== {path}: {what}\n{lines}"))
}

/// The ids of deferred transactions that were executed on each chain after these blocks.
fn deferred(world: &World, after: [u32; 2]) -> [Vec<Checksum256>; 2] {
    let client = world.both.node.client();
    let head = client.get_info().unwrap().head_block_num;
    let mut there = Vec::new();
    for number in after[0]..=head {
        let block: Value = client
            .call("/v1/chain/get_block", &json!({ "block_num_or_id": number }))
            .unwrap();
        let ids = block["transactions"].as_array().unwrap().iter();
        there.extend(ids.filter_map(|it| it["trx"].as_str()?.parse::<Checksum256>().ok()));
    }
    let chain = &world.both.chain;
    let here = (after[1]..=chain.head().number()).flat_map(|number| {
        let block = chain.block(number).unwrap();
        let ids = block.transactions.iter().filter(|it| it.packed.is_none());
        ids.map(|it| it.id).collect::<Vec<_>>()
    });
    [there, here.collect()]
}

/// The traces of a transaction in the blocks of each chain; null where no block has one.
fn traces_of(
    world: &World,
    api: &Api,
    [before, after]: [[u32; 2]; 2],
    ids: [Checksum256; 2],
) -> [Value; 2] {
    let find = |which: usize, ask: &dyn Fn(&Value) -> Value| {
        let blocks = (before[which]..=after[which]).map(|number| {
            let block = ask(&json!({ "block_num": number }));
            let transactions = block["transactions"].as_array().unwrap().iter();
            let mut wanted = transactions.filter(|it| it["id"] == json!(ids[which]));
            wanted.next().cloned()
        });
        blocks.flatten().next().unwrap_or_default()
    };
    let client = world.both.node.client();
    [
        find(0, &|request| client.call(BLOCK, request).unwrap()),
        find(1, &|request| {
            let answer = api.answer(BLOCK, request.to_string().as_bytes());
            serde_json::from_slice(&answer.body).unwrap()
        }),
    ]
}

fn transfer(memo: &str) -> Action {
    let one = asset!("0.0001 TOK");
    token(TOKEN, ALICE)
        .transfer(ALICE, NUMBER, one, memo.into())
        .to_action()
}

fn act(action: antelope_types::Name, data: Vec<u8>) -> Action {
    Action {
        account: SENDER,
        name: action,
        authorization: vec![PermissionLevel::active(SENDER)],
        data,
    }
}

pub fn run(world: &mut World) -> Vec<String> {
    let told = crate::shared::onerror::works(world.both.node.process_id());
    world.both.accounts(&[SENDER]);
    let own = Authority::from_key(signing::public_key(&world.both.key).unwrap());
    let code = own.with_code(SENDER);
    let set = native::update_auth(SENDER, name!("active"), name!("owner"), code);
    let failing = act(name!("fail"), vec![1]);
    let wasm = native::set_code(
        SENDER,
        &sender(&[act(name!("nothing"), vec![8]), failing.clone()]),
    );
    world.both.push("a sender", &[set, wasm]);
    blocks(world);
    let heads = |world: &World| {
        let there = world.both.node.client().get_info().unwrap();
        [there.head_block_num, world.both.chain.head().number()]
    };
    let before = heads(world);
    let mut known = vec![
        (
            "a transfer",
            push(world, "a transfer", &|it| {
                it.actions = vec![transfer("once")]
            }),
        ),
        (
            "several actions",
            push(world, "several actions", &|it| {
                it.actions = (0..5).map(|number| transfer(&number.to_string())).collect();
                it.actions.push(act(name!("nothing"), vec![9; 300]));
            }),
        ),
        (
            "context-free actions",
            push(world, "context-free actions", &|it| {
                let mut free = act(name!("free"), vec![7]);
                free.authorization.clear();
                it.context_free_actions = vec![free];
                it.actions = vec![transfer("and a free one")];
            }),
        ),
        (
            "a return value and an inline action",
            push(world, "a return value", &|it| {
                it.actions = vec![act(name!("answer"), Vec::new())];
                it.header.max_net_usage_words.0 = 1000;
                it.header.max_cpu_usage_ms = 100;
            }),
        ),
        (
            "what sends a deferred one",
            push(world, "deferred", &|it| {
                it.actions = vec![act(name!("later"), Vec::new())];
            }),
        ),
        (
            "what sends a deferred one that will fail",
            push(world, "deferred failure", &|it| {
                it.actions = vec![act(name!("laterfail"), Vec::new())];
            }),
        ),
        (
            "a delayed one",
            push(world, "delayed", &|it| {
                it.header.delay_sec.0 = 1;
                it.actions = vec![transfer("delayed")];
            }),
        ),
        (
            "a delayed one that will fail",
            push(world, "delayed failure", &|it| {
                it.header.delay_sec.0 = 1;
                it.actions = vec![failing.clone()];
            }),
        ),
    ];
    blocks(world);
    world.both.chain.advance(Duration::from_secs(5)).unwrap();
    blocks(world);
    let [there, here] = deferred(world, before);
    assert_eq!((there.len(), here.len()), (4, 4), "deferred transactions");
    let after = heads(world);

    let api = Api::new(world.both.chain.clone(), Production::OnDemand);
    let mut differences = Vec::new();
    // By its id a node finds the block in which a delayed transaction was sent, and there it has no
    // trace. So deferred ones are looked up in their blocks.
    let mut statuses = Vec::new();
    for (there, here) in there.into_iter().zip(here) {
        let mut traces = traces_of(world, &api, [before, after], [there, here]);
        let status = traces[1]["status"].as_str().unwrap_or("hard_fail");
        statuses.push(status.to_owned());
        if status == "soft_fail" {
            if !told {
                continue;
            }
            known.push(("a deferred one that failed", [there, here]));
        }
        traces.iter_mut().for_each(strip);
        let lines = difference(&traces[0], &traces[1]);
        differences.extend(lines.map(|lines| format!("== a deferred transaction\n{lines}")));
    }
    statuses.sort();
    let expected = ["executed", "executed", "hard_fail", "soft_fail"];
    assert_eq!(statuses, expected);
    known.retain(|(what, _)| *what != "a delayed one");
    for (what, ids) in &known {
        let bodies = ids.map(|id| json!({ "id": id }));
        differences.extend(compare(world, &api, what, TRANSACTION, bodies));
    }
    // Each is in its block as it is by itself; `onblock` comes first.
    for number in before[1]..=after[1] {
        let answer = api.answer(BLOCK, json!({ "block_num": number }).to_string().as_bytes());
        let block: Value = serde_json::from_slice(&answer.body).unwrap();
        let transactions = block["transactions"].as_array().unwrap();
        assert_eq!(
            transactions[0]["actions"][0]["action"], "onblock",
            "{block:#}"
        );
        for transaction in &transactions[1..] {
            let status = transaction["status"].as_str().unwrap();
            assert!(
                matches!(status, "executed" | "soft_fail"),
                "{transaction:#}"
            );
            let id = json!({ "id": transaction["id"] }).to_string();
            let alone = api.answer(TRANSACTION, id.as_bytes());
            let alone: Value = serde_json::from_slice(&alone.body).unwrap();
            assert_eq!(alone, *transaction);
        }
    }
    for (what, numbers) in [
        ("an early block", [3, 3]),
        ("the head", after),
        ("a block", before),
    ] {
        let bodies = numbers.map(|number| json!({ "block_num": number }));
        // The node goes on making blocks: what was its head may be irreversible by the time it answers.
        let has_aged = |lines: &String| {
            let aged = "- \"status\": \"irreversible\"\n+ \"status\": \"pending\"";
            what == "the head"
                && lines.trim_end().ends_with(aged)
                && lines.trim_end().lines().count() == 3
        };
        let found = compare(world, &api, what, BLOCK, bodies.clone());
        differences.extend(found.filter(|lines| !has_aged(lines)));
        let [there, here] = bodies;
        let client = world.both.node.client();
        let there: Value = client.call(BLOCK, &there).unwrap();
        let here = api.answer(BLOCK, here.to_string().as_bytes());
        let here: Value = serde_json::from_slice(&here.body).unwrap();
        let [mut there, mut here] = [there, here].map(|block| {
            let text = block["timestamp"].as_str().unwrap();
            assert!(text.len() == 24 && text.ends_with('Z'), "{text}");
            block["transactions"][0].clone()
        });
        strip(&mut there);
        strip(&mut here);
        let lines = difference(&there, &here);
        differences.extend(lines.map(|lines| format!("== onblock of {what}\n{lines}")));
    }
    differences.extend(forms(world, &api));
    differences
}

/// Requests of every form.
fn forms(world: &World, api: &Api) -> Vec<String> {
    let numbers = [
        "",
        "{}",
        "[]",
        "null",
        "1",
        "{",
        r#"{"block_num":null}"#,
        r#"{"block_num":"abc"}"#,
        r#"{"block_num":-1}"#,
        r#"{"block_num":4294967295}"#,
        r#"{"block_num":4294967296}"#,
        r#"{"block_num":0}"#,
        r#"{"block_num":1}"#,
        r#"{"block_num":true}"#,
        r#"{"block_num":1e3000}"#,
        r#"{"block_num":[]}"#,
        r#"{"block_num":{}}"#,
        r#"{"block_num":""}"#,
        r#"{"block_num":"0"}"#,
        r#"{"block_num":"-1"}"#,
        r#"{"block_num":" 2"}"#,
        r#"{"block_num":99999999}"#,
        r#"{"block_num":"99999999"}"#,
        r#"{"block_num":99999999.9}"#,
        r#"{"block_num":-2.5}"#,
        r#"{"other":2}"#,
    ];
    let ids = [
        "",
        "{}",
        "[]",
        "null",
        "{",
        r#"{"id":null}"#,
        r#"{"id":""}"#,
        r#"{"id":"abc"}"#,
        r#"{"id":"1234567"}"#,
        r#"{"id":"12345678"}"#,
        r#"{"id":"123456789"}"#,
        r#"{"id":"xyzxyzxyz"}"#,
        r#"{"id":12345678}"#,
        r#"{"id":1234567}"#,
        r#"{"id":true}"#,
        r#"{"id":[]}"#,
        r#"{"id":"ABCDEF0123456789"}"#,
        r#"{"id":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"id":"00000000000000000000000000000000000000000000000000000000000000000"}"#,
    ];
    let numbers = numbers.map(|body| (BLOCK, body));
    let ids = ids.map(|body| (TRANSACTION, body));
    let answers = numbers.into_iter().chain(ids).filter_map(|(path, body)| {
        let there = world.both.node.client().post(path, body.as_bytes()).unwrap();
        let here = api.answer(path, body.as_bytes());
        let [there, here] = [there, here].map(|answer| {
            let content: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            // Block 1 and what wraps to it aside, none of these is there.
            json!({ "status": answer.status, "message": content["message"], "error": content["error"] })
        });
        let lines = difference(&there, &here)?;
        Some(format!("== {path} {body}\n{lines}"))
    });
    answers.collect()
}

/// A contract whose actions `later` and `laterfail` send a deferred transaction with the first and the
/// second of these actions, whose `answer` returns two bytes and sends `nothing` inline, whose `fail`
/// fails, and that takes everything else.
fn sender(actions: &[Action; 2]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    let five = [
        ValType::I32,
        ValType::I64,
        ValType::I32,
        ValType::I32,
        ValType::I32,
    ];
    types.ty().function(five, []);
    types.ty().function([ValType::I32; 2], []);
    let mut imports = ImportSection::new();
    imports.import("env", "send_deferred", EntityType::Function(1));
    imports.import("env", "set_action_return_value", EntityType::Function(2));
    imports.import("env", "send_inline", EntityType::Function(2));
    imports.import("env", "eosio_assert", EntityType::Function(2));
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, 4);
    let inline = act(name!("nothing"), vec![5]).to_bytes();
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(512), inline.clone());
    data.active(0, &ConstExpr::i32_const(1024), *b"it fails\0");
    let mut body = Function::new([]);
    let mut on = |action: antelope_types::Name, instructions: &[I<'_>]| {
        body.instruction(&I::LocalGet(2));
        body.instruction(&I::I64Const(action.raw() as i64));
        body.instruction(&I::I64Eq);
        body.instruction(&I::If(BlockType::Empty));
        for instruction in instructions {
            body.instruction(instruction);
        }
        body.instruction(&I::End);
    };
    // A number for the transaction, and the transaction.
    for (name, at, action) in [
        (name!("later"), 2048, &actions[0]),
        (name!("laterfail"), 4096, &actions[1]),
    ] {
        let deferred = Transaction {
            actions: vec![action.clone()],
            ..Transaction::default()
        };
        let deferred = deferred.to_bytes();
        data.active(0, &ConstExpr::i32_const(at), (at as u128).to_le_bytes());
        data.active(0, &ConstExpr::i32_const(at + 16), deferred.clone());
        on(
            name,
            &[
                I::I32Const(at),
                I::I64Const(SENDER.raw() as i64),
                I::I32Const(at + 16),
                I::I32Const(deferred.len() as i32),
                I::I32Const(0),
                I::Call(0),
            ],
        );
    }
    on(
        name!("answer"),
        &[
            I::I32Const(1024),
            I::I32Const(2),
            I::Call(1),
            I::I32Const(512),
            I::I32Const(inline.len() as i32),
            I::Call(2),
        ],
    );
    on(
        name!("fail"),
        &[I::I32Const(0), I::I32Const(1024), I::Call(3)],
    );
    body.instruction(&I::End);
    let mut code = CodeSection::new();
    code.function(&body);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&memories)
        .section(&exports)
        .section(&code)
        .section(&data);
    module.finish()
}
