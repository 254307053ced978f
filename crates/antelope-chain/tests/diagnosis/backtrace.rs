//! The way to what failed, in actions and in functions.

use crate::shared::token::token;
use crate::shop::{
    ALICE, SHOP, TILL, TOKEN, act, chain, failing, named, notifying, token_with_names,
};
use antelope_abi::Abi;
use antelope_chain::{Failure, wasm};
use antelope_rpc_client::native;
use antelope_types::{asset, name};

#[test]
fn functions_have_the_names_that_the_module_gives_them() {
    let names = [
        (1, "apply"),
        (2, "_RNvNtCs8cm1uA0r81z_4core9panicking9panic_fmt"),
    ];
    let failure = fails(named(failing(), &names));
    insta::assert_debug_snapshot!(failure);
}

#[test]
fn functions_without_names_have_numbers() {
    let failure = fails(failing());
    let frames: Vec<_> = failure
        .backtrace()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        frames,
        ["env.eosio_assert_message", "wasm function 2", "apply"]
    );
}

#[test]
fn names_can_lie_beside_the_code() {
    let artifact = token_with_names();
    let debug = std::fs::read(&artifact.debug_wasm).unwrap();
    let code = artifact.read_wasm().unwrap();
    assert!(code.len() < debug.len());
    let mut chain = chain(&[TOKEN, ALICE]);
    let abi = Abi::from_json(&artifact.read_abi().unwrap()).unwrap();
    chain.deploy(TOKEN, &code, &abi.to_binary()).unwrap();
    let transfer = token(TOKEN, ALICE).transfer(ALICE, TOKEN, asset!("1.0000 TOK"), "".into());
    assert_eq!(
        wasm::add_names(&debug).unwrap(),
        antelope_types::Checksum256::sha256(&code)
    );
    let after = chain.push(transfer).unwrap_err();
    let frames = after.backtrace();
    assert!(frames.iter().all(|frame| frame.name.is_some()), "{after:?}");
    insta::assert_debug_snapshot!(after);
}

#[test]
fn the_way_leads_through_notifications() {
    let mut chain = chain(&[SHOP, TILL, ALICE]);
    chain.deploy(SHOP, &notifying(), b"").unwrap();
    chain.deploy(TILL, &failing(), b"").unwrap();
    let failure = chain.push(&[act(SHOP, name!("buy"), b"")]).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "shop::buy > shop::buy at till: eosio_assert_message_exception (3050003): \
         assertion failure with message: a text in memory"
    );
    insta::assert_debug_snapshot!(failure);
}

#[test]
fn what_did_not_fail_in_a_contract_has_no_backtrace() {
    let mut chain = chain(&[ALICE]);
    let failure = chain.create_account(ALICE).unwrap_err();
    assert_eq!(failure.backtrace(), []);
    insta::assert_debug_snapshot!(failure);
}

#[test]
fn a_failure_is_data_too() {
    let failure = fails(failing());
    let json = serde_json::to_value(&failure).unwrap();
    assert_eq!(json["except"]["code"], 3050003);
    assert_eq!(json["backtrace"][0]["name"], "eosio_assert_message");
    assert_eq!(json["trace"]["action_traces"][0]["receiver"], "shop");
}

fn fails(code: Vec<u8>) -> Failure {
    let mut chain = chain(&[SHOP, ALICE]);
    chain.push(&[native::set_code(SHOP, &code)]).unwrap();
    chain.push(&[act(SHOP, name!("buy"), b"")]).unwrap_err()
}
