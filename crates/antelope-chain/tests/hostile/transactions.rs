//! Transactions as they come over the wire.

use crate::run;
use crate::shared::mutate::mutate;
use crate::shared::random::Random;
use antelope_chain::{Chain, DEVELOPMENT_KEY};
use antelope_rpc_client::native;
use antelope_rpc_client::signing::Signer;
use antelope_types::{
    Action, Authority, Compression, Decode, Encode, PackedTransaction, PermissionLevel,
    SignedTransaction, name,
};
use miniz_oxide::deflate::compress_to_vec_zlib;

/// Reads the bytes as a packed transaction and pushes it; whether it was executed. The chain is left
/// as it was where it was not.
fn target(chain: &Chain, data: &[u8]) -> bool {
    let Ok(packed) = PackedTransaction::from_bytes(data) else {
        return false;
    };
    let mut chain = chain.clone();
    let before: Vec<_> = chain.state().ram_usage().collect();
    match chain.push_packed(&packed) {
        Ok(_) => true,
        Err(_) => {
            assert_eq!(chain.state().ram_usage().collect::<Vec<_>>(), before);
            false
        }
    }
}

/// A transaction with something of everything.
fn transaction(chain: &mut Chain, random: &mut Random) -> PackedTransaction {
    let authority = Authority::from_key(DEVELOPMENT_KEY.public_key());
    let system = name!("eosio");
    let level = PermissionLevel::active(system);
    let choices = [
        native::new_account(system, name!("alice"), authority.clone(), authority.clone()),
        native::update_auth(system, name!("other"), name!("active"), authority),
        native::set_abi(system, &[7; 40]),
        native::set_code(system, b"\0asm\x01\0\0\0"),
        Action::new(system, name!("onblock"), &[level], &7u64),
    ];
    let count = 1 + random.below(3);
    let actions: Vec<_> = (0..count).map(|_| random.of(&choices).clone()).collect();
    let mut transaction = chain.transaction(&actions);
    let context_free_data = if random.below(4) == 0 {
        transaction.context_free_actions.push(Action {
            authorization: Vec::new(),
            ..Action::new(system, name!("free"), &[], &7u64)
        });
        vec![vec![1, 2, 3], Vec::new()]
    } else {
        Vec::new()
    };
    let digest = transaction.signing_digest(&chain.chain_id(), &context_free_data);
    let signed = SignedTransaction {
        signatures: vec![DEVELOPMENT_KEY.sign(&digest).unwrap()],
        transaction,
        context_free_data,
    };
    let mut packed = PackedTransaction::pack(&signed);
    if random.below(2) == 0 {
        packed.compression = Compression::Zlib;
        packed.packed_trx = compress_to_vec_zlib(&packed.packed_trx, 6);
        packed.packed_context_free_data = compress_to_vec_zlib(&packed.packed_context_free_data, 6);
    }
    packed
}

#[test]
fn spoilt_transactions_are_refused_or_executed() {
    let mut chain = Chain::new().unwrap();
    let mut executed = 0;
    let template = chain.clone();
    let make = |random: &mut Random| {
        let mut bytes = transaction(&mut chain, random).to_bytes();
        if random.below(20) > 0 {
            mutate(random, &mut bytes);
        }
        bytes
    };
    run(3000, make, |data| {
        executed += u64::from(target(&template, data))
    });
    assert!(
        executed > 0,
        "no transaction was good: only the reading was tried"
    );
}

/// What is spoilt inside of the compression is read further than what is spoilt outside.
#[test]
fn spoilt_transactions_can_be_compressed() {
    let mut chain = Chain::new().unwrap();
    let template = chain.clone();
    let make = |random: &mut Random| {
        let mut packed = transaction(&mut chain, random);
        packed.compression = Compression::Zlib;
        let mut inner = random.bytes(20);
        inner.extend(&packed.packed_trx);
        mutate(random, &mut inner);
        packed.packed_trx = compress_to_vec_zlib(&inner[20.min(inner.len())..], 1);
        packed.to_bytes()
    };
    run(1000, make, |data| {
        target(&template, data);
    });
}

#[test]
fn what_grows_beyond_all_measure_is_not_unpacked() {
    let chain = Chain::new().unwrap();
    let bomb = compress_to_vec_zlib(&vec![0; 16 << 20], 9);
    let packed = |packed_trx: Vec<u8>, packed_context_free_data: Vec<u8>| PackedTransaction {
        compression: Compression::Zlib,
        packed_trx,
        packed_context_free_data,
        ..PackedTransaction::default()
    };
    let small = compress_to_vec_zlib(&[0; 20], 9);
    let bombs = [
        packed(bomb.clone(), Vec::new()),
        packed(small, bomb.clone()),
        packed(bomb.clone(), bomb),
    ];
    let make = |random: &mut Random| random.of(&bombs).to_bytes();
    run(200, make, |data| assert!(!target(&chain, data)));
}
