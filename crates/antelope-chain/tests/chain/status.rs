//! How far a transaction is told to be on its way, also where the chain has gone back.

use crate::puppets::{ALICE, act, chain_of};
use crate::shared::signing::sign;
use antelope_chain::Genesis;
use antelope_chain::api::{Api, Production};
use antelope_types::{PackedTransaction, name};
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn a_transaction_that_was_undone_may_come_again_until_it_expires() {
    let mut chain = chain_of(Genesis::default(), &[], &[ALICE]);
    let before = chain.snapshot();
    let transaction = chain.transaction(&[act(ALICE, name!("x"), ALICE, &())]);
    let signed = sign(&chain, transaction);
    let api = Api::new(chain, Production::OnDemand);
    let ask = |call: &str, body: Value| -> Value {
        let answer = api.answer(&format!("/v1/chain/{call}"), body.to_string().as_bytes());
        serde_json::from_slice(&answer.body).unwrap()
    };
    let id = signed.transaction.id();
    let state = || ask("get_transaction_status", json!({ "id": id }))["state"].clone();
    let produce = || drop(api.with(|chain| chain.produce_block()).unwrap());
    assert_eq!(state(), "UNKNOWN");

    let packed = PackedTransaction::pack(&signed);
    let sent = ask("send_transaction2", json!({ "transaction": packed }));
    assert!(sent["processed"]["receipt"].is_object(), "{sent}");
    assert_eq!(state(), "LOCALLY_APPLIED");
    produce();
    assert_eq!(state(), "IN_BLOCK");
    produce();
    assert_eq!(state(), "IRREVERSIBLE");

    api.with(|chain| chain.revert(&before));
    produce();
    assert_eq!(state(), "FORKED_OUT");
    api.with(|chain| chain.advance(Duration::from_secs(3600)))
        .unwrap();
    assert_eq!(state(), "FAILED");
}
