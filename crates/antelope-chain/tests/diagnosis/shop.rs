//! Contracts of the tests: a shop, a till, and the token of the examples.

use crate::shared::modules::{Import, module};
use antelope_abi::Abi;
use antelope_build::{Artifact, BuildOptions};
use antelope_chain::{Chain, wasm};
use antelope_types::{Action, Name, PermissionLevel, name};
use std::path::Path;
use wasm_encoder::{Encode as _, Instruction as I, NameMap, NameSection, Section, ValType};

pub const SHOP: Name = name!("shop");
pub const TILL: Name = name!("till");
pub const ALICE: Name = name!("alice");
pub const TOKEN: Name = name!("token");

/// Where a module of [`module`] has its text, and how long it is.
const TEXT: [i32; 2] = [16, 16];

/// A chain with these accounts.
pub fn chain(accounts: &[Name]) -> Chain {
    let mut chain = Chain::start(
        antelope_chain::Genesis::default(),
        wasm::Engine::shared().unwrap(),
    )
    .unwrap();
    for account in accounts {
        chain.create_account(*account).unwrap();
    }
    chain
}

/// An action by Alice.
pub fn act(account: Name, action: Name, data: &[u8]) -> Action {
    Action {
        account,
        name: action,
        authorization: vec![PermissionLevel::active(ALICE)],
        data: data.to_vec(),
    }
}

/// The module with a name for these functions.
pub fn named(mut code: Vec<u8>, names: &[(u32, &str)]) -> Vec<u8> {
    let mut map = NameMap::new();
    for (function, name) in names {
        map.append(*function, name);
    }
    let mut section = NameSection::new();
    section.functions(&map);
    code.push(section.id());
    section.encode(&mut code);
    code
}

/// A contract that fails with the text of its memory, two calls deep.
pub fn failing() -> Vec<u8> {
    let assert: Import<'_> = (
        "eosio_assert_message",
        &[ValType::I32, ValType::I32, ValType::I32],
        &[],
    );
    let [text, length] = TEXT.map(I::I32Const);
    module(
        &[assert],
        &[I::LocalGet(0), I::Call(2)],
        &[I::I32Const(0), text, length, I::Call(0)],
    )
}

/// A contract that notifies the till.
pub fn notifying() -> Vec<u8> {
    module(
        &[("require_recipient", &[ValType::I64], &[])],
        &[I::I64Const(TILL.raw() as i64), I::Call(0)],
        &[],
    )
}

/// A contract that stores its text as a row of `orders`, and then fails.
pub fn storing() -> Vec<u8> {
    let store =
        [SHOP.raw(), name!("orders").raw(), SHOP.raw(), 7].map(|number| I::I64Const(number as i64));
    let [text, length] = TEXT.map(I::I32Const);
    let mut body = store.to_vec();
    body.extend([text, length, I::Call(0), I::Drop, I::Unreachable]);
    module(
        &[(
            "db_store_i64",
            &[
                ValType::I64,
                ValType::I64,
                ValType::I64,
                ValType::I64,
                ValType::I32,
                ValType::I32,
            ],
            &[ValType::I32],
        )],
        &body,
        &[],
    )
}

/// The ABI of the shop.
pub fn abi() -> Vec<u8> {
    let json = r#"{
        "version": "eosio::abi/1.2", "types": [],
        "structs": [
            {"name": "buy", "base": "", "fields": [
                {"name": "buyer", "type": "name"}, {"name": "articles", "type": "article[]"}]},
            {"name": "article", "base": "", "fields": [
                {"name": "title", "type": "string"}, {"name": "price", "type": "asset"}]},
            {"name": "order", "base": "", "fields": [
                {"name": "number", "type": "uint32"}, {"name": "paid", "type": "asset"}]}],
        "actions": [{"name": "buy", "type": "buy", "ricardian_contract": ""}],
        "tables": [{"name": "orders", "type": "order", "index_type": "i64",
            "key_names": [], "key_types": []}]
    }"#;
    Abi::from_json(json).unwrap().to_binary()
}

/// The token of the examples, with the names of its functions beside it.
pub fn token_with_names() -> Artifact {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    antelope_build::build(&BuildOptions::new(workspace).package("token")).unwrap()
}
