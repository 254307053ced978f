//! Signatures, of all kinds of keys.

use crate::puppets::{ALICE, BOB, act, chain};
use crate::shared::signing::{sign, sign_with};
use antelope_chain::{DEVELOPMENT_KEY, ErrorKind, RecoveredTransaction};
use antelope_rpc_client::signing::{Signer, WebAuthnKey};
use antelope_types::{
    Authority, Compression, PackedTransaction, PrivateKey, Signature, UserPresence, name,
};

#[test]
fn keys_of_all_kinds_sign() {
    let mut chain = chain(&[], &[BOB]);
    let webauthn = WebAuthnKey::generate("coop.example", UserPresence::PRESENT).unwrap();
    let keys: [(&str, &dyn Signer); 3] = [
        ("konea", &PrivateKey::K1([5; 32])),
        ("ronea", &PrivateKey::R1([6; 32])),
        ("wana", &webauthn),
    ];
    for (account, key) in keys {
        let account = account.parse().unwrap();
        let authority = Authority::from_key(key.public_key());
        chain
            .create_account_with(account, &authority, &authority)
            .unwrap();
        let transaction = chain.transaction(&[act(BOB, name!("x"), account, &())]);
        let transaction = sign_with(&chain.chain_id(), transaction, &[key]);
        chain.push_signed(&transaction).unwrap();
        let other = chain.transaction(&[act(BOB, name!("x"), account, &())]);
        let other = sign(&chain, other);
        let failure = chain.push_signed(&other).unwrap_err();
        assert_eq!(failure.error().kind(), ErrorKind::UnsatisfiedAuthorization);
    }
}

#[test]
fn a_changed_transaction_is_signed_by_nobody_known() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let transaction = chain.transaction(&[act(BOB, name!("x"), ALICE, &())]);
    let mut signed = sign(&chain, transaction);
    signed.transaction.header.max_cpu_usage_ms = 1;
    let failure = chain.push_signed(&signed).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::UnsatisfiedAuthorization);
}

#[test]
fn nonsense_for_a_signature_or_a_transaction_is_refused() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let transaction = chain.transaction(&[act(BOB, name!("x"), ALICE, &())]);
    let mut signed = sign(&chain, transaction);
    signed.signatures = vec![Signature::K1([0; 65])];
    assert!(chain.push_signed(&signed).unwrap_err().trace().is_none());
    let packed = PackedTransaction {
        packed_trx: vec![1, 2, 3],
        ..PackedTransaction::default()
    };
    let failure = chain.push_packed(&packed).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::PackedTransactionType);
}

#[test]
fn needed_keys_are_told() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let keys = [
        DEVELOPMENT_KEY.public_key(),
        PrivateKey::K1([5; 32]).public_key(),
    ];
    let actions = chain
        .transaction(&[act(BOB, name!("x"), ALICE, &())])
        .actions;
    assert_eq!(
        chain.required_keys(&actions, keys.clone()).unwrap(),
        keys[..1]
    );
    assert!(chain.required_keys(&actions, keys[1..].to_vec()).is_err());
}

#[test]
fn compressed_transactions_are_read() {
    use miniz_oxide::deflate::compress_to_vec_zlib;
    let mut chain = chain(&[], &[ALICE, BOB]);
    let transaction = chain.transaction(&[act(BOB, name!("x"), ALICE, &[0u8; 1000])]);
    let signed = sign(&chain, transaction);
    let mut packed = PackedTransaction::pack(&signed);
    packed.compression = Compression::Zlib;
    packed.packed_trx = compress_to_vec_zlib(&packed.packed_trx, 6);
    let trace = chain.push_packed(&packed).unwrap();
    assert_eq!(trace.id, signed.transaction.id());
    assert!(trace.net_usage < 300, "the compressed bytes are paid for");

    for bytes in [
        vec![1, 2, 3],
        compress_to_vec_zlib(&vec![0; 1024 * 1024 + 1], 6),
    ] {
        packed.packed_trx = bytes;
        let failure = chain.push_packed(&packed).unwrap_err();
        assert_eq!(failure.error().kind(), ErrorKind::TxDecompressionError);
    }
}

/// Two chains that begin alike and are given the same, one by one and all at once.
#[test]
fn a_batch_does_what_its_transactions_do() {
    let (mut one_by_one, mut at_once) = (chain(&[], &[ALICE, BOB]), chain(&[], &[ALICE, BOB]));
    let mut batch: Vec<_> = (0..50)
        .map(|n| {
            let transaction = one_by_one.transaction(&[act(BOB, name!("x"), ALICE, &n)]);
            PackedTransaction::pack(&sign(&one_by_one, transaction))
        })
        .collect();
    batch[7].signatures = vec![Signature::K1([0; 65])];
    batch[8].packed_trx.truncate(3);
    batch[9] = batch[3].clone();
    let expected: Vec<_> = batch
        .iter()
        .map(|packed| one_by_one.push_packed(packed))
        .collect();
    let found = at_once.push_batch(&batch);
    assert_eq!(found.len(), expected.len());
    for (index, (found, expected)) in found.into_iter().zip(expected).enumerate() {
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found.id, expected.id),
            (Err(found), Err(expected)) => assert_eq!(found.error(), expected.error()),
            (found, expected) => panic!("{index}: {found:?}, expected {expected:?}"),
        }
    }
    let blocks = [one_by_one, at_once].map(|mut chain| chain.produce_block().unwrap().id);
    assert_eq!(blocks[0], blocks[1]);
    assert!(chain(&[], &[]).push_batch(&[]).is_empty());
}

#[test]
fn signers_known_for_another_chain_are_not_taken() {
    let mut chain = chain(&[], &[ALICE, BOB]);
    let transaction = chain.transaction(&[act(BOB, name!("x"), ALICE, &())]);
    let packed = PackedTransaction::pack(&sign(&chain, transaction));
    let there = RecoveredTransaction::recover(packed.clone(), &Default::default()).unwrap();
    let failure = chain.push_recovered(there).unwrap_err();
    assert_eq!(failure.error().kind(), ErrorKind::ChainIdType);
    let here = RecoveredTransaction::recover(packed, &chain.chain_id()).unwrap();
    chain.push_recovered(here).unwrap();
}
