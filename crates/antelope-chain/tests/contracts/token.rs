//! A token's life: the reference contract and ours.

use crate::both::Both;
use antelope_build::BuildOptions;
use antelope_chain::TableKey;
use antelope_client::{Abi, native};
use antelope_node::package_contract;
use antelope_types::{Action, Asset, Encode, Name, PermissionLevel, asset, name};
use serde_json::{Value, json};
use std::path::Path;

#[derive(Encode)]
struct Create {
    issuer: Name,
    maximum_supply: Asset,
}

#[derive(Encode)]
struct Issue<'a> {
    to: Name,
    quantity: Asset,
    memo: &'a str,
}

#[derive(Encode)]
struct Transfer<'a> {
    from: Name,
    to: Name,
    quantity: Asset,
    memo: &'a str,
}

pub fn run(both: &mut Both) {
    let (wasm, abi) = package_contract("eosio.token").unwrap();
    life(
        both,
        name!("token"),
        &wasm,
        &abi,
        [name!("alice"), name!("bob")],
    );
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ours = antelope_build::build(&BuildOptions::new(workspace).package("token")).unwrap();
    life(
        both,
        name!("ourtoken"),
        &ours.wasm,
        &ours.abi,
        [name!("carol"), name!("dan")],
    );
}

fn life(both: &mut Both, token: Name, code: &Path, abi: &Path, [alice, bob]: [Name; 2]) {
    let code = std::fs::read(code).unwrap();
    let abi = Abi::from_json(&std::fs::read_to_string(abi).unwrap()).unwrap();
    both.accounts(&[token, alice, bob]);
    both.push(
        "code",
        &[
            native::set_code(token, &code),
            native::set_abi(token, &abi.to_binary()),
        ],
    );
    let action = |who, action, data| Action {
        account: token,
        name: action,
        authorization: vec![PermissionLevel::active(who)],
        data,
    };
    let create = |who, maximum_supply| {
        let data = Create {
            issuer: alice,
            maximum_supply,
        };
        action(who, name!("create"), data.to_bytes())
    };
    let issue = |to, quantity| {
        let data = Issue {
            to,
            quantity,
            memo: "issued",
        };
        action(alice, name!("issue"), data.to_bytes())
    };
    let transfer = |who, from, to, quantity, memo: &str| {
        let data = Transfer {
            from,
            to,
            quantity,
            memo,
        };
        action(who, name!("transfer"), data.to_bytes())
    };
    let long = "x".repeat(257);
    let nobody = name!("nobody");
    let steps = [
        ("create by another", create(alice, asset!("100.0000 TOK"))),
        ("create nothing", create(token, asset!("0.0000 TOK"))),
        ("create", create(token, asset!("100.0000 TOK"))),
        ("create twice", create(token, asset!("100.0000 TOK"))),
        ("issue too many", issue(alice, asset!("100.0001 TOK"))),
        ("issue others", issue(alice, asset!("1.00 TOK"))),
        ("issue unknown", issue(alice, asset!("1.0000 KOT"))),
        ("issue to another", issue(bob, asset!("1.0000 TOK"))),
        ("issue", issue(alice, asset!("60.0000 TOK"))),
        ("issue more", issue(alice, asset!("40.0000 TOK"))),
        (
            "transfer",
            transfer(alice, alice, bob, asset!("1.5000 TOK"), "hello"),
        ),
        (
            "transfer back",
            transfer(bob, bob, alice, asset!("0.5000 TOK"), ""),
        ),
        (
            "transfer another's",
            transfer(bob, alice, bob, asset!("1.0000 TOK"), ""),
        ),
        (
            "transfer to oneself",
            transfer(bob, bob, bob, asset!("1.0000 TOK"), ""),
        ),
        (
            "transfer to nobody",
            transfer(bob, bob, nobody, asset!("1.0000 TOK"), ""),
        ),
        (
            "overdraw",
            transfer(bob, bob, alice, asset!("1.0001 TOK"), ""),
        ),
        (
            "transfer nothing",
            transfer(bob, bob, alice, asset!("0.0000 TOK"), ""),
        ),
        (
            "long memo",
            transfer(bob, bob, alice, asset!("1.0000 TOK"), &long),
        ),
        (
            "transfer all",
            transfer(bob, bob, alice, asset!("1.0000 TOK"), ""),
        ),
        ("truncated", action(bob, name!("transfer"), vec![1, 2, 3])),
        (
            "retire",
            action(
                alice,
                name!("retire"),
                (Retired {
                    quantity: asset!("2.0000 TOK"),
                    memo: "",
                })
                .to_bytes(),
            ),
        ),
        (
            "open",
            action(
                token,
                name!("open"),
                (Open {
                    owner: token,
                    symbol: asset!("0.0000 TOK").symbol,
                    payer: token,
                })
                .to_bytes(),
            ),
        ),
        (
            "close",
            action(
                bob,
                name!("close"),
                (Close {
                    owner: bob,
                    symbol: asset!("0.0000 TOK").symbol,
                })
                .to_bytes(),
            ),
        ),
        (
            "close twice",
            action(
                bob,
                name!("close"),
                (Close {
                    owner: bob,
                    symbol: asset!("0.0000 TOK").symbol,
                })
                .to_bytes(),
            ),
        ),
        ("no such action", action(bob, name!("nonsense"), Vec::new())),
    ];
    for (what, step) in steps {
        both.push(&format!("{token}: {what}"), &[step]);
    }
    let code = asset!("0.0000 TOK").symbol.code();
    for (table, scope) in [
        (name!("stat"), Name::from_raw(code.raw())),
        (name!("accounts"), alice),
        (name!("accounts"), bob),
        (name!("accounts"), token),
    ] {
        let (there, here) = rows(
            both,
            TableKey {
                code: token,
                scope,
                table,
            },
        );
        assert_eq!(there, here, "{token} {scope} {table}");
    }
}

#[derive(Encode)]
struct Retired<'a> {
    quantity: Asset,
    memo: &'a str,
}

#[derive(Encode)]
struct Open {
    owner: Name,
    symbol: antelope_types::Symbol,
    payer: Name,
}

#[derive(Encode)]
struct Close {
    owner: Name,
    symbol: antelope_types::Symbol,
}

/// The bytes of a table's rows with their payers, on the node and here.
fn rows(both: &Both, key: TableKey) -> (Vec<Value>, Vec<Value>) {
    let request = json!({
        "code": key.code, "scope": key.scope.raw().to_string(), "table": key.table,
        "json": false, "show_payer": true, "limit": 100,
    });
    let there: Value = both
        .node
        .client()
        .call("/v1/chain/get_table_rows", &request)
        .unwrap();
    let there = there["rows"].as_array().cloned().unwrap_or_default();
    let rows = both.chain.state().rows(key);
    let here = rows.map(|(_, row)| {
        let hex: String = row.value.iter().map(|byte| format!("{byte:02x}")).collect();
        json!({ "data": hex, "payer": row.payer })
    });
    (there, here.collect())
}
