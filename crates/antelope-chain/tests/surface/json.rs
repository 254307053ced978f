//! Actions and rows as JSON, by the ABI on the chain.

use crate::{ALICE, BOB, TOKEN, chain, pay};
use antelope_rpc_client::native;
use antelope_testing::ErrorKind;
use antelope_types::{IntoActions, Name, PermissionLevel, asset, name};
use serde_json::{Value, json};

const TRANSFER: Name = name!("transfer");

#[test]
fn arguments_are_given_by_field_or_in_order() {
    let mut chain = chain();
    let arguments = json!({ "from": "alice", "to": "bob", "quantity": "1.0000 TOK", "memo": "" });
    let by_field = chain.action(TOKEN, TRANSFER, ALICE, &arguments).unwrap();
    let in_order = json!(["alice", "bob", "1.0000 TOK", ""]);
    let in_order = chain.action(TOKEN, TRANSFER, ALICE, &in_order).unwrap();
    assert_eq!(by_field, in_order);
    assert_eq!(
        pay(ALICE, BOB, asset!("1.0000 TOK")).into_actions(),
        std::slice::from_ref(&by_field)
    );
    assert_eq!(by_field.authorization, [PermissionLevel::active(ALICE)]);
    assert_eq!(chain.arguments_json(&by_field).unwrap(), arguments);
    chain.push(by_field).unwrap();
    let rows = chain.rows_json(TOKEN, BOB, name!("accounts")).unwrap();
    assert_eq!(rows, [json!({ "balance": "1.0000 TOK" })]);
}

#[test]
fn what_does_not_fit_is_named() {
    let chain = chain();
    let refused = |account: Name, action: Name, arguments: &Value| {
        let error = chain.action(account, action, ALICE, arguments);
        let error = error.unwrap_err();
        (error.kind(), error.message().to_owned())
    };
    let (kind, text) = refused(TOKEN, TRANSFER, &json!(["alice", "bob", "1.0000TOK", ""]));
    assert_eq!(kind, ErrorKind::InvalidActionArgs);
    let start = "token::transfer: JSON as `transfer`: `quantity`: `1.0000TOK`: ";
    assert!(text.starts_with(start), "{text}");
    assert_eq!(
        refused(
            TOKEN,
            name!("close"),
            &json!({ "owner": "alice", "sign": "4,TOK" })
        ),
        (
            ErrorKind::InvalidActionArgs,
            "token::close: JSON as `close`: no field `sign` in close, expected owner, symbol"
                .into()
        )
    );
    assert_eq!(
        refused(TOKEN, name!("nothing"), &json!({})),
        (
            ErrorKind::ActionValidate,
            "token::nothing: ABI has no action `nothing`".into()
        )
    );
    assert_eq!(
        refused(ALICE, TRANSFER, &json!({})),
        (ErrorKind::AbiNotFound, "no ABI found for alice".into())
    );
    assert_eq!(
        refused(name!("nobody"), TRANSFER, &json!({})).0,
        ErrorKind::Std
    );
    let table = chain.rows_json(TOKEN, BOB, name!("nothing")).unwrap_err();
    assert_eq!(table.message(), "token: ABI has no table `nothing`");
}

#[test]
fn the_abi_is_the_one_that_the_account_has_now() {
    let mut chain = chain();
    let before = chain.clone();
    let arguments = json!(["alice", "bob", "1.0000 TOK", ""]);
    chain.action(TOKEN, TRANSFER, ALICE, &arguments).unwrap();
    chain.push(native::set_abi(TOKEN, b"")).unwrap();
    let error = chain.action(TOKEN, TRANSFER, ALICE, &arguments);
    assert!(error.unwrap_err().is(ErrorKind::AbiNotFound));
    before.action(TOKEN, TRANSFER, ALICE, &arguments).unwrap();
}

#[test]
fn the_chains_own_actions_have_an_abi_too() {
    let mut chain = chain();
    let update = json!({
        "account": "alice",
        "permission": "spend",
        "parent": "active",
        "auth": {
            "threshold": 1,
            "keys": [],
            "accounts": [{ "permission": { "actor": "bob", "permission": "active" }, "weight": 1 }],
            "waits": [],
        },
    });
    let action = chain.action(name!("eosio"), name!("updateauth"), ALICE, &update);
    chain.push(action.unwrap()).unwrap();
}
