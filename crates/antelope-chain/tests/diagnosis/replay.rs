//! Failed transactions in files.

use crate::shop::{ALICE, SHOP, abi, act, chain, failing, named};
use antelope_chain::{Chain, Failure, Replay, ReplayError, wasm};
use antelope_rpc_client::{native, signing};
use antelope_types::{Action, SignedTransaction, name};
use std::time::Duration;

fn shop() -> Chain {
    let mut chain = chain(&[SHOP, ALICE]);
    let code = named(failing(), &[(2, "shop::check")]);
    chain.deploy(SHOP, &code, &abi()).unwrap();
    chain.advance(Duration::from_secs(48 * 60 * 60)).unwrap();
    chain.produce_block().unwrap();
    chain
}

fn again(failure: &Failure) -> Failure {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("failure.json");
    failure.replay().unwrap().save(&path).unwrap();
    let replay =
        Replay::load(&path, wasm::Engine::new().map(std::sync::Arc::new).unwrap()).unwrap();
    assert_eq!(replay.summary(), failure.to_string());
    assert_eq!(replay.report(), format!("{failure:?}"));
    replay.run().unwrap_err()
}

fn same(one: &Failure, other: &Failure) {
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    let traces = [one, other].map(|failure| {
        let mut trace = serde_json::to_value(failure.trace().unwrap()).unwrap();
        forget_times(&mut trace);
        trace
    });
    assert_eq!(traces[0], traces[1]);
}

/// How long it took is different each time.
pub fn forget_times(value: &mut serde_json::Value) {
    if let Some(object) = value.as_object_mut() {
        object.remove("elapsed");
        object.values_mut().for_each(forget_times);
    }
    if let Some(items) = value.as_array_mut() {
        items.iter_mut().for_each(forget_times);
    }
}

#[test]
fn a_failure_is_the_same_in_another_process_at_another_time() {
    let mut chain = shop();
    let failure = chain.push(&[act(SHOP, name!("buy"), b"data")]).unwrap_err();
    // What comes later on the chain does not matter.
    chain.create_account(name!("bob")).unwrap();
    chain.produce_block().unwrap();
    same(&failure, &again(&failure));
}

#[test]
fn a_signed_transaction_keeps_its_keys_and_its_size() {
    let mut chain = shop();
    let transaction = chain.transaction(&[act(SHOP, name!("buy"), b"data")]);
    let key = signing::generate_k1().unwrap();
    let digest = transaction.signing_digest(&chain.chain_id(), &[]);
    let signed = SignedTransaction {
        signatures: vec![signing::sign_digest(&key, &digest).unwrap()],
        transaction,
        context_free_data: Vec::new(),
    };
    let failure = chain.push_signed(&signed).unwrap_err();
    assert_eq!(failure.error().name(), "unsatisfied_authorization");
    same(&failure, &again(&failure));
}

#[test]
fn a_question_can_be_asked_again() {
    let chain = shop();
    let question = Action {
        authorization: Vec::new(),
        ..act(SHOP, name!("buy"), b"")
    };
    let failure = chain.read(&[question]).unwrap_err();
    same(&failure, &again(&failure));
}

#[test]
fn other_code_can_be_tried_on_the_same_chain() {
    let mut chain = shop();
    let failure = chain.push(&[act(SHOP, name!("buy"), b"data")]).unwrap_err();
    let replay = failure.replay().unwrap();
    let mut fixed = replay.chain().clone();
    fixed.push(&[native::set_code(SHOP, b"")]).unwrap();
    fixed
        .push(&replay.transaction().transaction.actions)
        .unwrap();
}

#[test]
fn what_is_no_failure_is_refused() {
    let mut chain = shop();
    let failure = chain.push(&[act(SHOP, name!("buy"), b"data")]).unwrap_err();
    let text = failure.replay().unwrap().to_json();
    let read = |text: &str| Replay::from_json(text, wasm::Engine::shared().unwrap());
    let problem = |text: &str| match read(text).unwrap_err() {
        ReplayError::Content { problem } => problem,
        other => panic!("{other}"),
    };
    assert!(problem("{}").contains("missing field"));
    let newer = text.replace("\"version\": 5", "\"version\": 6");
    assert_eq!(
        problem(&newer),
        "`antelope-chain replay` of version 6, expected `antelope-chain replay` of version 5"
    );
    for state in ["", "00", "789c0300000000"] {
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        file["state"] = state.into();
        read(&file.to_string()).unwrap_err();
    }
    let missing = Replay::load("/nowhere/failure.json", wasm::Engine::shared().unwrap());
    assert!(
        missing
            .unwrap_err()
            .to_string()
            .starts_with("/nowhere/failure.json: ")
    );
}
