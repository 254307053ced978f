//! Errors of all kinds, byte for byte as a node writes them: with all messages (`verbose-http-errors`)
//! and with the first one only. A node of each kind runs beside this server, with the same accounts and
//! the same contract, and is asked the same.
//!
//! What is different by nature is blanked in both: places in the source of nodeos (`file`,
//! `line_number`, `method`), ids and times. The rest must be equal, the order of fields included.

use crate::errors::contract::{CONTRACT, fails};
use crate::support::{ask, node, post, server_of};
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, DEVELOPMENT_KEY, FeatureSet, Genesis, wasm};
use antelope_node::{Node, NodeOptions};
use antelope_rpc::{Options, Server};
use antelope_rpc_client::{Client, TransactionOptions, native, signing, transaction};
use antelope_types::{
    Action, Authority, Name, PackedTransaction, PermissionLevel, PrivateKey, SignedTransaction,
    TimePointSec, Transaction, VarUint32, name,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;

mod contract;

const ALICE: Name = name!("alice");

/// The key of all accounts but `eosio`.
const USERS: PrivateKey = PrivateKey::K1([7; 32]);

/// One of the servers.
struct Side {
    address: SocketAddr,
    client: Client,
    /// The key of `eosio`.
    key: PrivateKey,
}

impl Side {
    /// A server with the accounts and the contract.
    fn new(url: &str, key: PrivateKey) -> Self {
        let side = Self {
            address: url.trim_start_matches("http://").parse().unwrap(),
            client: Client::new(url).unwrap(),
            key,
        };
        let authority = Authority::from_key(signing::public_key(&USERS).unwrap());
        for account in [ALICE, CONTRACT] {
            let authority = authority.clone();
            let create = native::new_account(name!("eosio"), account, authority.clone(), authority);
            side.client.push(&[create], &[&side.key]).unwrap();
        }
        let code = native::set_code(CONTRACT, &fails());
        side.client.push(&[code], &[&USERS]).unwrap();
        side
    }

    /// The status and the body of an answer, without what is different by nature.
    fn told(&self, path: &str, body: &str) -> (u16, String) {
        let answer = ask(self.address, &post(path, body)).unwrap();
        (answer.status, blanked(&answer.body))
    }

    /// A signed transaction that this chain would take but for what `change` does to it, as the body
    /// of `send_transaction`.
    fn packed(&self, case: &Case) -> String {
        let options = TransactionOptions::default();
        let mut built = self.client.build(&case.actions, &options).unwrap();
        (case.change)(&mut built);
        let chain_id = self.client.chain_id().unwrap();
        let mut signed = transaction::sign(&chain_id, built, &[&USERS]).unwrap();
        (case.sign)(&mut signed);
        json!(PackedTransaction::pack(&signed)).to_string()
    }
}

/// A transaction that is refused.
struct Case {
    what: &'static str,
    actions: Vec<Action>,
    change: fn(&mut Transaction),
    sign: fn(&mut SignedTransaction),
}

fn case(what: &'static str, actions: Vec<Action>) -> Case {
    Case {
        what,
        actions,
        change: |_| {},
        sign: |_| {},
    }
}

/// An action of the contract.
fn call(action: Name) -> Action {
    Action {
        account: CONTRACT,
        name: action,
        authorization: vec![PermissionLevel::active(ALICE)],
        data: Vec::new(),
    }
}

/// A native action whose arguments are names.
fn native_call(action: Name, arguments: &[Name]) -> Action {
    let data = arguments.iter().flat_map(|name| name.raw().to_le_bytes());
    Action {
        account: name!("eosio"),
        name: action,
        authorization: vec![PermissionLevel::active(ALICE)],
        data: data.collect(),
    }
}

/// Transactions that fail in all phases: before they begin, at their authority, in a native action, in
/// a contract.
fn cases() -> Vec<Case> {
    let plain = || vec![call(name!("nothing"))];
    let changed = |what, change: fn(&mut Transaction)| Case {
        change,
        ..case(what, plain())
    };
    let signed = |what, sign: fn(&mut SignedTransaction)| Case {
        sign,
        ..case(what, plain())
    };
    let by = |level: PermissionLevel| {
        let mut action = call(name!("nothing"));
        action.authorization = vec![level];
        vec![action]
    };
    let authority = Authority::from_key(signing::public_key(&USERS).unwrap());
    let no_threshold = Authority {
        threshold: 0,
        ..authority.clone()
    };
    let create =
        |account| native::new_account(ALICE, account, authority.clone(), authority.clone());
    let update =
        |permission, parent, authority| native::update_auth(ALICE, permission, parent, authority);
    let (active, owner, more) = (name!("active"), name!("owner"), name!("more"));
    let of_contract = contract::ACTIONS.map(|(what, name)| case(what, vec![call(name)]));
    let mut cases = Vec::from(of_contract);
    cases.extend([
        changed("expired", |it| {
            it.header.expiration = TimePointSec::from_seconds(1)
        }),
        changed("expires too far", |it| {
            it.header.expiration = TimePointSec::from_seconds(u32::MAX);
        }),
        changed("another chain", |it| it.header.ref_block_prefix ^= 1),
        changed("no actions", |it| it.actions.clear()),
        changed("no authority", |it| it.actions[0].authorization.clear()),
        changed("an unknown contract", |it| {
            it.actions[0].account = name!("nobody")
        }),
        changed("a context-free action with authority", |it| {
            it.context_free_actions = it.actions.clone();
        }),
        changed("too little NET", |it| {
            it.header.max_net_usage_words = VarUint32(1)
        }),
        changed("a long delay", |it| {
            it.header.delay_sec = VarUint32(u32::MAX)
        }),
        case(
            "an unknown account",
            by(PermissionLevel::active(name!("nobody"))),
        ),
        case(
            "an unknown permission",
            by(PermissionLevel {
                actor: ALICE,
                permission: more,
            }),
        ),
        case(
            "another's authority",
            by(PermissionLevel::active(name!("eosio"))),
        ),
        signed("no signature", |it| it.signatures.clear()),
        signed("a signature of nothing", |it| {
            it.signatures = vec![antelope_types::Signature::K1([0; 65])];
        }),
        signed("a signature twice", |it| {
            it.signatures.extend(it.signatures.clone())
        }),
        case("a name that is taken", vec![create(ALICE)]),
        case("a name of the system", vec![create(name!("eosio.taken"))]),
        case(
            "an authority of nobody",
            vec![update(more, active, no_threshold)],
        ),
        case(
            "a permission below itself",
            vec![update(active, active, authority.clone())],
        ),
        case(
            "an unknown parent",
            vec![update(more, name!("less"), authority.clone())],
        ),
        case(
            "a second root",
            vec![update(more, name!(""), authority.clone())],
        ),
        case(
            "an owner with a parent",
            vec![update(owner, active, authority.clone())],
        ),
        case(
            "no owner",
            vec![native_call(name!("deleteauth"), &[ALICE, owner])],
        ),
        case(
            "no such permission",
            vec![native_call(name!("deleteauth"), &[ALICE, more])],
        ),
        case(
            "no such link",
            vec![native_call(name!("unlinkauth"), &[ALICE, CONTRACT, more])],
        ),
        case(
            "no such permission to link",
            vec![native::link_auth(ALICE, CONTRACT, more, more)],
        ),
        case("another engine", {
            let mut code = native::set_code(ALICE, b"");
            code.data[8] = 1;
            vec![code]
        }),
    ]);
    cases
}

/// Requests that are refused on any chain.
const REQUESTS: &[(&str, &str)] = &[
    ("nothing", ""),
    ("nothing", "no JSON"),
    ("get_account", ""),
    ("get_account", "{}"),
    ("get_account", "{\"account_name\":"),
    ("get_account", "{\"account_name\":7}"),
    ("get_account", "{\"account_name\":\"A\"}"),
    (
        "get_account",
        "{\"account_name\":\"\u{1}\\\"\u{436}\u{7f}\u{85}\\\\\"}",
    ),
    ("get_account", "{\"account_name\":\"nobody\"}"),
    (
        "get_account",
        "{\"account_name\":\"alice\",\"expected_core_symbol\":\"4\"}",
    ),
    ("get_account", "[1,\"x\""),
    ("get_info", "{\"a\":1}"),
    ("get_code", "{\"account_name\":\"nobody\"}"),
    ("get_code_hash", "{\"account_name\":\"nobody\"}"),
    ("get_abi", "{\"account_name\":\"nobody\"}"),
    ("get_raw_abi", "{\"account_name\":\"nobody\"}"),
    (
        "get_raw_abi",
        "{\"account_name\":\"alice\",\"abi_hash\":\"x\"}",
    ),
    ("get_raw_code_and_abi", "{\"account_name\":\"nobody\"}"),
    ("get_block", "{\"block_num_or_id\":\"4000000000\"}"),
    ("get_block", "{\"block_num_or_id\":\"xy\"}"),
    ("get_block", "{\"block_num_or_id\":\"\"}"),
    ("get_block_info", "{\"block_num\":4000000000}"),
    (
        "get_block_header_state",
        "{\"block_num_or_id\":\"4000000000\"}",
    ),
    ("get_raw_block", "{\"block_num_or_id\":\"4000000000\"}"),
    ("get_block_header", "{\"block_num_or_id\":\"4000000000\"}"),
    (
        "get_table_rows",
        "{\"code\":\"nobody\",\"scope\":\"x\",\"table\":\"x\"}",
    ),
    (
        "get_table_rows",
        "{\"code\":\"alice\",\"scope\":\"x\",\"table\":\"x\"}",
    ),
    (
        "get_table_rows",
        "{\"code\":\"eosio\",\"scope\":\"x\",\"table\":\"x\"}",
    ),
    (
        "get_table_rows",
        "{\"code\":\"alice\",\"scope\":\"x\",\"table\":\"zzzzzzzzzzzzj\"}",
    ),
    (
        "get_table_rows",
        "{\"code\":\"alice\",\"table\":\"x\",\"index_position\":\"what\"}",
    ),
    (
        "get_table_rows",
        "{\"code\":\"alice\",\"table\":\"x\",\"index_position\":\"2\"}",
    ),
    (
        "get_table_rows",
        "{\"code\":\"alice\",\"table\":\"x\",\"index_position\":\"2\",\"key_type\":\"x\"}",
    ),
    ("get_table_rows", "{\"limit\":\"ten\"}"),
    (
        "get_table_by_scope",
        "{\"code\":\"alice\",\"lower_bound\":\"!\"}",
    ),
    (
        "get_currency_balance",
        "{\"code\":\"nobody\",\"account\":\"alice\"}",
    ),
    (
        "get_currency_stats",
        "{\"code\":\"nobody\",\"symbol\":\"TOK\"}",
    ),
    (
        "get_currency_stats",
        "{\"code\":\"alice\",\"symbol\":\"tok\"}",
    ),
    ("get_producers", "{\"limit\":[]}"),
    (
        "get_required_keys",
        "{\"transaction\":{},\"available_keys\":[7]}",
    ),
    (
        "get_required_keys",
        "{\"transaction\":7,\"available_keys\":[]}",
    ),
    (
        "get_required_keys",
        "{\"available_keys\":[],\"transaction\":{\"actions\":[{\"account\":\"eosio\",\"name\":\"a\",\"data\":\"\",\"authorization\":[{\"actor\":\"alice\",\"permission\":\"active\"}]}]}}",
    ),
    (
        "get_required_keys",
        "{\"available_keys\":[],\"transaction\":{\"actions\":[{\"account\":\"eosio\",\"name\":\"a\",\"data\":\"\",\"authorization\":[{\"actor\":\"nobody\",\"permission\":\"active\"}]}]}}",
    ),
    ("get_transaction_id", "{\"actions\":7}"),
    ("get_transaction_id", "{\"actions\":[]}"),
    ("push_transaction", "{\"a\":1}"),
    (
        "push_transaction",
        "{\"signatures\":[],\"compression\":\"best\"}",
    ),
    ("push_transactions", "[]"),
    ("push_transactions", "{\"a\":1}"),
    ("push_transactions", ""),
    ("push_block", "{\"producer\":7}"),
    ("send_transaction2", "{\"retry_trx\":7,\"a\":1}"),
    ("send_transaction2", "{\"return_failure_trace\":\"x\"}"),
    ("compute_transaction", "{\"transaction\":{}}"),
    (
        "send_read_only_transaction",
        "{\"transaction\":{\"signatures\":[\"x\"],\"compression\":0}}",
    ),
    ("../trace_api/get_block", "{\"block_num\":4000000000}"),
    ("../trace_api/get_block", "{\"block_num\":\"x\"}"),
    (
        "../trace_api/get_transaction_trace",
        "{\"id\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
    ),
    ("../trace_api/get_transaction_trace", "{\"id\":7}"),
];

/// The path of a call.
fn path(call: &str) -> String {
    match call.strip_prefix("../") {
        Some(other) => format!("/v1/{other}"),
        None => format!("/v1/chain/{call}"),
    }
}

/// A body without places, ids and times.
fn blanked(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while !rest.is_empty() {
        // The values and the place of a message that is told inside of another one.
        if let Some(line) = rest.strip_prefix("\\n    ") {
            rest = &line[line.find("\\n").unwrap()..];
            continue;
        }
        let length = skipped(rest);
        if length > 0 {
            out.push('*');
        } else {
            out.extend(rest.chars().next());
        }
        let next = rest.chars().next().map_or(0, char::len_utf8);
        rest = &rest[length.max(next)..];
    }
    out
}

/// How many bytes at the beginning are a place, an id or a time.
fn skipped(text: &str) -> usize {
    for field in ["\"file\":\"", "\"method\":\""] {
        if let Some(value) = text.strip_prefix(field) {
            return field.len() + value.find('"').unwrap() + 1;
        }
    }
    let field = "\"line_number\":";
    if let Some(value) = text.strip_prefix(field) {
        return field.len() + value.bytes().take_while(u8::is_ascii_digit).count();
    }
    let digits = text.bytes().take_while(u8::is_ascii_hexdigit).count();
    if digits == 64 {
        return digits;
    }
    let shape = "0000-00-00T00:00:00";
    let like = |(byte, shape): (u8, u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        sign => byte == sign,
    };
    match text.len() >= shape.len() && text.bytes().zip(shape.bytes()).all(like) {
        true => {
            shape.len()
                + if text[shape.len()..].starts_with('.') {
                    4
                } else {
                    0
                }
        }
        false => 0,
    }
}

/// A node of this kind and this server in its manner; none where there is no program.
fn sides(verbose: bool) -> Option<([Side; 2], Node, Server)> {
    let options = NodeOptions {
        verbose_errors: verbose,
        ..NodeOptions::default()
    };
    let node = node("errors beside a node", options)?;
    // With the features that the chain has from the beginning.
    node.boot().unwrap();
    let genesis = Genesis {
        features: FeatureSet::LEAP_4,
        ..Genesis::default()
    };
    let chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
    let options = Options {
        verbose_errors: verbose,
        ..Options::default()
    };
    let server = server_of(Api::new(chain, Production::PerTransaction), options);
    let theirs = Side::new(node.url(), node.key().clone());
    let ours = Side::new(&server.url(), DEVELOPMENT_KEY.clone());
    Some(([theirs, ours], node, server))
}

/// All differences, and how many answers had which status.
fn compared(sides: &[Side; 2]) -> (Vec<String>, BTreeMap<u16, usize>) {
    let (mut differences, mut statuses) = (Vec::new(), BTreeMap::new());
    let mut compare = |what: &str, told: [(u16, String); 2]| {
        *statuses.entry(told[0].0).or_default() += 1;
        let succeed = told.iter().all(|(status, _)| *status < 300);
        if told[0] != told[1] && !succeed {
            let [theirs, ours] = told;
            differences.push(format!("== {what}\n- {theirs:?}\n+ {ours:?}"));
        }
    };
    for (call, body) in REQUESTS {
        let told = sides.each_ref().map(|side| side.told(&path(call), body));
        compare(&format!("{call} {body}"), told);
    }
    for case in cases() {
        for call in [
            "push_transaction",
            "send_transaction2",
            "compute_transaction",
        ] {
            let told = sides.each_ref().map(|side| {
                let packed = side.packed(&case);
                let body = match call {
                    "push_transaction" => packed,
                    _ => format!("{{\"return_failure_trace\":false,\"transaction\":{packed}}}"),
                };
                side.told(&path(call), &body)
            });
            compare(&format!("{call}: {}", case.what), told);
        }
    }
    // Twice the same.
    let told = sides.each_ref().map(|side| {
        let body = side.packed(&case("a duplicate", vec![call(name!("nothing"))]));
        assert_eq!(side.told(&path("send_transaction"), &body).0, 202);
        side.told(&path("send_transaction"), &body)
    });
    compare("a duplicate", told);
    (differences, statuses)
}

fn run(verbose: bool) {
    let Some((sides, _node, _server)) = sides(verbose) else {
        return;
    };
    let (differences, statuses) = compared(&sides);
    let _ = writeln!(std::io::stderr(), "verbose {verbose}: {statuses:?}");
    assert!(
        differences.is_empty(),
        "{} differ (- node, + this server)\n{}",
        differences.len(),
        differences.join("\n")
    );
    // Every status that a call of a node can have but those of success and of a full server.
    let seen: Vec<_> = statuses
        .into_keys()
        .filter(|status| *status >= 400)
        .collect();
    assert_eq!(seen, [400, 401, 404, 409, 500]);
}

#[test]
fn errors_with_all_messages_are_those_of_a_node_byte_for_byte() {
    run(true);
}

#[test]
fn errors_with_their_first_message_are_those_of_a_node_byte_for_byte() {
    run(false);
}

#[test]
fn places_ids_and_times_are_blanked() {
    let id = "0".repeat(64);
    let body = format!(
        "{{\"message\":\"{id} at 2026-01-01T00:00:00.500, 2026-01-01T00:00:00\",\"file\":\"a.cpp\",\"line_number\":12,\"method\":\"m\"}}"
    );
    assert_eq!(blanked(&body), "{\"message\":\"* at *, *\",*,*,*}");
}
