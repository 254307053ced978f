//! A token's life: the reference contract and ours.

use crate::shared::both::Both;
use crate::shared::package::package;
use crate::shared::token::token;
use antelope_rpc_client::native;
use antelope_testing::{Contract, TableKey, contract};
use antelope_types::{Action, Name, PermissionLevel, asset, name};
use serde_json::{Value, json};

pub fn run(both: &mut Both) {
    let reference = package("eosio.token");
    let people = [name!("alice"), name!("bob")];
    life(both, name!("token"), &reference, people);
    let ours = contract!("token").unwrap();
    let people = [name!("carol"), name!("dan")];
    life(both, name!("ourtoken"), &ours, people);
}

fn life(both: &mut Both, account: Name, contract: &Contract, [alice, bob]: [Name; 2]) {
    both.accounts(&[account, alice, bob]);
    both.push(
        "code",
        &[
            native::set_code(account, contract.wasm()),
            native::set_abi(account, contract.abi()),
        ],
    );
    let by = |who| token(account, who);
    let create = |who, supply| by(who).create(alice, supply).to_action();
    let issue = |to, quantity| by(alice).issue(to, quantity, "issued".into()).to_action();
    let transfer = |who, from, to, quantity, memo: &str| {
        by(who)
            .transfer(from, to, quantity, memo.into())
            .to_action()
    };
    let by_bob = |name, data| Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(bob)],
        data,
    };
    let none = asset!("0.0000 TOK");
    let long = "x".repeat(257);
    let nobody = name!("nobody");
    let steps = [
        ("create by another", create(alice, asset!("100.0000 TOK"))),
        ("create nothing", create(account, none)),
        ("create", create(account, asset!("100.0000 TOK"))),
        ("create twice", create(account, asset!("100.0000 TOK"))),
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
        ("transfer nothing", transfer(bob, bob, alice, none, "")),
        (
            "long memo",
            transfer(bob, bob, alice, asset!("1.0000 TOK"), &long),
        ),
        (
            "transfer all",
            transfer(bob, bob, alice, asset!("1.0000 TOK"), ""),
        ),
        ("truncated", by_bob(name!("transfer"), vec![1, 2, 3])),
        (
            "retire",
            by(alice)
                .retire(asset!("2.0000 TOK"), "".into())
                .to_action(),
        ),
        (
            "open",
            by(account).open(account, none.symbol, account).to_action(),
        ),
        ("close", by(bob).close(bob, none.symbol).to_action()),
        ("close twice", by(bob).close(bob, none.symbol).to_action()),
        ("no such action", by_bob(name!("nonsense"), Vec::new())),
    ];
    for (what, step) in steps {
        both.push(&format!("{account}: {what}"), &[step]);
    }
    let code = none.symbol.code();
    for (table, scope) in [
        (name!("stat"), Name::from_raw(code.raw())),
        (name!("accounts"), alice),
        (name!("accounts"), bob),
        (name!("accounts"), account),
    ] {
        let (there, here) = rows(
            both,
            TableKey {
                code: account,
                scope,
                table,
            },
        );
        assert_eq!(there, here, "{account} {scope} {table}");
    }
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
