//! A node and the API of the embedded chain, with the same accounts, tables and rows.

use crate::scheduled;
use crate::shared::both::Both;
use crate::shared::modules::contract;
use crate::shared::package::package;
use crate::shared::token::token;
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, FeatureSet, Genesis, wasm};
use antelope_intrinsics::{ValueType, intrinsic};
use antelope_node::NodeOptions;
use antelope_rpc_client::native;
use antelope_types::abi::AbiDef;
use antelope_types::{
    Action, Authority, Checksum160, Checksum256, Encode, KeyWeight, Name, PermissionLevel,
    PermissionLevelWeight, PublicKey, UserPresence, WebAuthnPublicKey, asset, name,
};
use serde_json::json;
use std::ffi::OsString;
use std::time::Duration;
use wasm_encoder::{Instruction as I, ValType};

/// The account with the tables.
pub const SHELF: Name = name!("shelf");
/// A scope and an account whose name is a number.
pub const NUMBER: Name = name!("112233445511");
pub const TOKEN: Name = name!("eosio.token");
pub const ALICE: Name = name!("alice");

/// Scopes of the tables, as numbers.
pub const SCOPES: [u64; 4] = [SHELF.raw(), NUMBER.raw(), 7, 0];

/// Rows of each scope.
pub const ROWS: u64 = 12;

/// The table, whose last four bits are the number of an index.
const TABLE: u64 = name!("items").raw();

pub struct World {
    pub both: Both,
    pub api: Api,
}

impl World {
    /// `None` where there is no node.
    pub fn start() -> Option<Self> {
        let arguments = [
            "--enable-account-queries",
            "true",
            "--transaction-finality-status-max-storage-size-gb",
            "1",
        ];
        let options = NodeOptions {
            arguments: arguments.map(OsString::from).into(),
            ..NodeOptions::default()
        };
        let mut both = Both::start_with(options)?;
        let genesis = Genesis {
            features: FeatureSet::LEAP_4,
            ..both.chain.genesis().clone()
        };
        both.chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
        both.chain.record_history();
        // The clocks agree, so that one transaction is good on both.
        let now = both.node.client().get_info().unwrap().head_block_time;
        let behind = now.micros() - both.chain.now().micros();
        let behind = Duration::from_micros(behind.max(0) as u64);
        both.chain.advance(behind).unwrap();
        both.accounts(&[SHELF, NUMBER, TOKEN, ALICE]);
        let reference = package("eosio.token");
        both.push(
            "code of the token",
            &[
                native::set_code(TOKEN, reference.wasm()),
                native::set_abi(TOKEN, reference.abi()),
            ],
        );
        // The node's account has had another before, so that RAM would differ.
        let system = [native::set_abi(name!("eosio"), &abi())];
        both.only_there(&system);
        both.chain.push(&system).unwrap();
        // Asked for a secondary index of an account without an ABI, this node ends.
        let nothing = native::set_code(name!("eosio"), crate::shared::both::NOTHING);
        both.chain.push(&[nothing]).unwrap();
        for account in [ALICE, NUMBER] {
            both.push("an ABI", &[native::set_abi(account, &abi())]);
        }
        for supply in [asset!("100.0000 TOK"), asset!("7 X")] {
            both.push(
                "a token",
                &[
                    token(TOKEN, TOKEN).create(ALICE, supply).to_action(),
                    token(TOKEN, ALICE)
                        .issue(ALICE, supply, "".into())
                        .to_action(),
                ],
            );
        }
        both.push(
            "code of the shelf",
            &[
                native::set_code(SHELF, &shelf()),
                native::set_abi(SHELF, &abi()),
            ],
        );
        both.push(
            "rows",
            &[Action {
                account: SHELF,
                name: name!("fill"),
                authorization: vec![PermissionLevel::active(SHELF)],
                data: Vec::new(),
            }],
        );
        scheduled::fill(&mut both);
        authorities(&mut both);
        // Blocks that are asked for by numbers up to 20 are there on both.
        while both.node.client().get_info().unwrap().head_block_num < 25 {
            std::thread::sleep(Duration::from_millis(200));
        }
        for _ in 0..30 {
            both.chain.produce_block().unwrap();
        }
        let api = Api::new(both.chain.clone(), Production::OnDemand);
        Some(Self { both, api })
    }
}

/// A key with a weight: numbers of the curve that differ in the last byte, of which some are points.
pub fn key(number: u8) -> KeyWeight {
    let mut bytes = [0x11; 33];
    bytes[0] = 2;
    bytes[32] = number;
    KeyWeight {
        key: PublicKey::K1(bytes),
        weight: u16::from(number),
    }
}

/// A key of a browser with any number as user presence, with a weight.
pub fn browser_key(presence: u8, rpid: &str) -> KeyWeight {
    let mut point = [0x11; 33];
    point[0] = 2;
    let key = WebAuthnPublicKey {
        point,
        user_presence: UserPresence(presence),
        rpid: rpid.into(),
    };
    KeyWeight {
        key: PublicKey::WebAuthn(key),
        weight: 1,
    }
}

/// Permissions with keys of browsers whose user presence has no name, which nodes keep, order and
/// show; and with a key without a site, which they refuse.
fn browser_authorities(both: &mut Both) {
    for keys in [
        vec![browser_key(200, "a.example"), browser_key(7, "a.example")],
        vec![browser_key(7, "a.example"), browser_key(7, "a.example")],
        vec![browser_key(1, "")],
        vec![
            browser_key(0, "b.example"),
            browser_key(1, "a.example"),
            browser_key(3, "a.example"),
            browser_key(7, "a.example"),
            browser_key(7, "b.example"),
            browser_key(200, "a.example"),
        ],
    ] {
        let authority = Authority {
            threshold: 1,
            keys,
            ..Authority::default()
        };
        let set = native::update_auth(SHELF, name!("browsers"), name!("active"), authority);
        both.push("a permission of browsers", &[set]);
    }
}

/// Permissions of several keys and accounts.
fn authorities(both: &mut Both) {
    browser_authorities(both);
    let account = |level: PermissionLevel, weight| PermissionLevelWeight {
        permission: level,
        weight,
    };
    let several = |keys: &[u8], accounts: Vec<PermissionLevelWeight>| Authority {
        threshold: 2,
        keys: keys.iter().copied().map(key).collect(),
        accounts,
        waits: Vec::new(),
    };
    let alice = PermissionLevel::active(ALICE);
    let owner = PermissionLevel::owner(ALICE);
    for (of, authority) in [
        (SHELF, several(&[1, 2], vec![account(alice, 2)])),
        (
            NUMBER,
            several(&[2], vec![account(alice, 1), account(owner, 2)]),
        ),
        (TOKEN, several(&[2, 3], vec![account(owner, 2)])),
    ] {
        // A node lists permissions by the block that set them, so that each gets one of its own.
        let head = both.node.client().get_info().unwrap().head_block_num;
        let patience = Duration::from_secs(20);
        both.node
            .client()
            .wait_for_block(head + 1, patience)
            .unwrap();
        both.chain.produce_block().unwrap();
        let set = native::update_auth(of, name!("more"), name!("active"), authority);
        both.push("a permission", &[set]);
    }
}

fn abi() -> Vec<u8> {
    let abi: AbiDef = serde_json::from_value(json!({
        "version": "eosio::abi/1.2",
        "structs": [
            { "name": "item", "base": "", "fields": [
                { "name": "id", "type": "uint64" },
                { "name": "text", "type": "string" },
            ] },
            { "name": "fill", "base": "", "fields": [] },
            { "name": "nest", "base": "", "fields": [{ "name": "in", "type": "nest[]" }] },
        ],
        "actions": [
            { "name": "fill", "type": "fill", "ricardian_contract": "" },
            { "name": "put", "type": "item", "ricardian_contract": "" },
            { "name": "nest", "type": "nest", "ricardian_contract": "" },
        ],
        "tables": [
            { "name": "items", "type": "item", "index_type": "i64", "key_names": [], "key_types": [] },
            { "name": "odd", "type": "item", "index_type": "i128", "key_names": [], "key_types": [] },
        ],
        "error_messages": [{ "error_code": 7, "error_msg": "seven" }],
    }))
    .unwrap();
    abi.to_bytes()
}

/// Where the row with this number lies, and its keys.
fn address(row: u64) -> i32 {
    (1024 + 160 * row) as i32
}

/// The row, then a key of each kind.
fn bytes(row: u64) -> Vec<u8> {
    let mut out = row.to_le_bytes().to_vec();
    out.extend([1, b'a' + row as u8]);
    out.resize(16, 0);
    out.extend(key64(row).to_le_bytes());
    out.resize(32, 0);
    out.extend(key128(row).to_le_bytes());
    out.extend(words(&key256(row).0));
    out.extend(key_double(row).to_le_bytes());
    out.resize(96, 0);
    // A long double between -2 and 2.
    let sign = u128::from(row % 2) << 127;
    out.extend((sign | 0x3ff0 << 112 | u128::from(row) << 104).to_le_bytes());
    let mut padded = [0; 32];
    padded[..20].copy_from_slice(&key160(row).0);
    out.extend(words(&padded));
    out
}

/// A checksum as contracts store it in an index: two numbers of 128 bits, the first one of its first
/// bytes.
fn words(checksum: &[u8; 32]) -> Vec<u8> {
    let halves = checksum.chunks(16);
    halves.flat_map(|half| half.iter().rev().copied()).collect()
}

/// Keys of 128 bits, one of which two rows have.
pub fn key128(row: u64) -> u128 {
    u128::from(row * 3 % 11) << 100 | 5
}

/// Keys of 256 bits.
pub fn key256(row: u64) -> Checksum256 {
    let mut bytes = [0; 32];
    (bytes[0], bytes[16]) = ((row * 5 % 12) as u8, (row * 7 % 12) as u8);
    (bytes[15], bytes[31]) = (0x11, 0x11);
    Checksum256(bytes)
}

/// Keys of 160 bits that differ before and behind the sixteenth byte; some rows have the same.
pub fn key160(row: u64) -> Checksum160 {
    let mut bytes = [0x22; 20];
    (bytes[0], bytes[17]) = ((row % 4) as u8, (row % 2) as u8);
    (bytes[15], bytes[19]) = (row as u8 / 6, 0);
    Checksum160(bytes)
}

/// Keys that are doubles.
pub fn key_double(row: u64) -> f64 {
    row as f64 * 1.5 - 4.5
}

/// Keys that are names, numbers and symbols.
pub fn key64(row: u64) -> u64 {
    match row {
        0 => 0,
        1 => 112_233_445_511,
        2 => NUMBER.raw(),
        3 => name!("alice").raw(),
        4 => u64::MAX,
        _ => row * 1000,
    }
}

/// The host functions that store a row and its entries in the indexes, and where in [`bytes`] the
/// content or the key is.
const STORES: [(&str, i32); 7] = [
    ("db_store_i64", 0),
    ("db_idx64_store", 16),
    ("db_idx128_store", 32),
    ("db_idx256_store", 48),
    ("db_idx_double_store", 80),
    ("db_idx_long_double_store", 96),
    // Checksums of 160 bits, which have an index of 256.
    ("db_idx256_store", 112),
];

/// A contract that writes the rows and their entries in the indexes.
fn shelf() -> Vec<u8> {
    let val = |kind| match kind {
        ValueType::I32 => ValType::I32,
        ValueType::I64 => ValType::I64,
        ValueType::F32 => ValType::F32,
        ValueType::F64 => ValType::F64,
    };
    let signatures = STORES.map(|(name, _)| {
        let function = intrinsic(name).unwrap();
        let params: Vec<_> = function.params().map(val).collect();
        let results: Vec<_> = function.result().map(val).into_iter().collect();
        (name, params, results)
    });
    let imports = signatures
        .each_ref()
        .map(|(name, params, results)| (*name, &params[..], &results[..]));
    let data: Vec<_> = (0..ROWS).map(|row| (address(row), bytes(row))).collect();
    let mut apply = Vec::new();
    for scope in SCOPES {
        for row in 0..ROWS {
            for (function, (name, offset)) in (0..).zip(STORES) {
                let index = u64::from(function).saturating_sub(1);
                for number in [scope, TABLE | index, SHELF.raw(), row] {
                    apply.push(I::I64Const(number as i64));
                }
                apply.push(I::I32Const(address(row) + offset));
                match name {
                    "db_store_i64" => apply.push(I::I32Const(10)),
                    // Two words.
                    "db_idx256_store" => apply.push(I::I32Const(2)),
                    _ => {}
                }
                apply.extend([I::Call(function), I::Drop]);
            }
        }
    }
    contract(&imports, &data, &apply)
}
