//! Chain, accounts, code and blocks as a node tells of them.

use super::token::Token;
use antelope_rpc_client::{ClientError, WebAuthnKey, native};
use antelope_types::{
    Authority, Checksum256, PermissionLevel, Signature, TransactionStatus, UserPresence, name,
};
use serde_json::{Value, json};
use std::time::Duration;
use veche_tests::{Person, node, random_name, reference};

#[test]
fn info_names_the_chain() {
    let client = node().client();
    let info = client.get_info().unwrap();
    assert_eq!(info.chain_id, client.chain_id().unwrap());
    assert!(info.head_block_num >= info.last_irreversible_block_num);
    assert_eq!(info.head_block_producer, name!("eosio"));
    let later = client
        .wait_for_block(info.head_block_num + 1, Duration::from_secs(10))
        .unwrap();
    assert!(later.head_block_time > info.head_block_time);
    let error = client.wait_for_block(u32::MAX, Duration::ZERO).unwrap_err();
    assert!(matches!(error, ClientError::Waited { .. }));
}

#[test]
fn an_account_shows_keys_and_use() {
    let token = Token::new();
    let keys = [Person::new(), Person::with_r1(), Person::with_webauthn()];
    for person in keys {
        token.create(&[&person]);
        let account = token.client.get_account(person.name).unwrap();
        assert_eq!(account.account_name, person.name);
        assert!(account.ram_usage > 2000 && account.ram_quota == -1);
        for name in [name!("owner"), name!("active")] {
            let auth = &account.permission(name).unwrap().required_auth;
            assert_eq!(auth.threshold, 1);
            assert_eq!(auth.keys[0].key, person.public_key());
        }
        assert_eq!(
            account.permission(name!("active")).unwrap().parent,
            name!("owner")
        );
    }
    assert_eq!(token.client.find_account(random_name()).unwrap(), None);
    assert_eq!(
        token.client.get_account(random_name()).unwrap_err().code(),
        Some(3_060_002)
    );
}

#[test]
fn permissions_are_added_and_linked() {
    let token = Token::new();
    let person = token.rich(Person::new());
    let robot = WebAuthnKey::generate("coop.example", UserPresence::PRESENT).unwrap();
    let robot_key = antelope_rpc_client::Signer::public_key(&robot);
    let auth = Authority::from_key(robot_key.clone());
    let actions = [
        native::update_auth(person.name, name!("robot"), name!("active"), auth),
        native::link_auth(
            person.name,
            token.contract.name,
            name!("transfer"),
            name!("robot"),
        ),
    ];
    token.client.push(&actions, &[person.signer()]).unwrap();
    let account = token.client.get_account(person.name).unwrap();
    let permission = account.permission(name!("robot")).unwrap();
    assert_eq!(permission.parent, name!("active"));
    assert_eq!(permission.required_auth.keys[0].key, robot_key);

    let mut transfer = token.transfer_action(&person, token.contract.name, "1.0000 TOK");
    transfer.authorization = vec![PermissionLevel::new(person.name, name!("robot"))];
    token.client.push(&[transfer], &[&robot]).unwrap();
    assert_eq!(token.balance(person.name), "99.0000 TOK");
}

#[test]
fn code_and_abi_are_what_was_deployed() {
    let token = Token::new();
    let (contract, client) = (token.contract.name, &token.client);
    let raw = client.get_raw_abi(contract).unwrap();
    let deployed = reference("eosio.token");
    assert_eq!(raw.abi, deployed.abi.to_binary());
    assert_eq!(raw.abi_hash, Checksum256::sha256(&raw.abi));
    assert_eq!(raw.code_hash, Checksum256::sha256(&deployed.wasm));
    assert_eq!(client.get_code_hash(contract).unwrap(), raw.code_hash);
    let fresh = client.get_abi(contract).unwrap();
    assert_eq!(fresh.definition(), deployed.abi.definition());
}

#[test]
fn an_account_without_abi_says_so() {
    let (client, person) = (node().client(), Person::new());
    node()
        .create_account(person.name, &person.public_key())
        .unwrap();
    assert!(matches!(
        client.abi(person.name),
        Err(ClientError::NoAbi { .. })
    ));
    assert_eq!(
        client.get_code_hash(person.name).unwrap(),
        Checksum256::ZERO
    );
}

#[test]
fn a_remembered_abi_is_asked_again_when_forgotten() {
    let (client, person) = (node().client().clone(), Person::new());
    node()
        .create_account(person.name, &person.public_key())
        .unwrap();
    let deployed = reference("eosio.token");
    deployed
        .deploy(&client, person.name, person.signer())
        .unwrap();
    let tables = |n: usize| {
        assert_eq!(
            client.abi(person.name).unwrap().definition().tables.len(),
            n
        )
    };
    tables(2);
    let msig = native::set_abi(person.name, &reference("eosio.wrap").abi.to_binary());
    client.push(&[msig], &[person.signer()]).unwrap();
    tables(2);
    client.forget_abi(person.name);
    tables(0);
}

#[test]
fn a_transaction_is_found_in_its_block() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    let trace = token
        .transfer(&alice, token.contract.name, "1.0000 TOK")
        .unwrap();
    let client = &token.client;
    // A loaded producer may put it in a later block than the one it was executed in first.
    let recorded = (0..20)
        .find_map(|n| {
            client
                .wait_for_block(trace.block_num + 1 + n, Duration::from_secs(10))
                .unwrap();
            client.get_transaction(trace.id).ok()
        })
        .unwrap();
    assert_eq!(recorded.status, TransactionStatus::Executed);
    let receivers: Vec<_> = recorded.actions.iter().map(|a| a.receiver).collect();
    assert_eq!(receivers, [token.contract.name, alice.name]);
    assert_eq!(recorded.actions[0].data, trace.action_traces[0].act.data);
    assert_eq!(
        recorded.actions[0].authorization[0],
        PermissionLevel::active(alice.name)
    );

    let block = client.get_block(recorded.block_num).unwrap();
    assert_eq!(block.block_num, recorded.block_num);
    assert!(block.transactions.iter().any(|t| t.id() == trace.id));
    assert!(client.get_transaction(Checksum256::ZERO).is_err());
}

#[test]
fn what_a_node_does_not_offer_is_told_apart() {
    let answer: Result<Value, _> = node().client().call("/v1/chain/no_such_call", &json!({}));
    let error = answer.unwrap_err();
    assert!(matches!(error, ClientError::Unsupported { .. }), "{error}");
}

#[test]
fn signatures_have_the_text_forms_of_the_node() {
    let digest = Checksum256::sha256(b"text");
    for person in [Person::new(), Person::with_r1(), Person::with_webauthn()] {
        let signature = person.signer().sign(&digest).unwrap();
        let text = signature.to_string();
        assert!(text.starts_with("SIG_"));
        assert_eq!(text.parse::<Signature>().unwrap(), signature);
    }
}
