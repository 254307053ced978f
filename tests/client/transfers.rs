//! Transactions of every kind of key, those that fail, and those that look the same.

use super::token::Token;
use antelope_rpc_client::{
    ClientError, ErrorKind, ReferenceBlock, TransactionOptions, transaction,
};
use antelope_types::{
    Action, PackedTransaction, SignedTransaction, TimePointSec, TransactionHeader,
    TransactionStatus,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use veche_tests::Person;

/// A transaction of one action, its header changed before it is signed.
fn signed(
    token: &Token,
    action: Action,
    by: &Person,
    change: impl FnOnce(&mut TransactionHeader),
) -> SignedTransaction {
    let built = token
        .client
        .build(&[action], &TransactionOptions::default());
    let mut built = built.expect("a transaction");
    change(&mut built.header);
    let chain_id = token.client.chain_id().expect("a chain id");
    transaction::sign(&chain_id, built, &[by.signer()]).expect("a signature")
}

#[test]
fn keys_of_every_kind_sign_transactions() {
    let token = Token::new();
    let receiver = Person::new();
    token.create(&[&receiver]);
    for sender in [Person::new(), Person::with_r1(), Person::with_webauthn()] {
        let sender = token.rich(sender);
        // Many signatures: some digests need more than one attempt to be canonical.
        for _ in 0..8 {
            let trace = token
                .transfer(&sender, receiver.name, "1.0000 TOK")
                .unwrap();
            assert_eq!(trace.receipt.unwrap().status, TransactionStatus::Executed);
        }
        assert_eq!(token.balance(sender.name), "92.0000 TOK");
    }
    assert_eq!(token.balance(receiver.name), "24.0000 TOK");
}

#[test]
fn bytes_after_a_transaction_and_long_numbers_change_nothing_but_its_size() {
    let token = Token::new();
    let (alice, bob) = (token.rich(Person::new()), Person::new());
    token.create(&[&bob]);
    // Of the header, the place of `max_net_usage_words`.
    const NET: usize = 10;
    let spoil: [fn(&mut Vec<u8>); 3] = [
        |bytes| bytes.extend([1, 2, 3]),
        |bytes| {
            bytes
                .splice(NET..=NET, [0x80, 0x80, 0])
                .fold((), |(), _| ())
        },
        |bytes| bytes.truncate(bytes.len() - 1),
    ];
    for (n, spoil) in spoil.into_iter().enumerate() {
        let quantity = format!("{}.0000 TOK", n + 1);
        let action = token.transfer_action(&alice, bob.name, &quantity);
        let signed = signed(&token, action, &alice, |_| ());
        let mut packed = PackedTransaction::pack(&signed);
        spoil(&mut packed.packed_trx);
        let answer: Result<Value, ClientError> = token.client.call(
            "/v1/chain/send_transaction2",
            &json!({ "return_failure_trace": true, "transaction": packed }),
        );
        match answer {
            Ok(answer) if n < 2 => {
                assert_eq!(
                    answer["transaction_id"],
                    signed.transaction.id().to_string()
                );
            }
            Err(error) if n == 2 => assert!(error.code().is_some(), "{error}"),
            other => panic!("{n}: {other:?}"),
        }
    }
    assert_eq!(token.balance(bob.name), "3.0000 TOK");
}

#[test]
fn a_trace_tells_who_was_told_and_who_pays() {
    let token = Token::new();
    let (alice, bob) = (token.rich(Person::new()), Person::new());
    token.create(&[&bob]);
    let trace = token.transfer(&alice, bob.name, "1.0000 TOK").unwrap();
    let told: Vec<_> = trace.children_of(1).map(|a| a.receiver).collect();
    assert_eq!(told, [alice.name, bob.name]);
    let contract = token.contract.name;
    // Alice pays for Bob's row; her own row moves from the contract's bill to hers.
    assert_eq!(
        trace.ram_deltas(),
        BTreeMap::from([(alice.name, 368), (contract, -128)])
    );
    assert!(trace.cpu_us() >= 100 && trace.net_bytes() > 100);
    assert_eq!(
        trace.action_traces[0].act.json.as_ref().unwrap()["quantity"],
        "1.0000 TOK"
    );
}

#[test]
fn a_refused_transaction_gives_text_and_trace() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    let error = token
        .transfer(&alice, token.contract.name, "100.0001 TOK")
        .unwrap_err();
    assert!(error.is(ErrorKind::EosioAssertMessage));
    assert_eq!(error.assertion(), Some("overdrawn balance"));
    let trace = error.trace().unwrap();
    assert!(trace.receipt.is_none());
    assert_eq!(
        trace.action_traces[0].except.as_ref().unwrap().assertion(),
        Some("overdrawn balance")
    );
    assert_eq!(token.balance(alice.name), "100.0000 TOK");
}

#[test]
fn a_missing_authority_is_told_from_a_missing_signature() {
    let token = Token::new();
    let (alice, bob) = (token.rich(Person::new()), token.rich(Person::new()));
    let mut forged = token.transfer_action(&alice, bob.name, "1.0000 TOK");
    forged.authorization = vec![bob.active()];
    let error = token.client.push(&[forged], &[bob.signer()]).unwrap_err();
    assert!(error.is(ErrorKind::MissingAuth));
    assert_eq!(
        error.chain().unwrap().reason(),
        format!("missing authority of {}", alice.name)
    );

    let unsigned = token.transfer_action(&alice, bob.name, "1.0000 TOK");
    for signers in [vec![], vec![bob.signer()]] {
        let error = token
            .client
            .push(std::slice::from_ref(&unsigned), &signers)
            .unwrap_err();
        assert!(error.is(ErrorKind::UnsatisfiedAuthorization));
    }
}

#[test]
fn equal_transactions_are_not_duplicates() {
    let token = Token::new();
    let (alice, bob) = (token.rich(Person::new()), Person::new());
    token.create(&[&bob]);
    let ids: std::collections::BTreeSet<_> = (0..20)
        .map(|_| {
            token
                .transfer(&alice, bob.name, "1.0000 TOK")
                .unwrap()
                .id
                .to_string()
        })
        .collect();
    assert_eq!(ids.len(), 20);
    assert_eq!(token.balance(bob.name), "20.0000 TOK");
}

#[test]
fn the_same_signed_transaction_is_a_duplicate() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    let action = token.transfer_action(&alice, token.contract.name, "1.0000 TOK");
    let built = token
        .client
        .build(&[action], &TransactionOptions::default())
        .unwrap();
    let chain_id = token.client.chain_id().unwrap();
    let signed = transaction::sign(&chain_id, built, &[alice.signer()]).unwrap();
    let trace = token.client.send(&signed).unwrap();
    assert_eq!(trace.id, signed.transaction.id());
    let error = token.client.send(&signed).unwrap_err();
    assert!(error.is(ErrorKind::TxDuplicate));
}

#[test]
fn an_expired_transaction_is_refused() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    let action = token.transfer_action(&alice, token.contract.name, "1.0000 TOK");
    let signed = signed(&token, action, &alice, |header| {
        let past = header.expiration.seconds() - 3600;
        header.expiration = TimePointSec::from_seconds(past);
    });
    let error = token.client.send(&signed).unwrap_err();
    assert!(error.is(ErrorKind::ExpiredTx), "{error}");
}

#[test]
fn limits_and_reference_block_go_into_the_transaction() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    let action = token.transfer_action(&alice, token.contract.name, "1.0000 TOK");
    let options = TransactionOptions {
        reference: ReferenceBlock::Head,
        max_net_usage: 1001,
        max_cpu_usage_ms: 50,
        ..TransactionOptions::default()
    };
    let built = token
        .client
        .build(std::slice::from_ref(&action), &options)
        .unwrap();
    assert_eq!(built.header.max_net_usage_words.0, 126);
    assert_eq!(built.header.max_cpu_usage_ms, 50);
    token
        .client
        .push_with(std::slice::from_ref(&action), &[alice.signer()], &options)
        .unwrap();

    let tight = TransactionOptions {
        max_net_usage: 8,
        ..options
    };
    let error = token
        .client
        .push_with(&[action], &[alice.signer()], &tight)
        .unwrap_err();
    assert_eq!(error.chain().unwrap().name(), "tx_net_usage_exceeded");
}

#[test]
fn computing_a_transaction_keeps_nothing() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    let action = token.transfer_action(&alice, token.contract.name, "1.0000 TOK");
    let built = token
        .client
        .build(&[action], &TransactionOptions::default())
        .unwrap();
    let chain_id = token.client.chain_id().unwrap();
    let signed = transaction::sign(&chain_id, built, &[alice.signer()]).unwrap();
    let trace = token.client.compute(&signed).unwrap();
    assert_eq!(trace.action_traces.len(), 2);
    assert_eq!(token.balance(alice.name), "100.0000 TOK");
}

#[test]
fn a_read_only_call_must_not_write() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    let mut action = token.transfer_action(&alice, token.contract.name, "1.0000 TOK");
    action.authorization.clear();
    let error = token.client.read_only(action).unwrap_err();
    assert!(matches!(error, ClientError::Chain(_)), "{error}");
    assert_eq!(token.balance(alice.name), "100.0000 TOK");
}
