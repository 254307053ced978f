use super::*;
use crate::fake_node::{info, node, refusal, unknown};
use antelope_types::{Transaction, name};
use serde_json::{Value, json};
use std::path::Path;

const SEND: &str = "/v1/chain/send_transaction2";
const LOST: Option<(u16, Value)> = None;

fn transaction() -> SignedTransaction {
    let mut transaction = Transaction {
        actions: vec![Action::new(name!("contract"), name!("pay"), &[], &())],
        ..Transaction::default()
    };
    transaction.header.set_reference_block(&block(9));
    SignedTransaction {
        transaction,
        ..SignedTransaction::default()
    }
}

/// The id of a block.
fn block(number: u8) -> Checksum256 {
    let mut id = [number; 32];
    id[..4].copy_from_slice(&[0, 0, 0, number]);
    Checksum256(id)
}

fn entry(folder: &Path, signed: &SignedTransaction) -> Entry {
    let entry = Entry::lock(
        folder.to_owned(),
        &Checksum256::ZERO,
        &signed.transaction,
        || {},
    );
    let entry = entry.unwrap();
    entry.write(signed, None).unwrap();
    entry
}

/// What becomes of it at a node that answers attempts to send in this order; whether the entry stays.
fn settled(
    attempts: Vec<Option<(u16, Value)>>,
    was_sent: bool,
    mut other: impl FnMut(&str, &Value) -> Option<(u16, Value)> + Send + 'static,
) -> (Fallible<Option<Fate>>, bool) {
    let folder = tempfile::tempdir().unwrap();
    let signed = transaction();
    let entry = entry(folder.path(), &signed);
    let mut attempts = attempts.into_iter();
    let client = node(move |path, request| match path {
        SEND => attempts.next().expect("no more attempts"),
        path => other(path, request),
    });
    let way = Way {
        client: &client,
        attempts: ATTEMPTS,
    };
    let fate = settle(way, &entry, &signed, was_sent);
    (fate, entry.read().unwrap().is_some())
}

/// A node that has traces of the blocks from this one on, and none of the transaction.
fn traces_from(first: u64) -> impl FnMut(&str, &Value) -> Option<(u16, Value)> + Send + 'static {
    move |path, request| match path {
        "/v1/chain/get_info" => info(300, 290),
        "/v1/trace_api/get_block" => match request["block_num"].as_u64().unwrap() {
            number if number < first => refusal(404, 0, "Trace API: block not found"),
            number => Some((200, json!({ "id": block(number as u8) }))),
        },
        "/v1/trace_api/get_transaction_trace" => refusal(404, 0, "Trace API: not found"),
        _ => unknown(),
    }
}

fn overdrawn() -> Option<(u16, Value)> {
    refusal(500, 3_050_003, "assertion failure: overdrawn balance")
}

fn expired() -> Option<(u16, Value)> {
    refusal(500, 3_040_005, "expired transaction")
}

#[test]
fn a_refusal_of_what_was_sent_before_keeps_the_entry() {
    // The first attempt may have spent what the second lacks.
    let (fate, stays) = settled(vec![LOST, overdrawn()], false, traces_from(1));
    assert_eq!(fate.unwrap_err().code, "unconfirmed");
    assert!(stays);
    let (fate, stays) = settled(vec![overdrawn()], true, traces_from(1));
    assert_eq!(fate.unwrap_err().code, "unconfirmed");
    assert!(stays);
    // By a first attempt it is a refusal like any other.
    let (fate, stays) = settled(vec![overdrawn()], false, traces_from(1));
    assert_eq!(fate.unwrap_err().code, "chain.refused");
    assert!(!stays);
}

#[test]
fn a_proxy_that_gave_up_may_have_passed_it_on() {
    let gave_up = || refusal(504, 0, "gateway timeout");
    let duplicate = refusal(409, 3_040_008, "duplicate transaction");
    let (fate, _) = settled(vec![gave_up(), duplicate.clone()], false, traces_from(1));
    assert!(matches!(fate.unwrap(), Some(Fate::Executed(_))), "its own");
    let (fate, _) = settled(vec![duplicate], false, traces_from(1));
    assert!(matches!(fate.unwrap(), Some(Fate::Duplicate)));
}

#[test]
fn that_a_trace_is_missing_counts_where_traces_go_back_far_enough() {
    let (fate, stays) = settled(vec![expired()], true, traces_from(9));
    assert!(fate.unwrap().is_none(), "it refers to block 9");
    assert!(!stays);
    let (fate, stays) = settled(vec![expired()], true, traces_from(10));
    let failure = fate.unwrap_err();
    assert_eq!(failure.code, "unconfirmed");
    assert!(failure.hint.unwrap().contains("trace_api_plugin"));
    assert!(stays);
}

#[test]
fn what_is_made_anew_each_time_is_not_to_be_run_again() {
    let mut transaction = transaction().transaction;
    let hint = |transaction: &Transaction| unconfirmed(transaction, "x").hint.unwrap();
    assert!(hint(&transaction).starts_with("run the same command again"));
    let nonce = Action::new(name!("eosio.null"), name!("nonce"), &[], &());
    transaction.context_free_actions.push(nonce);
    assert!(hint(&transaction).starts_with("look first"));
}
