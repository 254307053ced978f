//! Chains that begin as a test needs them.

use crate::{ALICE, BOB, TOKEN, chain};
use antelope_rpc_client::signing;
use antelope_testing::{BuildError, Chain, Contract, ErrorKind, contract};
use antelope_types::{Authority, PermissionLevel, PublicKey, TimePoint, name};

#[test]
fn a_chain_begins_when_and_as_it_is_told() {
    let time: TimePoint = "2026-02-03T04:05:06".parse().unwrap();
    let key = signing::public_key(&signing::generate_k1().unwrap()).unwrap();
    let chain = Chain::builder()
        .time(time)
        .key(key.clone())
        .config(|config| config.max_inline_action_depth = 9)
        .account(ALICE)
        .build()
        .unwrap();
    assert_eq!(chain.genesis().initial_timestamp, time);
    assert_eq!(
        chain
            .genesis()
            .initial_configuration
            .max_inline_action_depth,
        9
    );
    assert_eq!(
        chain.head().header.timestamp.to_string(),
        "2026-02-03T04:05:06.500"
    );
    assert_eq!(chain.head().transactions.len(), 1);
    let owner = chain
        .state()
        .permission(PermissionLevel::owner(ALICE))
        .unwrap();
    assert_eq!(*owner.authority, Authority::from_key(key));
}

#[test]
fn accounts_have_the_authority_and_the_ram_that_they_are_given() {
    let key = PublicKey::K1([2; 33]);
    let mut chain = Chain::builder()
        .account_with(ALICE, Authority::from_key(key))
        .account_with_ram(BOB, 2724 + 100)
        .build()
        .unwrap();
    let abi = antelope_rpc_client::native::set_abi(BOB, &[0; 101]);
    let failure = chain.push(&abi).unwrap_err();
    assert!(failure.error().is(ErrorKind::RamUsageExceeded));
    assert_eq!(
        failure.error().message(),
        "account bob has insufficient ram; needs 2825 bytes has 2824 bytes"
    );
    chain
        .push(antelope_rpc_client::native::set_abi(BOB, &[0; 100]))
        .unwrap();

    let too_little = Chain::builder().account_with_ram(BOB, 100).build();
    assert!(
        too_little
            .err()
            .unwrap()
            .error()
            .is(ErrorKind::RamUsageExceeded)
    );
}

#[test]
fn contracts_are_built_once_and_installed() {
    let first = contract!("token").unwrap();
    let second = contract!("token").unwrap();
    assert!(std::ptr::eq(first.wasm(), second.wasm()));
    let mut chain = Chain::builder()
        .account(TOKEN)
        .contract(TOKEN, &first)
        .contract(name!("other"), &second)
        .privileged(TOKEN)
        .build()
        .unwrap();
    assert!(chain.state().account(TOKEN).unwrap().privileged);
    chain.install(name!("third"), &first).unwrap();

    let missing = contract!("nothing").unwrap_err();
    assert!(matches!(*missing, BuildError::NoPackage { .. }));
    assert!(missing.to_string().contains("nothing"), "{missing}");
    let missing = Contract::read("nowhere.wasm", "nowhere.abi").unwrap_err();
    assert!(
        missing.to_string().starts_with("nowhere.wasm: "),
        "{missing}"
    );
}

#[test]
fn set_ups_of_any_length_fit_into_blocks() {
    let names = (0..700u32).map(|number| {
        let letters = (0..4).map(|place| b'a' + (number >> (4 * place)) as u8 % 16);
        String::from_utf8(letters.collect())
            .unwrap()
            .parse()
            .unwrap()
    });
    let chain = Chain::builder().accounts(names).build().unwrap();
    assert!(chain.head().number() > 7);
}

#[test]
fn a_fork_leaves_the_template_alone() {
    let mut fork = chain();
    fork.create_account(name!("carol")).unwrap();
    assert!(chain().state().account(name!("carol")).is_err());
}
