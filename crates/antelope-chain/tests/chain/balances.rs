//! Balances of contracts whose tables are not those of `eosio.token` throughout.
//!
//! A node stops at the first row of the token that is asked for, by
//! `read_only::get_currency_balance` in `plugins/chain_plugin/chain_plugin.cpp`.

use crate::puppets::{ALICE, chain, run};
use antelope_chain::api::{Api, Production};
use antelope_chain::{ApplyContext, ChainError};
use antelope_types::abi::{AbiDef, TableDef};
use antelope_types::{Encode, Name, asset, name, native};
use serde_json::{Value, json};

const MINT: Name = name!("mint");

/// Two tokens of one code, and a row without a token.
fn mint(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    let rows = [
        asset!("1.00 ABC").to_bytes(),
        asset!("5 ABC").to_bytes(),
        asset!("7.0 XYZ").to_bytes(),
        vec![0; 3],
    ];
    for (primary, row) in (0..).zip(rows) {
        context.db_store(ALICE, name!("accounts"), MINT, primary, &row)?;
    }
    Ok(())
}

#[test]
fn rows_behind_the_token_that_is_asked_for_are_not_looked_at() {
    let mut chain = chain(&[(MINT, mint)], &[ALICE]);
    let abi = AbiDef {
        tables: vec![TableDef {
            name: name!("accounts"),
            index_type: "i64".into(),
            key_names: Vec::new(),
            key_types: Vec::new(),
            ty: "asset".into(),
        }],
        ..AbiDef::default()
    };
    chain
        .push(&[native::set_abi(MINT, &abi.to_bytes())])
        .unwrap();
    run(&mut chain, MINT, name!("mint"), MINT).unwrap();
    let api = Api::new(chain, Production::OnDemand);
    let ask = |symbol: Option<&str>| {
        let request = json!({ "code": MINT, "account": ALICE, "symbol": symbol });
        let path = "/v1/chain/get_currency_balance";
        let answer = api.answer(path, request.to_string().as_bytes());
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        (answer.status, body)
    };
    assert_eq!(ask(Some("abc")), (200, json!(["1.00 ABC"])));
    assert_eq!(ask(Some("XYZ")), (200, json!(["7.0 XYZ"])));
    // The last row is not a balance.
    for symbol in [None, Some("NONE")] {
        let (status, body) = ask(symbol);
        assert_eq!((status, &body["error"]["code"]), (500, &json!(3_010_011)));
    }
}
