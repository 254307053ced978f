//! Transactions: packing, ids and digests, with the vectors of wharfkit's tests.

use antelope_types::{
    Action, Checksum256, Compression, Decode, Encode, PackedTransaction, PermissionLevel,
    SignedTransaction, TimePointSec, Transaction, TransactionHeader, asset, name,
};

#[derive(Debug, PartialEq, Encode, Decode)]
struct Transfer<'a> {
    from: antelope_types::Name,
    to: antelope_types::Name,
    quantity: antelope_types::Asset,
    memo: &'a str,
}

fn transfer() -> Action {
    let arguments = Transfer {
        from: name!("foo"),
        to: name!("bar"),
        quantity: asset!("1.0000 EOS"),
        memo: "hello",
    };
    Action::new(name!("eosio.token"), name!("transfer"), &[], &arguments)
}

#[test]
fn the_id_is_the_hash_of_the_packed_transaction() {
    let transaction = Transaction {
        actions: vec![transfer()],
        ..Transaction::default()
    };
    assert_eq!(
        transaction.id().to_string(),
        "97b4d267ce0e0bd6c78c52f85a27031bd16def0920703ca3b72c28c2c5a1a79b"
    );
    assert_eq!(
        transaction.actions[0]
            .arguments::<Transfer<'_>>()
            .unwrap()
            .memo,
        "hello"
    );
}

#[test]
fn the_digest_covers_the_chain_and_the_context_free_data() {
    let transaction = Transaction {
        actions: vec![transfer()],
        ..Transaction::default()
    };
    let chain = Checksum256([7; 32]);
    let without = [&chain.0[..], &transaction.to_bytes(), &[0; 32]].concat();
    assert_eq!(
        transaction.signing_digest(&chain, &[]),
        Checksum256::sha256(&without)
    );
    let data = vec![vec![1, 2, 3]];
    let with = [
        &chain.0[..],
        &transaction.to_bytes(),
        &Checksum256::sha256(&[1, 3, 1, 2, 3]).0,
    ]
    .concat();
    assert_eq!(
        transaction.signing_digest(&chain, &data),
        Checksum256::sha256(&with)
    );
}

#[test]
fn a_packed_transaction_is_read() {
    let packed = PackedTransaction {
        packed_trx: super::hex(
            "34b6c664cb1b3056b588000000000190e2a51c5f25af590000000000e94c4402308db3ee1bf7a889\
             00000000a8ed3232e04c9bae3b75a88900000000a8ed323210e04c9bae3b75a889529e9d0f0001000000",
        ),
        ..PackedTransaction::default()
    };
    let transaction = packed.unpack().unwrap().unwrap().transaction;
    assert_eq!(transaction.header.ref_block_num, 0x1bcb);
    assert_eq!(transaction.actions.len(), 1);
    let action = &transaction.actions[0];
    assert_eq!(action.account, name!("farmersworld"));
    assert_eq!(action.name, name!("claim"));
    assert_eq!(action.authorization.len(), 2);
    assert_eq!(action.authorization[0].permission, name!("active"));
    assert_eq!(
        PackedTransaction::pack(&SignedTransaction {
            transaction,
            ..SignedTransaction::default()
        }),
        packed
    );
}

#[test]
fn a_message_of_nodes_is_read_and_written() {
    let bytes = super::hex(
        "0100205150a67288c3b393fdba9061b05019c54b12bdac295fc83bebad7cd63c7bb67d5cb8cc220564da0062\
         40a58419f64d06a5c6e1fc62889816a6c3dfdd231ed389000050408c395b796efe6596160000000001a09861\
         f648958566000000000080694a01a0986af74a94be6400000000a8ed32321e1d766f74652067753274656d62\
         71676167652c207765206c6f766520424d00",
    );
    let packed = PackedTransaction::from_bytes(&bytes).unwrap();
    assert_eq!(packed.compression, Compression::None);
    assert_eq!(
        packed.signatures[0].to_string(),
        "SIG_K1_KfPLgpw35iX8nfDzhbcmSBCr7nEGNEYXgmmempQspDJYBCKuAEs5rm3s4ZuLJY428Ca8ZhvR2Dkwu118y3NAoMDxhicRj9"
    );
    assert_eq!(packed.to_bytes(), bytes);
    let transaction = packed.unpack().unwrap().unwrap().transaction;
    assert_eq!(
        transaction.actions[0].arguments::<&str>(),
        Ok("vote gu2tembqgage, we love BM")
    );
}

#[test]
fn a_compressed_transaction_is_carried_and_not_read() {
    let packed = PackedTransaction {
        compression: Compression::Zlib,
        packed_trx: vec![0x78, 0xda],
        ..PackedTransaction::default()
    };
    assert_eq!(packed.unpack(), Ok(None));
    assert_eq!(
        PackedTransaction::from_bytes(&packed.to_bytes()),
        Ok(packed)
    );
}

#[test]
fn json_is_flat_as_in_nodeos() {
    let signed = SignedTransaction {
        transaction: Transaction {
            header: TransactionHeader {
                expiration: TimePointSec::from_seconds(1_593_624_733),
                ref_block_num: 55253,
                ref_block_prefix: 3306698594,
                ..TransactionHeader::default()
            },
            actions: vec![Action {
                account: name!("eosio"),
                name: name!("onblock"),
                authorization: vec![PermissionLevel::active(name!("eosio"))],
                data: vec![0xbe, 0xef],
            }],
            ..Transaction::default()
        },
        context_free_data: vec![vec![], vec![1]],
        ..SignedTransaction::default()
    };
    let text = concat!(
        r#"{"expiration":"2020-07-01T17:32:13","ref_block_num":55253,"#,
        r#""ref_block_prefix":3306698594,"max_net_usage_words":0,"max_cpu_usage_ms":0,"#,
        r#""delay_sec":0,"context_free_actions":[],"actions":[{"account":"eosio","#,
        r#""name":"onblock","authorization":[{"actor":"eosio","permission":"active"}],"#,
        r#""data":"beef"}],"transaction_extensions":[],"signatures":[],"#,
        r#""context_free_data":["","01"]}"#,
    );
    assert_eq!(serde_json::to_string(&signed).unwrap(), text);
    assert_eq!(
        serde_json::from_str::<SignedTransaction>(text).unwrap(),
        signed
    );
    let packed = PackedTransaction::pack(&signed);
    let text = serde_json::to_string(&packed).unwrap();
    assert!(text.starts_with(
        r#"{"signatures":[],"compression":"none","packed_context_free_data":"02000101","packed_trx":""#
    ));
    assert_eq!(
        serde_json::from_str::<PackedTransaction>(&text).unwrap(),
        packed
    );
}
